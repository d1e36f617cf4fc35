"""The models of a vault, and which collection is answered with which."""

from pathlib import Path

import pytest

from vault.errors import ModelInUse, ModelNotFound
from vault.ledger.models import Chosen, Model, ModelKind
from vault.settings import Settings
from vault.vault import Vault


def added(vault: Vault, name: str, kind: ModelKind = ModelKind.MODEL) -> Model:
    vault.models.folder.mkdir(exist_ok=True)
    path = vault.models.folder / f"{name}.gguf"
    path.write_bytes(b"x")
    model = Model(name, kind, str(path), False, "0" * 64, 1, 1, "llama", 2048, 1, "Q8_0", "mit", "2026-01-01")
    vault.models.add(model)
    return model


def test_without_a_choice_answers_are_quotations(vault: Vault) -> None:
    added(vault, "small")
    assert vault.models.chosen(["a"]) == (None, False)


def test_a_collection_s_own_choice_stands_above_the_one_for_all(vault: Vault) -> None:
    small, large = added(vault, "small"), added(vault, "large")
    tone = added(vault, "tone", ModelKind.ADAPTER)
    vault.models.choose("small")
    vault.models.choose("large", "tone", "a")
    assert vault.models.chosen(["b"]) == (Chosen(small, None), False)
    assert vault.models.chosen(["a"]) == (Chosen(large, tone), False)
    vault.models.choose(None, collection="a")
    assert vault.models.chosen(["a"]) == (None, False)
    vault.models.forget_choice("a")
    assert vault.models.chosen(["a"]) == (Chosen(small, None), False)


def test_collections_with_different_choices_are_answered_with_the_one_for_all(vault: Vault) -> None:
    small, _ = added(vault, "small"), added(vault, "large")
    vault.models.choose("small")
    vault.models.choose("large", collection="a")
    assert vault.models.chosen(["a", "b"]) == (Chosen(small, None), True)


def test_a_model_that_is_chosen_is_not_removed(vault: Vault) -> None:
    model = added(vault, "small")
    vault.create_collection("matter", user="local")
    vault.models.choose("small")
    with pytest.raises(ModelInUse, match="every collection"):
        vault.models.remove("small")
    vault.models.choose(None)
    vault.models.remove("small")
    assert not Path(model.path).exists()
    with pytest.raises(ModelNotFound, match="incamera models add"):
        vault.models.find("small")


def test_what_is_not_there_cannot_be_chosen(vault: Vault) -> None:
    with pytest.raises(ModelNotFound, match="'large'"):
        vault.models.choose("large")


def test_a_deleted_collection_takes_its_choice_along(vault: Vault) -> None:
    added(vault, "small")
    made = vault.create_collection("matter", user="local")
    vault.models.choose("small", collection=made.id)
    vault.delete_collection("matter", user="local")
    vault.models.remove("small")


def test_a_copy_that_was_interrupted_is_gone_when_the_vault_is_opened(settings: Settings) -> None:
    with Vault.create(settings.data, user="local", purpose="tests") as vault:
        kept = added(vault, "small")
        half = vault.models.folder / ".half.part"
        half.write_bytes(b"y")
    with Vault(settings.data, purpose="tests"):
        assert not half.exists()
        assert Path(kept.path).exists()
