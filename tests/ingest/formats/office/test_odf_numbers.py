"""OpenDocument: list items and headings have the numbers that a person sees."""

from __future__ import annotations

from pathlib import Path

from ingest.formats import read
from ingest.parsed.limits import ParseLimits
from tests.ingest import other_files
from vault.records import ElementKind

LIMITS = ParseLimits()
STYLES = (
    '<office:styles><text:list-style style:name="L1">'
    '<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>'
    '<text:list-level-style-number text:level="2" style:num-format="1" text:display-levels="2"/>'
    '<text:list-level-style-number text:level="3" style:num-format="a" style:num-prefix="("'
    ' style:num-suffix=")"/></text:list-style>'
    '<text:list-style style:name="B"><text:list-level-style-bullet text:level="1"/></text:list-style>'
    "<text:outline-style>"
    '<text:outline-level-style text:level="1" style:num-format="I" style:num-suffix="."/>'
    '<text:outline-level-style text:level="2" style:num-format="A" text:display-levels="2"/>'
    '<text:outline-level-style text:level="3" style:num-format=""/>'
    "</text:outline-style></office:styles>"
)


def item(text: str, inner: str = "", **attributes: str) -> str:
    told = "".join(f' text:{name.replace("_", "-")}="{value}"' for name, value in attributes.items())
    own = f"<text:p>{text}</text:p>" if text else ""
    return f"<text:list-item{told}>{own}{inner}</text:list-item>"


def listed(*items: str, told: str = ' text:style-name="L1"') -> str:
    return f"<text:list{told}>{''.join(items)}</text:list>"


def said(path: Path, body: str, kind: ElementKind = ElementKind.LIST_ITEM) -> list[str]:
    (page,) = read(other_files.open_document(path / "a.odt", "text", body, styles=STYLES), LIMITS).pages
    return [page.text[e.start : e.end] for e in page.elements if e.kind is kind]


def test_items_are_numbered_by_their_levels(tmp_path: Path) -> None:
    clauses = listed(item("Notice", listed(item("By post.", told_letters()), item("By hand."), told="")))
    assert said(tmp_path, listed(item("Rent")) + clauses.replace("<text:list ", "<text:list " + GOES_ON)) == [
        "1. Rent", "2. Notice", "2.1 By post.", "(a) first class", "(b) signed for", "2.2 By hand.",
    ]  # fmt: skip


GOES_ON = 'text:continue-numbering="true" '


def told_letters() -> str:
    return listed(item("first class"), item("signed for"), told="")


def test_a_list_begins_anew_unless_it_goes_on(tmp_path: Path) -> None:
    first = listed(item("One"), item("Two"), told=' text:style-name="L1" xml:id="clauses"')
    other = listed(item("Another"))
    goes_on = listed(item("Three"), told=' text:style-name="L1" text:continue-list="clauses"')
    at_nine = listed(item("Nine", start_value="9"), item("Ten"))
    assert said(tmp_path, first + other + goes_on + at_nine) == [
        "1. One", "2. Two", "1. Another", "3. Three", "9. Nine", "10. Ten",
    ]  # fmt: skip


def test_an_item_that_only_holds_a_list_is_not_counted(tmp_path: Path) -> None:
    body = listed(item("One", listed(item("Deep"), told="")), item("", listed(item("Deeper"), told="")))
    assert said(tmp_path, body) == ["1. One", "1.1 Deep", "1.2 Deeper"]


def test_bullets_and_unknown_styles_have_no_numbers(tmp_path: Path) -> None:
    body = listed(item("Milk"), told=' text:style-name="B"') + listed(item("Eggs"), told="")
    assert said(tmp_path, body) == ["Milk", "Eggs"]


def test_headings_have_the_numbers_of_the_outline(tmp_path: Path) -> None:
    levels = [(1, "Parties"), (2, "Tenant"), (2, "Agent"), (3, "Address"), (1, "Rent"), (2, "Sums")]
    body = "".join(f'<text:h text:outline-level="{level}">{text}</text:h>' for level, text in levels)
    assert said(tmp_path, body + "<text:p>Words.</text:p>", ElementKind.HEADING) == [
        "I. Parties", "I.A Tenant", "I.B Agent", "Address", "II. Rent", "II.A Sums",
    ]  # fmt: skip
