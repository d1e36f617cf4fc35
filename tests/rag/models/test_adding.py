"""Taking a model file in."""

import hashlib
from pathlib import Path

import pytest

from rag.models.adding import add_model, with_current_hash
from tests import tiny_gguf
from vault.errors import AdapterUnfit, ModelDamaged, ModelExists, ModelNotFound
from vault.ledger.models import ModelKind
from vault.vault import Vault


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tiny_gguf.write(tmp_path / "model.gguf", says="Yes.")


def test_a_model_is_copied_hashed_and_called_as_its_file_is(vault: Vault, tmp_path: Path) -> None:
    file = tiny_gguf.write(tmp_path / "Some Model-1B-Instruct.Q4_K_M.gguf", says="Yes.")
    seen: list[tuple[int, int]] = []
    model = add_model(vault.models, file, on_bytes=lambda *of: seen.append(of))
    assert model.name == "some-model-1b-instruct.q4_k_m"
    assert model.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()
    assert Path(model.path).read_bytes() == file.read_bytes()
    assert Path(model.path).is_relative_to(vault.models.folder)
    assert seen[-1] == (model.size, model.size)
    assert vault.models.find(model.name) == model


def test_a_linked_file_stays_where_it_is_also_when_the_model_is_removed(vault: Vault, file: Path) -> None:
    model = add_model(vault.models, file, name="own", link=True)
    assert model.path == str(file)
    assert list(vault.models.folder.iterdir()) == []
    vault.models.remove("own", user="local")
    assert file.exists()


def test_a_linked_file_that_was_exchanged_is_hashed_anew(vault: Vault, file: Path) -> None:
    model = add_model(vault.models, file, link=True)
    tiny_gguf.write(file, says="Something else.")
    now = with_current_hash(vault.models, model)
    assert now.sha256 == hashlib.sha256(file.read_bytes()).hexdigest() != model.sha256
    assert vault.models.find(model.name) == now


def test_a_copy_that_was_changed_in_the_data_folder_is_refused(vault: Vault, file: Path) -> None:
    model = add_model(vault.models, file)
    tiny_gguf.write(Path(model.path), says="Something else.")
    with pytest.raises(ModelDamaged, match="changed in the data folder"):
        with_current_hash(vault.models, model)


def test_the_hash_of_the_publisher_must_be_the_file_s(vault: Vault, file: Path) -> None:
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    with pytest.raises(ModelDamaged, match="and not 0000"):
        add_model(vault.models, file, sha256="0000")
    assert list(vault.models.folder.iterdir()) == []
    assert vault.models.all() == []
    assert add_model(vault.models, file, sha256=digest.upper()).sha256 == digest


def test_what_is_no_whole_model_is_refused_and_leaves_nothing(
    vault: Vault, file: Path, tmp_path: Path
) -> None:
    text = tmp_path / "text.gguf"
    text.write_text("This is a text.")
    cut = tmp_path / "cut.gguf"
    cut.write_bytes(file.read_bytes()[:-100])
    for bad in (text, cut):
        with pytest.raises(ModelDamaged, match="not a whole GGUF file"):
            add_model(vault.models, bad)
    with pytest.raises(ModelNotFound):
        add_model(vault.models, tmp_path / "nowhere.gguf")
    assert vault.models.all() == []


@pytest.mark.llama
def test_a_vocabulary_that_would_end_the_process_is_refused(vault: Vault, tmp_path: Path) -> None:
    pytest.importorskip("llama_cpp")
    # A piece that is a space alone stands in the vocabulary twice then.
    bad = tiny_gguf.write(tmp_path / "bad.gguf", says="Yes. ")
    with pytest.raises(ModelDamaged, match="vocabulary"):
        add_model(vault.models, bad)
    assert vault.models.all() == []


def test_a_name_that_is_taken_is_refused_before_anything_is_copied(vault: Vault, file: Path) -> None:
    add_model(vault.models, file)
    with pytest.raises(ModelExists, match="--name"):
        add_model(vault.models, file)
    assert len(list(vault.models.folder.iterdir())) == 1
    assert add_model(vault.models, file, name="second").name == "second"


def test_a_model_is_no_adapter_and_an_adapter_no_model(vault: Vault, file: Path, tmp_path: Path) -> None:
    adapter = tiny_gguf.write_adapter(tmp_path / "adapter.gguf")
    with pytest.raises(AdapterUnfit, match="add-adapter"):
        add_model(vault.models, adapter)
    with pytest.raises(AdapterUnfit):
        add_model(vault.models, file, kind=ModelKind.ADAPTER)
    assert add_model(vault.models, adapter, kind=ModelKind.ADAPTER).kind is ModelKind.ADAPTER
