"""A parser that a hostile file took over can only change about the text of that file."""

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
from ingest.parsing.wire import (
    document_from_wire,
    document_to_wire,
    error_to_wire,
    image_from_wire,
    image_to_wire,
    raise_error,
)
from tests.ingest import files
from vault.errors import IncameraError, PasswordProtected
from vault.process.frames import HEADER, WireError, frame, parse_frame
from vault.records import Element, ElementKind, Page, PageName, Unread, WordBox

LIMITS = ParseLimits(characters=1000, pages=10, attachments=2, attachment_bytes=100)
DOCUMENT = ParsedDocument(
    media_type="application/pdf",
    title="A title",
    pages=(
        Page(
            1,
            "Heading\r\nwords\ufffe and 𝒳",
            (
                Element(ElementKind.HEADING, 0, 7, 1),
                Element(ElementKind.TABLE_ROW, 9, 19, 0, ((9, 14), (19, 19))),
            ),
            "Slide 1",
            name=PageName("iv", "VANE000018"),
        ),
        Page(2, ""),
        Page(3, "two words", ocr=True, words=(WordBox(0, 3, 0, 0, 10, 10), WordBox(4, 9, 12, 0, 40, 10000))),
    ),
    unreadable_pages=(2,),
    warnings=("Something was left out.",),
    attachments=(Attachment("../../etc/passwd", b"\x00\xff"),),
    unread=(
        Unread("Picture", "page 1", "It is broken."),
        Unread("Film", "", "No words.", words=False),
    ),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


def wire_document() -> dict[str, Any]:
    """Return the JSON values of DOCUMENT."""
    return parse_frame(frame(document_to_wire(DOCUMENT))[HEADER.size :])


def test_a_document_is_the_same_after_the_wire() -> None:
    assert document_from_wire(wire_document(), LIMITS) == DOCUMENT


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
        (["pages", 0, 1, 1, 4], []),
        (["pages", 0, 1, 1, 4], [[8, 14]]),
        (["pages", 0, 1, 1, 4], [[9, 20]]),
        (["pages", 0, 1, 1, 4], [[14, 9]]),
        (["pages", 0, 1, 1, 4], [[9, 14, 16]]),
        (["pages", 0, 1, 1, 4], [[9, 14]] * 1001),
        (["pages", 0, 2], "label\x1b[31m"),
        (["unreadable"], [4]),
        (["unreadable"], [2, 1]),
        (["unreadable"], [True]),
        (["warnings"], ["x"] * 1001),
        (["warnings"], "all of them"),
        (["unread"], None),
        (["unread", 0], ["Picture", "page 1", "It is broken."]),
        (["unread", 0, 0], ""),
        (["unread", 0, 1], "two\nlines"),
        (["unread", 0, 2], "x" * 501),
        (["unread", 0, 3], 1),
        (["unread"], [["Picture", "", "broken", True]] * 1001),
        (["attachments"], [["a", "eA=="]] * 3),
        (["attachments"], [["a", base64.b64encode(b"x" * 101).decode()]]),
        (["attachments"], [["a", "not base64!"]]),
        (["attachments"], [["a\nb", "eA=="]]),
    ],
)
def test_an_invalid_value_is_rejected(place: list[Any], value: Any) -> None:
    document = wire_document()
    target: Any = document
    for step in place[:-1]:
        target = target[step]
    target[place[-1]] = value
    with pytest.raises(WireError):
        document_from_wire(document, LIMITS)


@given(st.dictionaries(st.sampled_from(sorted(document_to_wire(DOCUMENT))), JSON))
def test_an_invalid_reply_always_raises_a_wire_error(value: dict[str, Any]) -> None:
    for check in (document_from_wire, image_from_wire):
        with pytest.raises(WireError):
            check(value, LIMITS)


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'"x"', b"[" * 100_000, b"\xff", b"1" * 5000])
def test_a_body_that_is_not_an_object_is_rejected(body: bytes) -> None:
    with pytest.raises(WireError):
        parse_frame(body)


def test_only_errors_from_a_fixed_list_are_raised() -> None:
    with pytest.raises(PasswordProtected, match=r"^Say it$"):
        raise_error(parse_frame(frame(error_to_wire(PasswordProtected("Say it")))[HEADER.size :]))
    with pytest.raises(PasswordProtected, match=r"^red \[31m line$"):
        raise_error({"error": ["PasswordProtected", "red \x1b[31m\nline"]})
    for kind in ("SystemExit", "VaultDamaged", ["x"], None):
        with pytest.raises(WireError):
            raise_error({"error": [kind, "x"]})


def test_paths_that_are_not_utf_8_are_sent() -> None:
    path = Path("/srv/m\udce4rz.pdf")
    assert parse_frame(frame({"path": str(path)})[HEADER.size :])["path"] == str(path)


def test_an_image_must_match_its_size_and_boxes() -> None:
    import io

    made = io.BytesIO()
    picture = files.picture()
    picture.save(made, "PNG")
    image = PageImage(made.getvalue(), *picture.size, (Box(1, 2, 30, 40),))
    wire = image_to_wire(image)
    assert image_from_wire(wire, ParseLimits()) == image
    resized = image.png[:16] + struct.pack(">II", 60_000, 60_000) + image.png[24:]
    for change in (
        {"width": 601},
        {"png": base64.b64encode(b"GIF89a" + b"x" * 60).decode()},
        {"png": base64.b64encode(resized).decode()},
        {"boxes": [[0, 0, 601, 5]]},
        {"boxes": [[9, 0, 5, 5]]},
        {"boxes": [[-1, 0, 5, 5]]},
    ):
        with pytest.raises(WireError):
            image_from_wire(wire | change, ParseLimits())


def test_the_fixed_list_has_only_our_own_errors() -> None:
    from ingest.parsing.wire import _ERRORS

    assert all(issubclass(kind, IncameraError) for kind in _ERRORS.values())
