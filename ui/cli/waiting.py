"""Waiting for the process that owns the vault."""

from __future__ import annotations

import time

from ui.cli.console import say
from ui.interface.address import is_served
from vault.errors import VaultOwned
from vault.process.lock import Owner, owner_of
from vault.settings import Settings
from vault.text.counted import counted

_SILENT_SECONDS = 1.0
"""How long a command waits before it says so: most that own a vault end sooner."""
_SHORTEST_PAUSE, _LONGEST_PAUSE = 0.02, 0.5
"""Seconds between two looks; they grow, so that what waits for hours costs next to nothing."""


class WaitForOwner:
    """Waits between the attempts to get the vault, and says for which process."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._owner: Owner | None = None
        self._since = time.monotonic()
        self._said: Owner | None = None
        self._pause = _SHORTEST_PAUSE

    def pause(self, error: VaultOwned) -> None:
        """Wait a moment after an attempt that ended with `error`.

        Raises VaultOwned when one process has owned the vault for as long as the settings allow, unless it
        accepts requests: then it lives and works.
        """
        now, owner = time.monotonic(), owner_of(self._settings.data)
        if owner is not None and owner != self._owner:
            self._owner, self._since = owner, now
        if now - self._since >= self._settings.wait_seconds:
            if not is_served(self._settings.data):
                waited = f" This command waited for it for {counted(self._settings.wait_seconds, 'second')}."
                raise VaultOwned(f"{error}{waited if self._settings.wait_seconds else ''}") from error
            self._since = now
        if now - self._since >= _SILENT_SECONDS and self._owner not in (None, self._said):
            self._said = self._owner
            say(f"Waiting for {self._owner}, which uses the vault. Ctrl-C ends the waiting.")
        time.sleep(self._pause)
        self._pause = min(self._pause * 1.1, _LONGEST_PAUSE)
