"""What messages hold in odd places is read, or named: other forms of the body, reports, old attachments."""

from __future__ import annotations

import binascii
from pathlib import Path

import pytest

from ingest.formats import read
from ingest.formats.mail.in_text import take_out
from ingest.parsed.document import ParsedDocument
from ingest.parsed.limits import ParseLimits
from tests.ingest.formats.test_mail_containers import message as with_part
from tests.ingest.formats.test_mail_containers import tnef
from vault.errors import UnsupportedType

LIMITS = ParseLimits()
HEAD = "From: una@survey.example\nTo: rex@survey.example\nSubject: Roof\nMIME-Version: 1.0\n"


def message(folder: Path, rest: str) -> ParsedDocument:
    """Read a message with these lines after the usual headers."""
    path = folder / "a.eml"
    path.write_text(HEAD + rest)
    return read(path, LIMITS, "a.eml")


def parts(kind: str, *each: str) -> str:
    """Return the lines of a message of several parts."""
    return (
        f"Content-Type: multipart/{kind}; boundary=b\n\n"
        + "".join(f"--b\n{one}\n" for one in each)
        + "--b--\n"
    )


def body(plain: str, html: str) -> str:
    """Return a message with its two forms."""
    return parts(
        "alternative",
        f"Content-Type: text/plain\n\n{plain}",
        f"Content-Type: text/html\n\n<html>{html}</html>",
    )


def test_words_that_only_the_web_form_says_are_read(tmp_path: Path) -> None:
    plain = (
        "This message is best seen in another program, so please open it there or ask us for a copy of it."
    )
    text = message(tmp_path, body(plain, "<p>The roof is closed from Monday.</p>")).pages[0].text
    assert plain in text and "The roof is closed from Monday." in text


def test_the_web_form_is_used_where_it_says_all_and_keeps_its_table(tmp_path: Path) -> None:
    rows = "<tr><th>Site</th><th>Day</th></tr><tr><td>North</td><td>Monday</td></tr>"
    document = message(tmp_path, body("Site Day\nNorth Monday\n", f"<p>Dates:</p><table>{rows}</table>"))
    assert "Site | Day\nNorth | Monday" in document.pages[0].text
    assert document.pages[0].text.count("Monday") == 1


def test_two_forms_that_say_the_same_are_read_once(tmp_path: Path) -> None:
    document = message(
        tmp_path, body("The roof\nis closed.", "<style>p {}</style><p>The roof is <b>closed</b>.</p>")
    )
    assert document.pages[0].text.count("closed") == 1


def test_only_what_the_web_form_adds_follows_the_plain_one(tmp_path: Path) -> None:
    document = message(
        tmp_path,
        body("The roof is closed. See https://a.example/7", "<p>The roof is closed.</p><p>Bring keys.</p>"),
    )
    text = document.pages[0].text
    assert text.count("closed") == 1 and text.index("a.example/7") < text.index("Bring keys.")


def test_hidden_copies_and_other_senders_are_headers(tmp_path: Path) -> None:
    text = message(
        tmp_path, "Bcc: ida@survey.example\nReply-To: una@survey.example\nSender: desk@x.example\n\nHi.\n"
    )
    head = text.pages[0].text.split("\n\n")[0]
    assert "Bcc: ida@survey.example" in head and "Sender: desk@x.example" in head
    assert "Reply-To" not in head, "it says the same as the sender"


def test_a_report_of_delivery_says_to_whom_and_why(tmp_path: Path) -> None:
    report = (
        "Reporting-MTA: dns; mx.example\n\nFinal-Recipient: rfc822; ida@x.example\n"
        "Diagnostic-Code: smtp; 550 unknown"
    )
    document = message(
        tmp_path,
        parts(
            "report",
            "Content-Type: text/plain\n\nIt came back.",
            f"Content-Type: message/delivery-status\n\n{report}",
        ),
    )
    text = document.pages[0].text
    assert "Final-Recipient: rfc822; ida@x.example" in text and "Diagnostic-Code: smtp; 550 unknown" in text


def test_a_file_that_lies_elsewhere_is_named_with_its_place(tmp_path: Path) -> None:
    outside = (
        'Content-Type: message/external-body; access-type=URL; URL="https://files.example/plan"\n\n'
        "Content-Type: x/y\n"
    )
    assert "https://files.example/plan" in message(tmp_path, parts("mixed", outside)).pages[0].text


def test_an_attachment_without_content_is_named(tmp_path: Path) -> None:
    lost = (
        "Content-Type: application/pdf; name=plan.pdf\nContent-Disposition: attachment; filename=plan.pdf\n"
    )
    (part,) = message(tmp_path, parts("mixed", "Content-Type: text/plain\n\nHi.", lost)).unread
    assert part.what == "Attachment 'plan.pdf'" and part.words


ARMOUR = "-----BEGIN PGP MESSAGE-----\n\nhQEMA7abcdefgh\n=1234\n-----END PGP MESSAGE-----\n"


@pytest.mark.parametrize(
    "rest",
    [
        f"\nDear Rex,\n\n{ARMOUR}",
        parts(
            "encrypted",
            "Content-Type: application/pgp-encrypted\n\nVersion: 1",
            f"Content-Type: x/y\n\n{ARMOUR}",
        ),
    ],
    ids=["in the text", "as a part"],
)
def test_text_encrypted_with_pgp_is_named_and_no_gibberish_is_read(rest: str, tmp_path: Path) -> None:
    document = message(tmp_path, rest)
    assert [part.what for part in document.unread] == ["Encrypted text"]
    assert "hQEMA7" not in document.pages[0].text and document.attachments == ()


def test_a_file_encrypted_with_pgp_is_refused_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "a.asc"
    path.write_text(ARMOUR)
    with pytest.raises(UnsupportedType, match="the program that has its key"):
        read(path, LIMITS)


def encoded(content: bytes) -> str:
    """Return a file in the old encoding of Unix."""
    lines = (binascii.b2a_uu(content[start : start + 45]).decode() for start in range(0, len(content), 45))
    return f"begin 644 note.txt\n{''.join(lines)}`\nend"


def test_an_old_attachment_inside_the_text_is_a_file(tmp_path: Path) -> None:
    content = b"Seven photographs show every corner of both cellars, and the stairs.\n"
    document = message(tmp_path, f"\nSee below.\n\n{encoded(content)}\n\nUna\n")
    assert [(one.name, one.content) for one in document.attachments] == [("note.txt", content)]
    assert "begin 644" not in document.pages[0].text and "Una" in document.pages[0].text


def test_text_that_only_looks_like_an_old_attachment_stays() -> None:
    text = "begin 644 to 700 with care\nwe went on\nend"
    assert take_out(text, [], []) == text


def test_a_message_in_winmail_dat_is_a_message_with_its_text(tmp_path: Path) -> None:
    inner = tnef("The lift stops on Friday.", ("rates.txt", b"Rates: 12"))
    path = tmp_path / "a.eml"
    path.write_bytes(with_part("application/ms-tnef", tnef("See inside.", ("Lift", inner)), "winmail.dat"))
    (attachment,) = read(path, LIMITS, "a.eml").attachments
    assert attachment.name == "Lift.eml"
    inside = tmp_path / "inside.eml"
    inside.write_bytes(attachment.content)
    found = read(inside, LIMITS, "inside.eml")
    assert "The lift stops on Friday." in found.pages[0].text
    assert [one.content for one in found.attachments] == [b"Rates: 12"]
