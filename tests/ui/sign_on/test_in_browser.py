"""Signing on in Chromium, with a provider that is another site than Incamera."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.ui.sign_on.house_provider import CLIENT, SECRET, Person, house_provider
from tests.ui.web.browser import ServerProcess
from tests.ui.web.test_signing_in import chromium, new_page
from vault.vault import Vault


@pytest.mark.slow
def test_a_person_signs_on_is_locked_out_of_sight_and_comes_back(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Vault.create(data, user="local", purpose="tests").close()
    secret = tmp_path / "client-secret"
    secret.write_text(SECRET)
    secret.chmod(0o600)
    with house_provider() as provider:
        provider.people = {"ana": Person("subject-1", "ana", ("board",))}
        for name, value in {
            "OIDC_ISSUER": provider.issuer, "OIDC_CLIENT_ID": CLIENT, "OIDC_CLIENT_SECRET_FILE": str(secret),
            "OIDC_AUDITORS": '["board"]', "LOCK_MINUTES": "0.1",
        }.items():  # fmt: skip
            monkeypatch.setenv(f"INCAMERA_{name}", value)
        with ServerProcess(data) as server, chromium() as browser:
            page = new_page(browser)

            def sign_on() -> None:
                page.get_by_role("link", name="Sign in with localhost").click()
                page.get_by_label("Who are you?").fill("ana")
                page.get_by_role("button", name="Go on").click()
                expect(page.get_by_text("There is no collection yet")).to_be_visible()

            page.goto(server.address)
            expect(page.get_by_role("heading", name="Sign in to Incamera")).to_be_visible()
            sign_on()
            assert page.url == f"{server.address}/"
            page.locator("header").get_by_role("link", name="Account", exact=True).click()
            expect(page.get_by_text("signed in as ana. You are an auditor")).to_be_visible()
            # Nobody touches the page: it is blanked, also for a user without a password.
            expect(page.get_by_role("heading", name="Locked")).to_be_visible()
            sign_on()
            # Whoever the provider does not know is told so.
            page.context.clear_cookies()
            page.goto(server.address)
            page.get_by_role("link", name="Sign in with localhost").click()
            page.get_by_label("Who are you?").fill("nobody")
            page.get_by_role("button", name="Go on").click()
            expect(page.get_by_role("alert")).to_contain_text("it was refused there")
            page.get_by_role("link", name="Try again").click()
            expect(page.get_by_label("Who are you?")).to_be_visible()
