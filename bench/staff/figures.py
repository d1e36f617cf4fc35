"""The figures of a run: counts by kind of question, shares beside the aims, and what went wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from bench.staff.asking import Asked
from bench.staff.judge import Judgement
from bench.staff.question import KINDS

UNANSWERABLE = "unanswerable"
_LONGEST_SAID = 300
"""Characters of what was said."""


def table_by_kind(asked: Sequence[Asked]) -> list[str]:
    """Return the counts by kind as Markdown; questions without an answer, of any kind, are the last row."""
    lines = [
        "| kind | n | right | partly | wrong | refused | gold in evidence |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for kind in KINDS:
        of_kind = [one for one in asked if one.question.answerable and one.question.kind == kind]
        if of_kind:
            lines.append(_row(kind, of_kind))
    answerable, others = _sides(asked)
    if answerable:
        lines.append(_row("**all that have an answer**", answerable))
    if others:
        wrong = sum(one.judged.judgement is Judgement.WRONG for one in others)
        lines.append(f"| {UNANSWERABLE} | {len(others)} | {len(others) - wrong} |  | {wrong} |  |  |")
    return lines


def table_of_aims(asked: Sequence[Asked]) -> list[str]:
    """Return the shares of all kinds together beside the aims of issue 16, as Markdown."""
    answerable, others = _sides(asked)
    gold = [one for one in answerable if one.judged.gold_in_evidence is not None]
    rows = [
        ("right", _share(answerable, _is(Judgement.RIGHT)), "≥ 85 %"),
        ("right in part", _share(answerable, _is(Judgement.PARTLY)), ""),
        ("wrong, stated as the answer", _share(answerable, _is(Judgement.WRONG)), "≤ 3 %"),
        ("refused though the documents say it", _share(answerable, _is(Judgement.REFUSED)), "≤ 5 %"),
        ("answered though the documents do not say it", _share(others, _is(Judgement.WRONG)), "≤ 10 %"),
        ("gold in the evidence", _share(gold, lambda one: bool(one.judged.gold_in_evidence)), "≥ 97 %"),
    ]
    return [
        "|  | measured | aim |",
        "| --- | ---: | ---: |",
        *(f"| {name} | {share} | {aim} |" for name, share, aim in rows),
    ]


def went_wrong(asked: Sequence[Asked]) -> Iterator[str]:
    """Yield lines on each question that was not answered rightly: what was expected, and what was said."""
    for one in asked:
        question, judged = one.question, one.judged
        good = Judgement.RIGHT if question.answerable else Judgement.REFUSED
        if judged.judgement is good:
            continue
        yield f"- **{question.id}** ({one.collection}, {question.kind}): {judged.judgement}, {judged.why}"
        for earlier in question.history:
            yield f"  - before: {earlier}"
        yield f"  - asked: {question.question}"
        if question.answerable:
            expected = ", ".join(question.must)
            where = ", ".join(question.documents)
            yield f"  - expected: {expected} ({where}{': ' if question.because else ''}{question.because})"
        said = " ".join(judged.said.split())
        yield f"  - said: {said[:_LONGEST_SAID]}{'…' if len(said) > _LONGEST_SAID else ''}"


def counts(asked: Sequence[Asked]) -> dict[str, dict[str, int]]:
    """Return the numbers of each judgement by kind, for programs."""
    found: dict[str, dict[str, int]] = {}
    for one in asked:
        kind = one.question.kind if one.question.answerable else UNANSWERABLE
        row = found.setdefault(kind, dict.fromkeys(Judgement, 0))
        row[one.judged.judgement] += 1
    return found


def _row(name: str, asked: Sequence[Asked]) -> str:
    numbers = [sum(one.judged.judgement is judgement for one in asked) for judgement in Judgement]
    gold = [one.judged.gold_in_evidence for one in asked if one.judged.gold_in_evidence is not None]
    found = f"{sum(gold)} of {len(gold)}" if gold else ""
    return f"| {name} | {len(asked)} | {' | '.join(map(str, numbers))} | {found} |"


def _sides(asked: Sequence[Asked]) -> tuple[list[Asked], list[Asked]]:
    """Return the questions with an answer in the documents, and those without."""
    answerable = [one for one in asked if one.question.answerable]
    return answerable, [one for one in asked if not one.question.answerable]


def _is(judgement: Judgement) -> Callable[[Asked], bool]:
    return lambda one: one.judged.judgement is judgement


def _share(asked: Sequence[Asked], counts_in: Callable[[Asked], bool]) -> str:
    """Return the percentage and of how many."""
    if not asked:
        return ""
    return f"{100 * sum(map(counts_in, asked)) / len(asked):.0f} % of {len(asked)}"
