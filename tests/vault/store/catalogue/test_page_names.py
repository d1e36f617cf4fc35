"""Pages by what they are called on paper."""

from __future__ import annotations

import pytest

from tests.documents import add_annotated
from vault.records import DocumentState, Page, PageName
from vault.store.collection import Collection

NAME = PageName("iv", "VANE 000018")


@pytest.mark.parametrize("asked", ["iv", "IV", "VANE000018", "vane-000018", "VANE 000018"])
def test_a_page_is_found_by_each_of_its_names(collection: Collection, asked: str) -> None:
    sha256 = add_annotated(collection, "deed.txt", Page(1, "Six years.", name=NAME)).sha256
    names = collection.catalogue.pages.names
    assert names.pages(asked) == [(sha256, 1)]
    assert names.pages(asked, [sha256]) == [(sha256, 1)]
    assert names.pages(asked, ["0" * 64]) == []
    assert names.of(sha256, 1) == NAME
    assert names.of(sha256, 2) == PageName()


def test_pages_of_older_versions_are_found_only_where_they_are_chosen(collection: Collection) -> None:
    sha256 = add_annotated(
        collection, "deed.txt", Page(1, "Six years.", name=NAME), state=DocumentState.SUPERSEDED
    ).sha256
    assert collection.catalogue.pages.names.pages("iv") == []
    assert collection.catalogue.pages.names.pages("iv", [sha256]) == [(sha256, 1)]


def test_names_are_deleted_with_their_document(collection: Collection) -> None:
    sha256 = add_annotated(collection, "deed.txt", Page(1, "Six years.", name=NAME)).sha256
    collection.purge([sha256])
    assert collection.catalogue.pages.names.pages("iv") == []


def test_a_name_is_said_beside_the_number_where_it_says_something_else() -> None:
    assert NAME.beside(4) == ", printed iv, VANE 000018"
    assert PageName("4").beside(4) == ""
    assert PageName("", "VANE000018").beside(4) == ", VANE000018"
