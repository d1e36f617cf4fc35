from pathlib import Path

import numpy as np
import pytest

from tests.threads import THREADS
from vault.embedding.embedder import Embedder, minilm_folder
from vault.embedding.load import load_embedder

TEXTS = [
    "Either party may terminate on thirty days' notice.",
    "Serum potassium was 5.9 mmol/L.",
    "x",
    "The tenant shall keep the roof in repair. " * 40,
]


@pytest.fixture(scope="module")
def torch_embedder(embedder_cache: Path) -> Embedder:
    return load_embedder(embedder_cache, backend="torch", threads=THREADS)


@pytest.fixture(scope="module", params=["embedder", "torch_embedder"], ids=["openvino", "torch"])
def backend(request: pytest.FixtureRequest) -> Embedder:
    chosen: Embedder = request.getfixturevalue(request.param)
    return chosen


def test_vectors_have_length_one_and_the_dimensions_that_are_stamped(backend: Embedder) -> None:
    vectors = backend.embed(TEXTS)
    assert vectors.shape == (len(TEXTS), backend.identity.dimensions)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-2)


def test_no_texts_give_no_vectors(backend: Embedder) -> None:
    assert backend.embed([]).shape == (0, 384)


def test_a_text_has_the_same_vector_alone_and_in_a_batch(backend: Embedder) -> None:
    together = backend.embed(TEXTS)
    for text, vector in zip(TEXTS, together, strict=True):
        assert float(backend.embed([text])[0] @ vector) > 0.999


def test_tokens_are_counted_beyond_the_limit(backend: Embedder) -> None:
    short, long = backend.count_tokens(["potassium", TEXTS[3]])
    assert short == 3
    assert long > backend.identity.max_tokens


def test_token_offsets_are_places_in_the_text(backend: Embedder) -> None:
    text = "Dose: 5 mg"
    assert [text[start:end] for start, end in backend.token_offsets(text)] == ["Dose", ":", "5", "mg"]


def test_both_backends_give_the_same_vectors(embedder: Embedder, torch_embedder: Embedder) -> None:
    torch_vectors = torch_embedder.embed(TEXTS)
    assert float((torch_vectors * embedder.embed(TEXTS)).sum(axis=1).min()) > 0.999


@pytest.mark.slow
def test_the_converted_model_is_kept_and_no_partial_one_is_left(tmp_path: Path) -> None:
    messages: list[str] = []

    def say(text: str) -> None:
        assert not list(tmp_path.rglob("*.xml")), "the message comes before anything is written"
        messages.append(text)

    load_embedder(tmp_path, say=say)
    (kept,) = tmp_path.iterdir()
    assert {file.suffix for file in kept.iterdir() if file.is_file()} == {".xml", ".bin"}
    load_embedder(tmp_path, say=say)
    assert messages == ["Preparing the embedding model for this machine: once, some seconds."]


def test_the_installed_model_is_the_pinned_one() -> None:
    assert (minilm_folder() / "tokenizer.json").is_file()
