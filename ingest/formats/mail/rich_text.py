"""The text of a message body that is rich text (RTF), as Outlook stores it."""

from __future__ import annotations

import compressed_rtf  # type: ignore[import-untyped]

from ingest.formats.office.rtf import text_of
from ingest.parsed.limits import ParseLimits
from vault.errors import TooLarge

_PACKED = (b"LZFu", b"MELA")


def body_of_rtf(data: bytes, limits: ParseLimits) -> str:
    """Return the text of a body, which may be packed as Outlook packs it; empty if it is broken.

    Raises TooLarge.
    """
    try:
        rtf = compressed_rtf.decompress(data) if data[8:12] in _PACKED else data
        return text_of(rtf.rstrip(b"\x00"), limits)
    except TooLarge:
        raise
    except Exception:  # the library fails with many kinds of errors on broken bytes
        return ""
