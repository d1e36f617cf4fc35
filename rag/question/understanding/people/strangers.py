"""Find the words of names that the documents do not know: strangers, and names that are too misspelt."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from rag.question.understanding.lexicon.english import is_english
from rag.question.understanding.lexicon.medicines import MEDICINES
from rag.question.understanding.lexicon.titles import TITLES
from rag.question.understanding.people.name_words import NameWord
from vault.text.dates.months import MONTH_NUMBERS
from vault.text.lists.stop_words import STOP_WORDS

_USUAL_TITLES = frozenset(
    "sister brother father nurse matron major captain judge justice miss lady lord sir".split()
)
"""Titles that are usual words: with them alone nobody is named."""


def titled_name(question: str, words: Sequence[NameWord], place: int) -> list[NameWord]:
    """Return the title at `place` with the words of the name after it; nothing if there is no such name."""
    if words[place].text not in TITLES or words[place].text in _USUAL_TITLES:
        return []
    own = list(_name_after(question, words, place))
    return [words[place], *own] if own else []


def misspelt_before(
    question: str, words: Sequence[NameWord], place: int, in_documents: Callable[[str], bool]
) -> int:
    """Return where a name begins whose word at `place` is known.

    It begins with the word before, if that is a first name too misspelt to be recognised.
    """
    start = words[place].start
    if place < 1 or words[place].text in TITLES:
        return start
    before = words[place - 1]
    strange = _is_strange(before, in_documents) and not before.possessive
    return before.start if strange and question[before.end : start].isspace() else start


def surname_after(
    question: str, words: Sequence[NameWord], place: int, in_documents: Callable[[str], bool]
) -> NameWord | None:
    """Return the word after a first name at `place` if it is a surname that the documents do not hold."""
    if place + 1 >= len(words) or words[place].possessive or not words[place].capital:
        return None
    after = words[place + 1]
    together = question[words[place].end : after.start] == " "
    return after if together and _is_strange(after, in_documents) else None


def _is_strange(word: NameWord, in_documents: Callable[[str], bool]) -> bool:
    """Return whether a word with a capital is neither English nor in the documents."""
    known = is_english(word.text) or in_documents(word.text) or word.text in MEDICINES
    return word.capital and len(word.text) > 3 and not known


def _name_after(question: str, words: Sequence[NameWord], place: int) -> Iterator[NameWord]:
    for at in range(place + 1, min(place + 4, len(words))):
        word, before = words[at], words[at - 1]
        if question[before.end : word.start].strip(" .") or before.possessive:
            return
        if (
            word.text in STOP_WORDS
            or (not word.capital and is_english(word.text))
            or word.text in MONTH_NUMBERS
        ):
            return
        yield word
