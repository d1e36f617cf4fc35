"""The parsed document: what the parser sends back to its owner.

It crosses the process boundary as JSON, and every field is checked when it arrives. If a hostile file takes
over the parser, all that it can do is lie about the text of that file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vault.records import Page, Unread

_POOR = "They show something that cannot be read as words. Look at them yourself."


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file inside a message, mailbox or archive."""

    name: str
    """The name in the message; only for display, never used as a path."""
    content: bytes


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """Everything that was found in one file."""

    media_type: str
    title: str
    """The title in the metadata, or else the first heading; empty if there is neither."""
    pages: tuple[Page, ...]
    unreadable_pages: tuple[int, ...] = ()
    """The numbers, in order, of pages that show something but have no usable text, such as poor scans."""
    warnings: tuple[str, ...] = ()
    """Messages of one or two sentences for the user who loads the file."""
    attachments: tuple[Attachment, ...] = ()
    unread: tuple[Unread, ...] = ()
    """What the file holds and was not read, besides `unreadable_pages`."""

    @property
    def all_unread(self) -> tuple[Unread, ...]:
        """What was not read, with the unreadable pages."""
        if not self.unreadable_pages:
            return self.unread
        where = f"page {page_list(self.unreadable_pages)}"
        return (Unread("Pages without legible words", where, _POOR), *self.unread)


def page_list(numbers: Sequence[int]) -> str:
    """List page numbers for a sentence: the first twenty, and how many more there are."""
    shown = ", ".join(map(str, numbers[:20]))
    return shown if len(numbers) <= 20 else f"{shown} and {len(numbers) - 20} more"
