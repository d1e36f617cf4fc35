"""One run of a language model: its figures, and where its text ends."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass


@dataclass(slots=True)
class Run:
    """One generation, counted in tokens."""

    prompt_tokens: int = 0
    reused_tokens: int = 0
    """Prompt tokens that the model had in its cache and did not read again."""
    new_tokens: int = 0
    finish: str = "cancelled"
    """"stop", "length" or "cancelled"."""


def until_stop(stops: Sequence[str], pieces: Iterator[str], run: Run) -> Generator[str, None, None]:
    """Yield the pieces up to the first of the texts `stops`, and set `run.finish` if one comes.

    Text that may be the beginning of a stop text waits in a buffer.
    """
    buffer = ""
    for piece in pieces:
        buffer += piece
        ends = [position for stop in stops if (position := buffer.find(stop)) >= 0]
        if ends:
            run.finish = "stop"
            buffer = buffer[: min(ends)]
            break
        keep = max((n for stop in stops for n in range(1, len(stop)) if buffer.endswith(stop[:n])), default=0)
        if len(buffer) > keep:
            yield buffer[: len(buffer) - keep]
            buffer = buffer[len(buffer) - keep :]
    if buffer:
        yield buffer
