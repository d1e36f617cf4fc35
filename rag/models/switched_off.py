"""Remember which models are switched off because they failed again and again."""

from __future__ import annotations

import json
import logging
import threading
from dataclasses import asdict, dataclass
from pathlib import Path

from vault.errors import StorageError
from vault.files.private import write_private
from vault.process.clock import utc_now

_LOG = logging.getLogger(__name__)
FAILURES = 3
"""So many failures in a row switch a model off."""


@dataclass(frozen=True, slots=True)
class SwitchedOff:
    """A model that is not used any more."""

    model: str
    """Its name in the vault, or the path of the file that the settings name."""
    since: str
    """UTC, ISO 8601."""
    reason: str
    """The last failure, in words for users."""

    @property
    def notice(self) -> str:
        """What administrators are told."""
        return (
            f"The language model {self.model} has been switched off since {self.since}: it failed "
            f"{FAILURES} times in a row. The last time: {self.reason} To switch it on again: incamera models "
            f"use {self.model}"
        )


class Failures:
    """Counts the failures of models in a row, and keeps in the data folder which are switched off.

    Safe to use from several threads of one process, which owns the vault.
    """

    def __init__(self, data: Path) -> None:
        self._file = data / "models.off"
        self._lock = threading.Lock()
        self._in_a_row: dict[str, int] = {}

    def switched_off(self) -> list[SwitchedOff]:
        """Return the models that are switched off, by name."""
        try:
            rows = json.loads(self._file.read_text(encoding="utf-8"))
            return [SwitchedOff(**row) for row in rows]
        except (OSError, ValueError, TypeError):  # none yet, or a damaged file: they are tried again
            return []

    def find(self, model: str) -> SwitchedOff | None:
        """Return what is kept of the model if it is switched off."""
        return next((one for one in self.switched_off() if one.model == model), None)

    def succeeded(self, model: str) -> None:
        """Note that the model has written an answer."""
        with self._lock:
            self._in_a_row.pop(model, None)

    def failed(self, model: str, reason: str) -> SwitchedOff | None:
        """Note a failure; return what is kept of the model if it is switched off by it."""
        with self._lock:
            self._in_a_row[model] = self._in_a_row.get(model, 0) + 1
            if self._in_a_row[model] < FAILURES:
                return None
            del self._in_a_row[model]
            off = SwitchedOff(model, utc_now(), reason)
            self._keep([one for one in self.switched_off() if one.model != model] + [off])
        _LOG.warning("%s", off.notice)
        return off

    def switch_on(self, model: str) -> None:
        """Use the model again."""
        with self._lock:
            self._in_a_row.pop(model, None)
            kept = self.switched_off()
            if any(one.model == model for one in kept):
                self._keep([one for one in kept if one.model != model])

    def _keep(self, models: list[SwitchedOff]) -> None:
        rows = [asdict(one) for one in sorted(models, key=lambda one: one.model)]
        try:
            write_private(self._file, json.dumps(rows, ensure_ascii=False))
        except (OSError, StorageError):  # a full disk: it is counted again
            _LOG.warning("%s cannot be written.", self._file)
