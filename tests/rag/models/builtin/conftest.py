"""The built-in model, loaded once for each file of tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.models.builtin import find_builtin
from rag.models.llama.chat import LlamaChat
from rag.models.llama.model import LlamaModel
from tests.lora import write_lora
from tests.threads import THREADS
from vault.settings import Settings


@pytest.fixture(scope="session")
def smollm_file() -> Path:
    """The file in the package, which `make test` installs."""
    found = find_builtin()
    assert found.path is not None
    return found.path


@pytest.fixture(scope="module")
def smollm(smollm_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LlamaModel]:
    """The model alone, as the backend of a writer."""
    pytest.importorskip("llama_cpp", reason="llama-cpp-python is not installed: make llama")
    settings = Settings(
        data=tmp_path_factory.mktemp("smollm"), threads=THREADS, model_max_tokens=48, model_context=2048
    )
    model = LlamaModel(smollm_file, settings, name="smollm")
    yield model
    model.close()


@pytest.fixture
def chat(smollm: LlamaModel) -> LlamaChat:
    """The same model as a chat model."""
    return smollm._chat


@pytest.fixture(scope="module")
def silent_adapter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An adapter that changes nothing."""
    return write_lora(tmp_path_factory.mktemp("adapter") / "silent.gguf", alpha=0.0)
