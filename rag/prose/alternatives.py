"""Answer "is it the left or the right hip?" with the one of the two that a sentence says."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.direct.answer import AnswerForm, DirectAnswer
from rag.evidence.evidence import EvidenceSentence
from rag.evidence.fit.misfit import Misfit
from rag.question.question import Question
from rag.question.understanding.understood import Intent, Understood
from rag.verification.verify import Verdict
from vault.text.readable import readable
from vault.text.words import stems

_ASKED = re.compile(
    r"\b(?:(?:a|an|the|his|her|its|in|on|at|by|for|to|with|as)\s+)*(?P<one>[\w-]+)\s+or\s+"
    r"(?:(?:a|an|the|his|her|its|in|on|at|by|for|to|with|as|is it|was it)\s+)*(?P<other>[\w-]+)",
    re.I,
)
_NO_ALTERNATIVE = frozenset({"not", "more", "less", "so", "no", "before", "after", "any", "other", "another"})
_WHOEVER = frozenset({"patient", "client", "person"})
"""Stems: a field "Sex: female" does not repeat whose it is."""
_LEAST_COVERAGE = 0.6
"""Share of what else is asked about, by rarity, that the sentence must name."""
_LOOKED_AT = 4
"""Sentences that may answer."""


def alternatives_in(understood: Understood) -> tuple[str, str] | None:
    """Return the two things between which the question asks to choose, or None.

    Example: ("left", "right") of "Is it the left or the right hip?".
    """
    if understood.intent is not Intent.YES_NO:
        return None
    found = _ASKED.search(understood.text)
    if found is None or {found["one"].lower(), found["other"].lower()} & _NO_ALTERNATIVE:
        return None
    return found["one"], found["other"]


def one_of_two(
    question: Question, understood: Understood, evidence: Sequence[EvidenceSentence]
) -> DirectAnswer | None:
    """Return the one of two alternatives that the best sentence with either of them says.

    None if that sentence names both, or if another one of those looked at names the other.
    """
    asked = alternatives_in(understood)
    if asked is None:
        return None
    one, other = (stems(word) for word in asked)
    about = question.topic - one - other - _WHOEVER
    said: list[tuple[str, EvidenceSentence]] = []
    for sentence in evidence[:_LOOKED_AT]:
        if sentence.fit.misfits - {Misfit.FORMALITY, Misfit.OTHER_FIELD}:
            continue
        words = stems(sentence.citation.quote)
        if (one <= words) == (other <= words):
            continue
        if question.coverage(about, words) >= _LEAST_COVERAGE:
            said.append((asked[0] if one <= words else asked[1], sentence))
    if len({word for word, _ in said}) != 1:
        return None
    word, sentence = said[0]
    return DirectAnswer(
        text=f"{word[0].upper()}{word[1:]}: {readable(sentence.citation.quote)}",
        verdict=Verdict.QUOTED,
        citations=(sentence.citation,),
        form=AnswerForm.WORDS,
        confidence=sentence.score,
    )
