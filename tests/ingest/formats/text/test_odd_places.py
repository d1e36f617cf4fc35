"""Web pages, books and marked-up texts: frames, notes outside the reading order, attributes, front matter."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.formats import read
from ingest.parsed.document import ParsedDocument
from ingest.parsed.limits import ParseLimits
from tests.ingest.other_files import zipped

LIMITS = ParseLimits()


def web_page(folder: Path, body: str) -> ParsedDocument:
    """Read a web page with this body."""
    path = folder / "a.html"
    path.write_text(f"<html><body><p>Before.</p>{body}<p>After.</p></body></html>")
    return read(path, LIMITS)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('<iframe srcdoc="&lt;p&gt;Inside.&lt;/p&gt;">Old</iframe>', "Inside."),
        ('<iframe src="data:text/html,%3Cp%3EInside.%3C/p%3E"></iframe>', "Inside."),
        ('<object data="data:text/html;base64,PHA+SW5zaWRlLjwvcD4="></object>', "Inside."),
        ('<iframe srcdoc="&lt;iframe srcdoc=&quot;Inside.&quot;&gt;&lt;/iframe&gt;"></iframe>', "Inside."),
        ('<object data="plan.pdf">Inside.</object>', "Inside."),
        ("<noscript><p>Inside.</p></noscript>", "Inside."),
        ('<template shadowrootmode="open"><p>Inside.</p></template>', "Inside."),
        ('<input placeholder="Inside.">', "Inside."),
    ],
)
def test_what_a_browser_shows_in_frames_and_fields_is_read_where_it_stands(
    body: str, expected: str, tmp_path: Path
) -> None:
    assert web_page(tmp_path, body).pages[0].text.split() == ["Before.", expected, "After."]


def test_a_page_of_another_place_is_not_fetched_and_leaves_nothing(tmp_path: Path) -> None:
    body = '<iframe src="https://a.example/x"></iframe><iframe src="data:text/html;base64,???"></iframe>'
    assert web_page(tmp_path, body).pages[0].text.split() == ["Before.", "After."]


def test_frames_inside_frames_end(tmp_path: Path) -> None:
    inside = "<p>End.</p>"
    for _ in range(7):
        inside = f'<iframe srcdoc="{inside.replace("&", "&amp;").replace(chr(34), "&quot;")}"></iframe>'
    assert web_page(tmp_path, inside).pages[0].text.split() == ["Before.", "After."]


def test_a_closed_template_counts_as_hidden(tmp_path: Path) -> None:
    document = web_page(tmp_path, "<template><p>Closed.</p></template>")
    assert "Closed." not in document.pages[0].text
    assert document.warnings == ("Text that is hidden on the page was left out.",)


def book(folder: Path) -> ParsedDocument:
    """Read a book with a hidden note, a part outside the reading order, a list of contents and a drawing."""
    item = '<item id="{0}" href="{0}.{1}" media-type="{2}"{3}/>'
    web = "application/xhtml+xml"
    items = "".join(
        item.format(*one)
        for one in (
            ("one", "xhtml", web, ""), ("notes", "xhtml", web, ""),
            ("nav", "xhtml", web, ' properties="nav"'),
            ("plan", "svg", "image/svg+xml", ""), ("logo", "svg", "image/svg+xml", ""),
            ("s", "css", "text/css", ""),
        )
    )  # fmt: skip
    note = '<aside epub:type="footnote" id="f" hidden="hidden">By 2 mm.</aside>'
    return read(
        zipped(
            folder / "a.epub",
            {
                "mimetype": "application/epub+zip",
                "META-INF/container.xml": '<container><rootfile full-path="book.opf"/></container>',
                "book.opf": f"<package><manifest>{items}</manifest><spine>"
                '<itemref idref="one"/><itemref idref="plan"/></spine></package>',
                "one.xhtml": f'<html xmlns:epub="x"><body><p>It had grown.</p>{note}'
                '<p hidden="">Old.</p></body></html>',
                "notes.xhtml": "<html><body><p>Outside the order.</p></body></html>",
                "nav.xhtml": "<html><body><nav>Contents</nav></body></html>",
                "plan.svg": '<svg xmlns="http://www.w3.org/2000/svg"><text>North wing</text></svg>',
                "logo.svg": '<svg xmlns="http://www.w3.org/2000/svg"><text>Logo</text></svg>',
            },
        ),
        LIMITS,
    )


def test_a_book_gives_hidden_notes_drawings_and_parts_outside_its_order(tmp_path: Path) -> None:
    document = book(tmp_path)
    assert [page.text for page in document.pages] == [
        "It had grown.\n\nBy 2 mm.", "North wing", "Outside the order.",
    ]  # fmt: skip
    assert document.warnings == ("Text that is hidden in part 1 was left out.",)


def test_attributes_of_xml_are_lines_but_those_for_programs_are_not(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text(
        '<?xml version="1.0"?><case xmlns:s="urn:s"><patient name="Ada" dose="40 mg" s:style="P1"/>'
        '<note kind="call">She <b lang="en">asked</b>.</note>'
        '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg></case>'
    )
    assert read(path, LIMITS).pages[0].text.split("\n\n") == [
        "patient name: Ada", "patient dose: 40 mg", "note kind: call", "note: She asked.", "b lang: en",
    ]  # fmt: skip


def test_front_matter_and_footnotes_of_markdown_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(
        "---\ntitle: Roof\nauthor: Ida Pell\nfile: 2023/77\n---\n\nIt leaks[^1].\n\n[^1]: In May.\n"
    )
    document = read(path, LIMITS)
    assert document.title == "Roof"
    assert document.pages[0].text.startswith("author: Ida Pell\nfile: 2023/77\n\n")
    assert "In May." in document.pages[0].text


def test_fields_of_ones_own_in_cards_and_entries_are_read(tmp_path: Path) -> None:
    card = tmp_path / "a.vcf"
    card.write_text(
        "BEGIN:VCARD\nVERSION:3.0\nFN:Ida\nX-NOTE-TO-FILE:Call first\nX-MS-OL-DESIGN:<x/>\nEND:VCARD\n"
    )
    assert read(card, LIMITS).pages[0].text == "Contact: Ida\nName: Ida\nNote to file: Call first"
    entry = tmp_path / "a.ics"
    entry.write_text(
        "BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nUID:1\nSUMMARY:Visit\n"
        "X-ALT-DESC;FMTTYPE=text/html:<p>Bring <b>keys</b></p>\nATTACH:https://a.example/plan.pdf\nEND:VEVENT\nEND:VCALENDAR\n"
    )
    lines = read(entry, LIMITS).pages[0].text.splitlines()
    assert "Description: Bring keys" in lines and "Attachment: https://a.example/plan.pdf" in lines
