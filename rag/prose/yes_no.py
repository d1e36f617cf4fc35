"""Answer a yes-no question with the word, from the sentence that says it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rag.direct.answer import AnswerForm, DirectAnswer
from rag.evidence.evidence import EvidenceSentence
from rag.evidence.fit.relatives import clauses, names_a_relative, own_clauses
from rag.prose.polarity import says_an_end, says_no
from rag.question.question import Question
from rag.question.understanding.understood import Intent, Understood
from rag.retrieval.passage import Passage
from rag.verification.verify import Verdict
from vault.text.readable import readable
from vault.text.words import stems

_LEAST_COVERAGE = 0.6
"""Share of what is asked about, by rarity, that the sentence must name."""
_LOOKED_AT = 4
"""Sentences that may answer; one further down is about something else."""


def yes_or_no(
    question: Question,
    understood: Understood,
    evidence: Sequence[EvidenceSentence],
    passages: Sequence[Passage],
) -> DirectAnswer | None:
    """Return "Yes" or "No" with the sentence it rests on; None unless a sentence that fits names it all.

    "The documents do not say" is not told from "no": where nothing names what is asked, this is None.
    """
    if understood.intent is not Intent.YES_NO:
        return None
    topic = question.topic
    about = question.with_other_words(topic)
    for sentence in [one for one in evidence if one.fit.states][:_LOOKED_AT]:
        text = readable(sentence.citation.quote)
        said = _clauses_about(text, question, names_a_relative(understood.written))
        coverage = question.coverage(topic, stems(said))
        if coverage < _LEAST_COVERAGE:
            continue
        word = "No" if says_no(said, about, still=understood.current) else "Yes"
        ended = _ended_later(sentence, evidence, passages) if understood.current and word == "Yes" else None
        if ended is not None:
            word, text = "No", readable(ended.citation.quote)
        return DirectAnswer(
            text=f"{word}: {text}",
            verdict=Verdict.QUOTED,
            citations=((ended or sentence).citation,),
            form=AnswerForm.YES_NO,
            confidence=coverage,
        )
    return None


def _ended_later(
    sentence: EvidenceSentence, evidence: Sequence[EvidenceSentence], passages: Sequence[Passage]
) -> EvidenceSentence | None:
    """Return a sentence of a later document that ends what `sentence` says of the person, if there is one."""
    since = _day(sentence, passages)
    if since is None or sentence.fit.person < 1.0:
        return None
    for other in evidence:
        day = _day(other, passages)
        if day is not None and day > since and other.fit.person == 1.0 and says_an_end(other.citation.quote):
            return other
    return None


def _day(sentence: EvidenceSentence, passages: Sequence[Passage]) -> date | None:
    profile = passages[sentence.passage].profile
    return None if profile is None else profile.date


def _clauses_about(text: str, question: Question, of_relatives: bool) -> str:
    """Return the clauses of a sentence that may be about whom the question asks."""
    about = question.with_other_words(question.topic)
    own = clauses(text) if of_relatives else own_clauses(text)
    return "; ".join(clause for clause in own if stems(clause) & about)
