"""Words in odd places of Office files are read, or named: equations, watermarks, charts, layouts."""

from __future__ import annotations

import copy
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pptx
import pytest
from docx.oxml import parse_xml
from openpyxl.chart import BarChart, Reference
from openpyxl.worksheet.datavalidation import DataValidation
from pptx.util import Inches

from ingest.formats import read
from ingest.formats.office.ooxml.sheet_layout import layout_of
from ingest.parsed.document import ParsedDocument
from ingest.parsed.limits import ParseLimits
from tests.ingest.formats.office.test_office_extras import OFFICE, notes, relations, with_parts
from tests.ingest.formats.pictures.test_words import png
from tests.ingest.other_files import page_picture
from vault.records import ElementKind

LIMITS = ParseLimits()
_W = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)


def word(path: Path, xml: str, header: str = "") -> Path:
    """Make a Word document with this XML after its first paragraph, and in its header."""
    document = docx.Document()
    document.add_paragraph("The letter begins here.")
    for part, added in ((document.element.body, xml), (document.sections[0].header._element, header)):
        for element in parse_xml(f"<w:body {_W}>{added}</w:body>"):
            part.insert(1 if part is document.element.body else 0, element)
    document.save(str(path))
    return path


def words(text: str) -> str:
    """Return a run with this text."""
    return f"<w:r><w:t>{text}</w:t></w:r>"


def text_of(path: Path) -> str:
    """Return the text of the first page."""
    return read(path, LIMITS).pages[0].text


FRACTION = "<m:f><m:num><m:r><m:t>dose</m:t></m:r></m:num><m:den><m:r><m:t>a+b</m:t></m:r></m:den></m:f>"
POWER = "<m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup>"
ROOT = "<m:rad><m:deg/><m:e><m:r><m:t>y</m:t></m:r></m:e></m:rad>"


def test_equations_are_written_on_one_line_where_they_stand(tmp_path: Path) -> None:
    equation = f"<m:oMath>{FRACTION}<m:r><m:t>=</m:t></m:r>{POWER}{ROOT}</m:oMath>"
    xml = f"<w:p>{words('Rate ')}{equation}{words(' a day')}</w:p>"
    xml += f"<w:p><m:oMathPara>{equation}</m:oMathPara></w:p>"
    text = text_of(word(tmp_path / "a.docx", xml))
    assert "Rate dose/(a+b)=x^2√(y) a day" in text
    assert text.count("dose/(a+b)") == 2


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        ('<w:p><w:fldSimple w:instr="DOCPROPERTY x">' + words("File 77") + "</w:fldSimple></w:p>", "File 77"),
        ('<w:p><w:bdo w:val="ltr">' + words("Ordered") + "</w:bdo></w:p>", "Ordered"),
        (f"<w:p><w:r><w:ruby><w:rt>{words('read')}</w:rt><w:rubyBase>{words('Base')}</w:rubyBase>"
         "</w:ruby></w:r></w:p>", "Base (read)"),
        ("<w:p><w:unknown>" + words("In something new") + "</w:unknown></w:p>", "In something new"),
    ],
)  # fmt: skip
def test_words_in_fields_and_wrappers_are_read(xml: str, expected: str, tmp_path: Path) -> None:
    assert text_of(word(tmp_path / "a.docx", xml)).count(expected) == 1


def test_watermarks_boxes_and_changes_of_the_header_are_read(tmp_path: Path) -> None:
    header = (
        '<w:p><w:r><w:pict><v:shape><v:textpath string="WITHOUT PREJUDICE"/></v:shape></w:pict></w:r></w:p>'
        f"<w:p><w:r><w:pict><v:shape><v:textbox><w:txbxContent><w:p>{words('Our file 2023/77')}</w:p>"
        "</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
        f'<w:p><w:ins w:author="Ida">{words("Draft two")}</w:ins><w:del w:author="Ida"><w:r>'
        "<w:delText>Draft one</w:delText></w:r></w:del></w:p>"
    )
    document = read(word(tmp_path / "a.docx", "", header), LIMITS)
    (page,) = document.pages
    assert all(one in page.text for one in ("WITHOUT PREJUDICE", "Our file 2023/77", "Draft two"))
    assert notes(page) == ["Deleted by Ida: Draft one"]
    assert any("tracked changes" in warning for warning in document.warnings)


def test_deletions_in_footnotes_are_notes(tmp_path: Path) -> None:
    deleted = '<w:del w:author="Ida"><w:r><w:delText>struck words</w:delText></w:r></w:del>'
    path = word(tmp_path / "a.docx", "")
    footnote = f'<w:footnote w:id="2"><w:p>{deleted}{words("Kept.")}</w:p></w:footnote>'
    footnotes = f"<w:footnotes {_W}>{footnote}</w:footnotes>"
    with zipfile.ZipFile(path) as archive:
        links = archive.read("word/_rels/document.xml.rels").decode()
        types = archive.read("[Content_Types].xml").decode()
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    link = f'<Relationship Id="rIdX" Type="{OFFICE}/footnotes" Target="footnotes.xml"/></Relationships>'
    override = f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/></Types>'
    with_parts(
        path,
        {
            "word/footnotes.xml": footnotes,
            "word/_rels/document.xml.rels": links.replace("</Relationships>", link),
            "[Content_Types].xml": types.replace("</Types>", override),
        },
    )
    assert notes(read(path, LIMITS).pages[0]) == ["Footnote 1: Kept.", "Deleted by Ida: struck words"]


def test_a_whole_document_in_the_text_is_part_of_it(tmp_path: Path) -> None:
    inner = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("The annex is part of the letter.")
    document.save(inner)
    path = word(tmp_path / "a.docx", '<w:altChunk r:id="rIdX"/>')
    with zipfile.ZipFile(path) as archive:
        links = archive.read("word/_rels/document.xml.rels").decode()
        types = archive.read("[Content_Types].xml").decode()
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    link = f'<Relationship Id="rIdX" Type="{OFFICE}/aFChunk" Target="chunk.docx"/></Relationships>'
    changed: dict[str, Any] = {
        "word/chunk.docx": inner.getvalue(),
        "word/_rels/document.xml.rels": links.replace("</Relationships>", link),
        "[Content_Types].xml": types.replace(
            "</Types>", f'<Override PartName="/word/chunk.docx" ContentType="{main}"/></Types>'
        ),
    }
    with_parts(path, changed)
    found = read(path, LIMITS)
    assert "The annex is part of the letter." in found.pages[0].text and not found.all_unread


def test_descriptions_of_pictures_are_notes_but_file_names_are_not(tmp_path: Path) -> None:
    picture = png(page_picture("").resize((40, 40)))
    document = docx.Document()
    for description in (
        "The scar on the left hand",
        "image7.png",
        "A hand Description automatically generated",
    ):
        shape = document.add_picture(io.BytesIO(picture))
        shape._inline.docPr.set("descr", description)
    path = tmp_path / "a.docx"
    document.save(str(path))
    assert notes(read(path, LIMITS).pages[0]) == [
        "Description of a picture: The scar on the left hand", "Description of a picture: A hand",
    ]  # fmt: skip


def slides(path: Path, change: Callable[[Any, Any], None]) -> ParsedDocument:
    """Read a presentation of one slide after `change` was made to it."""
    presentation = pptx.Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[5])
    slide.shapes.title.text = "Findings"
    change(presentation, slide)
    presentation.save(str(path))
    return read(path, LIMITS)


def box(shapes: Any, text: str, left: int = 0) -> Any:
    """Add a text box."""
    made = shapes.add_textbox(Inches(left), 0, Inches(1), Inches(1))
    made.text_frame.text = text
    return made


def test_shapes_that_the_library_skips_are_read(tmp_path: Path) -> None:
    def change(presentation: Any, slide: Any) -> None:
        box(slide.shapes, "Beside the slide", left=-9)
        equation = copy.deepcopy(box(slide.shapes, "Sum")._element)
        choice = parse_xml(
            '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
            '<mc:Choice Requires="a14"/></mc:AlternateContent>'
        )
        choice[0].append(equation)
        for text in equation.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}t"):
            text.text = "Clearance is 140"
        slide.shapes._spTree.append(choice)

    text = slides(tmp_path / "a.pptx", change).pages[0].text
    assert text.count("Beside the slide") == 1 and text.count("Clearance is 140") == 1


def test_what_layout_and_master_write_is_read_once(tmp_path: Path) -> None:
    def change(presentation: Any, slide: Any) -> None:
        for place, words in ((presentation.slide_master, "Privileged"), (slide.slide_layout, "Ward 7")):
            made = box(slide.shapes, words)._element
            place.shapes._spTree.append(made)
        presentation.slides.add_slide(presentation.slide_layouts[5]).shapes.title.text = "More"

    first, second = slides(tmp_path / "a.pptx", change).pages
    footers = [first.text[e.start : e.end] for e in first.elements if e.kind is ElementKind.PAGE_FOOTER]
    assert footers == ["Ward 7", "Privileged"]
    assert second.text == "More", "the words that ask for a title are not on the slide"


def test_hidden_slides_other_notes_and_films_are_read_or_named(tmp_path: Path) -> None:
    def change(presentation: Any, slide: Any) -> None:
        slide.notes_slide.notes_text_frame.text = "Say this."
        made = box(slide.shapes, "In a box of the notes")._element
        slide.notes_slide.shapes._spTree.append(made)
        slide.element.set("show", "0")
        film = io.BytesIO(b"\0\0\0\x18ftypmp42" + b"\0" * 400)
        slide.shapes.add_movie(film, 0, 0, Inches(1), Inches(1), mime_type="video/mp4")

    document = slides(tmp_path / "a.pptx", change)
    assert notes(document.pages[0]) == ["Speaker notes: Say this.", "Speaker notes: In a box of the notes"]
    assert document.warnings == ("Hidden slides were read too: 1.",)
    assert {(part.what, part.where) for part in document.unread} == {("Sound or film", "slide 1")}


def workbook(path: Path, change: Callable[[Any, Any], None]) -> Path:
    """Make a workbook with a sheet "Fees" after `change` was made to it."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Fees"
    for row in (["Site", "Fee"], ["North", 12], ["South", 40]):
        sheet.append(row)
    change(book, sheet)
    book.save(path)
    return path


def chart(sheet: Any) -> BarChart:
    """Return a chart of the fees."""
    made = BarChart()
    made.title = "Fees of both sites"
    made.add_data(Reference(sheet, min_col=2, min_row=2, max_row=3))
    return made


def test_charts_on_sheets_and_sheets_of_their_own_are_read(tmp_path: Path) -> None:
    def change(book: Any, sheet: Any) -> None:
        sheet.add_chart(chart(sheet), "D2")
        book.create_chartsheet("Graph").add_chart(chart(sheet))

    fees, graph = read(workbook(tmp_path / "a.xlsx", change), LIMITS).pages
    assert "Chart: Fees of both sites" in fees.text and fees.text.count("12") == 1
    assert graph.label == "Sheet Graph" and "Chart: Fees of both sites" in graph.text


def test_running_lines_hints_and_choices_of_a_sheet_are_read(tmp_path: Path) -> None:
    def change(book: Any, sheet: Any) -> None:
        sheet.oddHeader.center.text = "File 2023/77"
        sheet.oddFooter.left.text = "Page &P of &N"
        sheet.oddFooter.right.text = '&"Arial,Bold"&8Hale && Pell'
        rule = DataValidation(type="list", formula1='"yes,no"', prompt="Ask the bursar", promptTitle="Fee")
        sheet.add_data_validation(rule)
        rule.add("B2")

    (page,) = read(workbook(tmp_path / "a.xlsx", change), LIMITS).pages
    kinds = {page.text[e.start : e.end]: e.kind for e in page.elements}
    assert kinds["File 2023/77"] is ElementKind.PAGE_HEADER
    assert next(kind for text, kind in kinds.items() if "Hale & Pell" in text) is ElementKind.PAGE_FOOTER
    assert notes(page) == ["Hint at B2: Fee: Ask the bursar", "Choices at B2: yes,no"]


def test_a_value_below_a_long_gap_is_read_and_one_far_to_the_right_is_named(tmp_path: Path) -> None:
    def change(book: Any, sheet: Any) -> None:
        sheet.cell(900_000, 1).value = "At the very end"
        sheet.cell(1, 1200).value = "Out of sight"

    document = read(workbook(tmp_path / "a.xlsx", change), LIMITS)
    assert document.pages[0].text.endswith("At the very end")
    assert [part.what for part in document.unread] == ["Cells far to the right"]


def test_files_controls_and_diagrams_on_a_sheet_are_read(tmp_path: Path) -> None:
    shapes = (
        '<xml xmlns:v="v" xmlns:x="x"><v:shape><v:textbox><div>Consent given</div></v:textbox>'
        '<x:ClientData ObjectType="Checkbox"><x:Checked>1</x:Checked></x:ClientData></v:shape></xml>'
    )
    diagram = '<d:m xmlns:d="d" xmlns:a="a"><d:pt><a:p><a:t>Admission</a:t></a:p></d:pt></d:m>'
    path = with_parts(
        workbook(tmp_path / "a.xlsx", lambda book, sheet: None),
        {
            "xl/worksheets/_rels/sheet1.xml.rels": relations(
                (f"{OFFICE}/vmlDrawing", "../drawings/v.vml"),
                (f"{OFFICE}/drawing", "../drawings/d.xml"),
                (f"{OFFICE}/package", "../embeddings/Letter.docx"),
                (f"{OFFICE}/oleObject", "../embeddings/other.bin"),
            ),
            "xl/drawings/v.vml": shapes,
            "xl/drawings/d.xml": "<d:wsDr xmlns:d='d'/>",
            "xl/drawings/_rels/d.xml.rels": relations((f"{OFFICE}/diagramData", "../diagrams/data.xml")),
            "xl/diagrams/data.xml": diagram,
            "xl/embeddings/Letter.docx": "the letter",
            "xl/embeddings/other.bin": "unknown",
        },
    )
    document = read(path, LIMITS)
    assert "☒ Consent given" in document.pages[0].text and "Diagram: Admission" in document.pages[0].text
    assert [(one.name, one.content) for one in document.attachments] == [("Letter.docx", b"the letter")]
    assert [(part.what, part.where) for part in document.unread] == [("Embedded object", "sheet Fees")]


def test_data_of_a_pivot_table_whose_source_is_gone_are_named(tmp_path: Path) -> None:
    def cache(sheet: str) -> str:
        return f"<p><cacheSource><worksheetSource ref='A1:B2' sheet='{sheet}'/></cacheSource></p>"

    path = workbook(tmp_path / "a.xlsx", lambda book, sheet: None)
    part = "xl/pivotCache/pivotCacheDefinition1.xml"
    assert not read(with_parts(path, {part: cache("Fees")}), LIMITS).unread
    (named,) = read(with_parts(path, {part: cache("Gone")}), LIMITS).unread
    assert named.what == "Data behind a pivot table"


def test_rows_without_places_do_not_say_where_the_last_is() -> None:
    assert layout_of(b"<row><c><v>1</v></c></row>").last_row == 0
    assert layout_of(b'<row r="7"><c r="AB7"><v>1</v></c><c r="AC7"/></row><row r="9"/>').last_row == 7
