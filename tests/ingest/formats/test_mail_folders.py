"""Mail folders of Outlook (.pst): every message with its files; what the library does not open is named."""

from __future__ import annotations

import email
import struct
from pathlib import Path

import pytest

from ingest.formats import read
from ingest.parsed.limits import ParseLimits
from ingest.parsing.parser import Parser
from tests.ingest.outlook_folders import Attached, Letter, pst
from vault.errors import DamagedFile, NoText

SENT = struct.pack("<Q", 133540182000000000)
"""4 March 2024, 09:30, in steps of 100 nanoseconds since 1601."""


def folders(path: Path) -> Path:
    """Make two folders with three messages."""
    roof = Letter(
        "\x01\x05RE: Roof", "The roof of the north wing leaks.", more={0x0039: SENT, 0x0E03: "Ida Pell"}
    )
    boiler = Letter(
        "Boiler", "See the file.", attached=[Attached("first.txt", b"Seven photographs show it.")]
    )
    return pst(path, {"Inbox": [roof, boiler], "Sent": [Letter("Lift", "It is out of order.")]})


def test_each_message_of_the_folders_is_a_message_with_its_files(tmp_path: Path) -> None:
    with Parser() as parser:
        document = parser.parse(folders(tmp_path / "a.pst"))
    assert document.media_type == "application/vnd.ms-outlook-pst"
    (page,) = document.pages
    assert page.text.splitlines()[0] == "Inbox"
    assert "1. Mon, 04 Mar 2024 09:30:00 -0000 — Una Marlow — RE: Roof" in page.text
    assert page.text.index("Boiler") < page.text.index("Sent") < page.text.index("3. Una Marlow — Lift")
    assert [one.name for one in document.attachments] == [
        "RE: Roof (1).eml",
        "Boiler (2).eml",
        "Lift (3).eml",
    ]
    first, second, _ = (email.message_from_bytes(one.content) for one in document.attachments)
    assert (first["To"], first["Cc"]) == ("Rex Hale", "Ida Pell")
    assert "The roof of the north wing leaks." in first.get_payload()
    _, file = second.get_payload()
    assert (file.get_filename(), file.get_payload(decode=True)) == (
        "first.txt",
        b"Seven photographs show it.",
    )
    assert not document.all_unread


def test_a_message_inside_a_message_is_named(tmp_path: Path) -> None:
    inner = Attached("Old letter", message=Letter("Old letter", "Words within."))
    document = read(
        pst(tmp_path / "a.pst", {"Inbox": [Letter("Copy", "See.", attached=[inner])]}), ParseLimits()
    )
    (part,) = document.unread
    assert (part.what, part.where) == ("Attachment 'Old letter'", "Inbox: Copy")
    assert "Save it as .msg" in part.why and part.words


def test_appointments_are_read_as_far_as_messages_are_and_named(tmp_path: Path) -> None:
    visit = Letter("Visit to the north wing", "Bring keys.", more={0x001A: "IPM.Appointment"})
    document = read(pst(tmp_path / "a.pst", {"Calendar": [visit]}), ParseLimits())
    assert b"Bring keys." in document.attachments[0].content
    assert document.unread[0].what == "Details of 1 appointments, contacts or tasks"


def test_messages_over_the_limit_are_counted(tmp_path: Path) -> None:
    path = pst(tmp_path / "a.pst", {"Inbox": [Letter(f"Note {number}", "Words.") for number in range(30)]})
    document = read(path, ParseLimits(attachments=12))
    assert len(document.attachments) == 12
    assert document.unread[0].what == "18 of 30 messages"


def test_html_and_rich_text_bodies_are_kept(tmp_path: Path) -> None:
    html = Letter("Web", more={0x1013: b"<p>The fence is <b>broken</b>.</p>"})
    rich = Letter("Rich", more={0x1009: packed(rb"{\rtf1\ansi The lift is sound.}")})
    web, other = read(pst(tmp_path / "a.pst", {"Inbox": [html, rich]}), ParseLimits()).attachments
    assert b"The fence is <b>broken</b>." in web.content
    assert b"The lift is sound." in other.content


def packed(rtf: bytes) -> bytes:
    """Return rich text as Outlook stores it where packing would not pay."""
    return struct.pack("<II", len(rtf) + 12, len(rtf)) + b"MELA" + b"\0" * 4 + rtf


def test_broken_and_empty_folders_are_refused_with_what_to_do(tmp_path: Path) -> None:
    broken = folders(tmp_path / "a.pst")
    broken.write_bytes(broken.read_bytes()[:3000])
    with pytest.raises(DamagedFile, match="scanpst"):
        read(broken, ParseLimits())
    with pytest.raises(NoText, match="no messages"):
        read(pst(tmp_path / "b.pst", {"Inbox": []}), ParseLimits())
