"""Open winmail.dat, the container in which Outlook sends the text and the attachments of a message."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field

from ingest.formats.mail.rich_text import body_of_rtf
from ingest.formats.structure.decode import decode
from ingest.parsed.limits import ParseLimits

NAMES = ("winmail.dat", "win.dat")
TYPES = ("application/ms-tnef", "application/vnd.ms-tnef")


@dataclass(slots=True)
class Container:
    """What a container holds."""

    plain: str = ""
    html: str = ""
    attachments: list[tuple[str, bytes]] = field(default_factory=list)


def open_container(content: bytes, limits: ParseLimits) -> Container | None:
    """Return what a container holds; None if it is broken. Raises TooLarge."""
    logging.getLogger("tnefparse").setLevel(logging.CRITICAL)
    import tnefparse  # type: ignore[import-untyped]  # few messages have such a container

    try:
        parsed = tnefparse.TNEF(content)
        plain, html, rtf = parsed.body, parsed.htmlbody, parsed.rtfbody
        attachments = [
            (str(one.long_filename() or one.name or "attachment").replace("\x00", ""), bytes(one.data))
            for one in parsed.attachments
        ]
    except Exception:  # the library fails with many kinds of errors on broken bytes
        return None
    found = Container(_as_text(plain), _as_text(html), attachments)
    if not found.plain.strip() and not found.html.strip() and rtf:
        found.plain = body_of_rtf(
            rtf if isinstance(rtf, bytes) else str(rtf).encode("latin-1", "replace"), limits
        )
    return found


def _as_text(body: bytes | str | None) -> str:
    """Return a body as text without the NUL at its end."""
    text = decode(body.rstrip(b"\x00")) if isinstance(body, bytes) else body or ""
    return text.replace("\x00", "")
