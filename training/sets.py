"""Read the sets for training: questions with their corpus, and statements with the passage they are about."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

from evaluation.question_set import CorpusRow, QuestionSet, TextQuestion
from training.row import Claim
from training.split import Side, side
from vault.text.readable import readable
from vault.text.sentences import split_sentences


def questions_of(folder: Path) -> QuestionSet:
    """Return the set's questions and corpus; a set of statements has no questions."""
    corpus = [CorpusRow.model_validate(row) for row in _rows(folder / "corpus.jsonl.gz")]
    questions = [
        TextQuestion.model_validate(row) for row in _rows(folder / "questions.jsonl.gz") if "question" in row
    ]
    return QuestionSet(folder.resolve().name, corpus, questions)


def statements_of(folder: Path, wanted: Side) -> Iterator[Claim]:
    """Yield the set's labelled statements about documents on the wanted side."""
    name = folder.resolve().name
    texts = {str(row["id"]): row for row in _rows(folder / "corpus.jsonl.gz")}
    for row in _rows(folder / "questions.jsonl.gz"):
        if "statement" in row and side(name, str(row["document"])) is wanted:
            about = texts[str(row["document"])]
            yield Claim(
                set=name,
                statement=readable(str(row["statement"])),
                title=str(about.get("title") or ""),
                heading="",
                sentences=tuple(sentences_of(str(about["text"]))),
                label=str(row["label"]),
            )


def labels_of(folder: Path) -> dict[str, tuple[str, str]]:
    """Return (hypothesis, label) by question id, for a set with hypotheses."""
    return {
        str(row["id"]): (str(row["hypothesis"]), str(row["label"]))
        for row in _rows(folder / "questions.jsonl.gz")
        if row.get("hypothesis")
    }


def sentences_of(text: str) -> list[str]:
    """Return the sentences of a text, without those that have no letter or digit."""
    found = (text[start:end] for start, end in split_sentences(text))
    return [one for one in found if any(character.isalnum() for character in one)]


def _rows(path: Path) -> Iterator[dict[str, object]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)
