"""What many threads note, and the table that is made of it."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from evaluation.measures import percentile


@dataclass(slots=True)
class Measured:
    """What happened, from all threads."""

    statuses: Counter[str] = field(default_factory=Counter)
    evidence_ms: list[float] = field(default_factory=list)
    answer_seconds: list[float] = field(default_factory=list)
    right: int = 0
    asked_own: int = 0
    leaks: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    memory_mib: list[float] = field(default_factory=list)
    open_files: list[int] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)


def report(measured: Measured) -> Iterator[str]:
    """The figures, as Markdown."""
    evidence, answers = measured.evidence_ms, measured.answer_seconds
    third = max(len(measured.memory_mib) // 3, 1)
    yield "| | |"
    yield "| --- | --- |"
    yield f"| responses | {', '.join(f'{name}: {n}' for name, n in sorted(measured.statuses.items()))} |"
    yield f"| failures | {len(measured.failures)} |"
    yield f"| leaks | {len(measured.leaks)} |"
    yield f"| own questions answered with the password | {measured.right} of {measured.asked_own} |"
    yield f"| evidence p50 / p95, ms | {percentile(evidence, 0.5):.0f} / {percentile(evidence, 0.95):.0f} |"
    yield f"| whole answer p50 / p95, s | {percentile(answers, 0.5):.2f} / {percentile(answers, 0.95):.2f} |"
    for name, values in (("memory, MiB", measured.memory_mib), ("open files", measured.open_files)):
        middle, last = values[third : 2 * third] or values, values[-third:]
        yield (
            f"| {name}: mean of the second third, of the last third, most | {sum(middle) / len(middle):.0f}, "
            f"{sum(last) / len(last):.0f}, {max(values):.0f} |"
        )
