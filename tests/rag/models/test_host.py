"""The place where models run: which one answers, in what order, and what is in memory."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from rag.answer import Answerer
from rag.events import Answer, Done, Event, Statement, Waiting
from rag.models.adding import add_model
from rag.models.alarms import SetAlarm, set_alarm
from rag.models.catalogue import memory
from rag.models.host import ModelHost
from rag.question.turn import Turn
from tests import tiny_gguf
from tests.documents import add_text, new_collection
from tests.rag.models.alarms import HandAlarms
from tests.waiting import PATIENCE
from vault.access import Role
from vault.embedding.embedder import Embedder
from vault.ledger.models import ModelKind
from vault.settings import Settings
from vault.store.collection import Collection
from vault.vault import Vault

pytestmark = [pytest.mark.llama, pytest.mark.usefixtures("models_answer")]
pytest.importorskip("llama_cpp", reason="llama-cpp-python is not installed: make llama")

LEASE = "The rent is 900 pounds a month.\n\nThe tenant shall keep the roof in repair."
QUESTION = "What is the rent?"
Hosting = Callable[..., ModelHost]


@pytest.fixture
def lease(collection: Collection, embedder: Embedder) -> Collection:
    add_text(collection, embedder, "lease.txt", LEASE)
    return collection


@pytest.fixture
def hosting(vault: Vault, settings: Settings, embedder: Embedder) -> Iterator[Hosting]:
    """Makes hosts with other settings, and closes them."""
    hosts: list[ModelHost] = []

    def one(alarm: SetAlarm = set_alarm, **changes: object) -> ModelHost:
        hosts.append(ModelHost(vault, settings.model_copy(update=changes), lambda: embedder, alarm))
        return hosts[-1]

    yield one
    for host in hosts:
        host.close()


@pytest.fixture
def asking(vault: Vault, settings: Settings, embedder: Embedder) -> Callable[..., Answer]:
    def ask(
        host: ModelHost,
        *collections: str,
        question: str = QUESTION,
        at: Callable[[Event], None] = lambda _: None,
        **more: object,
    ) -> Answer:
        answerer = Answerer(vault, embedder, settings, host)
        for event in answerer.ask(question, collections or ("matter",), "local", **more):  # type: ignore[arg-type]
            at(event)
        assert isinstance(event, Done)
        return event.answer

    return ask


def use(vault: Vault, tmp_path: Path, name: str, says: str, **more: object) -> None:
    file = tiny_gguf.write(tmp_path / f"{name}.gguf", says=says, **more)  # type: ignore[arg-type]
    add_model(vault.models, file, name=name)
    vault.models.choose(name)


RIGHT = "The rent is 900 pounds a month [1]."


def test_where_no_model_was_chosen_on_purpose_the_documents_are_quoted(
    vault: Vault, hosting: Hosting, asking: Callable[..., Answer], lease: Collection
) -> None:
    vault.models.choose(None)
    answer = asking(hosting())
    assert answer.mode == "quoted"
    assert answer.notes == ()


@pytest.mark.slow
def test_each_collection_is_answered_with_its_own_model(
    vault: Vault,
    hosting: Hosting,
    asking: Callable[..., Answer],
    lease: Collection,
    embedder: Embedder,
    tmp_path: Path,
) -> None:
    with new_collection(vault, "other") as other:
        add_text(other, embedder, "lease.txt", LEASE)
    use(vault, tmp_path, "usual", RIGHT)
    use(vault, tmp_path, "special", "The rent is 900 pounds [1].")
    vault.models.choose("usual")
    vault.models.choose("special", collection=other.id)
    host = hosting()
    assert asking(host).statements[0].text == "The rent is 900 pounds a month."
    assert asking(host, "other").statements[0].text == "The rent is 900 pounds."
    both = asking(host, "matter", "other")
    assert both.statements[0].text == "The rent is 900 pounds a month."
    assert "different language models" in both.notes[0]


def test_the_settings_stand_above_what_was_chosen(
    vault: Vault, hosting: Hosting, asking: Callable[..., Answer], lease: Collection, tmp_path: Path
) -> None:
    use(vault, tmp_path, "usual", RIGHT)
    own = tiny_gguf.write(tmp_path / "own.gguf", says="The rent is 900 pounds [1].")
    assert asking(hosting(model=own)).statements[0].text == "The rent is 900 pounds."


def test_a_small_model_that_writes_what_nobody_asked_for_leaves_the_quotes(
    hosting: Hosting, asking: Callable[..., Answer], lease: Collection, tmp_path: Path
) -> None:
    own = tiny_gguf.write(tmp_path / "own.gguf", says="The tenant shall keep the roof in repair [1].")
    answer = asking(hosting(model=own), question="How much is the rent?")
    assert answer.mode == "quoted"
    assert answer.statements[0].text == "The rent is 900 pounds a month."
    assert any("nothing that answers as well" in note for note in answer.notes)
    large = asking(hosting(model=own, model_reads="passages"), question="How much is the rent?")
    assert large.statements[0].text == "The tenant shall keep the roof in repair."


def test_a_small_model_that_rests_on_another_sentence_than_the_best_leaves_the_quotes(
    hosting: Hosting, asking: Callable[..., Answer], lease: Collection, tmp_path: Path
) -> None:
    own = tiny_gguf.write(tmp_path / "own.gguf", says="The tenant shall keep the roof in repair [1].")
    answer = asking(hosting(model=own), question="What does the tenant pay as rent?")
    assert answer.mode == "quoted"
    assert answer.statements[0].text == "The rent is 900 pounds a month."
    assert any("nothing that answers as well" in note for note in answer.notes)


def test_a_small_model_is_not_asked_for_lists(
    hosting: Hosting, asking: Callable[..., Answer], lease: Collection, tmp_path: Path
) -> None:
    own = tiny_gguf.write(tmp_path / "own.gguf", says=RIGHT)
    assert asking(hosting(model=own), question="List the duties of the tenant.").mode == "quoted"


@pytest.mark.slow
def test_a_file_of_the_settings_that_was_exchanged_is_loaded_anew(
    hosting: Hosting, asking: Callable[..., Answer], lease: Collection, tmp_path: Path
) -> None:
    own = tiny_gguf.write(tmp_path / "own.gguf", says=RIGHT)
    host = hosting(model=own)
    before = asking(host)
    tiny_gguf.write(tmp_path / "new.gguf", says="The rent is 900 pounds [1].").replace(own)
    after = asking(host)
    assert after.statements[0].text == "The rent is 900 pounds."
    assert before.model is not None and after.model is not None
    assert before.model.name == after.model.name == "own"
    assert before.model.sha256 != after.model.sha256


def test_ten_users_who_ask_at_once_all_get_their_answers_and_wait_in_order(
    vault: Vault, hosting: Hosting, settings: Settings, embedder: Embedder, lease: Collection, tmp_path: Path
) -> None:
    use(vault, tmp_path, "usual", RIGHT)
    host = hosting()
    users = [f"user {number}" for number in range(10)]
    for user in users:
        vault.members.add_user(user)
        vault.members.set_member("matter", user, Role.READER, user="local")
    answers: dict[str, Answer] = {}
    waited: dict[str, list[int]] = {user: [] for user in users}

    def ask(user: str) -> None:
        for event in Answerer(vault, embedder, settings, host).ask(QUESTION, ["matter"], user):
            if isinstance(event, Waiting):
                waited[user].append(event.before)
            elif isinstance(event, Done):
                answers[user] = event.answer

    threads = [threading.Thread(target=ask, args=(user,)) for user in users]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert {answers[user].mode for user in users} == {"generated"}
    assert {answers[user].statements[0].text for user in users} == {"The rent is 900 pounds a month."}
    assert all(ahead == sorted(ahead, reverse=True) for ahead in waited.values())


def test_a_question_that_is_cancelled_while_waiting_gets_the_quoted_answer(
    vault: Vault, hosting: Hosting, asking: Callable[..., Answer], lease: Collection, tmp_path: Path
) -> None:
    use(vault, tmp_path, "usual", RIGHT)
    host = hosting()
    request = host._queue.join("somebody else")
    cancel = threading.Event()

    def give_up(event: Event) -> None:
        if isinstance(event, Waiting):
            cancel.set()

    answer = asking(host, cancel=cancel, at=give_up)
    request.leave()
    assert answer.mode == "quoted"
    assert "while it waited for the language model" in answer.notes[0]


@pytest.mark.slow
def test_an_answer_that_takes_too_long_is_stopped_and_what_was_finished_stands(
    vault: Vault, hosting: Hosting, asking: Callable[..., Answer], lease: Collection, tmp_path: Path
) -> None:
    use(vault, tmp_path, "endless", RIGHT + " ", ends=False, context_length=32768)
    alarms, statements = HandAlarms(), 0

    def be_late(event: Event) -> None:
        nonlocal statements
        if isinstance(event, Statement):
            statements += 1
            if statements == 1:
                alarms.ring(100)

    host = hosting(alarms, model_seconds=100, model_max_tokens=30_000, model_context=32768)
    answer = asking(host, at=be_late)
    assert statements < 20  # of eight hundred
    assert any("stopped after 100 seconds" in note for note in answer.notes)
    assert answer.statements[0].text == "The rent is 900 pounds a month."


@pytest.mark.slow
def test_a_model_that_nobody_asks_is_unloaded_and_loaded_again(
    vault: Vault, hosting: Hosting, asking: Callable[..., Answer], lease: Collection, tmp_path: Path
) -> None:
    use(vault, tmp_path, "usual", RIGHT)
    alarms = HandAlarms()
    host = hosting(alarms, model_idle_seconds=600)
    asking(host)
    asking(host)
    assert host._loaded is not None
    alarms.ring(600)
    assert host._loaded is None
    assert asking(host).mode == "generated"


def test_an_alarm_that_rings_as_the_model_is_asked_again_does_not_unload_it(
    vault: Vault, hosting: Hosting, asking: Callable[..., Answer], lease: Collection, tmp_path: Path
) -> None:
    use(vault, tmp_path, "usual", RIGHT)
    host = hosting(HandAlarms())
    asking(host)
    first_use = host._uses
    asking(host)
    host._unload_after(first_use)
    assert host._loaded is not None


def test_a_model_that_does_not_fit_is_not_loaded_and_the_documents_are_quoted(
    vault: Vault, hosting: Hosting, asking: Callable[..., Answer], lease: Collection, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    use(vault, tmp_path, "usual", RIGHT)
    monkeypatch.setattr(memory, "free_memory", lambda: 100 << 20)
    answer = asking(hosting())
    assert answer.mode == "quoted"
    assert "GiB are free" in answer.notes[0]


def test_a_context_larger_than_the_memory_is_refused_before_it_is_loaded(
    vault: Vault, hosting: Hosting, asking: Callable[..., Answer], lease: Collection, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    use(vault, tmp_path, "usual", RIGHT, context_length=4_000_000, layers=8)
    monkeypatch.setattr(memory, "free_memory", lambda: 2 << 30)
    answer = asking(hosting(model_context=4_000_000))
    assert answer.mode == "quoted"
    assert "with a context of 4000000 tokens" in answer.notes[0]
    assert asking(hosting(model_context=4_000)).mode == "generated"


@pytest.mark.slow
def test_an_adapter_changes_what_the_model_writes_and_one_of_another_architecture_is_refused(
    vault: Vault, hosting: Hosting, asking: Callable[..., Answer], lease: Collection, tmp_path: Path,
) -> None:  # fmt: skip
    file = tiny_gguf.write(tmp_path / "random.gguf")
    add_model(vault.models, file, name="random")
    for name, architecture in (("tone", "llama"), ("alien", "falcon")):
        adapter = tiny_gguf.write_adapter(tmp_path / f"{name}.gguf", architecture=architecture)
        add_model(vault.models, adapter, name=name, kind=ModelKind.ADAPTER)
    written = {}
    host = hosting(model_max_tokens=24)
    for adapter_name in (None, "tone", "alien"):
        vault.models.choose("random", adapter_name)
        record = vault.records.get(asking(host).record, user="local")
        assert record is not None
        written[adapter_name] = record
    plain, toned = (written[name]["writing"]["written"] for name in (None, "tone"))  # type: ignore[index,call-overload]
    assert plain != toned
    notes = written["alien"]["answer"]["notes"]  # type: ignore[index,call-overload]
    assert "is for the architecture 'falcon'" in notes[0]


@pytest.mark.slow
def test_a_follow_up_is_rewritten_by_the_model_within_bounds_and_else_by_rule(
    vault: Vault, hosting: Hosting, asking: Callable[..., Answer], lease: Collection, tmp_path: Path
) -> None:
    # No rule finds what "it" is: the turn before asks for no thing.
    history = [Turn("Does he pay?", "The rent is 900 pounds a month.")]
    leaning = "And what is the rent for it?"
    by_rule = "What is the rent for it?"
    for says, searched in (
        ("What is the rent he pays?", "What is the rent he pays?"),
        ("How is the digoxin taken?", by_rule),
    ):
        use(vault, tmp_path, says.split()[-1].strip("?"), says)
        host = hosting(model_reads="passages")
        answers = [asking(host, question=leaning, history=history) for _ in range(2)]
        # The first finds no model in memory, and does not wait for one to be loaded.
        assert [answer.rewritten for answer in answers] == [by_rule, searched]
