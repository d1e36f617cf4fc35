"""A file that may be sealed, and is read as if it were not."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from vault.errors import FileUnreadable
from vault.sealing.key import Key
from vault.sealing.stream import BLOCK, plain_size, unsealed_blocks


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file on a disk, with the key that it is sealed with, if it is."""

    path: Path
    key: Key | None = None
    context: str = "file"
    """What it is, as it was said when it was sealed."""

    @property
    def size(self) -> int:
        """Plain bytes. Raises OSError."""
        size = self.path.stat().st_size
        return size if self.key is None else plain_size(size)

    def blocks(self) -> Iterator[bytes]:
        """Yield the plain bytes in blocks. Raises FileUnreadable, of which SealBroken is one kind.

        With a key, use what was yielded only when the last block has come.
        """
        try:
            with self.path.open("rb") as stream:
                if self.key is not None:
                    yield from unsealed_blocks(stream, self.key, self.context)
                    return
                while block := stream.read(BLOCK):
                    yield block
        except OSError as error:
            reason = (error.strerror or "unknown error").lower()
            raise FileUnreadable(f"The file cannot be read: {reason}.") from error

    def content(self) -> bytes:
        """Return the plain bytes. Raises FileUnreadable."""
        return b"".join(self.blocks())

    def sha256(self) -> str:
        """Return the sha256 of the plain bytes, in hexadecimal digits. Raises FileUnreadable."""
        digest = hashlib.sha256()
        for block in self.blocks():
            digest.update(block)
        return digest.hexdigest()
