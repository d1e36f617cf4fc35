"""Make rows that train an answerer from the answers that people of a house approved.

    incamera models export approved.jsonl
    python -m training.answerer.approved approved.jsonl --to bench/out/answers

Each statement of an approved answer gets the number of the sentence that carries it. Around those sentences
stand their neighbours, and others of the passages that share words with the question. Every tenth row stays
apart, in `approved.fit.jsonl.gz`: it gives the figures that training prints.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from rag.refusal import REFUSAL
from rag.verification.verify import verify
from rag.writing.short.prompt import ShortSentence
from rag.writing.statements import split_statements
from training.answerer.row import AnswerRow, AskedOf, write_answer_rows
from training.sets import sentences_of
from vault.process.egress import guard_egress
from vault.text.words import stems

_MOST = 900
"""Characters of the sentences of a row."""
_LONGEST = 420
"""Characters of a sentence that is shown although it does not answer."""
_HELD_OUT = 10
"""Every so many rows one does not train."""


def approved_row(exported: Mapping[str, Any]) -> AnswerRow | None:
    """Return the row for one line of the export; None if a statement rests on no single sentence of it."""
    sentences = [
        (str(passage["document"]), text)
        for passage in exported["passages"]
        for text in sentences_of(str(passage["text"]))
    ]
    question, answer = str(exported["question"]), str(exported["answer"])
    carried: list[tuple[str, int]] = []
    if answer != REFUSAL:
        for draft in split_statements([answer]):
            found = verify(draft.text, [text for _, text in sentences]).sentences
            if not found:
                return None
            carried.append((draft.text, found[0]))
    shown = _shown(question, sentences, [index for _, index in carried])
    if not shown or (not carried and answer != REFUSAL):
        return None
    numbers = {index: number for number, index in enumerate(shown, start=1)}
    written = " ".join(f"{text} [{numbers[index]}]" for text, index in carried) or REFUSAL
    return AnswerRow(
        "approved",
        tuple(ShortSentence(number, *sentences[index]) for index, number in numbers.items()),
        (AskedOf(question, written),),
    )


def _shown(question: str, sentences: Sequence[tuple[str, str]], gold: Sequence[int]) -> list[int]:
    """Return the sentences of a row by their order in the passages."""
    asked = set(stems(question))
    near = [index + step for index in gold for step in (-1, 1) if 0 <= index + step < len(sentences)]
    rest = sorted(range(len(sentences)), key=lambda index: -len(asked & set(stems(sentences[index][1]))))
    chosen = list(dict.fromkeys(gold))
    length = sum(len(sentences[index][1]) for index in chosen)
    texts = {sentences[index][1] for index in chosen}
    for index in dict.fromkeys([*near, *rest]):
        text = sentences[index][1]
        if text not in texts and len(text) <= _LONGEST and length + len(text) <= _MOST:
            chosen.append(index)
            texts.add(text)
            length += len(text)
    return sorted(chosen)


def approved_rows(path: Path) -> Iterator[AnswerRow]:
    """Yield the rows of an export. Raises ValueError, with the number of the line, for one that is none."""
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                row = approved_row(json.loads(line))
            except (KeyError, TypeError, ValueError) as error:
                raise ValueError(
                    f"Line {number} of {path} is no row of `incamera models export` ({error}). Export again."
                ) from error
            if row is not None:
                yield row


def main(given: Sequence[str] | None = None) -> int:
    """Make the rows, write them and print how many there are."""
    parser = argparse.ArgumentParser(
        prog="python -m training.answerer.approved", description=(__doc__ or "").splitlines()[0]
    )
    parser.add_argument("export", type=Path, help="what `incamera models export` wrote")
    parser.add_argument("--to", type=Path, required=True, help="where the rows go")
    chosen = parser.parse_args(given)
    guard_egress()
    chosen.to.mkdir(parents=True, exist_ok=True)
    try:
        rows = list(approved_rows(chosen.export))
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    held_out = rows[::_HELD_OUT] if len(rows) >= _HELD_OUT else []
    trained = [row for row in rows if row not in held_out]
    write_answer_rows(chosen.to / "approved.jsonl.gz", trained)
    write_answer_rows(chosen.to / "approved.fit.jsonl.gz", held_out)
    print(f"{len(trained)} rows that train, {len(held_out)} that do not")
    return 0


if __name__ == "__main__":
    sys.exit(main())
