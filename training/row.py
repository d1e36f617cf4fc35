"""The rows of training data: groups of passages for a question, and statements with a passage."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from rag.reader.reader import SUPPORTS
from rag.reader.windows import ReaderPassage


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that a search found for a question, with its labels."""

    title: str
    heading: str
    sentences: tuple[str, ...]
    relevant: bool
    answers: bool | None
    """Whether it holds the answer; None if the set does not say."""
    evidence: tuple[tuple[int, float], ...] = ()
    """(sentence, weight): 1 for a sentence with at least half of a gold span, less for a smaller part."""
    words: tuple[int, int, int] | None = None
    """(sentence, start, end) of the words that answer, if they are within one sentence."""

    @property
    def passage(self) -> ReaderPassage:
        """As the reader reads it."""
        return ReaderPassage(self.title, self.heading, self.sentences)


@dataclass(frozen=True, slots=True)
class Group:
    """A question in one or more forms, with relevant passages, and similar ones that are not relevant."""

    set: str
    forms: tuple[str, ...]
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement, a passage, and whether the passage supports it."""

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
    """Write all rows, or no file at all; return how many there are."""
    partial = path.with_suffix(".partial")
    count = 0
    with gzip.open(partial, "wt", encoding="utf-8", compresslevel=3) as lines:
        for row in rows:
            lines.write(json.dumps({"kind": type(row).__name__, **asdict(row)}, ensure_ascii=False) + "\n")
            count += 1
    partial.rename(path)
    return count


def read_rows(path: Path) -> Iterator[Row]:
    """Yield the rows of a file that `write_rows` wrote. Raises ValueError for an unknown label."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield _row(json.loads(line))


def _row(values: dict[str, object]) -> Row:
    kind = values.pop("kind")
    if kind == "Claim":
        claim = Claim(**{**values, "sentences": tuple(values["sentences"])})  # type: ignore[arg-type]
        if claim.label not in SUPPORTS:
            raise ValueError(f"{claim.label!r} is not a label; use one of {', '.join(SUPPORTS)}.")
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
