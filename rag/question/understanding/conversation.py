"""What the turns of a conversation talk about: who, when, and what was asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from rag.question.understanding.dates import FoundAskedDate, dates_in_question
from rag.question.understanding.known import Known
from rag.question.understanding.lexicon.english import is_english
from rag.question.understanding.lexicon.titles import Gender
from rag.question.understanding.people.asked_names import FoundName

_NAME = re.compile(r"\b[A-Z][a-z’'-]+ [A-Z][a-z’'-]+\b")
_POSSESSIVE = re.compile(r"['’]s?$")


@dataclass(frozen=True, slots=True)
class Talked:
    """A person or party that a turn names."""

    name: str
    """The full name where the documents know exactly one such person, else as written."""
    gender: Gender | None
    start: int
    end: int
    firm: bool = False


@dataclass(frozen=True, slots=True)
class Heard:
    """An earlier turn, its question standalone."""

    question: str
    answer: str


class Listener:
    """Finds names and dates in the turns of a conversation."""

    def __init__(self, known: Known, today: date) -> None:
        self.known = known
        self.today = today

    def names(self, text: str) -> list[Talked]:
        """Return the people and parties named in a text, in order."""
        found = [_talked(text, one) for one in self.found_names(text)]
        for match in _NAME.finditer(text):
            # Without documents that know them, two words with capitals are a name: inside a sentence, or
            # where the second one is no English word.
            inside = text[: match.start()].strip() and not text[: match.start()].rstrip().endswith(
                (".", "?", "!")
            )
            strange = not any(is_english(word.lower()) for word in match.group().split()[1:])
            if (inside or strange) and not any(
                one.start < match.end() and match.start() < one.end for one in found
            ):
                found.append(Talked(_POSSESSIVE.sub("", match.group()), None, *match.span()))
        return sorted(found, key=lambda one: one.start)

    def found_names(self, text: str) -> list[FoundName]:
        """Return the names as they are found with the help of the documents."""
        return self.known.names_in(text)

    def dates(self, text: str) -> list[FoundAskedDate]:
        """Return the dates of a text, with their relation words, in order."""
        return dates_in_question(text, self.today)

    def person(self, turns: Sequence[Heard], gender: Gender | None) -> Talked | None:
        """Return whom the conversation is about: whom its questions name, not the last one in an answer.

        `gender` is that of the pronoun: somebody who is known to be of the other one is not meant, and
        somebody who is known to be of this one comes first. In an answer only a single person counts.
        """
        asked = list(self._people(turns, gender, answers=False))
        answered = list(self._people(turns, gender, answers=True))
        for candidates in (asked, answered):
            for one in candidates:
                if gender is not None and one.gender is gender:
                    return one
        return next(iter((*asked, *answered)), None)

    def _people(self, turns: Sequence[Heard], gender: Gender | None, *, answers: bool) -> Iterator[Talked]:
        for turn in reversed(turns):
            found = [one for one in self.names(turn.answer if answers else turn.question) if not one.firm]
            fitting = [one for one in found if gender is None or one.gender in (gender, None)]
            distinct = {one.name for one in fitting}
            known = {one.name for one in fitting if one.gender is gender} if gender else set()
            if len(distinct) == 1 or (len(known) == 1 and not answers):
                yield next(one for one in fitting if not known or one.name in known)


def _talked(text: str, found: FoundName) -> Talked:
    written = text[found.start : found.end]
    only = found.people[0] if len(found.people) == 1 else None
    return Talked(
        only.name if only else written,
        found.gender,
        found.start,
        found.end,
        only.firm if only else False,
    )


def possessive(name: str) -> str:
    """Return the possessive of a name, once: "Mr Trewick's", "St Osyth's"."""
    return name if _POSSESSIVE.search(name) else f"{name}'s"
