"""A parser that was taken over can lie about the text of its file, and do nothing else."""

from __future__ import annotations

import base64
import struct
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.parsed.document import Attachment, ParsedDocument
from ingest.parsed.limits import ParseLimits
from ingest.parsed.page_image import Box, PageImage
from ingest.parsing.frames import HEADER, WireError, frame, parse
from ingest.parsing.wire import (
    error_to_wire,
    image_from_wire,
    image_to_wire,
    raise_error,
    reading_from_wire,
    reading_to_wire,
)
from tests.ingest import files
from vault.errors import IncameraError, PasswordProtected
from vault.records import Element, ElementKind, Page, WordBox

LIMITS = ParseLimits(characters=1000, pages=10, attachments=2, attachment_bytes=100)
READING = ParsedDocument(
    media_type="application/pdf",
    title="A title",
    pages=(
        Page(1, "Heading\r\nwords\ufffe and 𝒳", (Element(ElementKind.HEADING, 0, 7, 1),), "Slide 1"),
        Page(2, ""),
        Page(3, "two words", ocr=True, words=(WordBox(0, 3, 0, 0, 10, 10), WordBox(4, 9, 12, 0, 40, 10000))),
    ),
    unreadable_pages=(2,),
    warnings=("Something was left out.",),
    attachments=(Attachment("../../etc/passwd", b"\x00\xff"),),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


def wired() -> dict[str, Any]:
    return parse(frame(reading_to_wire(READING))[HEADER.size :])


def test_a_reading_survives_the_journey() -> None:
    assert reading_from_wire(wired(), LIMITS) == READING


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (["media_type"], "text/x-evil"),
        (["media_type"], None),
        (["title"], "two\nlines"),
        (["title"], "x" * 501),
        (["pages"], []),
        (["pages"], [["", [], "", False, []]] * 11),
        (["pages", 2, 3], 1),
        (["pages", 2, 4], [[0, 3, 0, 0, 10]]),
        (["pages", 2, 4], [[0, 10, 0, 0, 10, 10]]),
        (["pages", 2, 4], [[0, 3, 0, 0, 10001, 10]]),
        (["pages", 2, 4], [[0, 3, 9, 0, 8, 10]]),
        (["pages", 2, 4], [[4, 9, 0, 0, 1, 1], [0, 3, 0, 0, 1, 1]]),
        (["pages", 2, 4], [[0, 3, 0, True, 10, 10]]),
        (["pages", 0], ["text", []]),
        (["pages", 0, 0], "x" * 1001),
        (["pages", 0, 0], "nul\x00"),
        (["pages", 0, 0], "half \ud800"),
        (["pages", 0, 0], 5),
        (["pages", 0, 1], [["heading", 0, 999, 1]]),
        (["pages", 0, 1], [["heading", -1, 3, 1]]),
        (["pages", 0, 1], [["heading", 3, 3, 1]]),
        (["pages", 0, 1], [["heading", 4, 6, 1], ["paragraph", 5, 7, 0]]),
        (["pages", 0, 1], [["script", 0, 3, 0]]),
        (["pages", 0, 1], [["heading", True, 3, 1]]),
        (["pages", 0, 1], [["heading", 0.0, 3, 1]]),
        (["pages", 0, 1], [["heading", 0, 3, 10]]),
        (["pages", 0, 1], [[["heading"], 0, 3, 1]]),
        (["pages", 0, 1], [["paragraph", 0, 1, 0]] * 99),
        (["pages", 0, 2], "label\x1b[31m"),
        (["unreadable"], [4]),
        (["unreadable"], [2, 1]),
        (["unreadable"], [True]),
        (["warnings"], ["x"] * 1001),
        (["warnings"], "all of them"),
        (["attachments"], [["a", "eA=="]] * 3),
        (["attachments"], [["a", base64.b64encode(b"x" * 101).decode()]]),
        (["attachments"], [["a", "not base64!"]]),
        (["attachments"], [["a\nb", "eA=="]]),
    ],
)
def test_a_lie_about_the_shape_is_noticed(place: list[Any], value: Any) -> None:
    reading = wired()
    target: Any = reading
    for step in place[:-1]:
        target = target[step]
    target[place[-1]] = value
    with pytest.raises(WireError):
        reading_from_wire(reading, LIMITS)


@given(st.dictionaries(st.sampled_from(sorted(reading_to_wire(READING))), JSON))
def test_no_answer_raises_anything_but_a_wire_error(value: dict[str, Any]) -> None:
    for check in (reading_from_wire, image_from_wire):
        with pytest.raises(WireError):
            check(value, LIMITS)


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'"x"', b"[" * 100_000, b"\xff", b"1" * 5000])
def test_what_is_not_an_object_is_noticed(body: bytes) -> None:
    with pytest.raises(WireError):
        parse(body)


def test_errors_cross_by_name_from_a_closed_list() -> None:
    with pytest.raises(PasswordProtected, match=r"^Say it$"):
        raise_error(parse(frame(error_to_wire(PasswordProtected("Say it")))[HEADER.size :]))
    with pytest.raises(PasswordProtected, match=r"^red \[31m line$"):
        raise_error({"error": ["PasswordProtected", "red \x1b[31m\nline"]})
    for kind in ("SystemExit", "VaultDamaged", ["x"], None):
        with pytest.raises(WireError):
            raise_error({"error": [kind, "x"]})


def test_paths_that_are_not_utf_8_cross() -> None:
    path = Path("/srv/m\udce4rz.pdf")
    assert parse(frame({"path": str(path)})[HEADER.size :])["path"] == str(path)


def test_an_image_must_be_the_picture_it_says() -> None:
    import io

    made = io.BytesIO()
    files.picture().save(made, "PNG")
    image = PageImage(made.getvalue(), 600, 800, (Box(1, 2, 30, 40),))
    wire = image_to_wire(image)
    assert image_from_wire(wire, ParseLimits()) == image
    resized = image.png[:16] + struct.pack(">II", 60_000, 60_000) + image.png[24:]
    for lie in (
        {"width": 601},
        {"png": base64.b64encode(b"GIF89a" + b"x" * 60).decode()},
        {"png": base64.b64encode(resized).decode()},
        {"boxes": [[0, 0, 601, 5]]},
        {"boxes": [[9, 0, 5, 5]]},
        {"boxes": [[-1, 0, 5, 5]]},
    ):
        with pytest.raises(WireError):
            image_from_wire(wire | lie, ParseLimits())


def test_errors_that_cross_are_all_raised_on_purpose() -> None:
    from ingest.parsing.wire import _ERRORS

    assert all(issubclass(kind, IncameraError) for kind in _ERRORS.values())
