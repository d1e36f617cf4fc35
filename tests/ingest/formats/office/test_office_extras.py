"""What Office files contain besides text: comments, deletions, charts, diagrams and embedded files."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import docx
import openpyxl
import pptx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from openpyxl.comments import Comment
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

from ingest.formats import read
from ingest.formats.office import opendocument
from ingest.parsed.limits import ParseLimits
from tests.first_use import FirstUse
from tests.ingest import files, other_files
from vault.records import ElementKind, Page

word_format = FirstUse("ingest.formats.office.docx")
slides_format = FirstUse("ingest.formats.office.pptx")
workbook_format = FirstUse("ingest.formats.office.xlsx")
LIMITS = ParseLimits()
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
THREADED = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
MODERN = "http://schemas.microsoft.com/office/powerpoint/2018/8/main"


def notes(page: Page) -> list[str]:
    """Return the texts of the notes on a page."""
    return [page.text[e.start : e.end] for e in page.elements if e.kind is ElementKind.NOTE]


def with_parts(path: Path, parts: Mapping[str, str]) -> Path:
    """Add these parts to the archive at `path`, replacing those of the same name."""
    with zipfile.ZipFile(path) as archive:
        kept = {name: archive.read(name) for name in archive.namelist() if name not in parts}
    return other_files.zipped(path, {**kept, **parts})


def relations(*rows: tuple[str, str]) -> str:
    """Return the XML of relations: (type, target)."""
    made = "".join(
        f'<Relationship Id="x{n}" Type="{kind}" Target="{target}"/>' for n, (kind, target) in enumerate(rows)
    )
    return f'<Relationships xmlns="{RELATIONS}">{made}</Relationships>'


def test_comments_of_a_sheet_name_their_cell_and_author(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Test", "Result"])
    book.active.append(["Potassium", 5.9])
    book.active["B2"].comment = Comment("Dr Ng:\nHaemolysed, repeat.", "Dr Ng")
    book.create_sheet("Empty")
    book.save(tmp_path / "a.xlsx")
    pages = workbook_format.read(tmp_path / "a.xlsx", LIMITS).pages
    assert notes(pages[0]) == ["Comment at B2 by Dr Ng: Haemolysed, repeat."]
    assert notes(pages[1]) == []


def test_threaded_comments_of_a_sheet_are_read_once_with_their_replies(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Potassium", 5.9])
    book.active["B1"].comment = Comment("[Threaded comment] Your program does not show it.", "tc={1}")
    book.save(tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        old = archive.read("xl/worksheets/_rels/sheet1.xml.rels").decode()
    more = f'<Relationship Id="t" Type="{OFFICE}/threadedComment" Target="/xl/threadedComments/t1.xml"/>'
    with_parts(
        tmp_path / "a.xlsx",
        {
            "xl/worksheets/_rels/sheet1.xml.rels": old.replace("</Relationships>", f"{more}</Relationships>"),
            "xl/threadedComments/t1.xml": f'<ThreadedComments xmlns="{THREADED}">'
            '<threadedComment ref="B1" personId="{7}"><text>Repeat it?</text></threadedComment>'
            '<threadedComment ref="B1" personId="{8}"><text>Done.</text></threadedComment>'
            "</ThreadedComments>",
            "xl/persons/person.xml": f'<personList xmlns="{THREADED}">'
            '<person displayName="A. Ng" id="{7}"/>'
            '<person displayName="B. Ode" id="{8}"/></personList>',
        },
    )
    (page,) = workbook_format.read(tmp_path / "a.xlsx", LIMITS).pages
    assert notes(page) == ["Comment at B1 by A. Ng: Repeat it?", "Comment at B1 by B. Ode: Done."]


@pytest.mark.parametrize(
    ("parts", "kind"),
    [
        (
            {
                "ppt/comments/c1.xml": '<p:cmLst xmlns:p="p"><p:cm authorId="0">'
                "<p:text>Which lesion?</p:text></p:cm></p:cmLst>",
                "ppt/commentAuthors.xml": '<p:cmAuthorLst xmlns:p="p"><p:cmAuthor id="0" name="Dr Hale"/>'
                "</p:cmAuthorLst>",
            },
            f"{OFFICE}/comments",
        ),
        (
            {
                "ppt/comments/c1.xml": f'<c:cmLst xmlns:c="{MODERN}" xmlns:a="a"><c:cm authorId="{{1}}">'
                "<c:txBody><a:p><a:r><a:t>Which lesion?</a:t></a:r></a:p></c:txBody></c:cm></c:cmLst>",
                "ppt/authors.xml": f'<c:authorLst xmlns:c="{MODERN}"><c:author id="{{1}}" name="Dr Hale"/>'
                "</c:authorLst>",
            },
            "http://schemas.microsoft.com/office/2018/10/relationships/comments",
        ),
    ],
)
def test_comments_of_a_slide_are_notes_of_that_slide(
    tmp_path: Path, parts: dict[str, str], kind: str
) -> None:
    path = files.slides(tmp_path / "a.pptx")
    with zipfile.ZipFile(path) as archive:
        old = archive.read("ppt/slides/_rels/slide1.xml.rels").decode()
    more = f'<Relationship Id="c" Type="{kind}" Target="../comments/c1.xml"/></Relationships>'
    types = "[Content_Types].xml"
    with zipfile.ZipFile(path) as archive:
        declared = archive.read(types).decode()
    declared = declared.replace(
        "</Types>", '<Override PartName="/ppt/comments/c1.xml" ContentType="application/xml"/></Types>'
    )
    rels = {"ppt/slides/_rels/slide1.xml.rels": old.replace("</Relationships>", more), types: declared}
    with_parts(path, {**rels, **parts})
    pages = slides_format.read(path, LIMITS).pages
    assert notes(pages[0]) == ["Comment by Dr Hale: Which lesion?"]
    assert notes(pages[1]) == ["Speaker notes: Mention the biopsy."]


def test_a_chart_is_read_as_the_table_behind_it(tmp_path: Path) -> None:
    presentation = pptx.Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[5])
    slide.shapes.title.text = "Creatinine"
    data = CategoryChartData()
    data.categories = ["March", "April"]
    data.add_series("Ward 7", (101, 96))
    frame = slide.shapes.add_chart(XL_CHART_TYPE.LINE, *(Inches(1),) * 4, data)
    frame.chart.has_title = True
    frame.chart.chart_title.text_frame.text = "Creatinine by month"
    presentation.save(str(tmp_path / "a.pptx"))
    text = slides_format.read(tmp_path / "a.pptx", LIMITS).pages[0].text
    assert "Chart: Creatinine by month" in text
    assert "| Ward 7\nMarch | 101\nApril | 96" in text


def test_deleted_text_of_a_tracked_change_follows_with_its_author(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("The fee is due in May.")
    change, run, content = OxmlElement("w:del"), OxmlElement("w:r"), OxmlElement("w:delText")
    content.text = "It may be waived."
    change.set(qn("w:author"), "R. Vane")
    change.set(qn("w:date"), "2024-05-03T10:00:00Z")
    run.append(content)
    change.append(run)
    paragraph._p.append(change)
    document.save(str(tmp_path / "a.docx"))
    (page,) = word_format.read(tmp_path / "a.docx", LIMITS).pages
    assert page.text.startswith("The fee is due in May.")
    assert notes(page) == ["Deleted by R. Vane on 2024-05-03: It may be waived."]


def test_deletions_of_open_document_and_rich_text_are_notes(tmp_path: Path) -> None:
    odt = other_files.open_document(
        tmp_path / "a.odt",
        "text",
        "<text:tracked-changes><text:changed-region><text:deletion><office:change-info>"
        "<dc:creator>R. Vane</dc:creator><dc:date>2024-05-03T10:00:00</dc:date></office:change-info>"
        "<text:p>It may be waived.</text:p></text:deletion></text:changed-region></text:tracked-changes>"
        "<text:p>The fee is due in May.</text:p>",
    )
    (page,) = opendocument.read(odt, LIMITS).pages
    assert notes(page) == ["Deleted by R. Vane on 2024-05-03: It may be waived."]
    rtf = tmp_path / "a.rtf"
    rtf.write_bytes(rb"{\rtf1 The fee is due in May.{\deleted It may be waived.}\par}")
    (page,) = read(rtf, LIMITS).pages
    assert notes(page) == ["Deleted by an unnamed person: It may be waived."]


def with_embedded_file(path: Path, content: bytes, content_type: str) -> Path:
    """Make a Word document with an embedded file."""
    document = docx.Document()
    document.add_paragraph("The schedule follows.")
    part = Part(PackURI("/word/chunk1.bin"), content_type, content, document.part.package)
    made = OxmlElement("w:altChunk")
    made.set(qn("r:id"), document.part.relate_to(part, RELATIONSHIP_TYPE.A_F_CHUNK))
    document.element.body.insert(1, made)
    document.save(str(path))
    return path


def test_a_file_embedded_in_a_word_document_is_read(tmp_path: Path) -> None:
    page = b"<html><body><h1>Schedule 1</h1><p>Repainting of the hall.</p></body></html>"
    (read_page,) = word_format.read(with_embedded_file(tmp_path / "a.docx", page, "text/html"), LIMITS).pages
    assert "Repainting of the hall." in read_page.text
    inner = io.BytesIO()
    docx.Document().save(inner)
    parsed = word_format.read(
        with_embedded_file(tmp_path / "b.docx", inner.getvalue(), "application/octet-stream"), LIMITS
    )
    assert [part.what for part in parsed.unread] == ["File in the text"]
