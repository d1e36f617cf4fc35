"""What a PDF holds beside its text is read, or named: forms as XML, pinned files, notes of every kind."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    PdfObject,
    TextStringObject,
)
from reportlab.pdfgen.canvas import Canvas

from ingest.formats import read
from ingest.parsed.document import ParsedDocument
from ingest.parsed.limits import ParseLimits
from ingest.parsing.parser import Parser

LIMITS = ParseLimits()
SENTENCE = "The roof of the north wing was inspected in May."


def changed(path: Path, change: Callable[[pypdf.PdfWriter], None], *, shown: str = "") -> Path:
    """Make a PDF of one page and change it."""
    canvas = Canvas(str(path))
    canvas.drawString(72, 700, SENTENCE)
    canvas.drawString(72, 680, shown)
    canvas.save()
    writer = pypdf.PdfWriter(clone_from=path)
    change(writer)
    writer.write(path)
    return path


def stream(content: bytes) -> DecodedStreamObject:
    """Return a stream."""
    made = DecodedStreamObject()
    made.set_data(content)
    return made


def annotate(writer: pypdf.PdfWriter, kind: str, **properties: PdfObject | str) -> None:
    """Put an annotation on the page."""
    made = DictionaryObject(
        {NameObject("/Type"): NameObject("/Annot"), NameObject("/Subtype"): NameObject(f"/{kind}"),
         NameObject("/Rect"): ArrayObject([FloatObject(number) for number in (72, 500, 200, 540)])}
    )  # fmt: skip
    for name, value in properties.items():
        made[NameObject(f"/{name}")] = TextStringObject(value) if isinstance(value, str) else value
    writer.pages[0].setdefault(NameObject("/Annots"), ArrayObject()).append(writer._add_object(made))


def file_in(writer: pypdf.PdfWriter, name: str, content: bytes) -> PdfObject:
    """Return the reference to a file inside the PDF."""
    held = DictionaryObject({NameObject("/F"): writer._add_object(stream(content))})
    made = {
        "/Type": NameObject("/Filespec"),
        "/F": TextStringObject(name),
        "/UF": TextStringObject(name),
        "/EF": held,
    }
    return writer._add_object(DictionaryObject({NameObject(key): value for key, value in made.items()}))


FORM = (
    '<xdp:xdp xmlns:xdp="http://ns.adobe.com/xdp/"><template xmlns="http://www.xfa.org/schema/xfa-template/3.0/">'
    "<subform><field><caption><value><text>Name of the ward</text></value></caption></field><draw><value>"
    '<exData><body xmlns="http://www.w3.org/1999/xhtml"><p>Ask the <b>bursar</b></p></body></exData>'
    '</value></draw></subform></template><d:datasets xmlns:d="http://www.xfa.org/schema/xfa-data/1.0/"><d:data><form1>'
    "<ward>Maple</ward><empty/></form1></d:data></d:datasets></xdp:xdp>"
)


def with_form(path: Path, shown: str = "") -> ParsedDocument:
    """Read a PDF whose form is XML; `shown` is on its page."""

    def change(writer: pypdf.PdfWriter) -> None:
        form = writer._add_object(stream(FORM.encode()))
        fields = {NameObject("/Fields"): ArrayObject(), NameObject("/XFA"): form}
        writer._root_object[NameObject("/AcroForm")] = writer._add_object(DictionaryObject(fields))

    return read(changed(path, change, shown=shown), LIMITS)


def test_a_form_that_only_a_program_draws_is_read_with_its_values(tmp_path: Path) -> None:
    text = with_form(tmp_path / "a.pdf").pages[0].text
    assert text.split("\r\n\r\n")[-3:] == [
        "Name of the ward",
        "Ask the bursar",
        "ward: Maple",
    ]


def test_a_form_that_the_page_shows_as_well_is_read_once(tmp_path: Path) -> None:
    text = with_form(tmp_path / "a.pdf", "Name of the ward Maple Ask the bursar").pages[0].text
    assert text.count("Maple") == text.count("bursar") == 1


def test_a_file_that_is_pinned_to_a_page_is_a_document_once(tmp_path: Path) -> None:
    def change(writer: pypdf.PdfWriter) -> None:
        annotate(writer, "FileAttachment", FS=file_in(writer, "pin.txt", b"Pinned."), Contents="See this.")
        writer.add_attachment("pin.txt", b"Pinned.")
        writer.add_attachment("other.txt", b"Other.")

    document = read(changed(tmp_path / "a.pdf", change), LIMITS)
    assert sorted((one.name, one.content) for one in document.attachments) == [
        ("other.txt", b"Other."), ("pin.txt", b"Pinned."),
    ]  # fmt: skip
    assert "Note on a file by an unnamed person: See this." in document.pages[0].text


def test_an_empty_pinned_file_and_a_film_are_named(tmp_path: Path) -> None:
    def change(writer: pypdf.PdfWriter) -> None:
        annotate(writer, "FileAttachment", FS=file_in(writer, "pin.txt", b""))
        annotate(writer, "RichMedia")

    document = read(changed(tmp_path / "a.pdf", change), LIMITS)
    assert [(part.what, part.where) for part in document.unread] == [
        ("File 'pin.txt'", ""), ("Sound or film", "page 1"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "label"),
    [("FreeText", "Typed on the page"), ("Stamp", "Note on a stamp"), ("Redact", "Note on a redaction")],
)
def test_words_of_an_annotation_without_a_picture_are_notes(kind: str, label: str, tmp_path: Path) -> None:
    path = changed(tmp_path / "a.pdf", lambda writer: annotate(writer, kind, Contents="Not agreed", T="Ida"))
    assert read(path, LIMITS).pages[0].text.endswith(f"{label} by Ida: Not agreed")


def test_what_an_annotation_shows_on_the_page_is_read_once(tmp_path: Path) -> None:
    path = changed(
        tmp_path / "a.pdf",
        lambda writer: annotate(writer, "FreeText", Contents="Not agreed"),
        shown="Not agreed",
    )
    assert read(path, LIMITS).pages[0].text.count("Not agreed") == 1


def test_a_note_with_only_rich_text_is_read(tmp_path: Path) -> None:
    rich = '<?xml version="1.0"?><body xmlns="http://www.w3.org/1999/xhtml"><p>Hale &amp; Pell</p></body>'
    path = changed(tmp_path / "a.pdf", lambda writer: annotate(writer, "Text", RC=rich))
    assert "Note by an unnamed person: Hale & Pell" in read(path, LIMITS).pages[0].text


def test_the_places_of_earlier_notes_stay_and_the_page_can_be_drawn(tmp_path: Path) -> None:
    def change(writer: pypdf.PdfWriter) -> None:
        annotate(writer, "Stamp", Contents="Received")
        annotate(writer, "Text", Contents="Call them.")

    path = changed(tmp_path / "a.pdf", change)
    with Parser() as parser:
        text = parser.parse(path).pages[0].text
        assert text.index("Call them.") < text.index("Received")
        start = text.index("Call them.")
        assert parser.page_image(path, 1, [(start, start + 4)], width=300).png
