"""Answers with the reader: what comes first, the words that answer, the record; and without it as before."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.answer import Answerer
from rag.events import Answer, Done
from rag.reader.reader import Reader
from rag.retrieval.rerank import MOST_PASSAGES
from tests.documents import add_text
from ui.services.services import Services
from vault.embedding.embedder import Embedder
from vault.settings import Settings
from vault.store.collection import Collection
from vault.vault import Vault

LEASE = (
    "The lease of the flat begins on 1 May 2023.\n\nThe tenant shall keep the roof in repair.\n\n"
    "The rent is 900 pounds a month and is paid on the first day.\n\n"
    "The landlord may not enter without 48 hours' notice."
)
QUESTION = "How much is the rent?"


def ask(answerer: Answerer, question: str) -> Answer:
    *_, done = answerer.ask(question, ("matter",), "local")
    assert isinstance(done, Done)
    return done.answer


@pytest.fixture
def answerer(
    vault: Vault, collection: Collection, embedder: Embedder, settings: Settings, reader: Reader
) -> Answerer:
    add_text(collection, embedder, "lease.txt", LEASE)
    return Answerer(vault, embedder, settings, reader=reader)


def test_the_words_that_answer_stand_inside_their_sentence(answerer: Answerer) -> None:
    answer = ask(answerer, QUESTION)
    assert not answer.abstained
    best = answer.evidence[0]
    assert "900 pounds" in best.citation.quote
    assert best.words is not None
    assert best.citation.start <= best.words.start < best.words.end <= best.citation.end
    said = LEASE[best.words.start : best.words.end]
    assert "900" in said


def test_no_words_are_pointed_at_in_a_sentence_that_does_not_answer(answerer: Answerer) -> None:
    roof = next(one for one in ask(answerer, QUESTION).evidence if "roof" in one.citation.quote)
    assert roof.words is None


def test_json_gives_the_words_and_the_record_names_the_reader(
    answerer: Answerer, vault: Vault, reader: Reader
) -> None:
    answer = ask(answerer, QUESTION)
    shown = answer.as_json()["evidence"]
    assert isinstance(shown, list)
    assert len(shown[0]["words"]) == 2
    assert all(one["words"] is None or len(one["words"]) == 2 for one in shown)
    assert (vault.records.get(answer.record, user="local") or {})["reader"] == {"sha256": reader.sha256}


def test_the_same_question_gives_the_same_answer(answerer: Answerer) -> None:
    first, second = ask(answerer, QUESTION), ask(answerer, QUESTION)
    assert first.statements == second.statements
    assert [one.score for one in first.evidence] == [one.score for one in second.evidence]


def test_what_the_documents_do_not_say_is_not_answered(answerer: Answerer) -> None:
    assert ask(answerer, "Which antibiotic was given before the operation?").abstained


def test_without_the_reader_nothing_is_read(
    vault: Vault, collection: Collection, embedder: Embedder, settings: Settings
) -> None:
    add_text(collection, embedder, "lease.txt", LEASE)
    answer = ask(Answerer(vault, embedder, settings), QUESTION)
    assert "900 pounds" in answer.evidence[0].citation.quote
    assert all(one.words is None for one in answer.evidence)
    assert not any(name.startswith("reader") for one in answer.evidence for name in one.signals)


def test_more_passages_than_the_reader_reads_by_itself_are_each_there_once(
    answerer: Answerer, vault: Vault, collection: Collection, embedder: Embedder, settings: Settings,
    reader: Reader,
) -> None:  # fmt: skip
    for number in range(MOST_PASSAGES + 8):
        add_text(collection, embedder, f"{number}.txt", f"The rent of flat {number} is {number}00 pounds.")
    wanted = MOST_PASSAGES + 5
    asked = Answerer(
        vault, embedder, settings.model_copy(update={"passages": wanted, "candidates": 10}), reader=reader
    )
    record = vault.records.get(ask(asked, QUESTION).record, user="local") or {}
    passages = record["passages"]
    assert isinstance(passages, list)
    places = {(one["sha256"], str(one["spans"])) for one in passages}
    assert len(places) == len(passages) == wanted


def test_the_setting_switches_the_reader_off(data: Path) -> None:
    for choice, there in (("off", False), ("on", True)):
        settings = Settings(data=data, reader=choice)  # type: ignore[arg-type]
        with Services(settings, purpose="test", create=True) as services:
            assert (services.reader is not None) is there
