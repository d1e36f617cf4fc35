"""OpenDocument: charts, equations, embedded files, forms, shapes, values without text are read, or named."""

from __future__ import annotations

from pathlib import Path

from ingest.formats import read
from ingest.parsed.document import ParsedDocument
from ingest.parsed.limits import ParseLimits
from tests.ingest.files import compound
from tests.ingest.formats.office.test_office_extras import notes, with_parts
from tests.ingest.other_files import open_document
from vault.records import ElementKind

LIMITS = ParseLimits()
_LINK = 'xmlns:xlink="http://www.w3.org/1999/xlink"'
_SPACE = "urn:oasis:names:tc:opendocument:xmlns:"
CHART = (
    f'<o:document-content xmlns:o="{_SPACE}office:1.0" xmlns:t="{_SPACE}text:1.0" '
    f'xmlns:c="{_SPACE}chart:1.0" '
    f'xmlns:b="{_SPACE}table:1.0"><o:body><o:chart><c:chart><c:title><t:p>Fees of both sites</t:p></c:title>'
    "<b:table><b:table-row><b:table-cell><t:p>North</t:p></b:table-cell><b:table-cell><t:p>12</t:p></b:table-cell>"
    "</b:table-row></b:table></c:chart></o:chart></o:body></o:document-content>"
)
MATH = '<math xmlns="http://www.w3.org/1998/Math/MathML"><mi>x</mi><mo>=</mo><mn>2</mn></math>'


def document(path: Path, kind: str, body: str, styles: str = "", **parts: str | bytes) -> ParsedDocument:
    """Read a file with this body and these further parts, whose names have "_" for "/" and " "."""
    open_document(path, kind, body, styles=styles)
    named = {
        name.replace("_", " ", 1).replace("_", "/").replace("/xml", ".xml"): one
        for name, one in parts.items()
    }
    return read(with_parts(path, named), LIMITS)  # type: ignore[arg-type]


def drawn(name: str, tag: str = "object") -> str:
    """Return a paragraph in which an object is drawn."""
    return f'<text:p>See <draw:frame><draw:{tag} {_LINK} xlink:href="./{name}"/></draw:frame></text:p>'


def test_charts_and_equations_are_read(tmp_path: Path) -> None:
    found = document(
        tmp_path / "a.odt", "text", drawn("Object 1") + drawn("Object 2"),
        Object_1_content_xml=CHART, Object_2_content_xml=MATH,
    )  # fmt: skip
    (page,) = found.pages
    assert "Fees of both sites" in page.text and "North | 12" in page.text
    assert notes(page) == ["Equation: x = 2"]


def test_embedded_files_are_documents_or_named(tmp_path: Path) -> None:
    body = drawn("Object 1", "object-ole") + drawn("Object 2", "object-ole")
    word = compound({"WordDocument": b"words".ljust(4096)})
    found = document(tmp_path / "a.odt", "text", body, Object_1=word, Object_2=b"unknown")
    assert [one.name for one in found.attachments] == ["embedded.doc"]
    assert [part.what for part in found.unread] == ["Embedded object"]


def test_shapes_and_descriptions_are_read(tmp_path: Path) -> None:
    body = (
        "<text:p>One<draw:custom-shape><text:p>In a shape</text:p></draw:custom-shape></text:p>"
        f'<text:p><draw:frame xmlns:svg="{_SPACE}svg-compatible:1.0"><draw:text-box><text:p>In a box</text:p>'
        "</draw:text-box><svg:desc>The scar</svg:desc></draw:frame></text:p>"
        "<text:list><text:list-item><text:p>Item<draw:rect><text:p>In a list</text:p></draw:rect></text:p>"
        "<table:table><table:table-row><table:table-cell><text:p>In a table of a list</text:p>"
        "</table:table-cell>"
        "</table:table-row></table:table></text:list-item></text:list>"
    )
    (page,) = document(tmp_path / "a.odt", "text", body).pages
    for words in ("In a shape", "In a box", "In a list", "In a table of a list"):
        assert page.text.splitlines().count(words) == 1
    assert notes(page) == ["Description of a picture: The scar"]


def test_form_fields_show_ticks_and_values(tmp_path: Path) -> None:
    fields = (
        '<form:checkbox form:label="Consent given" form:current-state="checked"/>'
        '<form:checkbox form:label="Photographs"/><form:text form:name="Ward" form:current-value="Maple"/>'
        '<form:listbox form:name="Bed"><form:option form:label="Oak"/>'
        '<form:option form:label="Elm" form:selected="true"/></form:listbox>'
    )
    forms = f'<office:forms xmlns:form="{_SPACE}form:1.0"><form:form>{fields}</form:form></office:forms>'
    body = f"{forms}<text:p>x</text:p>"
    lines = document(tmp_path / "a.odt", "text", body).pages[0].text.split("\n\n")
    assert lines[1:] == ["☒ Consent given", "☐ Photographs", "Ward: Maple", "Bed: Elm"]


def test_sheets_give_values_without_text_shapes_and_hidden_sheets(tmp_path: Path) -> None:
    cells = (
        '<table:table-cell office:string-value="North"/><table:table-cell office:value="40.5"/>'
        '<table:table-cell office:value="12"><text:p>£12</text:p></table:table-cell>'
    )
    body = (
        '<style:style style:name="h"><style:table-properties table:display="false"/></style:style>'
        "<table:table table:name='Fees'><table:shapes><draw:frame><draw:text-box><text:p>Agreed</text:p>"
        f"</draw:text-box></draw:frame></table:shapes><table:table-row>{cells}</table:table-row></table:table>"
        "<table:table table:name='Old' table:style-name='h'><table:table-row><table:table-cell>"
        "<text:p>Gone</text:p></table:table-cell></table:table-row></table:table>"
    )
    found = document(tmp_path / "a.ods", "spreadsheet", body)
    assert [page.text for page in found.pages] == ["North | 40.5 | £12\n\nAgreed", "Gone"]
    assert found.warnings == ("Hidden sheets were read too: Old.",)


def test_words_of_the_master_and_footers_of_slides_are_read_once(tmp_path: Path) -> None:
    master = (
        "<style:master-page><draw:frame><draw:text-box><text:p>Privileged</text:p></draw:text-box></draw:frame>"
        '<draw:frame presentation:class="title"><draw:text-box><text:p>Click to add a title</text:p>'
        "</draw:text-box></draw:frame></style:master-page>"
    )
    box = "<draw:text-box><text:p>Two patients.</text:p></draw:text-box>"
    slide = f"<draw:page><draw:frame>{box}</draw:frame></draw:page>"
    footer = '<presentation:footer-decl presentation:name="f">Ward 7</presentation:footer-decl>'
    first, last = document(tmp_path / "a.odp", "presentation", footer + 2 * slide, master).pages
    assert first.text == "Two patients."
    assert [last.text[e.start : e.end] for e in last.elements if e.kind is ElementKind.PAGE_FOOTER] == [
        "Ward 7", "Privileged",
    ]  # fmt: skip
