"""The Activity page: filters, the check, a record and its replay, and who sees what of it."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import expect
from streamlit.testing.v1 import AppTest

from rag.answer import Answerer
from rag.events import Done
from tests.documents import add_text, new_collection
from tests.places import ROOT
from tests.ui.web.browser import CHROMIUM, ServerProcess, visiting
from tests.waiting import PATIENCE
from ui.services.log_words import GROUPS, said
from ui.services.services import Services
from ui.web import context
from ui.web.context import Web
from vault.access import Action, Role
from vault.embedding.embedder import Embedder
from vault.log.events import Event
from vault.log.selection import Selection
from vault.settings import Settings
from vault.vault import Vault

SCREENSHOTS = ROOT / "docs" / "screenshots"
LEASE = "The rent of nine hundred pounds is due on the first day of May."
ASKED = "What rent is due in May?"


def activity_script() -> None:
    from ui.web.activity import activity_page

    activity_page()


def html(page: AppTest) -> str:
    return "".join(element.proto.body for element in page.get("html"))


@pytest.fixture
def web(settings: Settings, embedder: Embedder) -> Iterator[Web]:
    """Open the page's services with a question that "chief" asked in a matter of theirs."""
    with Services(settings, purpose="tests", create=True) as services:
        services.__dict__["embedder"] = embedder
        vault = services.vault
        vault.members.add_user("chief")
        with new_collection(vault, "matter", user="chief") as collection:
            add_text(collection, embedder, "lease.txt", LEASE)
        answering = Answerer(vault, embedder, settings.model_copy(update={"abstain_below": 0.0}))
        assert any(isinstance(event, Done) for event in answering.ask(ASKED, ["matter"], "chief"))
        with context.opened(services) as opened:
            yield opened


def test_an_administrator_sees_what_happened_and_no_words_of_matters_of_others(web: Web) -> None:
    page = AppTest.from_function(activity_script, default_timeout=PATIENCE).run()
    shown = html(page)
    assert "Asked a question" in shown and "chief" in shown and "Created a collection" in shown
    assert ASKED not in shown and "matter" not in shown, "nor the name of the matter"
    (entry,) = web.vault.log.entries(Selection(events=("question",)))
    page.button(key=f"entry-{entry.number}").click().run()
    assert entry.mac in html(page)
    page.button(key=f"record-{entry.number}").click().run()
    assert "only for the managers of its collections" in html(page) and ASKED not in html(page)
    denied = web.vault.log.entries(Selection(events=("access.denied",)))
    assert [(one.user, one.facts["action"]) for one in denied[:1]] == [("local", "read a record")]


def test_a_manager_reads_the_record_asks_it_again_and_learns_what_differs(
    web: Web, embedder: Embedder
) -> None:
    web.vault.members.set_member("matter", "local", Role.MANAGER, user="chief")
    page = AppTest.from_function(activity_script, default_timeout=PATIENCE).run()
    (entry,) = web.vault.log.entries(Selection(events=("question",)))
    page.button(key=f"entry-{entry.number}").click().run()
    page.button(key=f"record-{entry.number}").click().run()
    assert ASKED in html(page) and LEASE in html(page)
    page.button(key="record-replay").click().run()
    # It was asked without the reader, and with another threshold.
    assert "setting abstain_below" in html(page) and "reader" in html(page)
    newest = web.vault.log.entries(Selection(events=("question",)))[0]
    assert newest.user == "local" and newest.record != entry.record
    page.button(key="record-close").click().run()
    page.button(key=f"entry-{newest.number}").click().run()
    page.button(key=f"record-{newest.number}").click().run()
    page.button(key="record-replay").click().run()
    assert "Asked again, the answer is the same." in html(page)
    with web.vault.open_collection("matter", user="local", action=Action.INGEST) as collection:
        add_text(collection, embedder, "later.txt", "The rent that is due in May is one thousand pounds.")
    page.button(key="record-replay").click().run()
    assert "Asked again, the answer differs." in html(page) and "one thousand pounds" in html(page)
    assert "searched documents" in html(page)


def test_filters_choose_and_a_reading_page_is_logged_once_for_each_choice(web: Web) -> None:
    page = AppTest.from_function(activity_script, default_timeout=PATIENCE).run()
    for _ in range(3):
        page.run()
    page.selectbox(key="activity-person").select("chief").run()
    assert "Asked a question" in html(page) and "A user was added" not in html(page)
    page.selectbox(key="activity-what").select("Refusals").run()
    assert "0 entries" in html(page)
    read = web.vault.log.entries(Selection(events=("log.read",)))
    assert [entry.facts for entry in read] == [
        {"users": ["chief"], "events": list(GROUPS["Refusals"])}, {"users": ["chief"]}, {}
    ]  # fmt: skip


def test_the_check_says_what_was_changed(web: Web) -> None:
    page = AppTest.from_function(activity_script, default_timeout=PATIENCE).run()
    page.button(key="activity-verify").click().run()
    assert "The log is intact" in html(page) and "1 record" in html(page)
    page.text_input(key="activity-head").set_value("17:abc").run()
    page.button(key="activity-verify").click().run()
    assert "is not the head of a log" in html(page)
    page.text_input(key="activity-head").set_value("").run()
    with closing(sqlite3.connect(web.vault.data / "vault.db", isolation_level=None)) as other:
        other.execute("UPDATE log SET user = '<b>eve</b>', facts = 'no JSON' WHERE number = 3")
    page.button(key="activity-verify").click().run()
    assert "Entry 3 was changed." in html(page)
    assert "&lt;b&gt;eve&lt;/b&gt;" in html(page) and "<b>eve" not in html(page)


def test_who_may_not_read_the_log_has_no_page_of_it(web: Web) -> None:
    audit, members = web.vault.audit, web.vault.members
    members.add_user("ana")
    members.set_member("matter", "ana", Role.READER, user="chief")
    assert (audit.may_read("local"), audit.may_read("chief"), audit.may_read("ana")) == (True, True, False)


def test_every_event_has_words_and_a_filter() -> None:
    for event in Event:
        assert said(event) != event.value
        beginnings = [begin for group in GROUPS.values() for begin in group]
        assert any(f"{event.value}.".startswith(f"{begin}.") for begin in beginnings), event


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.skipif(not CHROMIUM.exists(), reason=f"there is no Chromium at {CHROMIUM}")
def test_in_a_browser_a_question_is_found_verified_read_and_asked_again(
    tmp_path: Path, embedder: Embedder, embedder_cache: Path
) -> None:
    data = tmp_path / "data"
    with (
        Vault.create(data, user="local", purpose="tests") as vault,
        new_collection(vault, "Hale v Vane") as collection,
    ):
        add_text(collection, embedder, "lease.txt", LEASE)
    (data / "embedder").symlink_to(embedder_cache)
    with ServerProcess(data) as server, visiting(server) as visit:
        page = visit.page
        visit.ask(ASKED)
        visit.open_page("Activity")
        row = page.locator(".ic-entry").filter(has_text="Asked a question")
        expect(row).to_contain_text("Hale v Vane")
        page.get_by_role("button", name="Verify the log").click()
        expect(page.get_by_text(re.compile("The log is intact: .* and 1 record are"))).to_be_visible()
        row.locator("xpath=ancestor::*[contains(@class, 'st-key-row-entry-')][1]").get_by_role(
            "button", name="Details"
        ).click()
        page.get_by_role("button", name="Open the record").click()
        expect(page.get_by_role("heading", name=ASKED)).to_be_visible()
        page.get_by_role("button", name="Ask again").click()
        expect(page.get_by_text("Asked again, the answer is the same.")).to_be_visible()
        visit.wait_until_idle()
        if os.environ.get("INCAMERA_SCREENSHOTS"):
            page.get_by_role("heading", name="Activity").scroll_into_view_if_needed()
            page.screenshot(path=SCREENSHOTS / "activity.png")
        page.get_by_role("button", name="Close the record").click()
        with closing(sqlite3.connect(data / "vault.db", isolation_level=None, timeout=30)) as other:
            other.execute("DELETE FROM log WHERE number = 2")
        page.get_by_role("button", name="Verify the log").click()
        expect(page.get_by_text("Entry 2 is missing.")).to_be_visible()
        assert visit.foreign_addresses() == [] and visit.console_errors == []
