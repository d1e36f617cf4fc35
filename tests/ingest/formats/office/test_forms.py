"""What a Word form shows is read: ticks, choices, and letters that only a symbol font draws."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml

from ingest.formats.office.ooxml.symbols import EMPTY, TICKED, symbol, symbols
from ingest.parsed.limits import ParseLimits
from tests.first_use import FirstUse

word_format = FirstUse("ingest.formats.office.docx")
W = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
)


def form(path: Path, *fields: str) -> Path:
    """Make a Word file with one paragraph for each field, "Question n: " and the field after it."""
    document = docx.Document()
    for number, field in enumerate(fields, 1):
        paragraph = document.add_paragraph(f"Question {number}: ")
        for child in parse_xml(f"<w:p {W}>{field}</w:p>"):
            paragraph._p.append(child)
    document.save(str(path))
    return path


def old_field(data: str, shown: str = "") -> str:
    """Return an old form field with its data, and the text that the file stores for it."""
    text = f"<w:r><w:t>{shown}</w:t></w:r>" if shown else ""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{data}</w:ffData></w:fldChar></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{text}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


LIST = '<w:listEntry w:val="Fortnightly"/><w:listEntry w:val="Monthly"/>'


@pytest.mark.parametrize(
    ("field", "shown"),
    [
        (old_field('<w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox>'), TICKED),
        (old_field('<w:checkBox><w:default w:val="1"/><w:checked w:val="0"/></w:checkBox>'), EMPTY),
        (old_field('<w:checkBox><w:default w:val="1"/></w:checkBox>'), TICKED),
        (old_field(f'<w:ddList><w:result w:val="1"/>{LIST}</w:ddList>'), "Monthly"),
        (old_field(f"<w:ddList>{LIST}</w:ddList>"), "Fortnightly"),
        (old_field(f'<w:ddList><w:result w:val="1"/>{LIST}</w:ddList>', "Monthly"), "Monthly"),
        (old_field("<w:textInput/>", "Ida Crane"), "Ida Crane"),
        (
            '<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="1"/></w14:checkbox></w:sdtPr><w:sdtContent>'
            '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r></w:sdtContent></w:sdt>',
            TICKED,
        ),
        (
            '<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="0"/></w14:checkbox></w:sdtPr><w:sdtContent>'
            "<w:r><w:t>☐</w:t></w:r></w:sdtContent></w:sdt>",
            EMPTY,
        ),
        (
            "<w:sdt><w:sdtPr><w:dropDownList/></w:sdtPr><w:sdtContent><w:r><w:t>Day unit</w:t></w:r>"
            "</w:sdtContent></w:sdt>",
            "Day unit",
        ),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FD"/></w:r>', TICKED),
        ('<w:r><w:sym w:font="Wingdings 2" w:char="00A3"/></w:r>', EMPTY),
        (
            '<w:r><w:t>5 </w:t></w:r><w:r><w:rPr><w:rFonts w:ascii="Symbol"/></w:rPr><w:t>\uf06d</w:t></w:r>'
            "<w:r><w:t>g</w:t></w:r>",
            "5 μg",
        ),
    ],
)
def test_a_field_is_read_as_it_is_shown(field: str, shown: str, tmp_path: Path) -> None:
    document = word_format.read(form(tmp_path / "a.docx", field), ParseLimits())
    assert document.pages[0].text == f"Question 1: {shown}"
    assert document.unread == ()


def test_letters_of_a_symbol_font_that_are_not_known_are_named(tmp_path: Path) -> None:
    path = form(tmp_path / "a.docx", '<w:r><w:sym w:font="Webdings" w:char="F021"/></w:r>')
    (part,) = word_format.read(path, ParseLimits()).unread
    assert (part.what, part.words) == ("Letters of a symbol font", False)


def test_symbols_are_known_with_and_without_the_offset_of_their_font() -> None:
    assert symbol("Symbol", 0xF0B3) == symbol("symbol", 0xB3) == "≥"
    assert symbols("Wingdings", "\uf0fe \uf001") == (f"{TICKED} ", 1)


def test_a_header_with_a_file_number_is_read(tmp_path: Path) -> None:
    path = form(tmp_path / "a.docx", old_field("<w:textInput/>", "x"))
    document = docx.Document(str(path))
    document.sections[0].header.paragraphs[0].text = "File Q-118"
    document.save(str(path))
    assert word_format.read(path, ParseLimits()).pages[0].text.startswith("File Q-118\n")
