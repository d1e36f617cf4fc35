"""The sample documents are all there, and every question's words stand on the page it names."""

import csv
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from email import message_from_bytes
from email.policy import default
from html import unescape
from pathlib import Path

import pypdfium2
import pytest
import yaml
from docx import Document
from docx.table import Table
from openpyxl import load_workbook
from pptx import Presentation

from evaluation.files import document_folders
from ingest.discover import discover
from tests.sample_vault import COLLECTION, SampleVault
from tests.waiting import PATIENCE
from vault.access import Action
from vault.vault import Vault

FOLDER = Path(__file__).parents[2] / "sample_docs"
QUESTIONS = yaml.safe_load((FOLDER / "questions.yaml").read_text(encoding="utf-8"))
ANSWERABLE = [question for question in QUESTIONS if question["answerable"]]
SCAN = "referral_scanned.pdf"


def files(folder: Path = FOLDER) -> dict[str, Path]:
    return {path.name: path for area in ("legal", "medical") for path in sorted((folder / area).iterdir())}


def pages_of(path: Path) -> list[str]:
    """The text of each page, as the reader of the document would count pages."""
    readers = {
        ".pdf": pdf_pages,
        ".pptx": slides,
        ".xlsx": sheets,
        ".docx": docx_text,
        ".html": html_text,
        ".eml": email_body,
        ".csv": csv_cells,
    }
    read = readers.get(path.suffix, plain_text)
    return [" ".join(text.split()) for text in read(path)]


def pdf_pages(path: Path) -> Iterator[str]:
    with pypdfium2.PdfDocument(path) as document:
        for page in document:
            yield page.get_textpage().get_text_bounded()


@pytest.fixture(scope="module")
def recognised(sample_documents: SampleVault, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The text of each page of the scan, as it was taken in."""
    with (
        Vault(sample_documents.copied(tmp_path_factory.mktemp("scan") / "data"), purpose="tests") as vault,
        vault.open_collection(COLLECTION, user="local", action=Action.SEARCH) as collection,
    ):
        (scan,) = [document for document in collection.catalogue.documents() if document.name == SCAN]
        return [" ".join(page.text.split()) for page in collection.catalogue.pages.of(scan.sha256)]


def slides(path: Path) -> Iterator[str]:
    for slide in Presentation(str(path)).slides:
        texts = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
        for shape in slide.shapes:
            if shape.has_table:
                texts += [cell.text for row in shape.table.rows for cell in row.cells]
        if slide.has_notes_slide:
            texts.append(slide.notes_slide.notes_text_frame.text)
        yield "\n".join(texts)


def sheets(path: Path) -> Iterator[str]:
    for sheet in load_workbook(path):
        yield "\n".join(
            str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None
        )


def docx_text(path: Path) -> Iterator[str]:
    texts: list[str] = []
    for part in Document(str(path)).iter_inner_content():
        if isinstance(part, Table):
            texts += [cell.text for row in part.rows for cell in row.cells]
        else:
            texts.append(part.text)
    yield "\n".join(texts)


def html_text(path: Path) -> Iterator[str]:
    yield unescape(re.sub(r"<[^>]+>", "\n", path.read_text(encoding="utf-8")))


def email_body(path: Path) -> Iterator[str]:
    body = message_from_bytes(path.read_bytes(), policy=default).get_body()
    assert body is not None
    yield str(body.get_content())


def csv_cells(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8", newline="") as file:
        yield "\n".join(cell for row in csv.reader(file) for cell in row)


def plain_text(path: Path) -> Iterator[str]:
    yield path.read_text(encoding="utf-8")


def test_there_are_at_least_sixteen_files_half_legal_and_half_medical() -> None:
    areas = Counter(path.parent.name for path in files().values())
    assert areas["legal"] == areas["medical"] >= 8


def test_there_are_at_least_nine_formats() -> None:
    assert len({path.suffix for path in files().values()}) >= 9


def test_all_files_together_stay_small() -> None:
    assert sum(path.stat().st_size for path in files().values()) < 1_500_000


def test_there_are_enough_questions_with_and_without_an_answer() -> None:
    assert len(ANSWERABLE) >= 36
    assert len(QUESTIONS) - len(ANSWERABLE) >= 12
    assert len({question["id"] for question in QUESTIONS}) == len(QUESTIONS)
    assert len({question["question"] for question in QUESTIONS}) == len(QUESTIONS)


def test_every_readable_file_is_asked_about() -> None:
    assert {question["document"] for question in ANSWERABLE} == set(files())


def test_nothing_but_the_files_and_the_letter_with_orders_is_measured() -> None:
    measured = [source.name for source in discover(document_folders(FOLDER)).sources]
    assert sorted(measured) == sorted([*files(), "letter_with_orders.md"])


def test_questions_without_an_answer_point_nowhere() -> None:
    assert all(set(q) == {"id", "question", "answerable"} for q in QUESTIONS if not q["answerable"])


@pytest.mark.parametrize("question", ANSWERABLE, ids=lambda question: question["id"])
def test_the_words_that_answer_stand_on_the_page_named(
    question: dict[str, str | int], recognised: list[str]
) -> None:
    assert set(question) == {"id", "question", "answerable", "document", "page", "words"}
    path = files()[str(question["document"])]
    pages = recognised if path.name == SCAN else pages_of(path)
    words = re.escape(" ".join(str(question["words"]).split()))
    found = [n for n, text in enumerate(pages, start=1) if re.search(rf"(?<![\w.]){words}(?!\w)", text)]
    assert question["page"] in found


def test_the_scanned_referral_has_a_page_and_no_text_layer() -> None:
    assert pages_of(files()[SCAN]) == [""]


def test_every_pdf_has_a_title() -> None:
    for path in files().values():
        if path.suffix == ".pdf":
            with pypdfium2.PdfDocument(path) as document:
                assert document.get_metadata_value("Title"), path.name


def test_the_script_writes_the_same_files_with_the_same_text_again(tmp_path: Path) -> None:
    subprocess.run([sys.executable, FOLDER / "make.py", tmp_path], check=True, timeout=PATIENCE)
    again = files(tmp_path)
    assert set(again) == set(files())
    for name, path in files().items():
        assert pages_of(again[name]) == pages_of(path), name
