"""Text layers that lie, and pictures with words beside text."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from ingest.formats.pdf import pdf
from ingest.formats.pdf.lines import PageLines
from ingest.formats.pdf.pictures import PagePicture, pictures_beside_text
from ingest.parsed.document import ParsedDocument
from ingest.parsed.limits import ParseLimits
from ingest.parsing.wire import document_from_wire, document_to_wire
from vault.records import BOX_UNIT, ElementKind

LIMITS = ParseLimits()
LETTER = (
    "The county hospital writes to the widow of the late",
    "ferryman. He was brought in on 8 October with a broken",
    "hip and was operated on the same night by the surgeon",
    "on duty. The bill of 640 crowns is paid by the guild.",
)
SLIP = ("Weighbridge ticket", "Net weight 7,480 kilograms", "Driver Ansel Brook")
SMALL = (360.0, 300.0)
"""Points of a page on which the letter fits. To recognise the words of an A4 page takes twice as long."""
SCAN = (900, 750)
"""Pixels of a picture of that page."""


def read(path: Path) -> ParsedDocument:
    """Read a file as its owner gets it from the parser."""
    return document_from_wire(document_to_wire(pdf.read(path, LIMITS)), LIMITS)


def drawing(lines: tuple[str, ...], size: tuple[int, int], letters: int = 30) -> Image.Image:
    """Draw lines of text in black on white."""
    image = Image.new("RGB", size, "white")
    draw, font = ImageDraw.Draw(image), ImageFont.load_default(letters)
    for number, line in enumerate(lines):
        draw.text((40, 40 + number * letters * 1.6), line, fill="black", font=font)
    return image


def with_lines(canvas: Canvas, lines: tuple[str, ...], top: float = 760, *, invisible: bool = False) -> None:
    """Write lines at the top of a page, which is at `top`."""
    text = canvas.beginText(30, top)
    text.setFont("Helvetica", 12)
    text.setTextRenderMode(3 if invisible else 0)
    for line in lines:
        text.textLine(line)
    canvas.drawText(text)


def scan_with_layer(path: Path, layer: tuple[str, ...]) -> Path:
    """Make a scan of the letter with an invisible text layer."""
    canvas = Canvas(str(path), SMALL)
    canvas.drawImage(ImageReader(drawing(LETTER, SCAN)), 0, 0, *SMALL)
    with_lines(canvas, layer, 270, invisible=True)
    canvas.save()
    return path


def letter_with_wrong_letters(path: Path) -> Path:
    """Make a page that shows the letter, but whose table of letters names other ones."""
    canvas = Canvas(str(path), SMALL, pageCompression=0)
    with_lines(canvas, LETTER, 270)
    canvas.save()
    ranges = b"1 begincodespacerange <20> <7E> endcodespacerange 1 beginbfrange <21> <7D> <0026> endbfrange"
    table = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /T def /CMapType 2 def "
        + ranges
        + b" endcmap end end"
    )
    content = path.read_bytes()
    body, trailer = content[: content.rindex(b"\nxref\n") + 1], content[content.rindex(b"trailer") :]
    number = content.count(b" 0 obj") + 1
    body = re.sub(rb"/Subtype /Type1", b"/Subtype /Type1 /ToUnicode %d 0 R" % number, body, count=1)
    body += b"%d 0 obj\n<< /Length %d >>\nstream\n%s\nendstream\nendobj\n" % (number, len(table), table)
    root = re.search(rb"/Root (\d+) 0 R", trailer)
    assert root is not None
    # Without a table of objects: readers make it anew.
    path.write_bytes(body + b"trailer\n<< /Root %s 0 R >>\n%%%%EOF\n" % root.group(1))
    return path


def test_a_page_whose_letters_are_named_wrongly_is_recognised(tmp_path: Path) -> None:
    document = read(letter_with_wrong_letters(tmp_path / "a.pdf"))
    (page,) = document.pages
    assert page.ocr and page.words
    assert "8 October" in page.text and "640 crowns" in page.text
    assert any("recognised anew" in warning and "page 1" in warning for warning in document.warnings)


def test_a_bad_recognition_under_a_scan_is_replaced_by_a_better_one(tmp_path: Path) -> None:
    table = str.maketrans({"o": "0", "l": "1", "t": "+", "s": "5", "u": "v", "w": "vv"})
    document = read(scan_with_layer(tmp_path / "a.pdf", tuple(line.translate(table) for line in LETTER)))
    (page,) = document.pages
    assert page.ocr and "the bill of 640 crowns" in page.text.lower()
    assert document.warnings


def test_a_good_text_layer_of_a_scan_stays(tmp_path: Path) -> None:
    document = read(scan_with_layer(tmp_path / "a.pdf", LETTER))
    (page,) = document.pages
    assert not page.ocr and not page.words and not document.warnings
    assert page.text.split() == " ".join(LETTER).split()


def letter_with_picture(path: Path, picture: Image.Image, width: float, pages: int = 1) -> Path:
    """Make the letter with a picture below it, on each of its pages."""
    canvas = Canvas(str(path), A4)
    for _ in range(pages):
        with_lines(canvas, LETTER)
        height = width * picture.height / picture.width
        canvas.drawImage(ImageReader(picture), 120, 300, width, height)
        canvas.showPage()
    canvas.save()
    return path


def test_the_words_of_a_picture_are_at_the_end_of_its_page_with_their_places(tmp_path: Path) -> None:
    document = read(letter_with_picture(tmp_path / "a.pdf", drawing(SLIP, (600, 500), 36), 240))
    (page,) = document.pages
    assert not page.ocr and not document.unreadable_pages
    assert page.text.split()[: len(" ".join(LETTER).split())] == " ".join(LETTER).split()
    assert "7,480 kilograms" in page.text
    assert any("7,480" in page.text[e.start : e.end] for e in page.elements)
    assert all(e.kind is not ElementKind.HEADING for e in page.elements if e.start > page.text.index("640"))
    weight = next(w for w in page.words if "7,480" in page.text[w.start : w.end])
    assert 120 / A4[0] * BOX_UNIT < weight.left < weight.right < 360 / A4[0] * BOX_UNIT
    assert (1 - 500 / A4[1]) * BOX_UNIT < weight.top < weight.bottom < (1 - 400 / A4[1]) * BOX_UNIT
    surgeon = next(w for w in page.words if page.text[w.start : w.end] == "surgeon")
    assert surgeon.bottom < 2_000


def test_the_same_picture_is_read_once(tmp_path: Path) -> None:
    document = read(letter_with_picture(tmp_path / "a.pdf", drawing(SLIP, (600, 500), 36), 240, pages=3))
    assert ["Weighbridge" in page.text for page in document.pages] == [True, False, False]


def test_photographs_and_logos_change_nothing(tmp_path: Path) -> None:
    noise = Image.effect_noise((400, 360), 60).convert("RGB")
    for name, picture, width in (("photo", noise, 240.0), ("logo", drawing(("ACME",), (200, 100)), 90.0)):
        document = read(letter_with_picture(tmp_path / f"{name}.pdf", picture, width))
        (page,) = document.pages
        assert page.text.split() == " ".join(LETTER).split()
        assert not document.unreadable_pages and not document.warnings


def test_the_strips_of_a_picture_are_one(tmp_path: Path) -> None:
    layout = PageLines(600.0, 800.0, [])
    strips = [(100.0, 100.0 + 20 * n, 400.0, 120.0 + 20 * n) for n in range(8)]
    assert pictures_beside_text(3, strips, layout) == [PagePicture(3, (100.0, 100.0, 400.0, 260.0))]
    assert pictures_beside_text(3, [(0.0, 0.0, 20.0, 700.0)], layout) == []


@pytest.mark.slow
@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_scan_that_lies_on_its_side_is_read_whole(tmp_path: Path, degrees: int) -> None:
    turned = drawing(LETTER, SCAN).rotate(degrees, expand=True)
    buffer = io.BytesIO()
    turned.save(buffer, "PNG")
    size = SMALL if degrees == 180 else SMALL[::-1]
    canvas = Canvas(str(tmp_path / "a.pdf"), size)
    canvas.drawImage(ImageReader(buffer), 0, 0, *size)
    canvas.save()
    (page,) = read(tmp_path / "a.pdf").pages
    assert page.text.split() == " ".join(LETTER).split()
    first = page.words[0]
    centre = (first.left + first.right) / 2, (first.top + first.bottom) / 2
    upright = 70 / SCAN[0] * BOX_UNIT, 55 / SCAN[1] * BOX_UNIT
    wanted = {
        90: (upright[1], BOX_UNIT - upright[0]),
        180: (BOX_UNIT - upright[0], BOX_UNIT - upright[1]),
        270: (BOX_UNIT - upright[1], upright[0]),
    }[degrees]
    assert centre == pytest.approx(wanted, abs=300)
