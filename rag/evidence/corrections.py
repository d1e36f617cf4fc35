"""Put a correction before what it corrects: "Section 4 shows the wrong dose. The right dose is 5 mg"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.evidence.evidence import EvidenceSentence, best_first
from rag.evidence.fit.misfit import Misfit
from rag.question.question import Question
from rag.question.understanding.understood import Intent, Understood
from rag.question.wanted import Wanted
from rag.retrieval.passage import Passage
from vault.text.words import stems

_CORRECTS = re.compile(
    r"\b(?:right|correct|corrected|proper|true|actual)\s+(?:[\w'’-]+\s+){1,3}(?:is|was|are|reads?|"
    r"should be)\b"
    r"|\bshould (?:read|have (?:read|been|said)|instead read|say)\b|\bcorrected (?:to|as)\b"
    r"|\bis (?:hereby )?corrected\b|\bnot [^.;]{1,40} as (?:stated|written|printed|shown|given|typed)\b",
    re.I,
)
_WRONG = re.compile(
    r"\b(?:wrong(?:ly)?|incorrect(?:ly)?|in error|erroneous(?:ly)?|mistake\w*|misprint\w*|mistyped|"
    r"typing error|"
    r"typo|corrigendum|erratum|correction)\b",
    re.I,
)
_VALUES = (Wanted.DOSE, Wanted.AMOUNT, Wanted.MONEY, Wanted.DATE, Wanted.DURATION, Wanted.IDENTIFIER)
_NAMES_IT = 0.25
"""Share of what is asked about, by rarity, that a sentence names which speaks of it."""
_STEP = 0.01


def prefer_corrections(
    question: Question,
    understood: Understood,
    evidence: Sequence[EvidenceSentence],
    passages: Sequence[Passage],
) -> list[EvidenceSentence]:
    """Return the evidence with a correction of what is asked first; what it corrects is not stated.

    `evidence` is sorted, best first.
    """
    found = list(evidence)
    if understood.intent not in (Intent.FACT, Intent.LATEST) or understood.wanted not in _VALUES:
        return found
    place = next(
        (
            index
            for index, one in enumerate(found)
            if one.fit.states and _corrects(one, passages[one.passage], question)
        ),
        None,
    )
    if place is None:
        return found
    best = found[0].score
    for index, one in enumerate(found):
        if index == place:
            found[index] = replace(one, score=best + _STEP)
        elif question.coverage(question.topic, stems(one.citation.quote)) >= _NAMES_IT:
            fit = replace(one.fit, misfits=one.fit.misfits | {Misfit.OTHER_VERSION})
            found[index] = replace(one, fit=fit)
    return best_first(found)


def _corrects(one: EvidenceSentence, passage: Passage, question: Question) -> bool:
    """Return whether a sentence gives the right value, and it or the one before names what is asked."""
    text = one.citation.quote
    sentences = passage.sentences()
    before = sentences[one.number - 1].quote if one.number else ""
    said = stems(text)
    if _CORRECTS.search(text) is None or not (_WRONG.search(before) or _WRONG.search(text)):
        return False
    if _WRONG.search(before):
        said |= stems(before)
    return question.coverage(question.topic, said) >= _NAMES_IT
