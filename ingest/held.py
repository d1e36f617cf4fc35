"""What becomes of a file that would replace a document under legal hold."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from ingest.discover import Source
from ingest.parse_ahead import ParsedFile
from ingest.report import FileDone
from vault.errors import Held
from vault.records import DocumentState

Finished = tuple[FileDone, list[Source]]
"""The result of a file, and its attachments."""


def unless_held(
    finish: Callable[[Source, ParsedFile, NDArray[np.float32]], Finished],
    source: Source,
    file: ParsedFile,
    vectors: NDArray[np.float32],
) -> Finished:
    """Add a file with `finish` and return what that returns.

    If the file would replace a document under legal hold, it has failed and the reason says so. Nothing of it
    is kept; the same file can be added when the hold has ended.
    """
    try:
        return finish(source, file, vectors)
    except Held as error:
        label = source.path or source.name
        return FileDone(label, file.sha256, DocumentState.FAILED, str(error), 0, 0), []
