"""Messages inside Outlook messages (.msg): each becomes an ordinary message (.eml)."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import EmailMessage

import olefile  # type: ignore[import-untyped]

from ingest.formats.mail.rebuilt import new_message
from ingest.formats.mail.rich_text import body_of_rtf
from ingest.parsed.limits import ParseLimits

_ATTACHED, _OBJECT = "__attach_version1.0_", "__substg1.0_3701000D"
_SUBJECT, _SENDER, _TO, _CC, _BODY, _HTML, _RTF = "0037", "0C1A", "0E04", "0E03", "1000", "1013", "1009"
_LONG_NAME, _NAME, _CONTENT, _HEADERS = "3707", "3704", "37010102", "007D"
_DEPTH = 20


def rich_body(container: olefile.OleFileIO, limits: ParseLimits) -> str:
    """Return the text of the body if the message has it as rich text; else an empty text."""
    return body_of_rtf(_bytes(container, [], f"{_RTF}0102"), limits)


def messages_inside(container: olefile.OleFileIO, limits: ParseLimits) -> Iterator[tuple[str, bytes]]:
    """Yield (name, content) of the messages that are attached to a message. Raises TooLarge."""
    for folder in _attached(container, []):
        if container.exists("/".join([*folder, _OBJECT])):
            message = _message(container, [*folder, _OBJECT], limits, 0)
            yield f"{message['Subject'] or 'message'}.eml", message.as_bytes()


def _message(container: olefile.OleFileIO, place: list[str], limits: ParseLimits, depth: int) -> EmailMessage:
    """Return the message at a place, with all that is attached to it."""
    message = new_message()
    for name, number in (("From", _SENDER), ("To", _TO), ("Cc", _CC), ("Subject", _SUBJECT)):
        if value := " ".join(_text(container, place, number).split()):
            message[name] = value
    if sent := _sent(_text(container, place, _HEADERS)):
        message["Date"] = sent
    body = _text(container, place, _BODY) or body_of_rtf(_bytes(container, place, f"{_RTF}0102"), limits)
    html = _bytes(container, place, f"{_HTML}0102").decode("utf-8", "replace")
    if body.strip() or not html:
        message.set_content(body)
    else:
        message.set_content(html, subtype="html")
    for folder in _attached(container, place):
        if container.exists("/".join([*folder, _OBJECT])):
            if depth < _DEPTH:
                message.add_attachment(_message(container, [*folder, _OBJECT], limits, depth + 1))
            continue
        name = _text(container, folder, _LONG_NAME) or _text(container, folder, _NAME) or "attachment"
        content = _bytes(container, folder, _CONTENT)
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message


def _attached(container: olefile.OleFileIO, place: list[str]) -> list[list[str]]:
    """Return the storages of what is attached to the message at a place."""
    folders = {
        tuple(entry[: len(place) + 1])
        for entry in container.listdir()
        if entry[: len(place)] == place
        and len(entry) > len(place)
        and entry[len(place)].startswith(_ATTACHED)
    }
    return [list(folder) for folder in sorted(folders)]


def _text(container: olefile.OleFileIO, place: list[str], number: str) -> str:
    """Return a text property: as Unicode, else in the code page of western Windows."""
    if found := _bytes(container, place, f"{number}001F"):
        return found.decode("utf-16-le", "replace").replace("\x00", "")
    return _bytes(container, place, f"{number}001E").decode("cp1252", "replace").replace("\x00", "")


def _bytes(container: olefile.OleFileIO, place: list[str], number: str) -> bytes:
    """Return the bytes of a property; nothing if the message has none."""
    name = "/".join([*place, f"__substg1.0_{number}"])
    return bytes(container.openstream(name).read()) if container.exists(name) else b""


def _sent(headers: str) -> str:
    """Return the date among transport headers; empty if there is none."""
    for line in headers.splitlines():
        if line.lower().startswith("date:"):
            return line[5:].strip()
    return ""
