"""The reader that is given out: its hash, what it says on a frozen sample, and that both backends agree."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from rag.reader.load import load_reader
from rag.reader.reader import NO_SUPPORT, READER_FILE, READER_SHA256, SUPPORTS, Reader
from rag.reader.windows import ReaderPassage
from tests.first_use import FirstUse
from tests.threads import THREADS
from vault.errors import ReaderWeightsError
from vault.files.originals import sha256_of

artefact = FirstUse("rag.reader.artefact")
network = FirstUse("rag.reader.network")
SAMPLE: dict[str, list[Any]] = yaml.safe_load(
    (Path(__file__).parent / "reader_sample.yaml").read_text(encoding="utf-8")
)


def passage(*sentences: str) -> ReaderPassage:
    return ReaderPassage("", "", sentences)


@pytest.fixture(scope="module", params=["openvino", pytest.param("torch", marks=pytest.mark.long)])
def reader(request: pytest.FixtureRequest, embedder_cache: Path) -> Reader:
    return load_reader(embedder_cache, backend=request.param, threads=THREADS)


def test_the_weights_are_the_pinned_ones_and_small_enough_to_be_carried() -> None:
    assert sha256_of(READER_FILE) == READER_SHA256
    assert READER_FILE.stat().st_size < 46_000_000
    assert network.WORD_VECTORS not in artefact.read_artefact(READER_FILE)


def test_weights_that_are_not_the_pinned_ones_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "reader.safetensors"
    other.write_bytes(READER_FILE.read_bytes()[:-1] + b"x")
    monkeypatch.setattr("rag.reader.artefact.READER_FILE", other)
    with pytest.raises(ReaderWeightsError, match="INCAMERA_READER=off"):
        artefact.shipped_network()


def test_a_file_that_holds_no_weights_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "reader.safetensors"
    broken.write_text("no weights")
    with pytest.raises(ReaderWeightsError, match=r"reader\.safetensors"):
        artefact.read_artefact(broken)


def test_the_passage_that_answers_comes_first_and_its_sentence_and_words_are_found(reader: Reader) -> None:
    first, sentences, words = [], [], []
    for one in SAMPLE["questions"]:
        readings = reader.read(one["ask"], [passage(*some) for some in one["passages"]])
        read = [reading for reading in readings if reading is not None]
        assert len(read) == len(one["passages"])
        first.append(int(np.argmax([reading.relevance for reading in read])) == 0)
        best = int(np.argmax(read[0].sentences))
        sentence = one["passages"][0][best]
        sentences.append(one["words"] in sentence)
        found = read[0].words(best)
        assert found is not None
        words.append(bool(set(sentence[slice(*found)].split()) & set(one["words"].split())))
    assert np.mean(first) >= 0.8
    assert np.mean(sentences) >= 0.8
    assert np.mean(words) >= 0.6


def test_answers_are_told_from_passages_without_one(reader: Reader) -> None:
    right, wrong = [], []
    for one in SAMPLE["questions"]:
        readings = reader.read(one["ask"], [passage(*some) for some in one["passages"]])
        scores = [reading.answerable for reading in readings if reading is not None]
        right.append(scores[0])
        wrong += scores[1:]
    above = [a > b for a in right for b in wrong]
    assert np.mean(above) >= 0.85


def test_support_is_judged_better_than_by_chance_three_ways(reader: Reader) -> None:
    judged = [
        int(np.argmax(reader.support(statement, [passage(*sentences)])[0])) == SUPPORTS.index(label)
        for label, statement, sentences in SAMPLE["statements"]
    ]
    assert np.mean(judged) >= 0.6


def test_what_holds_nothing_is_not_read(reader: Reader) -> None:
    assert reader.read("When?", [passage()]) == [None]
    assert reader.support("It ends in May.", [passage()]) == [NO_SUPPORT]
    assert reader.read("When?", []) == []


def test_a_reading_is_the_same_whatever_is_read_with_it(reader: Reader) -> None:
    some = [passage(*found) for found in SAMPLE["questions"][0]["passages"]]
    together = reader.read("When may the tenant end the lease?", some)
    (alone,) = reader.read("When may the tenant end the lease?", some[:1])
    assert together[0] is not None
    assert alone is not None
    assert together[0].relevance == pytest.approx(alone.relevance, abs=0.05)


def test_both_backends_say_the_same(embedder_cache: Path) -> None:
    one = SAMPLE["questions"][1]
    some = [passage(*found) for found in one["passages"]]
    fast = load_reader(embedder_cache, backend="openvino", threads=THREADS).read(one["ask"], some)
    plain = load_reader(embedder_cache, backend="torch", threads=THREADS).read(one["ask"], some)
    for left, right in zip(fast, plain, strict=True):
        assert left is not None
        assert right is not None
        assert left.relevance == pytest.approx(right.relevance, abs=0.15)
        assert np.allclose(left.sentences, right.sentences, atol=0.3)
