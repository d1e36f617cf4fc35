"""`keys.json`: the key of a vault, sealed with its key file or passphrase, and how that is asked for.

Nothing in it is secret. Without it the vault cannot be opened even with the key: it belongs in every backup.
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from vault.errors import KeyWrong, SealBroken, VaultDamaged, VaultTooNew
from vault.files.scrub import write_over
from vault.keys.secret import Stretching
from vault.keys.source import KeySource
from vault.sealing.box import seal, unseal
from vault.sealing.key import Key

FILE = "keys.json"
_VERSION = 1
_CONTEXT, _EARLIER = "key of the vault", "earlier key of the vault"

Kind = Literal["file", "passphrase"]


@dataclass(frozen=True, slots=True)
class NewSecret:
    """A key file or passphrase that a vault is given."""

    kind: Kind
    key: Key
    made_in: str = ""
    """Absolute path of the key file; empty for a passphrase."""
    stretching: Stretching | None = None
    """How the key was made of the passphrase; None for a key file."""


@dataclass(frozen=True, slots=True)
class Header:
    """What `keys.json` says."""

    kind: Kind
    vault_key: bytes
    """Sealed with the key file or passphrase."""
    made_in: str = ""
    stretching: Stretching | None = None
    earlier: bytes = b""
    """The vault's earlier key, sealed with the present one, while a change of keys is not finished."""
    unfinished: bool = False
    """Whether the vault is being encrypted and some of it may be plain."""

    @classmethod
    def new(cls, secret: NewSecret, vault_key: Key, *, unfinished: bool = False) -> Header:
        """Return the header of a vault with this key."""
        sealed = seal(secret.key, vault_key.secret, _CONTEXT)
        return cls(secret.kind, sealed, secret.made_in, secret.stretching, unfinished=unfinished)

    def with_earlier(self, vault_key: Key, earlier: Key) -> Header:
        """Return the header that knows the earlier key too."""
        return replace(self, earlier=seal(vault_key, earlier.secret, _EARLIER))

    def settled(self) -> Header:
        """Return the header of a vault with nothing unfinished."""
        return replace(self, earlier=b"", unfinished=False)

    def open(self, source: KeySource) -> Key:
        """Return the vault's key. Raises KeyMissing, KeyUnfit, KeyWrong."""
        if self.stretching is not None:
            key, what = source.passphrase_key(self.stretching), "passphrase"
        else:
            key, what = source.key(Path(self.made_in) if self.made_in else None), "key"
        try:
            return Key(unseal(key, self.vault_key, _CONTEXT))
        except SealBroken as error:
            raise KeyWrong(f"This is not the {what} of this vault. Nothing was changed.") from error

    def open_earlier(self, vault_key: Key) -> Key | None:
        """Return the earlier key while a change of keys is not finished, else None. Raises SealBroken."""
        return Key(unseal(vault_key, self.earlier, _EARLIER)) if self.earlier else None


def read_header(data: Path) -> Header | None:
    """Return the header of the vault in `data`; None if the vault is not encrypted.

    Raises VaultTooNew, VaultDamaged.
    """
    file = data / FILE
    try:
        saved = json.loads(file.read_text())
        if saved["version"] > _VERSION:
            raise VaultTooNew(f"{file} was written by a later version of Incamera. Install that version.")
        stretching = saved.get("argon2id")
        return Header(
            saved["kind"], base64.b64decode(saved["vault_key"]), saved["made_in"],
            None if stretching is None else Stretching(
                base64.b64decode(stretching["salt"]), stretching["operations"], stretching["memory"]
            ),
            base64.b64decode(saved["earlier"]), saved["unfinished"],
        )  # fmt: skip
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError) as error:
        raise VaultDamaged(f"{file} is damaged. Restore it from a backup.") from error


def write_header(data: Path, header: Header) -> None:
    """Store the header of the vault in `data`. Raises StorageError."""
    stretching = header.stretching
    saved = {
        "version": _VERSION,
        "kind": header.kind,
        "made_in": header.made_in,
        "vault_key": base64.b64encode(header.vault_key).decode(),
        "argon2id": None if stretching is None else {
            "salt": base64.b64encode(stretching.salt).decode(),
            "operations": stretching.operations,
            "memory": stretching.memory,
        },
        "earlier": base64.b64encode(header.earlier).decode(),
        "unfinished": header.unfinished,
    }  # fmt: skip
    write_over(data / FILE, (json.dumps(saved, indent=1) + "\n").encode())
