"""Where this process gets the key of a vault from: a file, a credential of its service, or a person."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from vault.errors import KeyMissing
from vault.keys.secret import Stretching, key_in, text_in
from vault.sealing.key import Key
from vault.settings import Settings

_CREDENTIAL = re.compile(r"[\w.-]+")


@dataclass(frozen=True, slots=True)
class KeySource:
    """Where the key is looked for, in this order: `file`, `credential`, where it was made, `ask`."""

    file: Path | None = None
    """Holds the key, or the passphrase of a vault that has one."""
    credential: str = ""
    """Name of a credential that the service manager gives to this process (systemd: LoadCredential=)."""
    ask: Callable[[], str] | None = None
    """Asks a person for the passphrase. None where nobody can be asked."""
    sealed: bool = True
    """Whether indexes of vectors of an encrypted vault are kept in memory and never written."""

    @classmethod
    def from_settings(cls, settings: Settings, ask: Callable[[], str] | None = None) -> KeySource:
        """Return what the settings say. `ask` asks for a passphrase."""
        return cls(settings.key_file, settings.key_credential, ask, settings.sealed)

    def key(self, made_in: Path | None) -> Key:
        """Return the key of a vault with a key file. `made_in` is where it was made or last given.

        Raises KeyMissing, KeyUnfit.
        """
        file = self._given() or (made_in if made_in is not None and made_in.is_file() else None)
        if file is None:
            where = "" if made_in is None else f" It was made in {made_in}, which is not there."
            raise KeyMissing(
                f"This vault is encrypted and its key is not at hand.{where} Set INCAMERA_KEY_FILE to the "
                "key file. If every copy of it is lost, nobody can read this vault any more."
            )
        return key_in(file)

    def passphrase_key(self, stretching: Stretching) -> Key:
        """Return the key of a vault with a passphrase. Raises KeyMissing, KeyUnfit."""
        file = self._given()
        if file is not None:
            return stretching.key_of(text_in(file))
        if self.ask is None:
            raise KeyMissing(
                "This vault is encrypted with a passphrase, and nobody can be asked for it here. Run the "
                "command in a terminal, or set INCAMERA_KEY_FILE to a file with the passphrase (for a "
                "service, see INCAMERA_KEY_CREDENTIAL)."
            )
        return stretching.key_of(self.ask())

    def _given(self) -> Path | None:
        """Return the file of the settings, or of the credential where the service manager gives it."""
        if self.file is not None:
            return self.file
        folder = os.environ.get("CREDENTIALS_DIRECTORY")
        if not folder or not _CREDENTIAL.fullmatch(self.credential):
            return None
        found = Path(folder) / self.credential
        return found if found.is_file() else None


NO_SOURCE = KeySource()
"""Opens vaults that are not encrypted, and those whose key file lies where it was made."""
