"""Signing on with a provider, from the browser's first request to the user of the vault."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.ui.server.test_entrance import Browser, page
from tests.ui.sign_on.door import DONE, Door, refused
from tests.ui.sign_on.house_provider import HouseProvider
from ui.server.gate import Gate
from ui.server.names import ServerNames
from ui.services.session import Sessions
from ui.sign_on.sign_on import sign_on_of
from vault.access import Action
from vault.errors import CollectionNotFound, SettingsError
from vault.log.events import Event
from vault.settings import Settings
from vault.vault import Vault


def test_who_signs_on_for_the_first_time_becomes_a_user_without_any_content(door: Door) -> None:
    door.vault.create_collection("Smith v Jones", user="local")
    browser = door.browser()
    offered = browser.get("/")
    assert (offered.status_code, 'href="/sign-on"' in offered.text) == (401, True)
    assert "Sign in with localhost" in offered.text
    assert "Signed in" in door.sign_on_as(browser, "ana").text
    assert browser.get("/").text == "ana"
    user = door.vault.accounts.get("ana")
    assert (user.administrator, user.auditor, user.password) == (False, False, False)
    with (
        pytest.raises(CollectionNotFound),
        door.vault.open_collection("Smith v Jones", user="ana", action=Action.SEARCH),
    ):
        pass
    # Again, in another browser: the same user.
    other = door.browser()
    door.sign_on_as(other, "ana")
    assert other.get("/").text == "ana"
    assert [one.name for one in door.vault.accounts.all(user="local")] == ["ana", "local"]
    logged = [entry.event for entry in door.vault.log.entries()]
    assert logged.count(Event.USER_ADDED) == 1
    assert logged.count(Event.USER_LINKED) == 1
    assert logged.count(Event.SIGNED_IN) == 2


def test_a_browser_that_the_provider_sends_brings_its_strict_cookies_a_page_later(door: Door) -> None:
    browser = door.browser()
    back = door.go(browser, "ana")
    kept = browser.client.cookies
    browser.client.cookies = httpx.Cookies()
    first = browser.get(back)
    target = re.search(r'content="0; url=(.*?)"', first.text)
    assert target
    assert (first.status_code, first.headers.get("set-cookie")) == (200, None)
    browser.client.cookies = kept
    browser.get(unescape(target[1]))
    assert browser.get("/").text == "ana"
    # Without them for a second time, it does not go round in circles.
    stranger = door.browser()
    refused(door, stranger.get(unescape(target[1])), stranger, "not begun in this browser")


def test_what_is_sent_to_the_provider_is_fresh_and_hides_the_verifier(door: Door) -> None:
    one, two = door.browser(), door.browser()
    for browser in (one, two):
        door.go(browser, "ana")
    first, second = door.provider.asked
    for sent in (first, second):
        assert sent["response_type"] == "code"
        assert sent["code_challenge_method"] == "S256"
        assert sent["redirect_uri"] == DONE
        assert sent["max_age"] == "900"
        assert "code_verifier" not in sent
    for name in ("state", "nonce", "code_challenge"):
        assert first[name] != second[name]


def test_nobody_takes_over_a_user_by_a_name_at_the_provider(door: Door) -> None:
    browser = door.browser()
    refused(door, door.sign_on_as(browser, "local"), browser, "'local' in Incamera already")
    # By proof of both they are one.
    browser.get(f"/login?token={door.sessions.new_link()}")
    assert browser.get("/").text == "local"
    assert "Signed in" in door.sign_on_as(browser, "local").text
    elsewhere = door.browser()
    door.sign_on_as(elsewhere, "local")
    assert elsewhere.get("/").text == "local"


def test_who_is_renamed_at_the_provider_stays_who_they_are(door: Door) -> None:
    door.sign_on_as(door.browser(), "ana")
    door.sign_on_as(door.browser(), "ben")
    door.provider.people["ben"].name = "ana"
    browser = door.browser()
    door.sign_on_as(browser, "ben")
    assert browser.get("/").text == "ben"


def test_a_locked_user_stays_out(door: Door) -> None:
    browser = door.browser()
    door.sign_on_as(browser, "ana")
    door.vault.accounts.lock("ana", user="local")
    assert browser.get("/").status_code == 401
    refused(door, door.sign_on_as(browser, "ana"), browser, "is locked")
    door.vault.accounts.unlock("ana", user="local")
    door.sign_on_as(browser, "ana")
    assert browser.get("/").text == "ana"


def test_roles_follow_the_groups_at_each_sign_on(vault: Vault, provider: HouseProvider, secret: Path) -> None:
    door = Door(vault, provider, secret, oidc_administrators=("partners",), oidc_auditors=("audit", "board"))

    def roles() -> tuple[bool, bool]:
        door.sign_on_as(door.browser(), "ana")
        user = vault.accounts.get("ana")
        return user.administrator, user.auditor

    assert roles() == (True, False)
    provider.people["ana"].groups = ("partners", "board")
    assert roles() == (True, True)
    provider.people["ana"].groups = ()
    assert roles() == (False, False)
    # The last administrator stays one, whatever the provider says.
    provider.people["ana"].groups = ("partners",)
    assert roles() == (True, False)
    vault.accounts.set_roles("local", user="ana", administrator=False)
    provider.people["ana"].groups = ("board",)
    assert roles() == (True, True)


def test_without_groups_in_the_settings_roles_are_left_alone(door: Door) -> None:
    door.sign_on_as(door.browser(), "ana")
    door.vault.accounts.set_roles("ana", user="local", auditor=True)
    door.sign_on_as(door.browser(), "ana")
    assert door.vault.accounts.get("ana").auditor


def test_what_the_token_lacks_is_asked_of_the_provider(
    vault: Vault, provider: HouseProvider, secret: Path
) -> None:
    provider.only_userinfo = True
    door = Door(vault, provider, secret, oidc_administrators=("partners",))
    door.sign_on_as(door.browser(), "ana")
    assert vault.accounts.get("ana").administrator


def test_a_session_that_ends_by_a_new_sign_on_is_that_of_another_user_only(door: Door) -> None:
    browser = door.browser()
    door.sign_on_as(browser, "ana")
    first = browser.client.cookies["incamera_8765"]
    conversation = door.sessions.conversation(first)
    door.sign_on_as(browser, "ana")
    second = browser.client.cookies["incamera_8765"]
    assert (second != first, door.sessions.conversation(second)) == (True, conversation)
    door.sign_on_as(browser, "ben")
    assert door.sessions.user(second) is None
    assert browser.get("/").text == "ben"


# --- settings -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"oidc_issuer": "https://login.firm.example"}, "not in INCAMERA_ALLOWED_HOSTS"),
        ({"oidc_issuer": "http://login.firm.example"}, "must begin with https"),
        ({"oidc_issuer": "login.firm.example"}, "no address"),
        ({"oidc_client_id": ""}, "INCAMERA_OIDC_CLIENT_ID is not"),
        ({"oidc_scopes": "profile"}, "must contain openid"),
        ({"oidc_client_secret_file": Path("/nowhere/at/all")}, "cannot be read"),
    ],
)
def test_settings_that_cannot_work_are_named(
    vault: Vault, provider: HouseProvider, secret: Path, given: dict[str, Any], said: str
) -> None:
    with pytest.raises(SettingsError, match=said):
        Door(vault, provider, secret, **given)


def test_a_secret_that_others_can_read_is_refused(
    vault: Vault, provider: HouseProvider, secret: Path
) -> None:
    secret.chmod(0o644)
    with pytest.raises(SettingsError, match="chmod 600"):
        Door(vault, provider, secret)


def test_without_a_provider_there_is_no_way_there(vault: Vault) -> None:
    sessions = Sessions(vault.sessions, user="local", hours=72, port=8765)
    assert sign_on_of(Settings.load(), vault.accounts.sign_on) is None
    browser = Browser(Gate(page, sessions, names=ServerNames(8765), passwords=vault.passwords), "http")
    for path in ("/sign-on", "/sign-on/done?code=x&state=y"):
        answer = browser.get(path)
        assert (answer.status_code, "sign-on" in answer.text) == (401, False)
