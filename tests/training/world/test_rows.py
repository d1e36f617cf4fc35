"""Rows of made-up patients and matters: gold is marked, what tempts is not, the reader trains on them."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.staff.stands import stands
from ingest.parsing.pool import ParserPool
from rag.retrieval.shown import reader_passage
from tests.first_use import FirstUse
from training.config import Config
from training.row import Group, read_rows, write_rows
from training.world.found import FoundAsked, found_questions, labelled
from training.world.make import SCENES, made_collections
from training.world.rows import main, row_of
from training.world.sides import Side
from vault.embedding.embedder import Embedder
from vault.settings import Settings

train = FirstUse("training.train")
_CONFIG = Config(
    steps=5, groups=1, claims=0, wrong=1, rate=1e-4, report_steps=5,
    losses={"relevance": 1, "answerable": 1, "evidence": 1, "words": 1, "support": 1},
)  # fmt: skip


@pytest.fixture(scope="module")
def found(embedder: Embedder, parsers: ParserPool) -> list[FoundAsked]:
    """The questions of one collection of each kind, with what the product finds for them."""
    return [
        one
        for made in made_collections(11, Side.TRAIN, len(SCENES), 30)
        for one in found_questions(made, embedder, Settings(data=Path()), parsers)
    ]


@pytest.mark.slow
def test_most_questions_find_a_passage_with_their_gold_as_the_product_shows_it(
    found: list[FoundAsked],
) -> None:
    answerable = [one for one in found if one.asked.question.answerable]
    held = words = 0
    for one in answerable:
        candidates = [labelled(one.asked, passage) for passage in one.passages]
        for passage, candidate in zip(one.passages, candidates, strict=True):
            assert candidate.passage == reader_passage(passage)
        held += any(candidate.relevant for candidate in candidates)
        golds = {"".join(gold.words.split()) for gold in one.asked.gold}
        for candidate in candidates:
            if candidate.words is not None:
                sentence, start, end = candidate.words
                assert (sentence, 1.0) in candidate.evidence
                assert "".join(candidate.sentences[sentence][start:end].split()) in golds
                words += 1
    assert held > 0.9 * len(answerable) > 60
    assert words > 30


@pytest.mark.slow
def test_a_row_marks_the_sentences_that_answer_and_gives_hard_passages_that_do_not(
    found: list[FoundAsked],
) -> None:
    tempted = answered = unanswered = 0
    for one in found:
        row = row_of(one)
        if row is None:
            continue
        right = [candidate for candidate in row.candidates if candidate.relevant]
        assert any(not candidate.relevant for candidate in row.candidates)
        assert all(
            (1.0 in dict(candidate.evidence).values()) is candidate.relevant is candidate.answers
            for candidate in row.candidates
        )
        answered += bool(right)
        unanswered += not right
        for candidate in row.candidates:
            marked = {number for number, _ in candidate.evidence}
            texts = [text for number, text in enumerate(candidate.sentences) if number not in marked]
            tempted += any(stands(wrong, text) for wrong in one.asked.question.must_not for text in texts)
    assert answered > 50
    assert unanswered > 4
    assert tempted > 20


def test_lines_that_name_somebody_are_read_and_never_marked_beside_the_gold(found: list[FoundAsked]) -> None:
    letterheads = 0
    for one in found:
        row = row_of(one)
        for candidate in row.candidates if row else ():
            marked = {number for number, _ in candidate.evidence}
            for number, text in enumerate(candidate.sentences):
                if text.startswith(("Dear ", "Kind regards")):
                    assert number not in marked
                    letterheads += 1
    assert letterheads > 20


@pytest.mark.slow
def test_rows_are_written_for_both_sides(
    tmp_path: Path,
    embedder: Embedder,
    embedder_cache: Path,
    parsers_lent: None,
    capsys: pytest.CaptureFixture[str],
) -> None:
    main(["--count", "1", "--questions", "8", "--embedder", str(embedder_cache), "--to", str(tmp_path)])
    assert "world.fit.jsonl.gz: " in capsys.readouterr().out
    both = [list(read_rows(tmp_path / name)) for name in ("world.jsonl.gz", "world.fit.jsonl.gz")]
    assert all(both)
    assert not {row.forms for row in both[0] if isinstance(row, Group)} & {
        row.forms for row in both[1] if isinstance(row, Group)
    }


@pytest.mark.slow
def test_the_reader_trains_on_thirty_rows(tmp_path: Path, found: list[FoundAsked]) -> None:
    rows = [row for row in map(row_of, found) if row is not None][:30]
    write_rows(tmp_path / "world.jsonl.gz", rows)
    run = train.Training(_CONFIG, list(read_rows(tmp_path / "world.jsonl.gz")), tmp_path)
    before = {name: value.clone() for name, value in run.network.learned().items()}
    losses = [run.advance() for _ in range(_CONFIG.steps)]
    assert run.step == 5
    assert any(loss["relevance"] > 0 for loss in losses)
    assert any(loss["evidence"] > 0 for loss in losses)
    assert any(loss["words"] > 0 for loss in losses)
    assert any(not value.equal(before[name]) for name, value in run.network.learned().items())
