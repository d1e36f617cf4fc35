"""What reading a file gives: the record that the child process sends back to the owner.

It crosses the process boundary as JSON, checked field by field on arrival: a parser that was taken
over by a hostile file can lie about the text of that file, and do nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vault.records import Page


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file inside a message."""

    name: str
    """As the message gives it: display text, never a path."""
    content: bytes


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """Everything that reading one file found."""

    media_type: str
    title: str
    """The document's own title: metadata, else its first heading; empty when it has neither."""
    pages: tuple[Page, ...]
    unreadable_pages: tuple[int, ...] = ()
    """Numbers of pages that show something and hold no usable text, such as scans."""
    warnings: tuple[str, ...] = ()
    """One sentence each, for the person who loads the file."""
    attachments: tuple[Attachment, ...] = ()


def page_list(numbers: Sequence[int]) -> str:
    """Page numbers for a sentence: the first twenty, and how many more there are."""
    shown = ", ".join(map(str, numbers[:20]))
    return shown if len(numbers) <= 20 else f"{shown} and {len(numbers) - 20} more"
