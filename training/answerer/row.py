"""The rows that train an answerer: numbered sentences with questions on them and what is to be written."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from rag.writing.short.prompt import ShortSentence


@dataclass(frozen=True, slots=True)
class AskedOf:
    """A question, and the answer that the model is to write: sentences with numbers, or the refusal."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """Sentences as the model reads them, with one or more questions that are asked of them one by one."""

    set: str
    sentences: tuple[ShortSentence, ...]
    asked: tuple[AskedOf, ...]


def write_answer_rows(path: Path, rows: Iterable[AnswerRow]) -> int:
    """Write all rows, or no file at all; return how many there are."""
    partial = path.with_suffix(".partial")
    count = 0
    with gzip.open(partial, "wt", encoding="utf-8", compresslevel=3) as lines:
        for row in rows:
            lines.write(json.dumps(asdict(row), ensure_ascii=False) + "\n")
            count += 1
    partial.rename(path)
    return count


def read_answer_rows(path: Path) -> Iterator[AnswerRow]:
    """Yield the rows of a file that `write_answer_rows` wrote."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            values = json.loads(line)
            yield AnswerRow(
                values["set"],
                tuple(ShortSentence(**one) for one in values["sentences"]),
                tuple(AskedOf(**one) for one in values["asked"]),
            )
