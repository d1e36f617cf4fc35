"""What is packed in other things: signed mail, winmail.dat, Outlook and Apple messages, cards, archives."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import struct
import tarfile
from email.message import EmailMessage
from pathlib import Path

import pytest
from asn1crypto import cms, core  # type: ignore[import-untyped]

from ingest.formats import read
from ingest.formats.mail.rich_text import body_of_rtf
from ingest.formats.structure.signed import open_envelope
from ingest.parsed.filetype import FileType, detect
from ingest.parsed.limits import ParseLimits
from tests.ingest.certified import signed_by
from vault.errors import NoText, TooLarge

LIMITS = ParseLimits()
INNER = b"Content-Type: text/plain; charset=utf-8\r\n\r\nThe beam under the stage is cracked.\r\n"


def envelope(content: bytes | None) -> bytes:
    """Return signed bytes without certificates; with None, only the signature."""
    inside: dict[str, object] = {"content_type": "data"}
    if content is not None:
        inside["content"] = core.OctetString(content)
    signed = cms.SignedData(
        {"version": "v1", "digest_algorithms": [], "encap_content_info": inside, "signer_infos": []}
    )
    return bytes(cms.ContentInfo({"content_type": "signed_data", "content": signed}).dump())


def message(kind: str, content: bytes, name: str) -> bytes:
    """Return a message whose only part has this type."""
    made = EmailMessage()
    made["From"], made["Subject"] = "una@survey.example", "Stage"
    main, _, sub = kind.partition("/")
    made.set_content(content, maintype=main, subtype=sub, filename=name)
    return made.as_bytes()


def tnef(body: str, attachment: tuple[str, bytes]) -> bytes:
    """Return a winmail.dat with a body and an attachment."""

    def attribute(level: int, number: int, data: bytes) -> bytes:
        return struct.pack("<BII", level, number, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)

    name, content = attachment
    return (
        struct.pack("<IH", 0x223E9F78, 1)
        + attribute(1, 0x0002800C, body.encode() + b"\x00")
        + attribute(2, 0x00069002, bytes(14))
        + attribute(2, 0x00018010, name.encode() + b"\x00")
        + attribute(2, 0x0006800F, content)
    )


def test_a_signed_message_is_read_and_says_that_it_is_signed(tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(message("application/pkcs7-mime", envelope(INNER), "smime.p7m"))
    document = read(path, LIMITS, "a.eml")
    assert "The beam under the stage is cracked." in document.pages[0].text
    assert (document.attachments, document.unread) == ((), ())


def test_a_signed_file_gives_the_file_inside(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt.p7m"
    path.write_bytes(envelope(b"The plan."))
    assert detect(path) is FileType.P7M
    document = read(path, LIMITS)
    assert [one.content for one in document.attachments] == [b"The plan."]
    assert "Signed digitally by" in document.pages[0].text
    path.write_bytes(envelope(None))
    with pytest.raises(NoText, match="only a signature"):
        read(path, LIMITS)


def test_who_signed_is_named_by_the_certificate(tmp_path: Path) -> None:
    path = tmp_path / "plan.p7m"
    path.write_bytes(signed_by("Isolde Marr", b"The plan."))
    document = read(path, LIMITS)
    assert "Signed digitally by: Isolde Marr" in document.pages[0].text
    assert [one.content for one in document.attachments] == [b"The plan."]


def test_bytes_that_are_no_envelope_are_told_apart() -> None:
    assert open_envelope(b"\x30\x03abc") is None
    assert open_envelope(b"") is None


def test_winmail_dat_gives_text_and_attachments(tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    content = tnef("The lift stops on Friday.", ("rates.txt", b"Rates: 12"))
    path.write_bytes(message("application/ms-tnef", content, "winmail.dat"))
    document = read(path, LIMITS, "a.eml")
    assert "The lift stops on Friday." in document.pages[0].text
    assert [(one.name, one.content) for one in document.attachments] == [("rates.txt", b"Rates: 12")]


def test_a_broken_winmail_dat_stays_an_attachment(tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(message("application/ms-tnef", b'x\x9f>"', "winmail.dat"))
    assert [one.name for one in read(path, LIMITS, "a.eml").attachments] == ["winmail.dat"]


def test_a_rich_text_body_is_read_packed_or_not() -> None:
    rtf = rb"{\rtf1\ansi The offer is 31,500.\par}"
    stored = struct.pack("<III4s", len(rtf) + 12, len(rtf), 0x414C454D, b"")[:8] + b"MELA" + bytes(4) + rtf
    assert body_of_rtf(rtf, LIMITS) == "The offer is 31,500."
    assert body_of_rtf(stored, LIMITS) == "The offer is 31,500."
    assert body_of_rtf(b"\x00" * 8 + b"LZFu" + b"\xff" * 9, LIMITS) == ""


def test_an_apple_message_is_read_without_its_count_and_property_list(tmp_path: Path) -> None:
    inner = b"From: a@b.example\nSubject: Tide\n\nHigh water is at six.\n"
    path = tmp_path / "12.emlx"
    path.write_bytes(b"%d   \n" % len(inner) + inner + b"<?xml version='1.0'?><plist>flags</plist>")
    document = read(path, LIMITS, "12.emlx")
    assert document.title == "Tide"
    assert "High water is at six." in document.pages[0].text and "flags" not in document.pages[0].text


def test_calendar_entries_are_lines_of_label_and_value(tmp_path: Path) -> None:
    path = tmp_path / "a.ics"
    path.write_text(
        "BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nUID:1\nDTSTART;TZID=Europe/Paris:20250306T093000\n"
        "DTEND;VALUE=DATE:20250307\nSUMMARY:Hearing in Vale v\n  Orme\nLOCATION:Court 9\\, first floor\n"
        "ORGANIZER;CN=Nan Till:mailto:nan@court.example\nEND:VEVENT\nEND:VCALENDAR\n"
    )
    document = read(path, LIMITS)
    assert document.media_type == "text/calendar"
    assert document.pages[0].text.split("\n") == [
        "Event: Hearing in Vale v Orme", "Begins: 6 March 2025, 09:30 (Europe/Paris)", "Ends: 7 March 2025",
        "Place: Court 9, first floor", "Organiser: Nan Till <nan@court.example>",
    ]  # fmt: skip


def test_contact_cards_are_lines_of_label_and_value(tmp_path: Path) -> None:
    path = tmp_path / "a.vcf"
    photo = "A" * 400
    path.write_text(
        "BEGIN:VCARD\nVERSION:3.0\nN:Till;Nan\nFN:Nan Till\nORG:County Court;Listing\n"
        f"TEL;TYPE=work:0191 555\nPHOTO;ENCODING=b;TYPE=JPEG:{photo}\nEND:VCARD\n"
    )
    document = read(path, LIMITS)
    assert "Name: Nan Till\n" in document.pages[0].text + "\n"
    assert "Organisation: County Court, Listing\nPhone (work): 0191 555" in document.pages[0].text
    assert [part.what for part in document.unread] == ["Embedded photo"]


@pytest.mark.parametrize(
    "pack", [gzip.compress, bz2.compress, lzma.compress, bytes], ids=["gz", "bz2", "xz", "tar"]
)
def test_a_packed_tar_archive_gives_its_files(pack: object, tmp_path: Path) -> None:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for name, content in (("notes/a.txt", b"First."), ("b.txt", b"Second.")):
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
        link = tarfile.TarInfo("c.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    path = tmp_path / "a.bin"
    path.write_bytes(pack(stream.getvalue()))  # type: ignore[operator]
    document = read(path, LIMITS)
    assert [(one.name, one.content) for one in document.attachments] == [
        ("notes/a.txt", b"First."), ("b.txt", b"Second."),
    ]  # fmt: skip
    assert [(part.what, part.words) for part in document.unread] == [("File 'c.txt'", False)]


def test_a_packed_file_is_unpacked_within_limits(tmp_path: Path) -> None:
    path = tmp_path / "a.gz"
    path.write_bytes(gzip.compress(b"Words."))
    assert [one.content for one in read(path, LIMITS).attachments] == [b"Words."]
    path.write_bytes(gzip.compress(b"\0" * (64 * 2**20)))
    with pytest.raises(TooLarge, match="unpacks"):
        read(path, LIMITS)


def test_form_feeds_divide_a_text_into_pages(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("First page.\n\fSecond page.\n\f\n\fFourth page.\n\f\n")
    assert [page.text for page in read(path, LIMITS).pages] == [
        "First page.\n", "Second page.\n", "\n", "Fourth page.\n",
    ]  # fmt: skip
