"""Which version of a clause or value holds: the latest, or that of the date that is asked for.

A later document that says "the rent under clause 4.1 is …" varies clause 4.1 of an earlier one. Both
sentences are evidence, and only one of them answers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from rag.evidence.evidence import EvidenceSentence, annotated_of, best_first
from rag.evidence.fit.misfit import Misfit
from rag.question.numbered import clause_number
from rag.question.understanding.understood import Relation, Understood
from rag.retrieval.passage import Passage
from vault.annotations import AnnotatedSentence

_LOOKED_AT = 3
"""Best sentences whose later versions are looked for."""
_FROM = re.compile(
    r"\b(?:from|since|as of|as from|with effect from|effective|commencing|beginning)\s+(?:the\s+)?$", re.I
)
_STEP = 0.01
"""How far above the sentence that it varies a later version is put."""


@dataclass(frozen=True, slots=True)
class _Version:
    """A sentence that says what holds, and from when."""

    place: int
    """Index among the evidence."""
    since: date


def choose_versions(
    understood: Understood, evidence: Sequence[EvidenceSentence], passages: Sequence[Passage]
) -> list[EvidenceSentence]:
    """Return the evidence with the version that holds before the others, which are not stated.

    `evidence` is sorted, best first. Without dates nothing is known of versions, and nothing changes.
    """
    found = list(evidence)
    looked_at = [index for index, one in enumerate(found) if one.fit.states][:_LOOKED_AT]
    for index in looked_at:
        versions = _versions(index, found, passages)
        if len(versions) < 2:
            continue
        holds = _that_holds(understood, versions)
        best = max(found[version.place].score for version in versions)
        for version in versions:
            one = found[version.place]
            if version is holds:
                fit = replace(one.fit, misfits=one.fit.misfits - {Misfit.OTHER_DATE})
                found[version.place] = replace(one, score=best + _STEP, fit=fit)
            else:
                fit = replace(one.fit, misfits=one.fit.misfits | {Misfit.OTHER_VERSION})
                found[version.place] = replace(one, fit=fit)
        break
    return best_first(found)


def _versions(
    index: int, evidence: Sequence[EvidenceSentence], passages: Sequence[Passage]
) -> list[_Version]:
    """Return the sentence at `index` and the later ones that name its clause, from the earliest on."""
    first = annotated_of(evidence[index], passages)
    since = _since(evidence[index], first, passages)
    if first is None or not first.clause or since is None:
        return []
    versions = [_Version(index, since)]
    for place, other in enumerate(evidence):
        annotated = annotated_of(other, passages)
        if annotated is None or annotated.document == first.document:
            continue
        numbers = {clause_number(one) for one in annotated.references}
        began = _since(other, annotated, passages)
        if first.clause in numbers and began is not None and began > since:
            versions.append(_Version(place, began))
    return sorted(versions, key=lambda version: version.since)


def _that_holds(understood: Understood, versions: Sequence[_Version]) -> _Version:
    """Return the last version, or the last one of the date that is asked for."""
    for asked in understood.dates:
        first, last = asked.readings[0]
        if asked.relation is Relation.BEFORE:
            begun = [version for version in versions if version.since < first]
        elif asked.relation in (Relation.ON, Relation.UNTIL):
            begun = [version for version in versions if version.since <= last]
        else:
            continue
        return begun[-1] if begun else versions[0]
    return versions[-1]


def _since(
    one: EvidenceSentence, annotated: AnnotatedSentence | None, passages: Sequence[Passage]
) -> date | None:
    """Return from when a sentence holds: the date after a "from" in it, else that of its document."""
    if annotated is not None:
        for found in annotated.dates:
            if _FROM.search(annotated.text[: found.start]) and not found.yearless:
                return found.first
    profile = passages[one.passage].profile
    return profile.date if profile is not None else None
