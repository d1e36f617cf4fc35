"""Answer "when …?" with the date of the sentence that says it, or with that of its entry."""

from __future__ import annotations

from collections.abc import Sequence

from rag.direct.answer import AnswerForm, DirectAnswer
from rag.evidence.evidence import EvidenceSentence
from rag.question.question import Question
from rag.question.understanding.times import asks_of_days_to_come
from rag.question.understanding.understood import Understood
from rag.question.wanted import Wanted
from rag.retrieval.entries import entry_date
from rag.retrieval.passage import Passage
from rag.verification.verify import Verdict
from vault.records import Citation
from vault.text.dates.find import find_dates
from vault.text.readable import readable
from vault.text.words import stems

_LEAST_COVERAGE = 0.6
"""Share of what is asked about, by rarity, that the sentence must name."""


def date_of(
    question: Question,
    understood: Understood,
    evidence: Sequence[EvidenceSentence],
    passages: Sequence[Passage],
) -> DirectAnswer | None:
    """Return the date of the best sentence that names what is asked; None if it has none, or several."""
    if understood.wanted is not Wanted.DATE:
        return None
    covered = [question.coverage(question.topic, stems(one.citation.quote)) for one in evidence]
    fitting = [index for index, one in enumerate(evidence) if one.fit.states]
    best = max(fitting, key=lambda index: (covered[index], -index), default=None)
    if best is not None and covered[best] >= _LEAST_COVERAGE:
        sentence = evidence[best]
        quote = sentence.citation.quote
        own = find_dates(quote)
        if len(own) > 1:
            return None
        if own:
            text = quote[own[0].start : own[0].end]
            citations: tuple[Citation, ...] = (sentence.citation,)
        else:
            passage = passages[sentence.passage]
            entry = entry_date(passage, passage.sentences()[sentence.number])
            if entry is None or asks_of_days_to_come(understood):
                return None
            text = entry.text
            citations = (sentence.citation, passage.cite(entry.span, entry.text))
        return DirectAnswer(
            f"{readable(text).rstrip(' .,;')}: {readable(quote)}",
            Verdict.QUOTED,
            citations,
            AnswerForm.WORDS,
            confidence=0.7,
        )
    return None
