"""The words of the best sentence that answer, as a line of their own."""

from __future__ import annotations

from collections.abc import Sequence

from rag.direct.answer import AnswerForm, DirectAnswer
from rag.evidence.evidence import EvidenceSentence
from rag.question.question import holds
from rag.question.understanding.understood import Understood
from rag.question.wanted import Wanted
from rag.verification.verify import Verdict
from vault.text.readable import readable
from vault.text.words import stems

_LEAST_LOGIT = 1.0
"""The reader's logit from which its words are shown: a wrong line is worse than none."""
_UNMARKED = frozenset({Wanted.YES_NO, Wanted.ANYTHING})
"""Kinds for which nothing tells that the marked words are of the right kind."""
_LONGEST = 12
"""Words. More are no shorter than the sentence."""


def marked_words(understood: Understood, evidence: Sequence[EvidenceSentence]) -> DirectAnswer | None:
    """Return the words that the reader marks in the best sentence that fits; None where it doubts."""
    best = next((sentence for sentence in evidence if sentence.fit.states), None)
    if best is None or best.words is None or understood.wanted in _UNMARKED:
        return None
    logit = best.signals.get("reader_sentence", _LEAST_LOGIT - 1)
    start = best.words.start - best.citation.start
    text = readable(best.citation.quote[start : start + best.words.end - best.words.start]).strip(" .,;:")
    if logit < _LEAST_LOGIT or not text or len(text.split()) > _LONGEST:
        return None
    if not holds(understood.wanted, text, frozenset(stems(understood.text))):
        return None
    return DirectAnswer(text, Verdict.QUOTED, (best.citation,), AnswerForm.WORDS, confidence=0.7)
