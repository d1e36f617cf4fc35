from datetime import date
from pathlib import Path

import pytest

from ingest.annotation.annotate import annotate
from tests.documents import add_annotated
from vault.normal_forms import date_forms
from vault.records import Element, ElementKind, Page
from vault.store.collection import Collection
from vault.text.dates.find import find_dates
from vault.text.terms import expression

ROWS = ("Date | Sodium | Potassium", "2024-05-16 | 139 | 4.1", "2024-05-17 | 141 | 3.4")
PROSE = "Mr Corrowan was seen on 3 June 2024. He takes bisoprolol."


def add_table(collection: Collection, name: str = "bloods.csv", rows: tuple[str, ...] = ROWS) -> str:
    elements, text = [], ""
    for number, row in enumerate(rows):
        kind = ElementKind.TABLE_ROW if number else ElementKind.TABLE_HEADER
        elements.append(Element(kind, len(text), len(text) + len(row)))
        text += row + "\n"
    return add_annotated(collection, name, Page(1, text, tuple(elements))).sha256


def add_prose(collection: Collection, text: str = PROSE, **changes: object) -> str:
    return add_annotated(collection, "letter.txt", Page(1, text), **changes).sha256


def texts(collection: Collection, ids: list[int]) -> list[str]:
    found = collection.catalogue.sentences.by_id(ids)
    return [found[one].text for one in ids]


def test_sentences_are_read_as_they_were_annotated(collection: Collection) -> None:
    sha256 = add_table(collection)
    page = collection.catalogue.pages.find(sha256, 1)
    made = annotate(sha256, "bloods.csv", "bloods.csv", [page])
    stored = collection.catalogue.sentences.annotation(sha256)
    assert stored is not None
    assert stored.profile == made.profile
    assert stored.tables == made.tables
    assert [one.id for one in stored.sentences] == list(
        range(stored.sentences[0].id, stored.sentences[0].id + 3)
    )
    assert [(one.text, one.cells, one.dates) for one in stored.sentences] == [
        (one.text, one.cells, one.dates) for one in made.sentences
    ]
    for sentence in stored.sentences:
        assert page.text[sentence.span.start : sentence.span.end] == sentence.text
        assert all(page.text[cell.start : cell.end] == cell.text for cell in sentence.cells)


def test_a_row_is_found_by_a_date_in_other_words(collection: Collection) -> None:
    add_table(collection)
    add_prose(collection)
    forms = date_forms(find_dates("17 May 2024"))
    hits = collection.catalogue.sentences.match(expression(forms), 5)
    assert texts(collection, [one for one, _ in hits])[0] == ROWS[2]


def test_a_row_is_found_by_the_name_of_its_column(collection: Collection) -> None:
    add_table(collection)
    hits = collection.catalogue.sentences.match('"potassium"', 5)
    assert len(hits) == 3


def test_match_is_limited_to_documents(collection: Collection) -> None:
    table, prose = add_table(collection), add_prose(collection)
    sentences = collection.catalogue.sentences
    everything = '"2024" OR "bisoprolol"'
    for documents in ([table], [prose], [table, prose], []):
        found = sentences.by_id([one for one, _ in sentences.match(everything, 9, documents)])
        assert {one.document for one in found.values()} == set(documents)
    many = [prose, *(f"{number:064x}" for number in range(50))]
    assert texts(collection, [one for one, _ in sentences.match('"bisoprolol"', 9, many)]) == [
        "He takes bisoprolol."
    ]


def test_sentences_are_found_by_their_dates(collection: Collection) -> None:
    add_table(collection)
    add_prose(collection)
    sentences = collection.catalogue.sentences
    assert texts(collection, sentences.dated(date(2024, 5, 17), date(2024, 5, 31))) == [ROWS[2]]
    assert len(sentences.dated(date(2024, 5, 1), date(2024, 6, 30))) == 3
    assert sentences.dated(date(2025, 1, 1), date(2025, 12, 31)) == []


def test_the_words_of_a_collection_are_counted_by_document(collection: Collection) -> None:
    add_prose(collection)
    add_prose(collection, "Bisoprolol again.")
    assert collection.catalogue.sentences.words()["bisoprolol"] == 2


def test_a_superseded_document_leaves_the_index(collection: Collection) -> None:
    old = add_prose(collection, path="/letter.txt")
    add_prose(collection, "Mr Corrowan takes ramipril.", path="/letter.txt")
    sentences = collection.catalogue.sentences
    assert sentences.match('"bisoprolol"', 5) == []
    assert "bisoprolol" not in sentences.words()
    assert list(sentences.profiles([old])) == [old]
    assert old not in sentences.profiles()
    with collection.superseded([old]) as found:
        assert found is not None
        ((only, _),) = found.catalogue.sentences.match('"bisoprolol"', 5)
        assert found.catalogue.sentences.by_id([only])[only].text == "He takes bisoprolol."


def test_no_byte_of_a_purged_document_stays(collection: Collection, tmp_path: Path) -> None:
    kept = add_prose(collection, "Mrs Quennell takes ramipril.")
    gone = add_prose(collection, "Mr Xanthopoulos takes zopiclone, born 3 May 1961.")
    collection.purge([gone])
    sentences = collection.catalogue.sentences
    assert sentences.match('"zopiclone"', 5) == []
    assert [one for one in sentences.words() if one in ("zopiclone", "xanthopoulos")] == []
    assert list(sentences.profiles()) == [kept]
    collection.close()
    for file in tmp_path.rglob("*"):
        if file.is_file():
            content = file.read_bytes().lower()
            assert b"zopiclone" not in content and b"xanthopoulos" not in content


def test_a_document_of_an_older_vault_is_missing_until_it_is_annotated(collection: Collection) -> None:
    sha256 = add_prose(collection, annotated=False)
    sentences = collection.catalogue.sentences
    assert sentences.missing() == [sha256]
    assert sentences.annotation(sha256) is None
    page = collection.catalogue.pages.find(sha256, 1)
    for _ in range(2):
        sentences.replace(annotate(sha256, "letter.txt", "letter.txt", [page]))
        assert sentences.missing() == []
        assert len(sentences.match('"bisoprolol"', 5)) == 1


@pytest.mark.parametrize("clause", ["4.2", "4.2(b)"])
def test_nothing_is_found_where_no_clause_has_the_number(collection: Collection, clause: str) -> None:
    add_prose(collection)
    assert collection.catalogue.sentences.by_clause(clause) == []
