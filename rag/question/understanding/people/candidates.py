"""Say for each word of a question whose name it may be a part of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rag.question.understanding.lexicon.english import is_common, is_english, is_everyday
from rag.question.understanding.lexicon.medicines import MEDICINES
from rag.question.understanding.lexicon.titles import TITLES
from rag.question.understanding.people.known_names import KnownName, KnownNames
from rag.question.understanding.people.name_words import NameWord
from vault.text.dates.months import MONTH_NUMBERS, WEEKDAYS
from vault.text.lists.stop_words import STOP_WORDS

_NO_NAMES = frozenset(
    "patient client resident tenant landlord claimant defendant respondent applicant employee "
    "employer supplier "
    "customer buyer seller borrower lender lessor lessee licensor licensee contractor guarantor "
    "insurer insured "
    "ward hospital clinic unit department surgery practice court office bank trust council home "
    "house street road "
    "doctor nurse consultant surgeon physio solicitor lawyer judge witness date name address letter "
    "note notes "
    "summary report record chart list table page clause section schedule appendix annex agreement "
    "lease contract "
    "deed invoice order bed room total today yesterday".split()
)
"""Words that stand in names of documents and places, and by themselves name nobody."""
_ARTICLES = frozenset("the a an any our their his her its this that no some".split())
_CALENDAR = frozenset([*MONTH_NUMBERS, *(day.lower() for day in WEEKDAYS)])


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a word may be as part of a name: the people with it, and how well it fits."""

    exact: tuple[KnownName, ...] = ()
    near: tuple[KnownName, ...] = ()
    alone: bool = False
    """Whether it names somebody without a title or another word."""

    def __bool__(self) -> bool:
        return bool(self.exact or self.near)


def candidate_at(
    words: Sequence[NameWord],
    place: int,
    known: KnownNames,
    in_documents: Callable[[str], bool],
    speaking: bool,
) -> Candidate:
    """Return what the word at `place` may be as part of a name; empty if it is none.

    `speaking` says whether capitals mean something in this question.
    """
    word = words[place]
    text = word.text
    if len(text) < 2 or text in STOP_WORDS or text in TITLES or text in MEDICINES:
        return Candidate()
    exact = known.with_word(text)
    if not exact and text.endswith("s"):
        # "Abernathys dose": the apostrophe is often left out.
        exact = known.with_word(text[:-1])
    # The first word has its capital from its place, unless something is said to be its own.
    telling = word.capital and speaking and (place > 0 or word.possessive)
    if exact:
        # "the fabrics": a word that is in the name of a firm is used for the thing as well.
        usual = _is_usual(text, exact)
        after_article = place > 0 and words[place - 1].text in _ARTICLES and is_english(text)
        alone = text not in _NO_NAMES and text not in _CALENDAR and (telling or not usual)
        alone = alone and (telling or not after_article)
        return Candidate(exact=tuple(exact), near=_near(text, known, set(exact)), alone=alone)
    if text in _NO_NAMES or text in _CALENDAR or len(text) < 4:
        return Candidate()
    titled = place > 0 and words[place - 1].text in TITLES
    if not titled and (is_english(text) or in_documents(text)) and not (telling and not is_common(text)):
        # Beside a word that is a name it may be one: "Copperleef Bakary" has two mistakes, "Jon Pyke" one.
        return Candidate()
    near = _near(text, known, set())
    return Candidate(near=near, alone=titled or not in_documents(text))


def _is_usual(text: str, exact: Sequence[KnownName]) -> bool:
    """Return whether the word is so usual that in small letters it does not name these people or parties."""
    if all(person.firm for person in exact):
        return is_english(text)
    # Of a name without a title it is not sure that it is a person's.
    addressed = any(person.gender or person.titled for person in exact)
    return is_everyday(text) if addressed else is_common(text)


def _near(text: str, known: KnownNames, without: set[KnownName]) -> tuple[KnownName, ...]:
    if len(text) < 4:
        return ()
    people = (person for word in known.near(text) for person in known.with_word(word))
    return tuple(dict.fromkeys(person for person in people if person not in without))
