"""Words on pictures are recognised in any orientation with their places; illegible pages are reported."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from bench.ocr import measure, word_accuracy
from ingest import formats
from ingest.formats.ocr.recognise import Recognised, recognise
from ingest.formats.picture import page_picture, read
from ingest.parsed.limits import ParseLimits
from ingest.parsing.parser import Parser
from tests.ingest import files, other_files
from vault.errors import DocumentNotFound, TooLarge
from vault.records import BOX_UNIT, ElementKind

LIMITS = ParseLimits()
LETTER = "Dear colleague,\nThank you for seeing him\nafter his first seizure today."


def letter() -> Image.Image:
    """Draw the letter on a small square: empty paper takes as long to look at as words do."""
    return other_files.page_picture(LETTER, size=(740, 740))


@pytest.fixture(scope="module")
def straight() -> Recognised:
    """The result for the letter when it is upright."""
    return recognise(letter())


def test_a_page_is_read_with_its_words_in_their_places(straight: Recognised) -> None:
    picture, found = letter(), straight
    assert found.legible
    assert found.text.split() == LETTER.split()
    (word,) = [w for w in found.words if found.text[w.start : w.end] == "seizure"]
    place = (word.left, word.top, word.right, word.bottom)
    edges = [edge * side // BOX_UNIT for edge, side in zip(place, picture.size * 2, strict=True)]
    ink = ImageChops.invert(picture.convert("L")).crop(tuple(edges)).getbbox()  # type: ignore[arg-type]
    assert ink is not None and ink[2] - ink[0] > 0.8 * (edges[2] - edges[0])


@pytest.mark.slow
@pytest.mark.parametrize("angle", [90, 180, 270])
def test_a_turned_page_is_recognised_and_its_boxes_are_turned_back(angle: int, straight: Recognised) -> None:
    turned = recognise(letter().rotate(angle, expand=True))
    assert turned.text.split() == LETTER.split()
    a, b = straight.words[0], turned.words[0]
    centre = ((a.left + a.right) / 2, (a.top + a.bottom) / 2)
    expected = {
        90: (centre[1], BOX_UNIT - centre[0]),
        180: (BOX_UNIT - centre[0], BOX_UNIT - centre[1]),
        270: (BOX_UNIT - centre[1], centre[0]),
    }[angle]
    assert abs((b.left + b.right) / 2 - expected[0]) < 120
    assert abs((b.top + b.bottom) / 2 - expected[1]) < 120


def test_columns_are_read_one_after_the_other() -> None:
    page = Image.new("RGB", (1000, 740), "white")
    for column, name in ((0, "left"), (460, "right")):
        lines = "\n".join(f"The {name} column, line {n}" for n in range(1, 7))
        page.paste(other_files.page_picture(lines, size=(450, 500)), (column, 0))
    words = recognise(page).text.split()
    assert words.index("right") > len(words) - words[::-1].index("left") - 1


def test_rows_of_a_table_keep_their_cells() -> None:
    page = Image.new("RGB", (900, 740), "white")
    for column, cells in ((0, "Test\nSodium\nPotassium"), (450, "Result\n140\n5.9")):
        page.paste(other_files.page_picture(cells, size=(400, 400)), (column, 0))
    found = recognise(page)
    rows = [(e.kind, found.text[e.start : e.end]) for e in found.elements]
    assert rows == [
        (ElementKind.TABLE_HEADER, "Test | Result"),
        (ElementKind.TABLE_ROW, "Sodium | 140"),
        (ElementKind.TABLE_ROW, "Potassium | 5.9"),
    ]


@pytest.mark.slow
def test_a_picture_file_has_a_page_for_each_frame_and_lists_illegible_ones(tmp_path: Path) -> None:
    noise = Image.effect_noise((300, 300), 120)
    frames = [
        other_files.page_picture("First page", size=(300, 300)),
        Image.new("RGB", (300, 300), "white"),
        noise,
    ]
    frames[0].save(tmp_path / "a.tiff", save_all=True, append_images=frames[1:])
    document = read(tmp_path / "a.tiff", LIMITS)
    assert [page.text for page in document.pages] == ["First page", "", ""]
    assert document.unreadable_pages == (3,)
    assert document.warnings == ("Pages without legible words: 3.",)


def test_a_picture_with_too_many_pixels_is_refused(tmp_path: Path) -> None:
    Image.new("1", (3000, 3000)).save(tmp_path / "a.png")
    with pytest.raises(TooLarge, match="3,000 x 3,000"):
        read(tmp_path / "a.png", ParseLimits(image_pixels=1_000_000))


@pytest.mark.slow
def test_a_citation_on_a_scan_is_highlighted_at_its_words(tmp_path: Path) -> None:
    letter().save(tmp_path / "a.png")
    path = files.scanned_pdf(tmp_path / "b.pdf")
    with Parser() as parser:
        for file, words in ((tmp_path / "a.png", "first seizure"), (path, "scanned letter")):
            page = formats.read(file, LIMITS).pages[0]
            start = page.text.index(words)
            image = parser.page_image(file, 1, [(start, start + len(words))], width=900, words=page.words)
            assert len(image.boxes) == 1
            picture = Image.open(io.BytesIO(image.png)).convert("RGB")
            red, _, blue = picture.split()
            yellow = ImageChops.subtract(red, blue).point(lambda value: 255 if value > 100 else 0).getbbox()
            box = image.boxes[0]
            assert yellow == (box.left, box.top, box.right, box.bottom)
            assert box.right - box.left > 2 * (box.bottom - box.top)
        with pytest.raises(DocumentNotFound, match="no recognised word"):
            parser.page_image(path, 1, [(5000, 5001)], width=900, words=page.words)


def test_word_accuracy_counts_the_true_words_that_were_read() -> None:
    assert word_accuracy("one two three two", "one too three two") == 0.75
    assert word_accuracy("one two", "one two three") == 1.0


@pytest.mark.long
def test_pages_drawn_from_a_text_pdf_are_read_with_few_errors(tmp_path: Path) -> None:
    path = files.pdf(tmp_path / "a.pdf", running=False)
    for angle in (0, 90):
        assert measure([(path, 1)], angle) >= 0.97


@pytest.mark.slow
def test_a_webp_picture_is_recognised_as_others_are(tmp_path: Path) -> None:
    path = tmp_path / "letter.webp"
    drawn = letter()
    drawn.save(path, lossless=True)
    document = read(path, LIMITS)
    assert document.media_type == "image/webp"
    assert document.pages[0].text.split() == LETTER.split()
    assert page_picture(path, 1, 620, LIMITS).size == (620, round(620 * drawn.height / drawn.width))
