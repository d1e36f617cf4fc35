"""The page in daily use: choices stay, typed dates are understood, and the keyboard is enough."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.documents import add_text
from tests.places import ROOT
from tests.ui.cli.command import incamera_json
from tests.ui.web.browser import CHROMIUM, ServerProcess, Visit, visiting
from vault.access import Action
from vault.embedding.embedder import Embedder
from vault.vault import Vault

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"there is no Chromium at {CHROMIUM}"),
]

SCREENSHOTS = ROOT / "docs" / "screenshots"
MATTERS = ("Ashby v Moor", "Birch estate", "Cole medical", "Dunn lease", "Eames trust")
EMPTY = "Farr v Gale"
LOG = "\n\n".join(f"Entry {number}: the pump of ward {number} was read and noted." for number in range(60))
NOTE_COPIES = """() => {
    const write = navigator.clipboard.writeText.bind(navigator.clipboard);
    navigator.clipboard.writeText = text => { window.copied = text; return write(text); };
}"""
QUESTION = "What does the note of the ward round say of the pump?"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder, embedder_cache: Path) -> Path:
    """A data folder with five collections and an empty one; one holds two notes with dates and a long log."""
    folder = tmp_path_factory.mktemp("use") / "data"
    with Vault.create(folder, user="local", purpose="tests") as vault:
        for name in MATTERS:
            vault.create_collection(name, user="local")
            with vault.open_collection(name, user="local", action=Action.INGEST) as collection:
                add_text(collection, embedder, f"About {name}.txt", f"This is the file of {name}.")
        vault.create_collection(EMPTY, user="local")
        with vault.open_collection("Cole medical", user="local", action=Action.INGEST) as collection:
            for day, state in (("2023-11-02", "old"), ("1 May 2024", "changed")):
                text = f"The note of the ward round of {day} says that the pump is {state}."
                add_text(collection, embedder, f"note {day}.txt", text, metadata=(("date", day),))
            add_text(collection, embedder, "log.txt", LOG)
    (folder / "embedder").symlink_to(embedder_cache)
    return folder


@pytest.fixture(scope="module")
def visit(data: Path) -> Iterator[Visit]:
    with ServerProcess(data) as server, visiting(server) as made:
        yield made
        assert made.foreign_addresses() == []
        assert made.console_errors == []


def chosen(visit: Visit) -> Locator:
    return visit.page.get_by_label("Collection", exact=True)


def run_again(visit: Visit) -> None:
    """Use the filter of the list, so that the page's script runs twice more."""
    filtering = visit.page.get_by_label("Filter by name")
    filtering.fill("nothing of this name")
    visit.page.keyboard.press("Enter")
    expect(visit.page.get_by_text("No document matches.")).to_be_visible()
    filtering.fill("")
    visit.page.keyboard.press("Enter")
    expect(visit.page.get_by_text("No document matches.")).to_have_count(0)
    visit.wait_until_idle()


def test_a_chosen_collection_stays_chosen(visit: Visit, data: Path, tmp_path: Path) -> None:
    visit.open_page("Documents")
    order = (*MATTERS[2:], *MATTERS[:2])
    for turn, name in enumerate(order):
        visit.choose("Collection", name)
        visit.wait_until_idle()
        expect(chosen(visit)).to_have_value(name)
        # Whether the page is drawn again between two choices or not.
        if turn % 2 or name == order[-1]:
            run_again(visit)
        expect(chosen(visit)).to_have_value(name)
        expect(visit.page.locator(".ic-name b", has_text=f"About {name}.txt")).to_be_visible()
    will = tmp_path / "will.txt"
    will.write_text("The estate goes to the niece.")
    visit.add(will)
    visit.wait_until_added()
    visit.wait_until_idle()
    expect(chosen(visit)).to_have_value(MATTERS[1])
    expect(visit.page.locator(".ic-name b", has_text="will.txt")).to_be_visible()
    held = {name: incamera_json(data, "documents", "-c", name) for name in MATTERS}
    assert [name for name in MATTERS if "will.txt" in [one["name"] for one in held[name]]] == [MATTERS[1]]


def test_an_empty_collection_links_to_where_files_are_added(visit: Visit) -> None:
    visit.choose("Collection", EMPTY)
    visit.open_page("Ask")
    expect(visit.page.get_by_text("0 documents with 0 pages to search.")).to_be_visible()
    visit.page.get_by_role("link", name="Add files on the Documents page").click()
    visit.wait_until_idle()
    expect(chosen(visit)).to_have_value(EMPTY)


def test_a_typed_date_is_understood_or_refused(visit: Visit) -> None:
    visit.choose("Collection", "Cole medical")
    visit.open_page("Ask")
    page = visit.page
    page.get_by_role("button", name="Filter").click()
    page.get_by_label("Date from").fill("soon")
    page.keyboard.press("Enter")
    expect(page.get_by_text("'soon' is not a date").first).to_be_visible()
    expect(page.get_by_placeholder("Change the filter to ask")).to_be_disabled()
    page.get_by_label("Date from").fill("2024")
    page.keyboard.press("Enter")
    description = "1 of 4 documents: date from 1 January 2024. 2 of them have no date that can be read."
    expect(page.get_by_text(description)).to_be_visible()
    if os.environ.get("INCAMERA_SCREENSHOTS"):
        page.screenshot(path=SCREENSHOTS / "filter.png")
    page.keyboard.press("Escape")
    visit.ask(QUESTION)
    expect(page.get_by_role("main")).to_contain_text("the pump is changed")
    expect(page.get_by_role("main")).not_to_contain_text("the pump is old")


def test_an_answer_is_copied_completely_in_a_narrow_window(visit: Visit) -> None:
    page = visit.page
    # What is written to the clipboard is noted on its way: to read it back waits for a window in front.
    page.evaluate(NOTE_COPIES)
    page.set_viewport_size({"width": 640, "height": 560})
    page.get_by_role("button", name="Copy with sources").click()
    text = page.get_by_role("dialog").get_by_test_id("stCode")
    expect(text).to_be_visible()
    inside = text.bounding_box()
    assert inside is not None and inside["x"] >= 0 and inside["x"] + inside["width"] <= 640
    page.get_by_role("button", name="Copy to clipboard").click()
    page.wait_for_function("() => window.copied")
    copied = str(page.evaluate("() => window.copied"))
    assert "[1] note 1 May 2024.txt, page 1" in copied.splitlines()
    assert not re.search("[0-9a-f]{16}", copied.partition("Incamera record")[0])
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.set_viewport_size({"width": 1440, "height": 900})


def test_a_source_is_opened_and_closed_with_the_keyboard(visit: Visit) -> None:
    page = visit.page
    chip = page.get_by_role("button", name=re.compile("note 1 May 2024")).first
    chip.focus()
    page.keyboard.press("Enter")
    source = page.locator(".ic-page")
    expect(source).to_be_visible()
    for name in ("Previous page", "Next page", "Close the source"):
        expect(page.get_by_role("button", name=name)).to_be_visible()
    page.get_by_role("button", name="Copy with sources").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(source).to_be_visible()  # one Escape closes one thing
    page.keyboard.press("Escape")
    expect(source).to_have_count(0)
    chip.click()
    expect(source).to_be_visible()
    page.get_by_placeholder("Ask about the documents").focus()
    page.keyboard.press("Escape")
    expect(source).to_have_count(0)


def test_the_navigation_shows_the_keyboard_focus(visit: Visit) -> None:
    for name in ("Ask", "Documents"):
        link = visit.page.locator("header").get_by_role("link", name=name, exact=True)
        expect(link).to_have_css("outline-style", "none")
        link.focus()
        visit.page.keyboard.press("Shift+Tab")
        visit.page.keyboard.press("Tab")
        expect(link).to_be_focused()
        expect(link).to_have_css("outline-style", "solid")
    visit.page.get_by_role("main").click(position={"x": 5, "y": 200})


def test_the_number_of_mentions_stays_in_view(visit: Visit) -> None:
    visit.open_page("Documents")
    visit.choose("Collection", "Cole medical")
    visit.open_page("Ask")
    page = visit.page
    page.locator(".st-key-how button", has_text="Every mention").click()
    visit.send("A word or phrase", "ward")
    counted = page.get_by_role("heading", name="“ward”: ")
    expect(counted).to_be_in_viewport()
    last = page.locator(".ic-mentions li").last
    last.scroll_into_view_if_needed()
    expect(last).to_be_in_viewport()
    expect(counted).to_be_in_viewport()
