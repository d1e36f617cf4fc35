"""Pictures of phones (HEIC) are recognised, as files and where they are attached."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from ingest.formats import read
from ingest.parsed.limits import ParseLimits
from ingest.parsing.parser import Parser
from tests.ingest import files, other_files

SLIP = Path(__file__).with_name("slip.heic")
"""320 x 96 pixels with the words "Ferritin 212". The library of the parser reads this format and cannot write
it, so the file is kept here."""


@pytest.mark.slow
def test_a_heic_picture_is_recognised_in_the_sandbox_and_drawn(tmp_path: Path) -> None:
    with Parser() as parser:
        document = parser.parse(SLIP)
        image = parser.page_image(SLIP, 1, [], width=100, words=document.pages[0].words)
    assert document.media_type == "image/heic"
    assert "Ferritin 212" in document.pages[0].text
    assert Image.open(io.BytesIO(image.png)).width == 100


@pytest.mark.slow
def test_a_heic_picture_in_a_message_becomes_a_document_of_its_own(tmp_path: Path) -> None:
    path = files.message(tmp_path / "a.eml", attachment=("IMG_1.HEIC", SLIP.read_bytes()))
    (attachment,) = read(path, ParseLimits()).attachments
    inside = tmp_path / attachment.name
    inside.write_bytes(attachment.content)
    assert "Ferritin" in read(inside, ParseLimits()).pages[0].text


def test_an_avif_picture_is_recognised_too(tmp_path: Path) -> None:
    path = tmp_path / "a.avif"
    other_files.page_picture("Ferritin 212").crop((80, 40, 320, 280)).save(path, "AVIF")
    assert "Ferritin 212" in read(path, ParseLimits()).pages[0].text
