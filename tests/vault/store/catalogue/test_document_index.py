from pathlib import Path

from tests.documents import add_plain, document
from vault.database.database import open_database
from vault.records import Page
from vault.store.catalogue.catalogue import Catalogue
from vault.store.catalogue.document_index import OPENING_CHARACTERS, opening_of
from vault.store.catalogue.schema import CATALOGUE_STEPS
from vault.store.collection import Collection


def names_with(collection: Collection, word: str) -> list[str]:
    """Return the names of the documents that the index finds for a word."""
    index = collection.catalogue.document_index
    return [collection.catalogue.document(sha256).name for sha256 in index.documents_with(word, 10)]


def test_a_document_is_found_by_name_title_metadata_and_first_lines(collection: Collection) -> None:
    add_plain(
        collection, "GluMobileInc_20070319_S-1A.txt",
        "This agreement is made between Tolvane and Sennet. " + "x " * 2000 + "Ombrel",
        title="Supply agreement", metadata=(("ward", "Willow"),),
    )  # fmt: skip
    add_plain(collection, "other.txt", "Something else.")
    for word in ("glumobileinc", "mobile", "20070319", "supply", "tolvane", "willow"):
        assert names_with(collection, word) == ["GluMobileInc_20070319_S-1A.txt"], word
    assert names_with(collection, "ombrel") == []


def test_the_opening_is_from_the_first_pages_and_has_its_length() -> None:
    pages = [Page(1, "Title page"), Page(2, "y" * 5000), Page(3, "third")]
    opening = opening_of(document("a.pdf", ""), pages)
    assert "Title page" in opening
    assert "third" not in opening
    assert len(opening) <= OPENING_CHARACTERS + len("a.pdf") + 10


def test_deleted_superseded_and_replaced_words_are_not_found(collection: Collection) -> None:
    old = add_plain(collection, "a.txt", "Tolvane.", path="/in/a.txt")
    assert names_with(collection, "tolvane") == ["a.txt"]
    new = add_plain(collection, "a.txt", "Sennet.", path="/in/a.txt", metadata=(("ward", "Willow"),))
    assert names_with(collection, "tolvane") == []
    collection.catalogue.set_metadata(new.sha256, [("ward", "Beech")])
    assert (names_with(collection, "willow"), names_with(collection, "beech")) == ([], ["a.txt"])
    collection.purge([new.sha256, old.sha256])
    assert (names_with(collection, "sennet"), names_with(collection, "tolvane")) == ([], [])


def test_a_catalogue_of_an_older_version_gets_the_index(tmp_path: Path) -> None:
    before = open_database(tmp_path / "catalogue.db", CATALOGUE_STEPS[:4])
    with before.write() as db:
        db.execute(
            "INSERT INTO documents (sha256, name, path, media_type, title, state, reason, pages, chunks,"
            " ocr_pages, warnings, added, size, parent) VALUES"
            " ('f00', 'lease.txt', '', 'text/plain', '', 'ready', '', 1, 1, 0, '[]', '', 1, '')"
        )
        db.execute(
            "INSERT INTO pages (document, number, label, text, elements)"
            " VALUES (1, 1, '', 'Tolvane lets', '[]')"
        )
    before.close()
    catalogue = Catalogue(tmp_path / "catalogue.db")
    assert catalogue.document_index.documents_with("tolvane", 5) == ["f00"]
    catalogue.close()


def test_the_search_can_be_limited_to_some_documents(collection: Collection) -> None:
    first = add_plain(collection, "a.txt", "Tolvane one.")
    add_plain(collection, "b.txt", "Tolvane two.")
    index = collection.catalogue.document_index
    assert index.count() == 2
    assert index.documents_with("tolvane", 10, [first.sha256]) == [first.sha256]
    assert len(index.documents_with("tolvane", 1)) == 1
