"""The words that a question has for an event, and how well a sentence says them of the right person."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace

from rag.evidence.fit.people import fit_of_people
from rag.question.understanding.understood import AskedDate, Understood
from rag.tables.grids.people import name_parts
from rag.tables.grids.source import TableSource
from vault.annotations import AnnotatedSentence, Profile
from vault.text.lists.stop_words import STOP_WORDS
from vault.text.words import stem, stems, words

Documents = Sequence[tuple[TableSource, str, Sequence[AnnotatedSentence]]]
"""(source, sha256, sentences) of the documents that may tell of an event."""
_ROOT = 5
"""Letters from which two words that begin alike are of one family: "suspension" and "suspended"."""
_WEAK = frozenset(
    """date day days week weeks month months year years now currently finally actually booked scheduled
    planned listed present time patient first last day's letter's being having done made put it's final
    appointment appt ask asks entry says""".split()
)
"""Words that say nothing of which event is meant."""
_FAMILIES = tuple(
    frozenset(stem(word) for word in group.split())
    for group in (
        "admission admitted adm admit arrival arrived",
        "discharge discharged discharge",
        "operation op operated surgery procedure",
        "start started starting begin began begun commenced from",
        "stop stopped stopping ceased discontinued ended until",
        "visit clinic seen",
        "scan imaging mri ct",
        "repeat repeated follow follow-up followup",
        "notice notified",
        "payment pay paid payable",
        "extraction extracted",
        "exchange exchanged",
        "expire expired expires expiry",
    )
)


def event_words(asked: str, understood: Understood) -> tuple[str, ...]:
    """Return the stems of what the event is, without dates, names and words that say nothing."""
    for one in understood.dates:
        asked = asked.replace(one.text, " ")
    names = {part for one in understood.names for name in (one.written, *one.names) for part in stems(name)}
    kept = [word for word in words(asked) if len(word) > 1 and word not in STOP_WORDS and word not in _WEAK]
    return tuple(dict.fromkeys(own for word in kept if (own := stem(word)) not in names))


def day_in(asked: str, understood: Understood) -> AskedDate | None:
    """Return the single day that the words for an event give."""
    for one in understood.dates:
        first, last = one.readings[0]
        if one.text in asked and first == last:
            return one
    return None


def is_about(
    understood: Understood, sentence: AnnotatedSentence, profile: Profile | None, source: TableSource
) -> bool:
    """Return whether a sentence may be about whom the question names: by a surname that only one has."""
    if sentence.cells and sentence.subject == sentence.cells[0].text:
        sentence = replace(sentence, subject="")  # the name of a field was taken for a person
    if fit_of_people(understood.names, sentence, profile) >= 0:
        return True
    said = stems(sentence.text)
    surnames = {parts[-1] for one in understood.names for name in one.names if (parts := name_parts(name))}
    return (
        len(surnames) == 1 and {stem(one) for one in surnames} <= said and _only_one(surnames.pop(), source)
    )


def _only_one(surname: str, source: TableSource) -> bool:
    """Return whether all people of a surname in a collection may be one."""
    people = [
        parts for name, _ in source.sentences.names(source.scope) if surname in (parts := name_parts(name))
    ]
    first = {part for parts in people for part in parts if part != surname and len(part) > 1}
    return len(first) <= 1


def kin(own: str, other: str) -> bool:
    """Return whether two stems are of one word or say the same."""
    if own == other or (len(own) >= _ROOT and len(other) >= _ROOT and own[:_ROOT] == other[:_ROOT]):
        return True
    return any(own in family and other in family for family in _FAMILIES)


def weights_of(wanted: Sequence[str], documents: Iterable[Sequence[AnnotatedSentence]]) -> dict[str, float]:
    """Return the weight of each word for an event: the fewer sentences hold it, the greater."""
    counts = dict.fromkeys(wanted, 0)
    total = 0
    for sentences in documents:
        for sentence in sentences:
            total += 1
            said = stems(sentence.text)
            for own in wanted:
                counts[own] += any(kin(own, other) for other in said)
    return {own: math.log(1 + (total + 1) / (count + 0.5)) for own, count in counts.items()}


def coverage_of(
    wanted: Sequence[str],
    weights: dict[str, float],
    sentence: AnnotatedSentence,
    before: AnnotatedSentence | None = None,
) -> float:
    """Return the share of the words for an event, by weight, that a sentence holds, or one before it."""
    said = stems(sentence.text) | {part for cell in sentence.cells for part in stems(cell.column)}
    said |= stems(before.text) if before is not None else frozenset()
    total = sum(weights.values())
    held = sum(weights[own] for own in wanted if any(kin(own, other) for other in said))
    return held / total if total else 0.0
