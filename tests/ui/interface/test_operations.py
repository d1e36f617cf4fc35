"""Operations of the owner: mistakes are reported before anything is loaded."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rag.answer import Answerer
from tests.documents import add_annotated
from ui.interface.operations.owner import Operations
from ui.interface.operations.workplace import Workplace
from ui.interface.schemas.answers import Question, Search
from ui.interface.schemas.collections import Rebuild
from ui.interface.schemas.documents import Purge
from ui.interface.schemas.models import ModelUse
from vault.access import Role
from vault.embedding.embedder import Embedder
from vault.errors import AccessDenied, CollectionNotFound, IncameraError, QuestionError
from vault.records import Page
from vault.settings import Settings
from vault.store.collection import Collection
from vault.vault import Vault

BOTH = ["matter", "WRONG"]


def no_embedder() -> Embedder:
    raise AssertionError("the embedder was loaded")


def no_answerer() -> Answerer:
    raise AssertionError("the models were loaded")


@pytest.fixture
def workplace(vault: Vault, collection: Collection, settings: Settings) -> Workplace:
    return Workplace(vault, settings, no_embedder, no_answerer)


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        (
            lambda o: o.answers.ask(Question(question="What is the rent?", collections=BOTH)),
            CollectionNotFound,
        ),
        (lambda o: o.answers.find(Search(term="rent", collections=BOTH)), CollectionNotFound),
        (lambda o: o.documents.all("WRONG"), CollectionNotFound),
        (lambda o: o.documents.preview_purge(Purge(collection="WRONG", sha256s=[])), CollectionNotFound),
        (lambda o: o.documents.purge(Purge(collection="WRONG", sha256s=[])), CollectionNotFound),
        (lambda o: o.collections.rebuild(Rebuild(collection="WRONG"), print), CollectionNotFound),
        (
            lambda o: o.models.use(ModelUse(name="none", adapter="none", collection="WRONG")),
            CollectionNotFound,
        ),
        (lambda o: o.models.inherit("WRONG"), CollectionNotFound),
        (lambda o: o.answers.training_rows(BOTH), CollectionNotFound),
        (lambda o: o.answers.ask(Question(question=" ?! ")), QuestionError),
        (lambda o: o.answers.ask(Question(question="What?", where=["date>=soon"])), QuestionError),
    ],
)
def test_a_wrong_request_is_refused_before_anything_is_loaded(
    asked: Callable[[Operations], object], error: type[IncameraError], workplace: Workplace
) -> None:
    with pytest.raises(error):
        asked(Operations(workplace, "local"))


def test_a_missing_right_is_reported_before_anything_is_loaded(workplace: Workplace, vault: Vault) -> None:
    vault.members.add_user("reader")
    vault.members.set_member("matter", "reader", Role.READER, user="local")
    with pytest.raises(AccessDenied):
        Operations(workplace, "reader").collections.rebuild(Rebuild(collection="matter"), print)


def test_a_question_first_annotates_a_document_of_an_older_vault(
    workplace: Workplace, collection: Collection
) -> None:
    add_annotated(collection, "note.txt", Page(1, "Mr Falk sold 3 tins."), annotated=False)
    with pytest.raises(AssertionError, match="the models were loaded"):
        Operations(workplace, "local").answers.ask(Question(question="Who sold tins?"))
    assert collection.catalogue.sentences.missing() == []
