"""The content of a sealed file, which the parser receives through its pipe and keeps in memory.

A vault that is encrypted writes no plain file. Libraries want a path, and `/proc` has one for memory that is
open like a file.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ingest.parsed.in_memory import OPEN_FILES, is_in_memory

_AT_ONCE = 1 << 20


@contextmanager
def received_file(request: dict[str, Any], requests: int) -> Iterator[None]:
    """Receive the content that follows a request, if any does, and put the path of it into the request.

    It is gone at the end of the block. A fork can open it at the same path. Raises EOFError if the owner ends
    before all has arrived.
    """
    length = request.pop("bytes", None)
    if length is None:
        yield
        return
    handle, path = _open_memory()
    try:
        while length:
            piece = os.read(requests, min(length, _AT_ONCE))
            if not piece:
                raise EOFError
            length -= len(piece)
            while piece:
                piece = piece[os.write(handle, piece) :]
        request["path"] = str(path)
        yield
    finally:
        os.close(handle)
        if not is_in_memory(path):
            path.unlink(missing_ok=True)


def _open_memory() -> tuple[int, Path]:
    """Return memory that is open for writing, and its path; where there is none, a file of the folder."""
    if hasattr(os, "memfd_create") and OPEN_FILES.is_dir():
        try:
            handle = os.memfd_create("document")
            return handle, OPEN_FILES / str(handle)
        except OSError:
            pass
    # The owner has chosen a folder in memory, where this system has one.
    path = Path.cwd() / "received"
    return os.open(path, os.O_CREAT | os.O_TRUNC | os.O_RDWR | os.O_CLOEXEC, 0o600), path
