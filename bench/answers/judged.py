"""An answer beside its gold, and the figures of many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from bench.answers.gold import GoldQuestion, contradicts, holds, not_in_source
from evaluation.measures import percentile
from rag.events import Answer
from rag.verification.verify import Verdict

COLUMNS = (
    "right", "right, gold in evidence", "generated and checked", "contradicted", "not in source",
    "refused rightly", "refused wrongly", "model refused rightly", "model refused wrongly", "seconds p50",
    "seconds p95",
)  # fmt: skip
_REFUSED = "found no answer in the passages"
"""Stands in the note of an answer whose model wrote the refusal."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What came of a question in one way of answering."""

    set: str
    way: str
    question: str
    answerable: bool
    golds: tuple[str, ...]
    outcome: str
    mode: str
    first: str
    """The direct answer, or the first statement where there is none."""
    right: bool
    in_evidence: bool
    """Whether the gold stands in a sentence of the evidence."""
    statements: tuple[tuple[str, str, str], ...]
    """(text, verdict, quotes that it rests on)."""
    contradicted: bool
    strange: tuple[str, ...]
    """Numbers and names of generated statements that stand in none of their quotes."""
    model_refused: bool
    seconds: float

    @property
    def generated(self) -> bool:
        """Whether a statement of the language model was shown as carried."""
        return self.mode == "generated"

    def as_json(self) -> dict[str, object]:
        """Return the answer as JSON values."""
        return asdict(self)


def judged(one: GoldQuestion, way: str, answer: Answer, seconds: float) -> Judged:
    """Return the answer beside its gold. A refusal says nothing that could be right."""
    shown = [] if answer.abstained else answer.statements
    carried = [statement for statement in shown if statement.verdict is not Verdict.UNSUPPORTED]
    generated = carried if answer.mode == "generated" else []
    direct = None if answer.abstained else answer.direct
    first = direct.text if direct is not None else carried[0].text if carried else ""
    strange = [
        word
        for statement in generated
        for word in not_in_source(
            statement.text, one.question, " ".join(cited.quote for cited in statement.citations)
        )
    ]
    return Judged(
        set=one.set, way=way, question=one.question, answerable=one.answerable, golds=one.golds,
        outcome=answer.outcome.value, mode=answer.mode, first=first, right=holds(first, one.golds),
        in_evidence=any(holds(sentence.citation.quote, one.golds) for sentence in answer.evidence),
        statements=tuple(
            (each.text, each.verdict.value, " … ".join(cited.quote for cited in each.citations))
            for each in shown
        ),
        contradicted=any(contradicts(each.text, one.question, one.golds) for each in generated),
        strange=tuple(strange),
        model_refused=any(_REFUSED in note for note in answer.notes), seconds=round(seconds, 2),
    )  # fmt: skip


def figures(answers: Sequence[Judged]) -> dict[str, float | None]:
    """Return the figures of answers by `COLUMNS`: per cent, and seconds.

    Contradicted and not in source are shares of the answers with a generated statement.
    """
    answerable = [one for one in answers if one.answerable]
    others = [one for one in answers if not one.answerable]
    generated = [one for one in answers if one.generated]
    seconds = [one.seconds for one in answers]

    def abstained(one: Judged) -> bool:
        return one.outcome != "answered"

    values = (
        _share([one.right for one in answerable]),
        _share([one.right for one in answerable if one.in_evidence]),
        _share([one.generated for one in answerable]),
        _share([one.contradicted for one in generated]),
        _share([bool(one.strange) for one in generated]),
        _share([abstained(one) for one in others]),
        _share([abstained(one) for one in answerable]),
        _share([one.model_refused for one in others if not abstained(one)]),
        _share([one.model_refused for one in answerable if not abstained(one)]),
        round(percentile(seconds, 0.5), 2) if seconds else None,
        round(percentile(seconds, 0.95), 2) if seconds else None,
    )
    return dict(zip(COLUMNS, values, strict=True))


def table(answers: Sequence[Judged]) -> list[str]:
    """Return the figures by set and way as a table in Markdown."""
    lines = [f"| set | way | n | {' | '.join(COLUMNS)} |", f"| --- | --- | ---:{' | ---:' * len(COLUMNS)} |"]
    sets = dict.fromkeys(one.set for one in answers)
    ways = dict.fromkeys(one.way for one in answers)
    groups = {name: [one for one in answers if one.set == name] for name in sets} | {"all": list(answers)}
    for name, of_set in groups.items():
        for way in ways:
            some = [one for one in of_set if one.way == way]
            cells = ["" if value is None else f"{value:g}" for value in figures(some).values()]
            lines.append(f"| {name} | {way} | {len(some)} | {' | '.join(cells)} |")
    return lines


def _share(values: Sequence[bool]) -> float | None:
    return round(100 * sum(values) / len(values), 1) if values else None
