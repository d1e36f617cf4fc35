"""More time for a file whose words must be recognised: asked for page by page by the fork that reads it.

Whoever holds the other end of the pipe grants it, and counts: a file cannot ask for ever.
"""

from __future__ import annotations

import os
import resource

from ingest.parsed.limits import ParseLimits

_pipe: tuple[int, ParseLimits] | None = None


def install(handle: int, limits: ParseLimits) -> None:
    """Ask on the pipe `handle` from now on; called once in each fork."""
    global _pipe  # a fork reads one file, and formats know nothing of pipes
    _pipe = (handle, limits)


def begin_ocr_page() -> None:
    """Say that recognising a page begins; nothing outside the parser, where no one waits."""
    if _pipe is None:
        return
    handle, limits = _pipe
    soft, most = resource.getrlimit(resource.RLIMIT_CPU)
    wanted = soft + int(limits.ocr_page_seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (min(wanted, most), most))
    os.write(handle, b".")
