"""RTF, OpenDocument, EPUB, mailboxes, XML and archives: text in order, notes and tables marked."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from ingest.formats import read
from ingest.parsed.limits import ParseLimits
from tests.ingest import files, other_files
from vault.errors import DamagedFile, PasswordProtected, TooLarge
from vault.records import ElementKind, Page

LIMITS = ParseLimits()


def texts(page: Page, kind: ElementKind) -> list[str]:
    """Return the texts of the elements of a kind."""
    return [page.text[e.start : e.end] for e in page.elements if e.kind is kind]


def test_rich_text_keeps_headings_tables_notes_and_running_lines(tmp_path: Path) -> None:
    document = read(other_files.rtf(tmp_path / "a.rtf"), LIMITS)
    (page,) = document.pages
    assert document.title == "Lease of Unit 7"
    assert texts(page, ElementKind.HEADING) == ["Rent"]
    assert texts(page, ElementKind.PAGE_HEADER) == ["Quarry Lane Estates"]
    assert texts(page, ElementKind.PAGE_FOOTER) == ["Page footer"]
    assert "The rent is £24,000 a year—payable quarterly." in page.text
    assert texts(page, ElementKind.TABLE_HEADER) == ["Quarter | Due"]
    assert texts(page, ElementKind.TABLE_ROW) == ["First | 25 March"]
    assert texts(page, ElementKind.NOTE) == [
        "Footnote: The first payment is pro rata.",
        "Comment by an unnamed person: Check the date.",
        "Deleted by an unnamed person: Struck out.",
    ]
    assert page.text.index("článek") < page.text.index("Signed.")


def test_hidden_and_deleted_rich_text_gives_warnings(tmp_path: Path) -> None:
    document = read(other_files.rtf(tmp_path / "a.rtf"), LIMITS)
    (page,) = document.pages
    assert "Struck out" not in " ".join(texts(page, ElementKind.PARAGRAPH)) and "Between us." in page.text
    assert any("tracked changes" in warning for warning in document.warnings)
    assert any("formatted as hidden" in warning for warning in document.warnings)


def test_rich_text_nested_without_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.rtf"
    path.write_bytes(b"{\\rtf1 " + b"{" * 100_000)
    with pytest.raises(TooLarge, match="nests"):
        read(path, LIMITS)


def test_open_document_text_keeps_its_structure(tmp_path: Path) -> None:
    (page,) = read(other_files.letter_odt(tmp_path / "a.odt"), LIMITS).pages
    assert texts(page, ElementKind.PAGE_HEADER) == ["Ward 7"]
    assert texts(page, ElementKind.HEADING) == ["Findings"]
    assert texts(page, ElementKind.PARAGRAPH) == ["The lesion had\ngrown."]
    assert texts(page, ElementKind.LIST_ITEM) == ["Repeat the scan"]
    assert texts(page, ElementKind.TABLE_HEADER) == ["Test | Result"]
    assert texts(page, ElementKind.TABLE_ROW) == ["Sodium | 140"]
    assert texts(page, ElementKind.NOTE) == ["Footnote 1: By 2 mm.", "Comment by Dr Hale: Verify."]


def test_open_document_sheets_and_slides_are_pages(tmp_path: Path) -> None:
    cell = "<table:table-row><table:table-cell><text:p>5.9</text:p></table:table-cell></table:table-row>"
    sheets = "".join(f'<table:table table:name="{name}">{cell}</table:table>' for name in ("Labs", "Costs"))
    book = read(other_files.open_document(tmp_path / "a.ods", "spreadsheet", sheets), LIMITS)
    assert [page.label for page in book.pages] == ["Sheet Labs", "Sheet Costs"]
    slide = (
        "<draw:page><draw:frame><draw:text-box><text:p>Two patients.</text:p></draw:text-box></draw:frame>"
        "<presentation:notes><text:p>Pause here.</text:p></presentation:notes></draw:page>"
    )
    (page,) = read(other_files.open_document(tmp_path / "a.odp", "presentation", slide), LIMITS).pages
    assert (page.label, page.text) == ("Slide 1", "Two patients.\n\nSpeaker notes: Pause here.")


def test_an_encrypted_open_document_needs_its_password(tmp_path: Path) -> None:
    with pytest.raises(PasswordProtected, match="password"):
        read(other_files.open_document(tmp_path / "a.odt", "text", "", encrypted=True), LIMITS)


def test_a_book_is_read_in_its_own_order(tmp_path: Path) -> None:
    document = read(other_files.epub(tmp_path / "a.epub"), LIMITS)
    assert document.title == "House Rules"
    assert [page.text for page in document.pages] == [
        "Visits\n\nVisits end at eight.",
        "Meals\n\nLunch is at noon.",
    ]


def test_a_copy_protected_book_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PasswordProtected, match="copy-protected"):
        read(other_files.epub(tmp_path / "a.epub", protected=True), LIMITS)


def test_each_message_of_a_mailbox_is_listed_and_is_an_attachment(tmp_path: Path) -> None:
    document = read(other_files.mbox(tmp_path / "a.mbox"), LIMITS)
    assert [attachment.name for attachment in document.attachments] == ["Note 1 (1).eml", "Note 2 (2).eml"]
    assert b"\nFrom now on we meet" in document.attachments[0].content
    assert "2. Mon, 04 Mar 2024 09:30:00 +0000 — Ada <ada@clinic.example> — Note 2" in document.pages[0].text


def test_a_mailbox_over_the_limits_says_how_many_messages_it_left_out(tmp_path: Path) -> None:
    path = other_files.mbox(tmp_path / "a.mbox", 5)
    document = read(path, ParseLimits(attachments=2))
    assert len(document.attachments) == 2
    (part,) = document.unread
    assert part.what == "3 of 5 messages" and "At most 2 messages" in part.why


def test_xml_text_follows_the_names_of_its_elements(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text('<?xml version="1.0"?><r><name>Ada</name><p>Some <b>bold</b> words</p></r>')
    assert read(path, LIMITS).pages[0].text == "name: Ada\n\np: Some bold words"


def test_xml_entities_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("hunter2")
    path = tmp_path / "a.xml"
    path.write_text(
        f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY s SYSTEM "file://{tmp_path}/secret">]><r>x &s;</r>'
    )
    assert "hunter2" not in read(path, LIMITS).pages[0].text


def test_files_of_an_archive_are_attachments_whatever_they_are_called(tmp_path: Path) -> None:
    word = files.word(tmp_path / "w.docx", ["Words."]).read_bytes()
    path = other_files.zipped(
        tmp_path / "a.zip", {"../../etc/passwd": "Some words.", "b/c.docx": word, "__MACOSX/x": "junk"}
    )
    document = read(path, LIMITS)
    assert [(a.name, a.content) for a in document.attachments] == [
        ("../../etc/passwd", b"Some words."),
        ("b/c.docx", word),
    ]
    assert texts(document.pages[0], ElementKind.LIST_ITEM)[0] == "1. ../../etc/passwd (11 bytes)"


def test_an_archive_in_an_archive_is_an_attachment_like_other_files(tmp_path: Path) -> None:
    inner = other_files.zipped(tmp_path / "i.zip", {"a.txt": "x"}).read_bytes()
    document = read(other_files.zipped(tmp_path / "a.zip", {"i.zip": inner, "b.txt": "words"}), LIMITS)
    assert [attachment.name for attachment in document.attachments] == ["i.zip", "b.txt"]


def test_an_archive_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    path = other_files.zipped(tmp_path / "a.zip", {"zeros": b"\0" * (40 * 2**20)})
    with pytest.raises(TooLarge, match="unpacks"):
        read(path, LIMITS)
    document = read(
        other_files.zipped(tmp_path / "b.zip", {"a": "aa", "b": "bb"}), ParseLimits(attachments=1)
    )
    assert len(document.attachments) == 1 and "over the limit" in document.unread[0].why


def test_a_truncated_archive_is_damaged(tmp_path: Path) -> None:
    path = other_files.zipped(tmp_path / "a.zip", {"a.txt": "words " * 500})
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(DamagedFile):
        read(path, LIMITS)


def replace_in_parts(path: Path, changes: dict[bytes, bytes]) -> Path:
    """Replace words in the parts of the container at `path`."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    for name, content in members.items():
        for old, new in changes.items():
            content = content.replace(old, new)
        members[name] = content
    return other_files.zipped(path, members)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.docm", b"application/vnd.ms-word.document.macroEnabled.main+xml"),
        ("a.dotx", b"application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"),
        ("a.dotm", b"application/vnd.ms-word.template.macroEnabledTemplate.main+xml"),
    ],
)
def test_documents_with_macros_and_templates_are_read_without_them(
    name: str, kind: bytes, tmp_path: Path
) -> None:
    ordinary = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    path = replace_in_parts(files.word(tmp_path / name, ["Some words."]), {ordinary: kind})
    assert read(path, LIMITS).pages[0].text == "Some words."


def test_a_workbook_in_the_strict_form_is_read(tmp_path: Path) -> None:
    path = replace_in_parts(
        files.workbook(tmp_path / "a.xlsx", [["Test", "Result"], ["Sodium", 140]]),
        {
            b"http://schemas.openxmlformats.org/spreadsheetml/2006/": b"http://purl.oclc.org/ooxml/spreadsheetml/",
            b"http://schemas.openxmlformats.org/officeDocument/2006/": b"http://purl.oclc.org/ooxml/officeDocument/",
        },
    )
    assert read(path, LIMITS).pages[0].text == "Test | Result\nSodium | 140"
