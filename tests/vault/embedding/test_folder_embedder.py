import os
import shutil
from pathlib import Path

import numpy as np
import pytest

from tests import tiny_embedder
from vault.embedding.embedder import Embedder
from vault.embedding.folder_embedder import FolderEmbedder, folder_sha256, load_folder
from vault.errors import EmbedderError

TEXTS = ["The rent is due on Monday.", "x", "The tenant shall keep the roof in repair. " * 40]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_embedder.write(tmp_path_factory.mktemp("model") / "own-model")


@pytest.fixture(scope="module")
def own(folder: Path) -> FolderEmbedder:
    return FolderEmbedder(folder)


def test_a_folder_is_an_embedder_with_its_name_hash_and_length(own: FolderEmbedder, folder: Path) -> None:
    assert isinstance(own, Embedder)
    identity = own.identity
    assert (identity.name, identity.dimensions) == ("own-model", tiny_embedder.DIMENSIONS)
    assert identity.sha256 == folder_sha256(folder)
    # A chunk cannot use the tokens of the prompt.
    assert tiny_embedder.LONGEST - 6 < identity.max_tokens < tiny_embedder.LONGEST


def test_its_vectors_have_length_one(own: FolderEmbedder) -> None:
    vectors = own.embed(TEXTS)
    assert vectors.shape == (3, tiny_embedder.DIMENSIONS)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)
    assert own.embed([]).shape == (0, tiny_embedder.DIMENSIONS)


def test_its_prompts_are_used_for_questions_and_for_documents(own: FolderEmbedder) -> None:
    as_question, as_document = own.embed(TEXTS[:1], query=True)[0], own.embed(TEXTS[:1])[0]
    assert float(as_question @ as_document) < 0.999
    by_hand = own._model.encode(f"query: {TEXTS[0]}", prompt="", normalize_embeddings=True)
    assert float(as_question @ by_hand) > 0.9999


def test_tokens_are_counted_by_its_own_tokenizer(own: FolderEmbedder) -> None:
    short, long = own.count_tokens(["potassium", TEXTS[2]])
    assert short == 3
    assert long > own.identity.max_tokens
    assert [TEXTS[1][start:end] for start, end in own.token_offsets(TEXTS[1])] == ["x"]


def test_other_weights_have_another_hash(folder: Path, tmp_path: Path) -> None:
    other = tiny_embedder.write(tmp_path / "own-model", seed=2)
    assert folder_sha256(other) != folder_sha256(folder)


@pytest.mark.parametrize("missing", ["modules.json", "tokenizer.json", "model.safetensors"])
def test_a_folder_without_a_complete_model_is_refused(missing: str, folder: Path, tmp_path: Path) -> None:
    copied = tiny_embedder.write(tmp_path / "own-model")
    next(copied.rglob(missing)).unlink()
    with pytest.raises(EmbedderError, match=str(copied)):
        FolderEmbedder(copied)


def test_weights_as_pickle_are_not_loaded(folder: Path, tmp_path: Path) -> None:
    copied = tiny_embedder.write(tmp_path / "own-model")
    weights = next(copied.rglob("model.safetensors"))
    weights.rename(weights.with_name("pytorch_model.bin"))
    with pytest.raises(EmbedderError, match="safetensors"):
        FolderEmbedder(copied)


@pytest.fixture
def copied(folder: Path, tmp_path: Path) -> Path:
    return shutil.copytree(folder, tmp_path / "own-model")


@pytest.fixture(scope="module")
def other_weights(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Weights of the same size and other numbers."""
    other = tiny_embedder.write(tmp_path_factory.mktemp("other") / "own-model", seed=2)
    return next(other.rglob("model.safetensors")).read_bytes()


def test_a_model_is_cached_while_its_files_stay_the_same(copied: Path) -> None:
    loaded = load_folder(copied)
    assert load_folder(copied) is loaded
    for path in copied.rglob("*.json"):
        path.touch()
    assert load_folder(copied) is loaded


@pytest.mark.parametrize("how", ["written over", "replaced", "replaced with the old times"])
def test_a_model_with_replaced_weights_is_loaded_again(how: str, copied: Path, other_weights: bytes) -> None:
    loaded = load_folder(copied)
    before = loaded.embed(TEXTS)
    weights = next(copied.rglob("model.safetensors"))
    times = weights.stat()
    if how == "written over":
        with weights.open("r+b") as file:
            file.write(other_weights)
    else:
        new = weights.with_suffix(".new")
        new.write_bytes(other_weights)
        if how == "replaced with the old times":
            os.utime(new, ns=(times.st_atime_ns, times.st_mtime_ns))
        new.replace(weights)
    # The old model still computes its own vectors, not a mixture.
    assert np.array_equal(loaded.embed(TEXTS), before)
    replaced = load_folder(copied)
    assert replaced.identity.sha256 == folder_sha256(copied) != loaded.identity.sha256
    assert not np.allclose(replaced.embed(TEXTS), before, atol=1e-3)


def test_another_tokenizer_is_another_model(copied: Path) -> None:
    loaded = load_folder(copied)
    tokenizer = copied / "tokenizer.json"
    tokenizer.write_text(tokenizer.read_text() + "\n")
    assert load_folder(copied).identity.sha256 != loaded.identity.sha256


def test_a_model_that_lost_a_file_is_refused_even_if_it_is_cached(copied: Path) -> None:
    load_folder(copied)
    next(copied.rglob("model.safetensors")).unlink()
    with pytest.raises(EmbedderError, match=str(copied)):
        load_folder(copied)
