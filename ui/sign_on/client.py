"""What Incamera is to the provider, from the settings."""

from __future__ import annotations

from dataclasses import dataclass, field

from vault.errors import SettingsError
from vault.files.secret_file import secret_in
from vault.settings import Settings


@dataclass(frozen=True, slots=True)
class Client:
    """A client of the provider."""

    issuer: str
    id: str
    secret: str = field(repr=False)
    """Empty for a public client."""
    scopes: str
    name_claim: str
    groups_claim: str
    administrators: frozenset[str]
    """Groups; empty if they decide nothing."""
    auditors: frozenset[str]
    login_seconds: int
    """Most seconds since somebody proved themselves to the provider; 0 for no limit."""


def client_of(settings: Settings) -> Client:
    """Return the client that the settings describe, which name an issuer. Raises SettingsError."""
    if not settings.oidc_client_id:
        raise SettingsError("INCAMERA_OIDC_ISSUER is set and INCAMERA_OIDC_CLIENT_ID is not. Set both.")
    if "openid" not in settings.oidc_scopes.split():
        raise SettingsError(f"INCAMERA_OIDC_SCOPES is {settings.oidc_scopes!r} and must contain openid.")
    return Client(
        settings.oidc_issuer, settings.oidc_client_id, _secret(settings), settings.oidc_scopes,
        settings.oidc_name_claim, settings.oidc_groups_claim, frozenset(settings.oidc_administrators),
        frozenset(settings.oidc_auditors), int(settings.oidc_login_minutes * 60),
    )  # fmt: skip


def _secret(settings: Settings) -> str:
    path = settings.oidc_client_secret_file
    if path is None:
        return ""
    return secret_in(path, "INCAMERA_OIDC_CLIENT_SECRET_FILE").strip()
