"""Files inside a file: how many and how large ones are taken out as documents of their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ingest.parsed.document import Attachment
from ingest.parsed.limits import ParseLimits
from vault.records import Unread

_OVER = "It is over the limit for files inside a file. Save it and load it by itself."
OVER_IN_ARCHIVE = "It is over the limit for files in an archive. Unpack the archive and load the file."


def within_limits(
    files: Iterable[Attachment],
    limits: ParseLimits,
    unread: list[Unread],
    *,
    what: str = "File",
    why: str = _OVER,
) -> Iterator[Attachment]:
    """Yield the files within the limits; name each that is left out in `unread`, as `what` and `why`."""
    count, left = 0, limits.attachment_bytes
    for file in files:
        if count >= limits.attachments or len(file.content) > left:
            unread.append(left_out(file.name, why, what=what))
            continue
        count, left = count + 1, left - len(file.content)
        yield file


def left_out(name: str, why: str, *, what: str = "File") -> Unread:
    """Return the remark on a file inside that was not taken out."""
    return Unread(f"{what} {name[:100]!r}", "", why)
