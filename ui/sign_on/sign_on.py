"""Signing on: from the browser's request to the user of the vault."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from ui.sign_on.attempt import Attempts
from ui.sign_on.client import Client, client_of
from vault.errors import SignOnFailed
from vault.ledger.sign_on import Identity, SignOnStore
from vault.settings import Settings

if TYPE_CHECKING:
    from ui.sign_on.provider import Provider


class SignOn:
    """Signs people on with the provider of the settings."""

    def __init__(self, client: Client, users: SignOnStore, clock: Callable[[], float] = time.time) -> None:
        """Raises SettingsError for a provider that must not be used; does not connect yet."""
        from ui.sign_on.provider import Provider  # loads Authlib, which only those need who use it

        self._client, self._users = client, users
        self._attempts = Attempts(clock)
        self._provider: Provider = Provider(client, clock)
        self.host = urlsplit(client.issuer).hostname or ""
        """The name of the provider, for people."""

    def begin(self, redirect: str) -> tuple[str, str]:
        """Return where the browser goes, and the secret that it keeps meanwhile.

        `redirect` is where it comes back to. Raises SignOnFailed.
        """
        attempt = self._attempts.begin()
        return self._provider.address(attempt, redirect), attempt.secret

    def finish(
        self, answer: Mapping[str, str], secret: str, redirect: str, *, signed_in: str | None = None
    ) -> str:
        """Return the user whom the provider has signed on, by the parameters that the browser brought back.

        `secret` is what the browser kept, `signed_in` the user of its open session. Raises SignInRefused,
        and SignOnFailed.
        """
        attempt = self._attempts.take(secret, answer.get("state", ""))
        try:
            claims = self._provider.claims(answer, attempt, redirect)
            identity = self._identity(claims)
        except SignOnFailed as error:
            self._users.note_refused(str(error))
            raise
        return self._users.enter(identity, signed_in=signed_in)

    def _identity(self, claims: Mapping[str, Any]) -> Identity:
        client = self._client
        name = claims.get(client.name_claim)
        if not isinstance(name, str) or not name.strip():
            raise SignOnFailed(f"The provider does not say your name ({client.name_claim}).")
        said = claims.get(client.groups_claim)
        listed = said if isinstance(said, list) else [said]
        groups = {one for one in listed if isinstance(one, str)}
        return Identity(
            client.issuer, claims["sub"], name.strip(),
            administrator=bool(groups & client.administrators) if client.administrators else None,
            auditor=bool(groups & client.auditors) if client.auditors else None,
        )  # fmt: skip


def sign_on_of(settings: Settings, users: SignOnStore) -> SignOn | None:
    """Return how people sign on; None if the settings name no provider. Raises SettingsError."""
    return SignOn(client_of(settings), users) if settings.oidc_issuer else None
