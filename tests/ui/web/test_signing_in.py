"""Two people at one Incamera: signing in, members, walls, locks, as they see them in their browsers."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.places import ROOT
from tests.ui.web.browser import _QUIET, CHROMIUM, ServerProcess, Visit
from tests.waiting import PATIENCE
from vault.access import Role
from vault.vault import Vault

CHIEF, ANA = "ladder amber quiet seventeen", "violin harbour nine clouds"


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(_QUIET))
        try:
            yield browser
        finally:
            browser.close()


def new_page(browser: Browser) -> Page:
    """Return a page in a browser of its own: it shares no cookie with others."""
    page = browser.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce").new_page()
    page.set_default_timeout(PATIENCE * 1000)
    return page


def sign_in(page: Page, name: str, password: str) -> None:
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name=re.compile("Sign in|Unlock")).click()


def picture(page: Page, name: str) -> None:
    if os.environ.get("INCAMERA_SCREENSHOTS"):
        page.screenshot(path=ROOT / "docs/screenshots" / f"{name}.png")


def row(page: Page, kind: str, name: str) -> object:
    return page.locator(f".st-key-row-of-{kind}-{name}")


@pytest.mark.slow
def test_two_people_work_with_walls_between_them(data: Path) -> None:
    with ServerProcess(data) as server, chromium() as browser:
        visit = Visit(new_page(browser), server)
        chief = visit.page
        visit.make_collection("Smith v Jones")

        # The first administrator, whom the link signed in, chooses a password; the link is not enough then.
        visit.open_page("Account")
        expect(chief.get_by_text("You have no password")).to_be_visible()
        chief.get_by_label("New password", exact=True).fill(CHIEF)
        chief.get_by_label("New password once more").fill(CHIEF)
        chief.get_by_role("button", name="Set password").click()
        expect(chief.get_by_role("heading", name="Sign in to Incamera")).to_be_visible()
        assert str(server.pid) not in chief.content()
        picture(chief, "sign-in")
        sign_in(chief, "local", "not the password")
        expect(chief.get_by_role("alert")).to_contain_text("do not fit")
        sign_in(chief, "Local", CHIEF)
        expect(chief.get_by_role("heading", name="Ask your documents")).to_be_visible()
        visit.open_page("Account")
        expect(chief.get_by_text("this browser")).to_be_visible()
        picture(chief, "account")

        # Users
        visit.open_page("Users")
        chief.get_by_label("Name").fill("ana")
        chief.get_by_role("button", name="Add", exact=True).click()
        given = chief.locator(".ic-notice code").inner_text()
        picture(chief, "users")

        # Ana signs in with what she was given, and must choose her own password first.
        ana = new_page(browser)
        ana.goto(server.address)
        sign_in(ana, "ana", given)
        expect(ana.get_by_role("heading", name="Choose your own password")).to_be_visible()
        picture(ana, "first-password")
        ana.get_by_label("Present password").fill(given)
        ana.get_by_label("New password", exact=True).fill(ANA)
        ana.get_by_label("New password once more").fill(ANA)
        ana.get_by_role("button", name="Change and sign in").click()
        expect(ana.get_by_text("There is no collection yet")).to_be_visible()
        expect(ana.locator("header").get_by_role("link", name="Users")).to_have_count(0)
        assert "Smith" not in ana.content()

        # Members
        visit.open_page("Members")
        visit.choose("User", "ana")
        chief.get_by_role("button", name="Add", exact=True).click()
        expect(chief.locator(".st-key-row-of-member-ana")).to_contain_text("reader")
        picture(chief, "members")
        ana.reload()
        expect(ana.get_by_text("0 documents with 0 pages to search")).to_be_visible()

        # A wall
        visit.choose("Keep out", "ana")
        chief.get_by_label("Reason").fill("acts for the other side")
        chief.get_by_role("button", name="Raise a wall").click()
        expect(chief.locator(".st-key-row-of-wall-ana")).to_contain_text("acts for the other side")
        ana.reload()
        expect(ana.get_by_text("There is no collection yet")).to_be_visible()
        assert "Smith" not in ana.content()

        # Locked by the administrator, Ana's page is blanked by itself.
        visit.open_page("Users")
        chief.locator(".st-key-row-of-user-ana").get_by_role("button", name="Change").click()
        chief.get_by_role("button", name="Lock", exact=True).click()
        expect(chief.locator(".st-key-row-of-user-ana")).to_contain_text("locked since")
        expect(ana.get_by_role("heading", name="Sign in to Incamera")).to_be_visible()
        sign_in(ana, "ana", ANA)
        expect(ana.get_by_role("alert")).to_contain_text("do not fit, or the account is locked")
        assert visit.console_errors == [] or all("401" in error for error in visit.console_errors)


@pytest.mark.slow
def test_a_page_that_nobody_touches_is_blanked_until_the_password_is_given(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Vault.create(data, user="local", purpose="tests") as vault:
        vault.create_collection("Smith v Jones", user="local")
        vault.passwords.set("local", CHIEF)
        vault.accounts.add("ana", user="local", password=False)
        vault.members.set_member("Smith v Jones", "ana", Role.READER, user="local")
    monkeypatch.setenv("INCAMERA_LOCK_MINUTES", "0.1")
    monkeypatch.setenv("INCAMERA_USER", "ana")
    with ServerProcess(data) as server, chromium() as browser:
        page = new_page(browser)
        page.goto(server.address)
        sign_in(page, "local", CHIEF)
        expect(page.get_by_role("heading", name="Locked")).to_be_visible()
        expect(page.get_by_role("button", name="Unlock")).to_be_visible()
        picture(page, "locked")
        assert "Smith" not in page.content()
        assert page.get_by_label("Name").input_value() == "local"
        # Another person at the same computer sees nothing of the first.
        page.goto(server.new_link())
        expect(page.get_by_text("0 documents with 0 pages")).to_be_visible()
        page.goto(f"{server.address}/account")
        expect(page.get_by_text("signed in as ana")).to_be_visible()


def test_the_page_before_signing_in_tells_nothing(data: Path) -> None:
    with ServerProcess(data) as server:
        for path in ("/", "/login", "/password"):
            shown = httpx.get(server.address + path).text
            assert "Open Incamera with its link" in shown
            assert str(server.pid) not in shown
            assert "form" not in shown
