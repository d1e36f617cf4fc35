"""Open winmail.dat, the container in which Outlook sends the text and the attachments of a message."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field

from ingest.formats.mail.rebuilt import new_message
from ingest.formats.mail.rich_text import body_of_rtf
from ingest.formats.structure.decode import decode
from ingest.parsed.limits import ParseLimits

NAMES = ("winmail.dat", "win.dat")
_SIGNATURE = b"\x78\x9f\x3e\x22"
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
    found.attachments = [_opened(name, data, limits) for name, data in found.attachments]
    return found


def _opened(name: str, content: bytes, limits: ParseLimits) -> tuple[str, bytes]:
    """Return an attachment; a message in such a container too, as an ordinary message."""
    if not content.startswith(_SIGNATURE):
        return name, content
    inner = open_container(content, limits)
    if inner is None:
        return name, content
    message = new_message()
    message["Subject"] = " ".join(name.split())
    message.set_content(inner.plain)
    if inner.html.strip():
        message.add_alternative(inner.html, subtype="html")
    for inside, data in inner.attachments:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=inside)
    return f"{name}.eml", message.as_bytes()


def _as_text(body: bytes | str | None) -> str:
    """Return a body as text without the NUL at its end."""
    text = decode(body.rstrip(b"\x00")) if isinstance(body, bytes) else body or ""
    return text.replace("\x00", "")
