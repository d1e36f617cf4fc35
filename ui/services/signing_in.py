"""Sign in as the settings say: how long sessions last, and where a link needs no password."""

from __future__ import annotations

from datetime import timedelta

from ui.services.services import Services
from ui.services.session import SessionLimits, Sessions


def sessions_of(services: Services, port: int) -> Sessions:
    """Return the sessions of a server on this port."""
    settings, vault = services.settings, services.vault
    limits = SessionLimits(
        timedelta(hours=settings.session_hours),
        timedelta(hours=settings.session_max_hours),
        timedelta(minutes=settings.lock_minutes),
    )

    def link_is_enough() -> bool:
        """A user who has a password gives it, unless this is their own machine; a locked one never enters."""
        needs_password = vault.passwords.has(settings.user) and not settings.own_machine
        return not needs_password and not vault.accounts.is_locked(settings.user)

    def can_unlock(user: str) -> bool:
        """Who has a password gives it again; whom a provider signs on is signed on again."""
        return vault.passwords.has(user) or (bool(settings.oidc_issuer) and vault.accounts.sign_on.has(user))

    return Sessions(
        vault.sessions, user=settings.user, hours=settings.session_hours, port=port, limits=limits,
        link_is_enough=link_is_enough, has_password=can_unlock,
    )  # fmt: skip
