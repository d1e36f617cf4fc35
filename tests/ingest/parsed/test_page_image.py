"""A page image highlights the requested words, also on turned and cropped pages."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pdfplumber
import pypdfium2
import pytest
from PIL import Image, ImageChops

from ingest.parsed.limits import ParseLimits
from ingest.parsed.page_image import Box, PageImage
from ingest.parsing.parser import Parser
from tests.ingest import files
from vault.errors import DocumentNotFound, TooLarge

WIDTH = 900
WORDS = ("Termination", "anniversary.", "Contoso", "samples")


@pytest.fixture(scope="module")
def parser() -> Iterator[Parser]:
    """A parser for the tests of this file."""
    with Parser(ParseLimits()) as parser:
        yield parser


def image_of(parser: Parser, path: Path, words: str, page: int = 1) -> PageImage:
    """Draw a page with these words highlighted."""
    text = parser.parse(path).pages[page - 1].text
    start = text.index(words)
    return parser.page_image(path, page, [(start, start + len(words))], width=WIDTH)


def expected(path: Path, word: str) -> tuple[float, float, float, float]:
    """Return the box of a word according to pdfplumber, in pixels of an image of the page."""
    with pdfplumber.open(path) as document:
        page = document.pages[0]
        left, top, right, _ = (float(edge) for edge in page.cropbox)
        scale = WIDTH / (right - left)
        found = next(w for w in page.extract_words() if w["text"] == word)
        edges = (found["x0"] - left, found["top"] - top, found["x1"] - left, found["bottom"] - top)
        return tuple(float(edge) * scale for edge in edges)  # type: ignore[return-value]


def assert_close(box: Box, edges: tuple[float, float, float, float]) -> None:
    """Check that the sides agree within 3 pixels, and that top and bottom are within the line."""
    assert abs(box.left - edges[0]) <= 3 and abs(box.right - edges[2]) <= 3
    assert edges[1] - 3 <= box.top <= box.bottom <= edges[3] + 3


@pytest.mark.parametrize("word", WORDS)
def test_boxes_are_where_another_library_finds_the_word(parser: Parser, tmp_path: Path, word: str) -> None:
    path = files.pdf(tmp_path / "a.pdf")
    image = image_of(parser, path, word)
    assert len(image.boxes) == 1
    assert_close(image.boxes[0], expected(path, word))


def test_boxes_follow_a_crop_box(parser: Parser, tmp_path: Path) -> None:
    path, cropped = files.pdf(tmp_path / "a.pdf"), tmp_path / "b.pdf"
    document = pypdfium2.PdfDocument(path)
    document[0].set_cropbox(40, 200, 500, 800)
    document.save(cropped)
    assert_close(image_of(parser, cropped, "Termination").boxes[0], expected(cropped, "Termination"))


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_boxes_follow_the_rotation_of_the_page(parser: Parser, tmp_path: Path, angle: int) -> None:
    path, turned = files.pdf(tmp_path / "a.pdf"), tmp_path / "b.pdf"
    document = pypdfium2.PdfDocument(path)
    document[0].set_rotation(angle)
    document.save(turned)
    image = image_of(parser, turned, "Supply Agreement")
    upright = image_of(parser, path, "Supply Agreement")
    straight = Image.open(io.BytesIO(upright.png)).rotate(-angle, expand=True)
    scale = image.width / straight.width
    yellow = highlight(straight)
    assert yellow is not None
    box = image.boxes[0]
    for edge, place in zip((box.left, box.top, box.right, box.bottom), yellow, strict=True):
        assert abs(edge - place * scale) <= 4


def highlight(image: Image.Image) -> tuple[int, int, int, int] | None:
    """Return the box of the yellow part."""
    red, _, blue = image.convert("RGB").split()
    return ImageChops.subtract(red, blue).point(lambda value: 255 if value > 100 else 0).getbbox()


def test_the_words_stay_legible_under_the_highlight(parser: Parser, tmp_path: Path) -> None:
    image = image_of(parser, files.pdf(tmp_path / "a.pdf"), "Supply Agreement")
    picture = Image.open(io.BytesIO(image.png)).convert("RGB")
    assert picture.size == (image.width, image.height)
    box = image.boxes[0]
    inside = picture.crop((box.left, box.top, box.right, box.bottom))
    assert min(inside.convert("L").tobytes()) < 60
    assert highlight(picture) == (box.left, box.top, box.right, box.bottom)


def test_a_span_over_lines_has_a_box_for_each(parser: Parser, tmp_path: Path) -> None:
    words = "written notice\r\nto the other party"
    boxes = image_of(parser, files.pdf(tmp_path / "a.pdf"), words).boxes
    assert len(boxes) == 2
    assert boxes[0].bottom <= boxes[1].top + 3


def test_text_typed_into_a_form_has_a_box(parser: Parser, tmp_path: Path) -> None:
    """The text typed into a form field is part of the page text and has a box."""
    path = files.form_pdf(tmp_path / "a.pdf", "Penicillin allergy")
    (box,) = image_of(parser, path, "Penicillin").boxes
    assert 60 / 595 * WIDTH - 3 <= box.left <= 80 / 595 * WIDTH


def test_pages_and_spans_that_do_not_exist_are_refused(parser: Parser, tmp_path: Path) -> None:
    path = files.pdf(tmp_path / "a.pdf")
    with pytest.raises(DocumentNotFound, match="pages are 1 to 3"):
        parser.page_image(path, 4, [], width=WIDTH)
    for span in ((0, 10_000), (5, 5), (-1, 3)):
        with pytest.raises(DocumentNotFound, match="no place"):
            parser.page_image(path, 1, [span], width=WIDTH)
    with pytest.raises(TooLarge, match="pixels"):
        parser.page_image(path, 1, [], width=100_000)
    assert parser.page_image(path, 1, [], width=WIDTH).boxes == ()
