"""Sealed files: read and written block by block, each block encrypted and authenticated.

A file begins with `MAGIC` and a random header, and goes on with blocks in libsodium's "secretstream"
(XChaCha20-Poly1305). Blocks cannot be changed, left out, repeated or exchanged, and the last one is marked,
so that a file cannot be cut off. What the file is goes into the last block and is not written down: a file
that is put in the place of another is refused.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from vault.errors import SealBroken
from vault.sealing.key import Key

MAGIC = b"incamera sealed 1\n"
BLOCK = 1 << 18
"""Plain bytes of a block; the last one may have less, or none."""
_HEADER = 24
_OVERHEAD = 17
_FIRST = len(MAGIC) + _HEADER


class SealingWriter:
    """Writes a sealed file. Without a key, what is written is passed on as it is."""

    def __init__(self, file: BinaryIO, key: Key | None) -> None:
        """Start a file in `file`, which is open for writing and stays open at the end."""
        self._file, self._key = file, key
        self._waiting = bytearray()
        if key is not None:
            # Imported here: a vault without a key does not need it.
            from nacl import bindings

            self._library = bindings
            self._state = bindings.crypto_secretstream_xchacha20poly1305_state()
            header = bindings.crypto_secretstream_xchacha20poly1305_init_push(self._state, key.secret)
            file.write(MAGIC + header)

    def write(self, content: bytes) -> None:
        """Append plain bytes. Raises whatever writing the file raises."""
        if self._key is None:
            self._file.write(content)
            return
        self._waiting += content
        while len(self._waiting) > BLOCK:
            self._push(bytes(self._waiting[:BLOCK]), None, self._message)
            del self._waiting[:BLOCK]

    def finish(self, context: str) -> None:
        """Write what waits. `context` says what the file is, and must be given again to read it."""
        if self._key is not None:
            self._push(bytes(self._waiting), context.encode(), self._final)
            self._waiting.clear()

    def _push(self, block: bytes, context: bytes | None, tag: int) -> None:
        self._file.write(
            self._library.crypto_secretstream_xchacha20poly1305_push(self._state, block, context, tag)
        )

    @property
    def _message(self) -> int:
        return int(self._library.crypto_secretstream_xchacha20poly1305_TAG_MESSAGE)

    @property
    def _final(self) -> int:
        return int(self._library.crypto_secretstream_xchacha20poly1305_TAG_FINAL)


def unsealed_blocks(file: BinaryIO, key: Key, context: str) -> Iterator[bytes]:
    """Yield the plain bytes of a sealed file, block by block.

    Use what was yielded only when the last block has come: only then is it certain that nothing was cut off.
    Raises SealBroken for a file that was changed, is of another key, or is something else than `context`.
    """
    from nacl import bindings, exceptions

    head = file.read(_FIRST)
    if len(head) != _FIRST or not head.startswith(MAGIC):
        raise _broken(context)
    state = bindings.crypto_secretstream_xchacha20poly1305_state()
    bindings.crypto_secretstream_xchacha20poly1305_init_pull(state, head[len(MAGIC) :], key.secret)
    block = file.read(BLOCK + _OVERHEAD)
    while True:
        following = file.read(BLOCK + _OVERHEAD)
        final = not following
        try:
            plain, tag = bindings.crypto_secretstream_xchacha20poly1305_pull(
                state, block, context.encode() if final else None
            )
        except (exceptions.CryptoError, ValueError) as error:
            raise _broken(context) from error
        if final != (tag == bindings.crypto_secretstream_xchacha20poly1305_TAG_FINAL):
            raise _broken(context)
        yield plain
        if final:
            return
        block = following


def plain_size(sealed_bytes: int) -> int:
    """Return how many plain bytes a sealed file of this many bytes holds; 0 for one that is cut off."""
    content = max(0, sealed_bytes - _FIRST)
    blocks = max(1, -(-content // (BLOCK + _OVERHEAD)))
    return max(0, content - blocks * _OVERHEAD)


def destroy(file: Path) -> None:
    """Remove a sealed file for good: what is needed to decrypt it, besides the key, is overwritten first.

    Does nothing if there is no such file.
    """
    try:
        with file.open("r+b") as target:
            target.write(os.urandom(_FIRST))
            target.flush()
            os.fsync(target.fileno())
    except FileNotFoundError:
        return
    file.unlink(missing_ok=True)


def _broken(context: str) -> SealBroken:
    return SealBroken(
        f"The stored {context} cannot be decrypted: it was changed or cut off, or belongs to another vault. "
        "Restore it from a backup."
    )
