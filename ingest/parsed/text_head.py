"""Decide whether the head of a file is text, and whether the text begins like an e-mail."""

from __future__ import annotations

import re

_HEADER = re.compile(r"\A([A-Za-z][A-Za-z0-9-]*):")
_PERSONAL_HEADERS = frozenset({"from", "to", "cc", "bcc", "date", "subject", "re", "sent"})
_TECHNICAL_HEADERS = frozenset(
    {"received", "message-id", "mime-version", "return-path", "delivered-to", "content-type",
     "dkim-signature", "content-transfer-encoding", "thread-topic", "x-mailer", "user-agent"}
)  # fmt: skip


def as_text(head: bytes) -> str | None:
    """Decode the head of a file roughly; None if it is not text."""
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8"),
        (b"\xff\xfe\x00\x00", "utf-32"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if head.startswith(mark):
            return head.decode(encoding, "replace").lstrip("\ufeff")
    if b"\x00" in head:
        zeros = (head[0::2].count(0), head[1::2].count(0))
        if max(zeros) > 0.3 * len(head) / 2 and min(zeros) <= 0.02 * len(head):
            return head.decode("utf-16-le" if zeros[1] > zeros[0] else "utf-16-be", "replace")
        return None
    controls = sum(byte < 32 and byte not in b"\t\n\r\f\x1b" for byte in head)
    if controls > 0.02 * len(head):
        return None
    return head.decode("utf-8", "replace")


def is_message(text: str, suffix: str) -> bool:
    """Return whether the text begins with e-mail headers.

    A memo may also begin with From, To, Date and Subject. So without a header that only programs write, the
    text counts as e-mail only if its name ends in .eml.
    """
    fields: set[str] = set()
    for line in text.split("\n"):
        line = line.rstrip("\r")
        if not line:
            break
        if line[0] in " \t" and fields:
            continue
        header = _HEADER.match(line)
        if not header:
            return False
        fields.add(header[1].lower())
    by_machine = any(field in _TECHNICAL_HEADERS or field.startswith("x-") for field in fields)
    by_people = len(fields & _PERSONAL_HEADERS)
    return (by_machine and by_people >= 1) or (suffix == ".eml" and (by_people >= 1 or by_machine))
