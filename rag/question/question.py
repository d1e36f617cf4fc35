"""The analysed question: its words with their weights, its vector, the kind of thing that it asks for."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rag.question.wanted import Wanted
from vault.text.dates.find import days_and_times
from vault.text.dates.months import MONTHS, WEEKDAYS
from vault.text.lists.names import COMPANY_FORMS, TITLE_BEFORE, TITLES
from vault.text.lists.stop_words import STOP_WORDS
from vault.text.quantities.find import find_quantities
from vault.text.quantities.spelled import ADVERBS, NUMBER_WORD
from vault.text.quantities.units import RATES, Dimension
from vault.text.words import content_words, stem, stems, words

_ASKS = (
    (
        Wanted.DATE,
        re.compile(
            # Not every "when" asks for a date: "the level when it was repeated" does not, nor does "when
            # should it be stopped".
            r"(?:^|[.;,:]\s*|\b(?:by|since|until|from|and)\s+)when\b(?! (?:should|may|can|must|do i|is it)\b)"
            r"|\b(?:what|which) (?:\w+ )?(?:date|year|day|month)\b",
            re.I,
        ),
    ),
    (
        Wanted.MONEY,
        re.compile(
            r"\b(what|how much|which)\b[\w\s’'&-]{0,40}\b(price|fee|fees|rent|cost|costs|charge|salary"
            r"|deposit|excess|premium|worth|damages|compensation|sum)\b"
            r"|\bhow much (money|does|did|is|was|must|will)\b",
            re.I,
        ),
    ),
    (
        Wanted.AMOUNT,
        re.compile(
            r"\bhow (many|much|long|often|old|far|soon|quickly|high|low|large|big|late)\b"
            r"|\bwhat\b[\w\s’'&-]{0,40}\b(dose|dosage|amount|number|percentage|percent|rate|level|value|limit"
            r"|cap"
            r"|size|weight|height|pressure|temperature|ratio|score|count|period|target)\b",
            re.I,
        ),
    ),
    (
        Wanted.PERSON,
        re.compile(
            r"\b(who|whom|whose)\b|\bwhich (\w+ )?(party|person|company|doctor|surgeon|court|judge)\b", re.I
        ),
    ),
)

_CAPITAL = re.compile(r"\b[A-Z][\w’'-]*")
_NOT_NAMES = frozenset(word.lower() for word in (*MONTHS, *WEEKDAYS, *TITLES, "no"))
_NOT_NAME_STEMS = frozenset(stem(word) for word in _NOT_NAMES)

_GROUPED = re.compile(r"\b\d{1,3}(?:,\d{3})+\b")
_SUMS = (Dimension.MONEY, Dimension.PERCENTAGE)
_CLAUSE_NUMBER = re.compile(r"^\s*(?:\(?[\da-z]{1,3}[.)]|\d+(?:\.\d+)+\.?)\s", re.I)
_AMOUNT = re.compile(rf"\d|\b(?:{NUMBER_WORD}|{'|'.join((*ADVERBS, *RATES, 'half'))})\b", re.I)
_NAME = re.compile(
    rf"\b{TITLE_BEFORE}\.? [A-Z][\w’'-]+"
    r"|\b[A-Z][a-z’'-]+(?: (?:[A-Z]\.|&|and|of|de|van|von))* [A-Z][\w’'-]+|\b[A-Z]\. [A-Z][a-z]+"
    rf"|\b[A-Z][\w&’'-]+,? (?:{'|'.join(COMPANY_FORMS)})\b"
    r"|\b[A-Z]{3,} (?:& )?[A-Z]{3,}"
)


_IDENTIFIER = re.compile(r"(?=[A-Za-z/_.-]*\d)(?:[A-Z]{1,6}[-/ ]?)?[\dA-Z][\dA-Z/_.-]*\d[\dA-Z/_.-]*|\w@\w")
"""A number of two characters or more, with letters or marks in it, or an address."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question, ready to be compared with passages."""

    text: str
    vector: NDArray[np.float32]
    """(dimensions,), of length 1; of the question's focus (`rag.question.routing`) if it names documents."""
    rarity: Mapping[str, float]
    """Weight of each content word, by its stem: the fewer chunks hold the word, the greater. The sum is 1."""
    names: frozenset[str] = frozenset()
    """Stems of the words that name somebody or something: they say which document is meant."""
    terms: frozenset[str] = frozenset()
    """Stems of technical terms: words that are rare in the language, not only in these documents."""
    focus: str = ""
    """What is searched for, without the words that only name a document (`rag/question/routing.py`)."""
    asking: str = ""
    """The text for the reader, without an introduction that names a document; empty for the whole text."""
    other_words: tuple[tuple[frozenset[str], frozenset[str]], ...] = ()
    """(stems of the question, stems of other words that say the same): "water tablet" and "furosemide"."""

    understood_topic: frozenset[str] = frozenset()
    """Stems of what is asked about, where the question was understood; some of `rarity`."""

    @property
    def topic(self) -> frozenset[str]:
        """Stems of what is asked about: as understood, else the content words that are not names.

        If all are names, these are all of them.
        """
        return self.understood_topic or frozenset(self.rarity) - self.names or frozenset(self.rarity)

    @property
    def wanted(self) -> Wanted:
        """The kind of thing that an answer must hold, as far as the form of the question shows it."""
        return next((kind for kind, form in _ASKS if form.search(self.text)), Wanted.ANYTHING)

    def coverage(self, wanted: frozenset[str], present: Set[str]) -> float:
        """Return the share of the stems `wanted` (some of the question's) that are `present`, by rarity.

        Without any stems nothing is missing, so the share is 1.
        """
        said = set(present)
        for own, other in self.other_words:
            if other <= said:
                said |= own
        # Exact sums: the order of a set differs between processes, and rounding errors with it.
        total = math.fsum(self.rarity[word] for word in wanted)
        return math.fsum(self.rarity[word] for word in wanted & said) / total if total else 1.0

    def with_other_words(self, stems_of_topic: Set[str]) -> frozenset[str]:
        """Return the stems, with the other words for those among them."""
        others = [other for own, other in self.other_words if own <= stems_of_topic]
        return frozenset(stems_of_topic).union(*others)


def names_in(question: str) -> frozenset[str]:
    """Return the stems of a question's names (parties, patients, places): words with a capital inside it.

    The first word has its capital from its place. Months and forms of address name nobody. A word with a
    digit or another capital ("HbA1c", "B12", "INR") is a term, so a thing that is asked about.
    """
    return frozenset(
        stem(part)
        for word, term in _capitals(question)
        if not term
        for part in words(word)
        if part not in STOP_WORDS
    )


def named_words(question: str) -> frozenset[str]:
    """Return the names as words, with those in capitals ("METLIFE"): a document may have such a name."""
    return frozenset(
        part for word, _ in _capitals(question) for part in words(word) if part not in STOP_WORDS
    )


def _capitals(question: str) -> Iterator[tuple[str, bool]]:
    """Yield (word, whether it has another capital or a digit) for each capitalised word but the first."""
    for word in _CAPITAL.finditer(question):
        before = question[: word.start()].rstrip()
        if before and before[-1] not in ".?!:" and word.group().lower() not in _NOT_NAMES:
            yield word.group(), not word.group()[1:].islower()


def terms_in(asked: Sequence[str], offsets: Callable[[str], Sequence[tuple[int, int]]]) -> frozenset[str]:
    """Return the stems of the technical terms among the words `asked`.

    The vocabulary of the embedding model's tokenizer tells what is rare in the language: it has common words
    as one token and splits rare ones ("id-ar-uc-iz-umab"). `offsets` is `Embedder.token_offsets`.
    """
    return frozenset(
        stem(word)
        for word in asked
        if len(word) > 1 and not word.isdigit() and len(offsets(word)) > (2 if word.isalpha() else 1)
    )


def holds(wanted: Wanted, text: str, asked: Set[str] = frozenset()) -> bool:
    """Return whether `text` holds the kind of thing that is wanted.

    A name that the question itself holds (`asked`, stems) does not answer it.
    """
    if wanted is Wanted.DATE:
        return bool(days_and_times(text))
    if wanted is Wanted.MONEY:
        sums = (one.dimension in _SUMS for one in find_quantities(text))
        return _GROUPED.search(text) is not None or any(sums)
    if wanted is Wanted.AMOUNT:
        # The number of a clause and the day of a date are not amounts.
        said = _CLAUSE_NUMBER.sub("", text)
        for start, end in reversed(days_and_times(said)):
            said = f"{said[:start]} {said[end:]}"
        return _AMOUNT.search(said) is not None
    if wanted is Wanted.IDENTIFIER:
        return _IDENTIFIER.search(text) is not None
    if wanted is Wanted.PERSON:
        return any(stems(name.group()) - asked - _NOT_NAME_STEMS for name in _NAME.finditer(text))
    return True


def rarities(question: str, counts: Mapping[str, int], total: int) -> dict[str, float]:
    """Return the weight of each content word by its stem; the sum is 1.

    `counts` says how many of `total` chunks hold each word: the fewer, the greater the weight.
    """
    weights = {
        stem(word): math.log(1 + (total + 1) / (counts.get(word, 0) + 0.5))
        for word in content_words(question)
    }
    sum_of_weights = sum(weights.values()) or 1.0
    return {word: weight / sum_of_weights for word, weight in weights.items()}
