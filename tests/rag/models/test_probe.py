"""A model is tried in a process of its own: what ends that process ends no other."""

from collections.abc import Callable
from pathlib import Path
from signal import SIGILL, SIGKILL, SIGSEGV, Signals

import pytest

from rag.answer import Answerer
from rag.events import Answer, Done
from rag.models.adding import add_model
from rag.models.catalogue import memory
from rag.models.check import check_model
from rag.models.host import ModelHost
from rag.models.probe import probe
from rag.models.tried import TriedModels
from tests import tiny_gguf
from tests.documents import add_text
from tests.dying import let_llama_die
from vault.embedding.embedder import Embedder
from vault.errors import AdapterUnfit, ModelCrashed, ModelDamaged
from vault.settings import Settings
from vault.store.collection import Collection
from vault.vault import Vault

pytestmark = [pytest.mark.llama, pytest.mark.usefixtures("models_answer")]
pytest.importorskip("llama_cpp", reason="llama-cpp-python is not installed: make llama")

Dying = Callable[[Signals], None]
CAUSE = "Illegal instruction .signal 4.. It was compiled with instructions that this processor does not have"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tiny_gguf.write(tmp_path / "model.gguf", says="The rent is 900 pounds a month [1].")


@pytest.fixture
def dying(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Dying:
    return lambda signal: let_llama_die(monkeypatch, tmp_path / "at start", signal)


def test_a_model_that_writes_passes(file: Path) -> None:
    assert probe(file, threads=1)


@pytest.mark.parametrize(
    ("signal", "sentence"),
    [
        (SIGILL, f"{CAUSE}.*make llama"),
        (SIGKILL, "Killed .signal 9.. Most likely the system ended it because memory ran out"),
        (SIGSEGV, "Segmentation fault .signal 11.. Use another conversion"),
    ],
)
def test_a_model_that_ends_its_process_is_refused_with_the_cause(
    signal: Signals, sentence: str, file: Path, dying: Dying
) -> None:
    dying(signal)
    with pytest.raises(ModelCrashed, match=f"{file}: {sentence}"):
        probe(file)
    with pytest.raises(ModelCrashed, match="model own: "):
        probe(file, name="own")


def test_what_does_not_fit_into_memory_is_not_loaded(
    file: Path, dying: Dying, monkeypatch: pytest.MonkeyPatch
) -> None:
    dying(SIGILL)
    monkeypatch.setattr(memory, "free_memory", lambda: 1 << 20)
    assert not probe(file)


def test_a_model_without_its_weights_is_refused(tmp_path: Path) -> None:
    file = tiny_gguf.write(tmp_path / "model.gguf", layers=2)
    file.write_bytes(file.read_bytes().replace(b"blk.1.ffn_up", b"blk.7.ffn_up"))
    with pytest.raises(ModelDamaged, match="cannot run the model"):
        probe(file)


def test_an_adapter_for_another_architecture_is_never_given_to_llama_cpp(file: Path, tmp_path: Path) -> None:
    adapter = tiny_gguf.write_adapter(tmp_path / "alien.gguf", architecture="falcon")
    with pytest.raises(AdapterUnfit, match="falcon"):
        probe(file, adapter=adapter)


def test_a_model_that_ends_its_process_is_not_added(vault: Vault, file: Path, dying: Dying) -> None:
    dying(SIGILL)
    with pytest.raises(ModelCrashed, match=CAUSE):
        add_model(vault.models, file)
    assert vault.models.all() == []
    assert not list(vault.data.glob("models*"))


def test_the_test_of_a_model_ends_with_the_cause(
    file: Path, settings: Settings, embedder: Embedder, dying: Dying
) -> None:
    dying(SIGILL)
    with pytest.raises(ModelCrashed, match=f"the model own: {CAUSE}"):
        check_model(file, settings, embedder, name="own")


def test_what_ran_once_is_not_tried_again_until_llama_cpp_or_the_processor_is_another(
    vault: Vault, file: Path, dying: Dying, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = add_model(vault.models, file)
    tried = TriedModels(vault.data)
    dying(SIGILL)
    tried.try_once(file, model.sha256)
    with pytest.raises(ModelCrashed):
        tried.try_once(file, "0" * 64)
    with pytest.raises(ModelCrashed):
        tried.try_once(file, model.sha256, adapter_digest="0" * 64)
    monkeypatch.setattr("rag.models.tried.build_id", lambda: "another")
    with pytest.raises(ModelCrashed):
        tried.try_once(file, model.sha256)
    assert (vault.data / "models.tried").stat().st_mode & 0o777 == 0o600


def test_a_data_folder_that_cannot_be_written_is_no_failure(tmp_path: Path, file: Path) -> None:
    tried = TriedModels(tmp_path / "nowhere")
    tried.try_once(file, "0" * 64)
    tried.try_once(file, "0" * 64)


@pytest.mark.parametrize("given", ["added", "named by the settings"])
def test_a_question_to_a_model_that_would_end_the_process_is_answered_with_quotations(
    given: str, vault: Vault, settings: Settings, embedder: Embedder, collection: Collection, file: Path,
    dying: Dying,
) -> None:  # fmt: skip
    add_text(collection, embedder, "lease.txt", "The rent is 900 pounds a month.")
    if given == "added":
        # As with a llama.cpp that ran it; then another is installed.
        add_model(vault.models, file, name="own")
        vault.models.choose("own")
        (vault.data / "models.tried").unlink()
    else:
        settings = settings.model_copy(update={"model": file})
    dying(SIGILL)
    host = ModelHost(vault, settings, lambda: embedder)
    *_, done = Answerer(vault, embedder, settings, host).ask("What is the rent?", ("matter",), "local")
    host.close()
    assert isinstance(done, Done)
    answer: Answer = done.answer
    assert answer.mode == "quoted"
    assert "Illegal instruction" in answer.notes[0]
    assert "make llama" in answer.notes[0]
