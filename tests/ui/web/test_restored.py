"""The Ask page after a reload, without a browser: the same conversation in another tab."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from tests.documents import add_text, new_collection
from tests.ui.web.test_pages import (
    CLAUSE,
    QUESTION,
    ServicesWith,
    SlowWriter,
    ask_script,
    has_button,
    html,
    wait_for,
)
from tests.waiting import PATIENCE
from ui.web import context
from ui.web.context import Web
from vault.access import Role
from vault.embedding.embedder import Embedder
from vault.records import Document
from vault.settings import Settings


@pytest.fixture
def writer() -> SlowWriter:
    return SlowWriter()


@pytest.fixture
def web(settings: Settings, embedder: Embedder, writer: SlowWriter) -> Iterator[Web]:
    with ServicesWith(settings, embedder, None, writer) as services, context.opened(services) as opened:
        yield opened


@pytest.fixture
def lease(web: Web, embedder: Embedder) -> Document:
    with new_collection(web.vault, "matter") as collection:
        return add_text(collection, embedder, "lease.txt", f"Lease\n\n{CLAUSE}")


def tab() -> AppTest:
    """Open a tab of the same browser."""
    page = AppTest.from_function(ask_script, default_timeout=PATIENCE)
    page.session_state["conversation"] = "of this browser"
    return page.run()


@pytest.mark.slow
def test_a_running_answer_continues_in_a_reloaded_page(web: Web, lease: Document, writer: SlowWriter) -> None:
    tab().chat_input[0].set_value(QUESTION).run()
    again = tab()
    wait_for(again, "each sentence is checked before it is shown")
    assert has_button(again, "Stop")
    writer.go_on.set()
    shown = wait_for(again, "Written by stand-in")
    assert "No passage says it." in shown
    assert shown == html(tab())


@pytest.mark.slow
def test_a_question_sent_while_another_tab_is_asking_is_asked(
    web: Web, lease: Document, writer: SlowWriter
) -> None:
    first, second = tab(), tab()
    first.chat_input[0].set_value(QUESTION).run()
    # The box of this tab was open when its last run ended, and is closed by what the other asks meanwhile.
    second.chat_input[0].set_value("When is the rent due?").run()
    shown = wait_for(second, "When is the rent due?")
    assert QUESTION in shown
    writer.go_on.set()
    wait_for(first, "When is the rent due?")


def test_an_interrupted_question_is_asked_again(web: Web, lease: Document, writer: SlowWriter) -> None:
    writer.go_on.set()
    web.vault.conversations.begin("of this browser", QUESTION, ["matter"], None, user="local")
    page = tab()
    shown = html(page)
    assert QUESTION in shown
    assert "Incamera was stopped before this question was answered." in shown
    next(button for button in page.button if button.label == "Ask again").click().run()
    shown = wait_for(page, "Written by stand-in")
    assert "was stopped before" not in shown
    assert shown.count("ic-question") == 1


def test_removed_and_withheld_turns_are_reported_without_their_words(
    web: Web, lease: Document, writer: SlowWriter
) -> None:
    writer.go_on.set()
    page = tab()
    page.chat_input[0].set_value(QUESTION).run()
    wait_for(page, "Written by stand-in")
    web.vault.members.add_user("partner")
    web.vault.members.set_member("matter", "partner", Role.MANAGER, user="local")
    web.vault.members.set_member("matter", "local", None, user="partner")
    shown = html(page.run())
    assert "because they are about a collection that you can no longer search" in shown
    assert "nine hundred" not in shown
    assert QUESTION not in shown
    web.vault.members.set_member("matter", "local", Role.MANAGER, user="partner")
    web.vault.purge("matter", [lease.sha256], user="local")
    shown = html(page.run())
    assert "because a document that they were based on was deleted" in shown
    assert "nine hundred" not in shown
    assert QUESTION not in shown


def test_a_question_whose_collection_was_deleted_meanwhile_is_reported(web: Web, lease: Document) -> None:
    page = tab()
    web.vault.delete_collection("matter", user="local")
    page.chat_input[0].set_value(QUESTION).run()
    assert f"“{QUESTION}” was not asked." in html(page)
