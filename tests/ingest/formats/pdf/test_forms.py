"""Values of form fields stand at their labels; files inside and signatures are read."""

from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ByteStringObject, DictionaryObject, NameObject, TextStringObject
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from ingest.formats import read
from ingest.formats.pdf.image import page_picture
from ingest.parsed.document import ParsedDocument
from ingest.parsed.limits import ParseLimits
from tests.ingest.certified import signed_by
from vault.records import ElementKind


def form(path: Path) -> Path:
    canvas = Canvas(str(path), A4)
    for height, words in (
        (760, "Admission form"),
        (710, "Known allergies:"),
        (640, "Ward:"),
        (588, "Photographs may be taken"),
    ):
        canvas.drawString(110 if height == 588 else 60, height, words)
    canvas.drawString(110, 558, "Relatives may be told")
    fields = canvas.acroForm
    fields.textfield(name="f1", value="latex, since 2015", x=220, y=702, width=220, height=20, fontSize=10)
    fields.choice(name="f2", value="Maple", options=["Maple", "Rowan"], x=220, y=632, width=120, height=20)
    fields.checkbox(name="f3", checked=True, x=80, y=584, size=14)
    fields.checkbox(name="f4", checked=False, x=80, y=554, size=14)
    canvas.save()
    return path


def without_appearances(path: Path) -> Path:
    """Remove what the fields look like, as programs leave it to the reader that draws the page."""
    writer = PdfWriter(clone_from=PdfReader(path))
    for annotation in writer.pages[0]["/Annots"]:
        annotation.get_object().pop("/AP", None)
    writer.write(path)
    return path


def read_pdf(path: Path) -> ParsedDocument:
    return read(path, ParseLimits())


def lines_of(document: ParsedDocument) -> list[str]:
    page = document.pages[0]
    return [page.text[element.start : element.end] for element in page.elements]


@pytest.mark.parametrize("drawn", [True, False])
def test_values_ticks_and_choices_are_said_with_their_labels(tmp_path: Path, drawn: bool) -> None:
    path = form(tmp_path / "form.pdf")
    lines = lines_of(read_pdf(path if drawn else without_appearances(path)))
    assert "Known allergies: latex, since 2015" in lines
    assert "Ward: Maple" in lines
    assert "☒ Photographs may be taken: yes" in lines
    assert "☐ Relatives may be told: no" in lines


def test_the_place_of_a_field_is_marked_on_the_page(tmp_path: Path) -> None:
    path = form(tmp_path / "form.pdf")
    page = read_pdf(path).pages[0]
    start = page.text.index("Known allergies: latex")
    _, boxes = page_picture(path, 1, [(start, start + 10)], 800, ParseLimits())
    assert len(boxes) == 1
    assert boxes[0].right > boxes[0].left


def test_a_form_without_fields_that_are_filled_in_has_no_more_text(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "empty.pdf"), A4)
    canvas.drawString(60, 700, "Name:")
    canvas.acroForm.textfield(name="f", value="", x=220, y=692, width=220, height=20)
    canvas.save()
    assert read_pdf(tmp_path / "empty.pdf").pages[0].text.strip() == "Name:"


def test_files_inside_are_attachments(tmp_path: Path) -> None:
    writer = PdfWriter(clone_from=PdfReader(form(tmp_path / "bundle.pdf")))
    writer.add_attachment("schedule.txt", b"Unit 9 pays 870 pounds.")
    writer.write(tmp_path / "bundle.pdf")
    attachments = read_pdf(tmp_path / "bundle.pdf").attachments
    assert [(one.name, one.content) for one in attachments] == [("schedule.txt", b"Unit 9 pays 870 pounds.")]


def sign(path: Path, contents: bytes = b"", **entries: str) -> None:
    """Add a signature that says these entries; `contents` are its bytes, which it may lack."""
    writer = PdfWriter(clone_from=PdfReader(path))
    value = DictionaryObject({NameObject("/Type"): NameObject("/Sig")})
    for name, text in entries.items():
        value[NameObject(f"/{name}")] = TextStringObject(text)
    if contents:
        value[NameObject("/Contents")] = ByteStringObject(contents + bytes(64))  # room is left over
    field = DictionaryObject(
        {
            NameObject("/FT"): NameObject("/Sig"),
            NameObject("/T"): TextStringObject("signature"),
            NameObject("/V"): writer._add_object(value),
        }
    )
    writer._root_object["/AcroForm"]["/Fields"].append(writer._add_object(field))
    writer.write(path)


def test_who_signed_and_when_is_shown_and_not_judged(tmp_path: Path) -> None:
    path = form(tmp_path / "signed.pdf")
    sign(path, Name="Morwenna Pike", M="D:20230914083000+01'00'", Reason="approved")
    document = read_pdf(path)
    line = "Signed digitally by Morwenna Pike on 2023-09-14 08:30; reason: approved (not checked)"
    assert lines_of(document)[-1] == line
    assert document.pages[0].elements[-1].kind is ElementKind.PARAGRAPH
    start = document.pages[0].text.index(line)
    image, boxes = page_picture(path, 1, [(start, start + 5)], 600, ParseLimits())
    assert (image.width, boxes) == (600, [])


def test_a_signature_that_names_nobody_is_still_said(tmp_path: Path) -> None:
    path = form(tmp_path / "signed.pdf")
    sign(path)
    assert lines_of(read_pdf(path))[-1] == "Signed digitally; by whom is not said (not checked)"


def test_who_signed_is_named_by_the_certificate_where_the_file_does_not_say_it(tmp_path: Path) -> None:
    path = form(tmp_path / "signed.pdf")
    sign(path, contents=signed_by("Isolde Marr", b""))
    assert lines_of(read_pdf(path))[-1] == "Signed digitally by Isolde Marr (not checked)"
