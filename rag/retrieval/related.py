"""Other words for what a question says, as the passages that were found write it.

A passage may say "shall be stored" where the question asks about storage, and "fifteen per cent" where it
asks about 15 %. Which of these pairs there are is only known when the passages are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache

from rag.question.question import Question
from rag.question.understanding.lexicon.medicines import MEDICINES
from rag.retrieval.passage import Passage
from vault.text.families import family
from vault.text.quantities.find import find_quantities
from vault.text.quantities.found import FoundQuantity
from vault.text.words import stem, stems

_Pair = tuple[frozenset[str], frozenset[str]]
_ALLERGY = family(stem("allergy"))
_NONE_KNOWN = frozenset(stems("known allergies"))
_METRE, _MILLION = "metre", Decimal(1_000_000)


def with_related_words(question: Question, passages: Sequence[Passage]) -> Question:
    """Return the question with what the passages say for its words: words of one family, equal quantities."""
    pairs = (*_families(question, passages), *_quantities(question, passages), *_allergies(question))
    return replace(question, other_words=tuple(dict.fromkeys((*question.other_words, *pairs))))


def _families(question: Question, passages: Sequence[Passage]) -> Iterator[_Pair]:
    asked = question.rarity.keys() - question.names
    own: dict[str, str] = {family(word): word for word in sorted(asked)}
    said = set[str]().union(*(stems(passage.text) | stems(passage.heading) for passage in passages))
    for word in sorted(said - asked):
        if (same := own.get(family(word))) is not None:
            yield frozenset({same}), frozenset({word})


def _quantities(question: Question, passages: Sequence[Passage]) -> Iterator[_Pair]:
    for asked in find_quantities(question.text):
        own = frozenset(stems(question.text[asked.start : asked.end]) & question.rarity.keys())
        if not own:
            continue
        for passage in passages:
            for sentence in passage.annotated.values():
                for found in sentence.quantities:
                    if _equal(asked, found):
                        yield own, frozenset(stems(sentence.text[found.start : found.end]))


def _allergies(question: Question) -> Iterator[_Pair]:
    """Yield that "no known allergies" speaks of each medicine, where the question asks about an allergy."""
    if any(family(word) == _ALLERGY for word in question.rarity):
        for word in sorted(question.rarity.keys() & _medicines()):
            yield frozenset({word}), _NONE_KNOWN


@cache
def _medicines() -> frozenset[str]:
    return frozenset(stem(name) for name in MEDICINES)


def _equal(asked: FoundQuantity, found: FoundQuantity) -> bool:
    """Return whether two quantities are the same; one without a unit may be of any.

    "1.2m" is a length or 1,200,000 of something.
    """
    if (asked.upper, asked.over) != (found.upper, found.over):
        return False
    if asked.unit == _METRE and found.value == asked.value * _MILLION:
        return True
    return asked.value == found.value and (asked.unit == found.unit or asked.unit is None)
