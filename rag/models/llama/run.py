"""One run of a model: what is known about it afterwards, and where its text ends."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass


@dataclass(slots=True)
class Run:
    """One generation, counted in tokens; `finish` is `stop`, `length` or `cancelled`."""

    prompt_tokens: int = 0
    reused_tokens: int = 0
    """Prompt tokens that the model still had from the run before and did not read again."""
    new_tokens: int = 0
    finish: str = "cancelled"


def until(stops: Sequence[str], pieces: Iterator[str], run: Run) -> Generator[str, None, None]:
    """The pieces up to the first stop text; what may be the beginning of one is held back."""
    held = ""
    for piece in pieces:
        held += piece
        ends = [position for stop in stops if (position := held.find(stop)) >= 0]
        if ends:
            run.finish = "stop"
            held = held[: min(ends)]
            break
        keep = max((n for stop in stops for n in range(1, len(stop)) if held.endswith(stop[:n])), default=0)
        if len(held) > keep:
            yield held[: len(held) - keep]
            held = held[len(held) - keep :]
    if held:
        yield held
