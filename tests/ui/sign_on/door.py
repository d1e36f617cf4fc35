"""A gate behind which people sign on, and a browser that fills in the provider's page."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import Any

import httpx

from tests.ui.server.test_entrance import HOST, Browser, page
from tests.ui.sign_on.house_provider import CLIENT, HouseProvider
from ui.server.gate import Gate
from ui.server.names import ServerNames
from ui.services.session import Sessions
from ui.sign_on.sign_on import SignOn, sign_on_of
from vault.settings import Settings
from vault.vault import Vault

DONE = f"http://{HOST}/sign-on/done"


class Door:
    """A gate behind which people sign on."""

    def __init__(self, vault: Vault, provider: HouseProvider, secret: Path, **more: Any) -> None:
        self.vault, self.provider, self.secret = vault, provider, secret
        given = {
            "oidc_issuer": provider.issuer, "oidc_client_id": CLIENT, "oidc_client_secret_file": secret,
            **more,
        }  # fmt: skip
        sign_on = sign_on_of(Settings.load(**given), vault.accounts.sign_on)
        assert sign_on is not None
        self.sign_on: SignOn = sign_on
        self.sessions = Sessions(vault.sessions, user="local", hours=72, port=8765)
        self.gate = Gate(
            page, self.sessions, names=ServerNames(8765), passwords=vault.passwords, sign_on=sign_on
        )

    def browser(self) -> Browser:
        return Browser(self.gate, "http")

    def go(self, browser: Browser, person: str, at: HouseProvider | None = None) -> str:
        """Leave for the provider and sign in there; return the path with which the browser comes back."""
        left = browser.get("/sign-on")
        assert left.status_code == 303, left.text
        return signed_in_there(left.headers["location"], person)

    def sign_on_as(self, browser: Browser, person: str) -> httpx.Response:
        return browser.get(self.go(browser, person))


def signed_in_there(address: str, person: str) -> str:
    """Fill in the provider's page, as a person would; return where it sends the browser, without the host."""
    form = httpx.get(address, trust_env=False)
    fields = {
        unescape(name): unescape(value)
        for name, value in re.findall(r'type="hidden" name="(.*?)" value="(.*?)"', form.text)
    }
    back = httpx.post(address.partition("?")[0], data={**fields, "person": person}, trust_env=False)
    assert back.status_code == 302, back.text
    location = back.headers["location"]
    assert location.startswith(DONE)
    return location.removeprefix(f"http://{HOST}")


def refused(door: Door, answer: httpx.Response, browser: Browser, said: str, kind: str = "") -> None:
    assert answer.status_code == 401, (kind, answer.text)
    assert said in unescape(answer.text).partition("<main>")[2], kind
    assert "You are not signed in" in answer.text
    assert browser.get("/").status_code == 401
