"""The page before signing in, without a server around it: forms, cookies, and what attackers try."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import httpx
import pytest

from tests.vault.ledger.test_passwords import GOOD, OTHER, QUICK
from ui.server.asgi import Receive, Scope, Send
from ui.server.gate import Gate
from ui.server.names import ServerNames
from ui.services.session import USER_KEY, Sessions
from vault.vault import Vault

HOST = "127.0.0.1:8765"
ORIGIN = f"http://{HOST}"


async def page(scope: Scope, receive: Receive, send: Send) -> None:
    """The application behind the gate: it says for whom it works."""
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": scope[USER_KEY].encode()})


class House:
    """A gate with a vault in which "ana" has a password and "ben" a temporary one."""

    def __init__(self, vault: Vault) -> None:
        self.vault = vault
        self.now = datetime(2026, 3, 6, 9, 0, tzinfo=UTC)
        vault.passwords.hasher, vault.passwords.clock = QUICK, lambda: self.now
        vault.accounts.add("ana", user="local", password=False)
        vault.passwords.set("ana", GOOD)
        self.given = vault.accounts.add("ben", user="local")
        self.sessions = Sessions(
            vault.sessions, user="local", hours=72, port=8765, has_password=vault.passwords.has,
            clock=lambda: self.now,
        )  # fmt: skip
        self.gate = Gate(page, self.sessions, names=ServerNames(8765), passwords=vault.passwords)

    def browser(self, scheme: str = "http") -> Browser:
        return Browser(self.gate, scheme)


class Browser:
    """A browser that keeps cookies, in which forms are filled in."""

    def __init__(self, gate: Gate, scheme: str) -> None:
        self.client = httpx.AsyncClient(transport=httpx.ASGITransport(gate), base_url=f"{scheme}://{HOST}")

    def get(self, path: str, **headers: str) -> httpx.Response:
        return asyncio.run(self.client.get(path, headers=headers))

    def send(self, path: str, fields: dict[str, str], **headers: str) -> httpx.Response:
        return asyncio.run(self.client.post(path, data=fields, headers=headers))

    def fill(self, path: str, *, token: str = "", **fields: str) -> httpx.Response:
        """Open the page with the form, fill it in and send it."""
        return self.send(path, {"form": token or token_in(self.get(path)), **fields}, origin="null")


def token_in(answer: httpx.Response) -> str:
    found = re.search(r'name="form" value="(\w+)"', answer.text)
    assert found, answer.text
    return found[1]


@pytest.fixture
def house(vault: Vault) -> House:
    return House(vault)


def test_who_gives_the_password_is_let_in_as_that_user_and_nobody_else(house: House) -> None:
    browser = house.browser()
    assert browser.get("/").status_code == 401
    wrong = browser.fill("/login", name="ana", password=OTHER)
    assert (wrong.status_code, "do not fit" in wrong.text) == (401, True)
    assert browser.get("/").status_code == 401
    done = browser.fill("/login", name="ANA", password=GOOD)
    assert (done.status_code, "Signed in" in done.text) == (200, True)
    assert browser.get("/").text == "ana"
    assert house.browser().get("/").status_code == 401


def test_what_is_typed_is_never_markup(house: House) -> None:
    shown = house.browser().fill("/login", name='"><b>x', password="<i>y").text
    assert "<b>" not in shown
    assert "<i>" not in shown
    assert 'value="&quot;&gt;&lt;b&gt;x"' in shown


def test_a_cookie_is_strict_and_over_tls_secure(house: House) -> None:
    for scheme, secure in (("http", False), ("https", True)):
        browser = house.browser(scheme)
        given = [
            *browser.get("/").headers.get_list("set-cookie"),
            *browser.fill("/login", name="ana", password=GOOD).headers.get_list("set-cookie"),
        ]
        assert len(given) == 2
        for cookie in given:
            assert "HttpOnly; SameSite=Strict" in cookie
            assert ("; Secure" in cookie) == secure


def test_a_form_of_another_site_signs_nobody_in(house: House) -> None:
    browser = house.browser()
    fields = {"form": token_in(browser.get("/login")), "name": "ana", "password": GOOD}
    # The address of the other site gives it away.
    assert browser.send("/login", fields, origin="http://evil.example").status_code == 401
    # Without an address: a browser sends no strict cookie with the form of another site.
    assert house.browser().send("/login", fields, origin="null").status_code == 403
    assert house.browser().send("/login", fields).status_code == 403
    assert browser.send("/login", {**fields, "form": "0" * 64}).status_code == 403
    assert browser.send("/login", {"name": "ana", "password": GOOD}).status_code == 403
    assert browser.get("/").status_code == 401
    assert browser.send("/login", fields, origin=ORIGIN).status_code == 200


def test_a_session_that_an_attacker_gave_a_browser_is_not_taken_over(house: House) -> None:
    theirs = house.sessions.sign_in("ben")
    browser = house.browser()
    for planted in ("made-up", theirs):
        browser.client.cookies.set("incamera_8765", planted, domain="127.0.0.1")
        token = token_in(browser.get("/password"))
        browser.fill("/login", token=token, name="ana", password=GOOD)
        own = browser.client.cookies.get("incamera_8765", domain="127.0.0.1")
        assert own
        assert own != planted
        assert house.sessions.user(planted) is None
        assert house.sessions.user(own) == "ana"


def test_a_temporary_password_opens_nothing_but_the_page_that_changes_it(house: House) -> None:
    browser = house.browser()
    asked = browser.fill("/login", name="ben", password=house.given)
    assert (asked.status_code, "Choose your own password" in asked.text) == (200, True)
    assert browser.get("/").status_code == 401
    fields = {"name": "ben", "password": house.given, "new": OTHER, "again": OTHER}
    for wrong, said in (
        ({"again": GOOD}, "not the same"),
        ({"new": "short", "again": "short"}, "at least 12"),
        ({"password": "guess"}, "do not fit"),
    ):
        refused = browser.fill("/password", **{**fields, **wrong})
        assert (refused.status_code, said in refused.text) == (401, True)
        assert browser.get("/").status_code == 401
    assert browser.fill("/password", **fields).status_code == 200
    assert browser.get("/").text == "ben"


def test_a_locked_account_is_out_at_once(house: House) -> None:
    browser = house.browser()
    browser.fill("/login", name="ana", password=GOOD)
    assert browser.get("/").text == "ana"
    house.vault.accounts.lock("ana", user="local")
    assert browser.get("/").status_code == 401
    assert browser.fill("/login", name="ana", password=GOOD).status_code == 401
    house.vault.accounts.unlock("ana", user="local")
    assert browser.get("/").status_code == 401
    assert browser.fill("/login", name="ana", password=GOOD).status_code == 200


def test_too_many_wrong_passwords_must_wait(house: House) -> None:
    browser = house.browser()
    for _ in range(5):
        assert browser.fill("/login", name="ana", password="x").status_code == 401
    assert browser.fill("/login", name="ana", password=GOOD).status_code == 429


def test_a_form_that_is_too_long_is_not_read(house: House) -> None:
    browser = house.browser()
    token = token_in(browser.get("/login"))
    assert browser.send("/login", {"form": token, "name": "x" * 20_000}).status_code == 413
    assert browser.send("/login", {"form": token, **{f"f{n}": "" for n in range(20)}}).status_code == 413


def test_a_form_whose_sender_goes_away_signs_nobody_in(house: House) -> None:
    async def half() -> AsyncIterator[bytes]:
        yield b"name=ana&"
        raise ConnectionError

    browser = house.browser()
    with pytest.raises(ConnectionError):
        asyncio.run(
            browser.client.post(
                "/login", content=half(), headers={"content-type": "application/x-www-form-urlencoded"}
            )
        )
    assert browser.get("/").status_code == 401


def test_a_thousand_who_sign_in_at_once_get_an_answer_each(house: House) -> None:
    """Half of them guess the password of ana, half invent names."""
    browser = house.browser()
    token = token_in(browser.get("/login"))

    async def rush() -> list[int]:
        def attempt(number: int) -> object:
            name = "ana" if number % 2 else f"nobody {number}"
            fields = {"form": token, "name": name, "password": f"guess {number}"}
            return browser.client.post("/login", data=fields)

        answers = await asyncio.gather(*(attempt(number) for number in range(1000)))  # type: ignore[arg-type]
        return [answer.status_code for answer in answers]

    statuses = asyncio.run(rush())
    assert set(statuses) == {401, 429}
    assert house.vault.passwords.has("ana")
    house.vault.passwords.forgive("ana")
    assert browser.fill("/login", name="ana", password=GOOD).status_code == 200


def test_without_any_password_there_is_no_form(vault: Vault) -> None:
    sessions = Sessions(vault.sessions, user="local", hours=72, port=8765)
    browser = Browser(Gate(page, sessions, names=ServerNames(8765), passwords=vault.passwords), "http")
    for path in ("/", "/login", "/password"):
        shown = browser.get(path)
        assert (shown.status_code, "<form" in shown.text) == (401, False)
        assert "form-action 'none'" in shown.headers["content-security-policy"]
    assert browser.send("/login", {"name": "local", "password": ""}).status_code == 401


def test_a_page_with_a_form_may_send_it_here_and_nowhere_else(house: House) -> None:
    policy = house.browser().get("/").headers["content-security-policy"]
    assert "form-action 'self'" in policy
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
