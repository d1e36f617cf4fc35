"""The models of a vault, and the choice for each collection."""

from pathlib import Path

import pytest

from vault.errors import ModelExists, ModelInUse, ModelNotFound
from vault.ledger.models import BUILT_IN, Model, ModelChoice, ModelKind
from vault.settings import Settings
from vault.vault import Vault

BUILT_IN_CHOICE = ModelChoice(None, None)


def added(vault: Vault, name: str, kind: ModelKind = ModelKind.MODEL) -> Model:
    vault.models.folder.mkdir(exist_ok=True)
    path = vault.models.folder / f"{name}.gguf"
    path.write_bytes(b"x")
    model = Model(name, kind, str(path), False, "0" * 64, 1, 1, "llama", 2048, 1, "Q8_0", "mit", "2026-01-01")
    vault.models.add(model)
    return model


def test_without_a_choice_the_built_in_model_answers(vault: Vault) -> None:
    added(vault, "small")
    assert vault.models.choice_for(["a"]) == (BUILT_IN_CHOICE, False)
    vault.models.choose(None)
    assert vault.models.choice_for(["a"]) == (None, False)


def test_the_built_in_model_can_be_chosen_like_others_with_an_adapter_of_the_house(vault: Vault) -> None:
    small, tone = added(vault, "small"), added(vault, "tone", ModelKind.ADAPTER)
    vault.models.choose("small")
    vault.models.choose(BUILT_IN, "tone", "a")
    assert vault.models.choice_for(["a"]) == (ModelChoice(None, tone), False)
    assert vault.models.choice_for(["a", "b"]) == (ModelChoice(small, None), True)
    vault.models.choose(BUILT_IN, collection="a")
    assert vault.models.choice_for(["a"]) == (BUILT_IN_CHOICE, False)
    with pytest.raises(ModelExists):
        vault.models.check_name(BUILT_IN)


def test_a_collection_with_a_choice_and_one_without_differ(vault: Vault) -> None:
    added(vault, "small")
    vault.models.choose("small", collection="a")
    assert vault.models.choice_for(["a", "b"]) == (BUILT_IN_CHOICE, True)
    vault.models.choose(BUILT_IN, collection="b")
    assert vault.models.choice_for(["b", "c"]) == (BUILT_IN_CHOICE, False)


def test_the_choice_of_a_collection_overrides_the_default(vault: Vault) -> None:
    small, large = added(vault, "small"), added(vault, "large")
    tone = added(vault, "tone", ModelKind.ADAPTER)
    vault.models.choose("small")
    vault.models.choose("large", "tone", "a")
    assert vault.models.choice_for(["b"]) == (ModelChoice(small, None), False)
    assert vault.models.choice_for(["a"]) == (ModelChoice(large, tone), False)
    vault.models.choose(None, collection="a")
    assert vault.models.choice_for(["a"]) == (None, False)
    vault.models.remove_choice("a")
    assert vault.models.choice_for(["a"]) == (ModelChoice(small, None), False)


def test_collections_with_different_choices_are_answered_with_the_default(vault: Vault) -> None:
    small, _ = added(vault, "small"), added(vault, "large")
    vault.models.choose("small")
    vault.models.choose("large", collection="a")
    assert vault.models.choice_for(["a", "b"]) == (ModelChoice(small, None), True)


def test_a_chosen_model_cannot_be_removed(vault: Vault) -> None:
    model = added(vault, "small")
    vault.create_collection("matter", user="local")
    vault.models.choose("small")
    with pytest.raises(ModelInUse, match="every collection"):
        vault.models.remove("small", user="local")
    vault.models.choose(None)
    vault.models.remove("small", user="local")
    assert not Path(model.path).exists()
    with pytest.raises(ModelNotFound, match="incamera models add"):
        vault.models.find("small")


def test_a_missing_model_cannot_be_chosen(vault: Vault) -> None:
    with pytest.raises(ModelNotFound, match="'large'"):
        vault.models.choose("large")


def test_the_choice_of_a_deleted_collection_is_removed(vault: Vault) -> None:
    added(vault, "small")
    made = vault.create_collection("matter", user="local")
    vault.models.choose("small", collection=made.id)
    vault.delete_collection("matter", user="local")
    vault.models.remove("small", user="local")


def test_an_interrupted_copy_is_removed_when_the_vault_is_opened(settings: Settings) -> None:
    with Vault.create(settings.data, user="local", purpose="tests") as vault:
        complete = added(vault, "small")
        partial = vault.models.folder / ".partial.part"
        partial.write_bytes(b"y")
    with Vault(settings.data, purpose="tests"):
        assert not partial.exists()
        assert Path(complete.path).exists()


def test_who_removes_a_model_learns_no_name_of_a_collection_that_they_do_not_see(vault: Vault) -> None:
    added(vault, "small")
    matter = vault.create_collection("divorce", user="local")
    vault.models.choose("small", collection=matter.id)
    vault.accounts.add("chief", user="local", administrator=True, password=False)
    for user, told in (("local", "divorce"), ("chief", "a collection that you do not see")):
        with pytest.raises(ModelInUse, match=f"is used for: {told}"):
            vault.models.remove("small", user=user)
