"""Find who is meant by "his niece" or "bed 17": the person whom the documents name beside these words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from rag.question.understanding.known import Known
from rag.question.understanding.lexicon.titles import gender_of_word
from rag.question.understanding.people.known_names import KnownName
from vault.annotations import AnnotatedSentence
from vault.text.lists.relatives import RELATIVES

_MOST_READ = 12
"""Sentences."""
RELATIVE = re.compile(
    rf"\b(?P<of>(?:his|her|their)|(?P<name>[A-Z][\w’'.-]*(?:\s+[A-Z][\w’'.-]*){{0,3}})['’]s?)\s+"
    rf"(?:(?:late|older|elder|younger|eldest|youngest|only|own)\s+)?(?P<relation>{'|'.join(sorted(RELATIVES))})"
    r"(?P<possessive>['’]s)?(?!\w)",
    re.I,
)
PLACE = re.compile(
    r"\b(?P<kind>bed|room|flat|unit|plot|suite|house|bay|apartment|cell|ward)\s+(?P<number>\d{1,4}[a-z]?)\b",
    re.I,
)


def relative_of(name: str, relation: str, known: Known) -> KnownName | None:
    """Return the one other person whom sentences name beside the relation; None if it is not clear.

    Of several in a sentence it is the one that stands nearest: "he came with his niece Ada, Dr Roux writes".
    """
    word = relation.lower()
    gender = gender_of_word(word)
    own = {one.name for found in known.names_in(name) for one in found.people}
    beside = re.compile(rf"\b{word}s?\b", re.I)
    counted: Counter[str] = Counter()
    people: dict[str, KnownName] = {}
    for sentence in known.sentences_with([word], _MOST_READ):
        place = beside.search(sentence.text)
        if place is None:
            continue
        near = [
            (min(abs(one.start - place.end()), abs(place.start() - one.end)), one.people[0])
            for one in known.names_in(sentence.text)
            if len(one.people) == 1
        ]
        fitting = [
            (distance, person)
            for distance, person in near
            if person.name not in own and person.gender in (gender, None) and not person.firm
        ]
        if fitting:
            person = min(fitting, key=lambda one: (one[0], one[1].name))[1]
            counted[person.name] += 1
            people[person.name] = person
    return _clearest(counted, people)


def occupant(kind: str, number: str, known: Known) -> KnownName | None:
    """Return the one person whom sentences or rows put into a bed, room or flat; None if it is not clear."""
    beside = re.compile(rf"\b{kind}\s+(?:no\.?\s+)?{number}\b", re.I)
    sentences = [
        one
        for one in known.sentences_with([kind, number], _MOST_READ)
        if beside.search(one.text)
        or any(
            cell.column.strip().lower() == kind.lower() and cell.text.strip() == number for cell in one.cells
        )
    ]
    for one in sentences:
        places = [match.start() for match in PLACE.finditer(one.text)]
        if len(places) < 2 and (person := _only([one], known)):
            return person
    return _beside(sentences, beside, known)


def _beside(sentences: Sequence[AnnotatedSentence], place: re.Pattern[str], known: Known) -> KnownName | None:
    """Return who stands directly before the place: "Two patients: Hale (bed 7) and Hall (bed 17)"."""
    for sentence in sentences:
        match = place.search(sentence.text)
        if match is None:
            continue
        names = [one for one in known.names_in(sentence.text) if one.end <= match.start()]
        if names and len(names[-1].people) == 1 and match.start() - names[-1].end < 12:
            return names[-1].people[0]
    return None


def _only(sentences: Sequence[AnnotatedSentence], known: Known) -> KnownName | None:
    counted: Counter[str] = Counter()
    people: dict[str, KnownName] = {}
    for sentence in sentences:
        about = f"{sentence.subject}. {sentence.text}" if sentence.subject else sentence.text
        found = known.names_in(about)
        for person in {one.people[0] for one in found if len(one.people) == 1 and not one.people[0].firm}:
            counted[person.name] += 1
            people[person.name] = person
    return _clearest(counted, people)


def _clearest(counted: Counter[str], people: Mapping[str, KnownName]) -> KnownName | None:
    best = counted.most_common(2)
    if not best or (len(best) > 1 and best[0][1] == best[1][1]):
        return None
    return people[best[0][0]]
