"""The conversation survives a reload, a second tab and a restart. Without the server, the page is covered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.ui.cli.command import incamera_json
from tests.ui.web.browser import CHROMIUM, ServerProcess, Visit, visiting
from vault.embedding.embedder import Embedder

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"there is no Chromium at {CHROMIUM}"),
]

QUESTION = "What is the rent of the flat?"
RENT = "The rent of the flat is 900 pounds a month."
STREAMLIT_SAYS = re.compile("internet|Streamlit|status: ?\\d|status \\d|Connection", re.IGNORECASE)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder, embedder_cache: Path) -> Path:
    """A data folder with a lease in it."""
    made = tmp_path_factory.mktemp("conversation")
    folder = made / "data"
    folder.mkdir()
    (folder / "embedder").symlink_to(embedder_cache)
    (made / "lease.txt").write_text(RENT)
    incamera_json(folder, "init", "-c", "Flat")
    incamera_json(folder, "ingest", made / "lease.txt", "-c", "Flat")
    return folder


@pytest.fixture(scope="module")
def visit(data: Path) -> Iterator[Visit]:
    """One browser for all tests of this module; its server is restarted by some of them."""
    with ServerProcess(data) as server, visiting(server) as made:
        yield made
        made.server.stop()


def expect_questions(page: Page, *questions: str) -> None:
    """Wait until the page shows these questions, each with an answer."""
    expect(page.locator(".ic-question")).to_have_text(list(questions))
    expect(page.locator(f".st-key-foot-{len(questions) - 1}")).to_be_visible()


def expect_cover(page: Page) -> None:
    """Wait for our cover, and check that nothing else can be seen."""
    cover = page.locator("#incamera-cover")
    expect(cover).to_be_visible()
    expect(page.get_by_role("heading", name="Incamera cannot be reached")).to_be_visible()
    expect(cover).to_contain_text(f"incamera serve --port {page.url.split(':')[2].split('/')[0]}")
    seen = page.locator("body").inner_text()
    assert RENT not in seen
    assert QUESTION not in seen
    assert not STREAMLIT_SAYS.search(seen), seen


def expect_signed_out_page(page: Page) -> None:
    """Wait for the page that says how to sign in."""
    expect(page.get_by_role("heading", name="Open Incamera with its link")).to_be_visible()


def test_the_conversation_is_shown_after_a_reload_and_in_a_second_tab(visit: Visit) -> None:
    page = visit.page
    visit.ask(QUESTION)
    page.reload()
    expect_questions(page, QUESTION)
    expect(page.locator(".ic-statement").first).to_contain_text("900 pounds")
    page.get_by_role("button", name="lease.txt · p. 1").first.click()
    expect(page.locator(".ic-page-text mark")).to_contain_text("900 pounds")
    second = page.context.new_page()
    second.goto(visit.server.address)
    expect_questions(second, QUESTION)

    # Both tabs ask before either has seen the other's question.
    for tab, words in ((page, "Who pays the rent of the flat?"), (second, "When is the rent due?")):
        tab.get_by_placeholder("Ask about the documents").fill(words)
    page.keyboard.press("Enter")
    second.keyboard.press("Enter")
    for tab in (page, second):
        expect(tab.locator(".ic-question")).not_to_have_count(1)
    page.reload()
    expect(page.locator(".ic-question")).to_have_count(3)
    questions = page.locator(".ic-question").all_inner_texts()
    assert questions[0] == QUESTION
    assert sorted(questions[1:]) == ["When is the rent due?", "Who pays the rent of the flat?"]

    page.get_by_role("button", name="New conversation").click()
    expect(page.locator(".ic-question")).to_have_count(0)
    second.reload()
    expect(second.get_by_role("heading", name="Ask your documents")).to_be_visible()
    expect(second.locator(".ic-question")).to_have_count(0)
    second.close()


def test_a_killed_server_leaves_our_cover_and_comes_back_with_the_conversation(
    visit: Visit, data: Path
) -> None:
    page, server = visit.page, visit.server
    visit.ask(QUESTION)
    server.kill()
    expect_cover(page)
    # Streamlit has tried to connect again, and failed, by now: it must not speak either.
    with page.expect_event("requestfailed", lambda request: "_stcore" in request.url):
        pass
    expect_cover(page)
    visit.server = ServerProcess(data, server.port)
    expect_questions(page, QUESTION)
    expect(page.locator("#incamera-cover")).to_have_count(0)
    expect(page.locator(".ic-statement").first).to_contain_text("900 pounds")
    visit.ask("And when is it due?")
    expect(page.locator(".ic-rewritten")).to_contain_text("rent of the flat")


def test_a_browser_whose_session_ended_sees_how_to_sign_in(visit: Visit, data: Path) -> None:
    page, server = visit.page, visit.server
    assert server.stop() == 0
    expect_cover(page)
    visit.server = ServerProcess(data, server.port, "--sign-out")
    expect_signed_out_page(page)
    seen = page.locator("body").inner_text()
    assert RENT not in seen
    assert not STREAMLIT_SAYS.search(seen)
    page.goto(visit.server.new_link())
    expect(page.get_by_role("heading", name="Ask your documents")).to_be_visible()
    expect(page.locator(".ic-question")).to_have_count(0)


def test_signing_out_leaves_no_tab_open(visit: Visit) -> None:
    page = visit.page
    visit.ask(QUESTION)
    other = page.context.new_page()
    other.goto(visit.server.address)
    expect_questions(other, QUESTION)
    visit.open_page("Sign out")
    page.get_by_role("button", name="Sign out").click()
    for tab in (page, other):
        expect_signed_out_page(tab)
    page.goto(visit.server.new_link())
    expect(page.get_by_role("heading", name="Ask your documents")).to_be_visible()
    expect(page.locator(".ic-question")).to_have_count(0)
