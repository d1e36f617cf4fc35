"""Requests of commands: mistakes are reported before anything is loaded."""

from __future__ import annotations

from typing import Any

import pytest

from rag.answer import Answerer
from ui.interface.requests import Requests
from vault.access import Role
from vault.embedding.embedder import Embedder
from vault.errors import AccessDenied, CollectionNotFound, IncameraError, QuestionError
from vault.settings import Settings
from vault.store.collection import Collection
from vault.vault import Vault

SCOPE: dict[str, Any] = {"collections": ["matter", "WRONG"], "documents": [], "where": []}
EVERYTHING: dict[str, Any] = {**SCOPE, "collections": []}


def no_embedder() -> Embedder:
    raise AssertionError("the embedder was loaded")


def no_answerer() -> Answerer:
    raise AssertionError("the models were loaded")


@pytest.fixture
def requests(vault: Vault, collection: Collection, settings: Settings) -> Requests:
    return Requests(vault, settings, no_embedder, no_answerer)


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        ({"verb": "ask", "question": "What is the rent?", **SCOPE}, CollectionNotFound),
        ({"verb": "find", "term": "rent", **SCOPE}, CollectionNotFound),
        ({"verb": "documents", "collection": "WRONG"}, CollectionNotFound),
        ({"verb": "purge-preview", "collection": "WRONG", "sha256s": []}, CollectionNotFound),
        ({"verb": "purge", "collection": "WRONG", "sha256s": []}, CollectionNotFound),
        ({"verb": "rebuild", "collection": "WRONG", "embedder": None}, CollectionNotFound),
        ({"verb": "model-use", "name": "none", "adapter": "none", "collection": "WRONG"}, CollectionNotFound),
        ({"verb": "model-use", "inherit": True, "collection": "WRONG"}, CollectionNotFound),
        ({"verb": "model-rows", "collections": ["matter", "WRONG"]}, CollectionNotFound),
        ({"verb": "ask", "question": " ?! ", **EVERYTHING}, QuestionError),
        ({"verb": "ask", "question": "What?", **EVERYTHING, "where": ["date>=soon"]}, QuestionError),
    ],
)
def test_a_wrong_request_is_refused_before_anything_is_loaded(
    asked: dict[str, Any], error: type[IncameraError], requests: Requests
) -> None:
    with pytest.raises(error):
        requests.do({**asked, "user": "local"})


def test_a_missing_right_is_reported_before_anything_is_loaded(requests: Requests, vault: Vault) -> None:
    vault.members.add_user("reader")
    vault.members.set_member("matter", "reader", Role.READER, user="local")
    with pytest.raises(AccessDenied):
        requests.do({"verb": "rebuild", "user": "reader", "collection": "matter", "embedder": None})
