"""Words of pictures are read wherever a picture stands; logos leave nothing behind, broken ones are named."""

from __future__ import annotations

import base64
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pptx
import pytest
from openpyxl.drawing.image import Image as SheetImage
from PIL import Image, ImageDraw

from ingest.formats import read
from ingest.formats.pictures.words import PictureWords
from ingest.formats.structure.compose import PageComposer
from ingest.parsed.limits import ParseLimits
from tests.ingest import other_files
from tests.ingest.other_files import open_document

LIMITS = ParseLimits()
SLIP = "Ferritin 212"


def png(image: Image.Image) -> bytes:
    """Return the image as a PNG file."""
    stream = io.BytesIO()
    image.save(stream, "PNG")
    return stream.getvalue()


@pytest.fixture(scope="module")
def slip() -> bytes:
    """A square of 240 pixels with one line of words: a strip would be enlarged to four times that."""
    return png(other_files.page_picture(SLIP).crop((80, 40, 320, 280)))


def word(path: Path, picture: bytes) -> Path:
    document = docx.Document()
    document.add_paragraph("See below.")
    document.add_picture(io.BytesIO(picture))
    document.save(str(path))
    return path


def slides(path: Path, picture: bytes) -> Path:
    presentation = pptx.Presentation()
    for _ in range(2):
        slide = presentation.slides.add_slide(presentation.slide_layouts[6])
        slide.shapes.add_picture(io.BytesIO(picture), 0, 0)
    presentation.save(str(path))
    return path


def workbook(path: Path, picture: bytes) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = "See the picture."
    sheet.add_image(SheetImage(io.BytesIO(picture)), "B2")
    book.save(path)
    return path


def web_page(path: Path, picture: bytes) -> Path:
    source = base64.b64encode(picture).decode()
    path.write_text(f'<html><body><p>See.</p><img src="data:image/png;base64,{source}"></body></html>')
    return path


def message(path: Path, picture: bytes) -> Path:
    source = base64.b64encode(picture).decode()
    path.write_text(
        "From: a@b.example\nMIME-Version: 1.0\nContent-Type: text/html\n\n"
        f'<p>See.</p><img src="data:image/png;base64,{source}">'
    )
    return path


def open_text(path: Path, picture: bytes) -> Path:
    link = 'xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="Pictures/a.png"'
    body = f"<text:p>See.</text:p><text:p><draw:frame><draw:image {link}/></draw:frame></text:p>"
    made = open_document(path, "text", body)
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr("Pictures/a.png", picture)
    return made


def book(path: Path, picture: bytes) -> Path:
    with zipfile.ZipFile(other_files.epub(path)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members["OPS/one.xhtml"] = b"<html><body><h1>One</h1><p>See.</p><img src='a%20b.png'/></body></html>"
    return other_files.zipped(path, members | {"OPS/a b.png": picture})


MAKERS = {
    "docx": word, "pptx": slides, "xlsx": workbook, "html": web_page, "eml": message, "odt": open_text,
    "epub": book,
}  # fmt: skip


@pytest.mark.parametrize("kind", MAKERS)
def test_the_words_of_a_picture_are_on_its_page_once(kind: str, slip: bytes, tmp_path: Path) -> None:
    document = read(MAKERS[kind](tmp_path / f"a.{kind}", slip), LIMITS, f"a.{kind}")
    assert [page.text.count(SLIP) for page in document.pages] == [1, 0][: len(document.pages)]
    assert document.unread == ()


@pytest.mark.parametrize("kind", MAKERS)
def test_a_picture_that_cannot_be_opened_is_named(kind: str, slip: bytes, tmp_path: Path) -> None:
    make: Callable[[Path, bytes], Path] = MAKERS[kind]
    if kind in ("docx", "pptx", "xlsx"):  # their libraries look into a picture before they take it
        path = make(tmp_path / f"b.{kind}", slip)
        with zipfile.ZipFile(path) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
        members |= {name: content[:90] for name, content in members.items() if name.endswith(".png")}
        path = other_files.zipped(tmp_path / f"a.{kind}", members)
    else:
        path = make(tmp_path / f"a.{kind}", slip[:90])
    (part,) = read(path, LIMITS, f"a.{kind}").unread
    assert (part.what, part.why, part.words) == ("Picture", "It is cut off or broken.", True)


@pytest.mark.parametrize(
    "image",
    [
        Image.new("RGB", (600, 400), "navy"),
        Image.new("L", (16, 400), "white"),
        Image.radial_gradient("L").resize((240, 240)),
    ],
    ids=["plain", "narrow", "shaded"],
)
def test_pictures_without_words_leave_nothing_behind(image: Image.Image) -> None:
    composer, pictures = PageComposer(LIMITS), PictureWords(LIMITS)
    pictures.add(composer, png(image))
    assert (composer.page(1).text, pictures.unread) == ("", [])


def test_pictures_past_the_limit_and_drawings_of_windows_are_named(slip: bytes) -> None:
    composer, pictures = PageComposer(LIMITS), PictureWords(ParseLimits(ocr_pages=1, image_pixels=200_000))
    pictures.add(composer, slip, "slide 1")
    pictures.add(composer, slip, "slide 2")
    other = Image.new("RGB", (400, 200), "white")
    ImageDraw.Draw(other).text((20, 20), "More", fill="black")
    pictures.add(composer, png(other), "slide 3")
    pictures.add(composer, b"\x01\x00\x00\x00" + bytes(36) + b" EMF" + bytes(60), "slide 4")
    pictures.add(composer, png(Image.new("RGB", (900, 900))), "slide 5")
    assert [(part.where, part.why.split()[0]) for part in pictures.unread] == [
        ("slide 3", "Words"), ("slide 4", "It"), ("slide 5", "It"),
    ]  # fmt: skip
    assert "EMF" in pictures.unread[1].why and "900 x 900" in pictures.unread[2].why
