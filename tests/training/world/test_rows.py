"""Rows of made-up patients and matters: gold is marked, what tempts is not, the reader trains on them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from bench.staff.stands import stands
from tests.first_use import FirstUse
from training.config import Config
from training.row import Group, read_rows, write_rows
from training.world.chance import Chance
from training.world.make import SCENES, made_collections
from training.world.passages import RowStyle, passages_of
from training.world.rows import main, row_of, rows_of
from training.world.scene import MadeCollection
from training.world.sides import Side

training = FirstUse("training.train")

_CONFIG = Config(
    steps=5, groups=1, claims=0, wrong=1, rate=1e-4, report_steps=5,
    losses={"relevance": 1, "answerable": 1, "evidence": 1, "words": 1, "support": 1},
)  # fmt: skip


@cache
def collections() -> list[MadeCollection]:
    """One of each kind."""
    return list(made_collections(11, Side.TRAIN, len(SCENES), 60))


@pytest.mark.parametrize("style", RowStyle)
@pytest.mark.parametrize("with_subject", [True, False])
def test_every_place_of_the_gold_is_a_sentence_of_its_document(style: RowStyle, with_subject: bool) -> None:
    places = words = 0
    for collection in collections():
        drafts = {draft.file: draft for draft in collection.drafts}
        passages = [
            passage
            for document in collection.staff.documents
            for passage in passages_of(document, drafts[document.file], style, with_subject=with_subject)
        ]
        for asked in collection.asked:
            for gold in asked.gold:
                found = [(one, number) for one in passages for number in one.sentences_of(gold.place)]
                assert found, (asked.question, gold)
                places += 1
                for passage, number in found:
                    span = passage.sentences[number].words(gold)
                    if span is not None:
                        assert passage.sentences[number].text[slice(*span)] == gold.words
                        words += 1
    assert words > 0.6 * places > 100


def test_a_row_marks_the_sentences_that_answer_and_gives_hard_passages_that_do_not() -> None:
    tempted = answered = unanswered = 0
    for group in rows_of(collections(), Chance("rows", Side.TRAIN)):
        right = [one for one in group.candidates if one.relevant]
        assert any(not one.relevant for one in group.candidates)
        assert all(bool(one.evidence) is one.relevant is one.answers for one in group.candidates)
        for one in right:
            if one.words:
                sentence, start, end = one.words
                assert (sentence, 1.0) in one.evidence
                assert one.sentences[sentence][start:end].strip()
        answered += bool(right)
        unanswered += not right
    for collection in collections():
        drafts = {draft.file: draft for draft in collection.drafts}
        passages = [
            passage
            for document in collection.staff.documents
            for passage in passages_of(document, drafts[document.file], RowStyle.PLAIN, with_subject=True)
        ]
        for asked in collection.asked:
            row = row_of(asked, passages)
            if row is None or asked.question.kind not in ("current value", "value before a date"):
                continue
            for one in row.candidates:
                marked = {number for number, _ in one.evidence}
                texts = [text for number, text in enumerate(one.sentences) if number not in marked]
                tempted += any(stands(wrong, text) for wrong in asked.question.must_not for text in texts)
    assert answered > 80
    assert unanswered > 5
    assert tempted > 20


def test_rows_are_written_for_both_sides(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["--count", "2", "--questions", "8", "--to", str(tmp_path)])
    assert "world.fit.jsonl.gz: " in capsys.readouterr().out
    both = [list(read_rows(tmp_path / name)) for name in ("world.jsonl.gz", "world.fit.jsonl.gz")]
    assert all(both)
    assert not {row.forms for row in both[0] if isinstance(row, Group)} & {
        row.forms for row in both[1] if isinstance(row, Group)
    }


def test_the_reader_trains_on_thirty_rows(tmp_path: Path) -> None:
    rows = list(rows_of(collections(), Chance("rows", Side.TRAIN)))[:30]
    write_rows(tmp_path / "world.jsonl.gz", rows)
    run = training.Training(_CONFIG, list(read_rows(tmp_path / "world.jsonl.gz")), tmp_path)
    before = {name: value.clone() for name, value in run.network.learned().items()}
    losses = [run.advance() for _ in range(_CONFIG.steps)]
    assert run.step == 5
    assert any(loss["relevance"] > 0 for loss in losses)
    assert any(loss["evidence"] > 0 for loss in losses)
    assert any(loss["words"] > 0 for loss in losses)
    assert any(not value.equal(before[name]) for name, value in run.network.learned().items())
