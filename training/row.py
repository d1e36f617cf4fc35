"""What is trained on: groups of passages that a question was held against, and statements with a passage."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from rag.reader.network import SUPPORTS
from rag.reader.windows import ReaderPassage


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that a search found for a question, with what is known of it."""

    title: str
    heading: str
    sentences: tuple[str, ...]
    relevant: bool
    answers: bool | None
    """Whether the answer stands in it; None where the set does not say."""
    evidence: tuple[tuple[int, float], ...] = ()
    """(sentence, weight): 1 for one that holds at least half of what was marked, less for a part of it."""
    words: tuple[int, int, int] | None = None
    """(sentence, start, end) of the words that answer, where they stand in one sentence."""

    @property
    def passage(self) -> ReaderPassage:
        """As the reader reads it."""
        return ReaderPassage(self.title, self.heading, self.sentences)


@dataclass(frozen=True, slots=True)
class Group:
    """A question in one or more forms, with passages: those that are relevant, and hard ones that are not."""

    set: str
    forms: tuple[str, ...]
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement and what a passage does for it."""

    set: str
    statement: str
    title: str
    heading: str
    sentences: tuple[str, ...]
    label: str
    """One of `SUPPORTS`."""

    @property
    def passage(self) -> ReaderPassage:
        """As the reader reads it."""
        return ReaderPassage(self.title, self.heading, self.sentences)


Row = Group | Claim


def write_rows(path: Path, rows: Iterable[Row]) -> int:
    """Write the rows whole or not at all; returns how many."""
    partial = path.with_suffix(".partial")
    count = 0
    with gzip.open(partial, "wt", encoding="utf-8", compresslevel=3) as lines:
        for row in rows:
            lines.write(json.dumps({"kind": type(row).__name__, **asdict(row)}, ensure_ascii=False) + "\n")
            count += 1
    partial.rename(path)
    return count


def read_rows(path: Path) -> Iterator[Row]:
    """The rows of a file that `write_rows` wrote."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield _row(json.loads(line))


def _row(values: dict[str, object]) -> Row:
    kind = values.pop("kind")
    if kind == "Claim":
        claim = Claim(**{**values, "sentences": tuple(values["sentences"])})  # type: ignore[arg-type]
        if claim.label not in SUPPORTS:
            raise ValueError(f"{claim.label!r} is no label of a statement; {', '.join(SUPPORTS)} are.")
        return claim
    candidates = tuple(
        Candidate(
            title=one["title"], heading=one["heading"], sentences=tuple(one["sentences"]),
            relevant=one["relevant"], answers=one["answers"],
            evidence=tuple((index, weight) for index, weight in one["evidence"]),
            words=None if one["words"] is None else tuple(one["words"]),
        )
        for one in values["candidates"]  # type: ignore[attr-defined]
    )  # fmt: skip
    return Group(str(values["set"]), tuple(values["forms"]), candidates)  # type: ignore[arg-type]
