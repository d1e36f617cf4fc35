"""Log it when a process works with other settings than the last one."""

from __future__ import annotations

import re
from contextlib import suppress

from vault.errors import StorageError
from vault.log.events import Event
from vault.log.log import Log
from vault.log.selection import Selection
from vault.settings import Settings

_OF_ONE_COMMAND = {"data", "user", "port", "threads"}
"""Settings that differ between commands without changing what anybody may do or what is answered."""
_SECRET = re.compile(r"passphrase|password|secret|_token$")
"""Names of settings whose value the log must not have, whatever later versions add."""


def log_settings(log: Log, settings: Settings) -> None:
    """Append the settings, and the names of those that are other than in the last such entry, if any are.

    On a disk that takes nothing more, nothing is logged: what is only read can still be read then.
    """
    present = {
        name: "(secret)" if value and _SECRET.search(name) else value
        for name, value in settings.model_dump(mode="json", exclude=_OF_ONE_COMMAND).items()
    }
    known = log.entries(Selection(events=(Event.SETTINGS_CHANGED,)), limit=1)
    before = known[0].facts.get("settings", {}) if known else {}
    changed = sorted(name for name in {*present, *before} if present.get(name) != before.get(name))
    if changed:
        with suppress(StorageError):
            log.append(
                Event.SETTINGS_CHANGED,
                user=settings.user,
                facts={"changed": changed if known else [], "settings": present},
            )
