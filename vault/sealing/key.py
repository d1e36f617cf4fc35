"""A key, and the keys that are derived from it."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, field

KEY_BYTES = 32
_PERSON = b"incamera"


@dataclass(frozen=True, slots=True)
class Key:
    """Secret bytes. They are never part of a message or a log: `repr` leaves them out."""

    secret: bytes = field(repr=False)
    """32 bytes."""

    def __post_init__(self) -> None:
        if len(self.secret) != KEY_BYTES:
            raise ValueError(f"A key has {KEY_BYTES} bytes, not {len(self.secret)}.")

    @classmethod
    def random(cls) -> Key:
        """Return a new key that nobody knows."""
        return cls(secrets.token_bytes(KEY_BYTES))

    def derived(self, purpose: str) -> Key:
        """Return the key for one purpose, from which neither this key nor that of another follows."""
        return Key(self._digest(purpose.encode()))

    def name_for(self, name: str) -> str:
        """Return a name of 64 hexadecimal digits that stands for `name` and tells nothing about it."""
        return self._digest(b"name:" + name.encode()).hex()

    def _digest(self, content: bytes) -> bytes:
        return hashlib.blake2b(content, key=self.secret, person=_PERSON, digest_size=KEY_BYTES).digest()
