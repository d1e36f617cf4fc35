"""More time for files whose words must be recognised (OCR): the fork that reads a file asks page by page.

The process at the other end of the pipe grants the time. It counts the pages, so that a file cannot ask for
ever.
"""

from __future__ import annotations

import os
import resource

from ingest.parsed.limits import ParseLimits

_pipe: tuple[int, ParseLimits] | None = None


def install(handle: int, limits: ParseLimits) -> None:
    """Set the pipe (a file descriptor) on which to ask for more time; call this once in each fork."""
    global _pipe  # a fork reads one file, and formats do not know about pipes
    _pipe = (handle, limits)


def begin_ocr_page() -> None:
    """Ask for more time because a page is about to be recognised; outside the parser, do nothing."""
    if _pipe is None:
        return
    handle, limits = _pipe
    soft, most = resource.getrlimit(resource.RLIMIT_CPU)
    wanted = soft + int(limits.ocr_page_seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (min(wanted, most), most))
    os.write(handle, b".")
