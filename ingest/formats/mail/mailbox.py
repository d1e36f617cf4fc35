"""A file of many messages: one page that lists them, and each message as an attachment."""

from __future__ import annotations

from ingest.formats.structure.compose import PageComposer
from ingest.formats.structure.decode import clean
from ingest.parsed.document import Attachment, ParsedDocument
from ingest.parsed.filetype import FileType
from ingest.parsed.limits import ParseLimits
from vault.errors import NoText
from vault.records import ElementKind, Unread


class Mailbox:
    """Collects the messages of a mailbox within the limits."""

    def __init__(self, limits: ParseLimits) -> None:
        """Start with no messages."""
        self.unread: list[Unread] = []
        self._limits = limits
        self._composer = PageComposer(limits)
        self._attachments: list[Attachment] = []
        self._bytes_left = limits.attachment_bytes
        self._count = self._left_out = 0
        self._folder = ""

    @property
    def full(self) -> bool:
        """Whether no further message would be kept."""
        return len(self._attachments) >= self._limits.attachments or self._bytes_left <= 0

    def leave_out(self, count: int) -> None:
        """Count messages that were not read because the mailbox is full."""
        self._count += count
        self._left_out += count

    def add(self, content: bytes, date: str, sender: str, subject: str, *, folder: str = "") -> None:
        """Add a message (RFC 822), or count it as left out; `folder` is a heading before its line.

        Raises TooLarge.
        """
        if self.full or len(content) > self._bytes_left:
            self.leave_out(1)
            return
        self._count += 1
        self._bytes_left -= len(content)
        if folder and folder != self._folder:
            self._composer.add(ElementKind.HEADING, folder, 1)
        first, self._folder = folder != self._folder or self._count == 1, folder
        date, sender, subject = (clean(" ".join(text.split()))[:200] for text in (date, sender, subject))
        self._attachments.append(Attachment(f"{subject or 'message'} ({self._count}).eml", content))
        line = " — ".join(part for part in (date, sender, subject) if part)
        self._composer.add(ElementKind.LIST_ITEM, f"{self._count}. {line or 'message'}", tight=not first)

    def document(self, kind: FileType) -> ParsedDocument:
        """Return the document of the mailbox. Raises NoText."""
        if not self._count:
            raise NoText("The mailbox has no messages. Check where it was copied from.")
        if self._left_out:
            why = (
                f"At most {self._limits.attachments:,} messages of "
                f"{self._limits.attachment_bytes / 2**20:,.0f} MiB in total are read from one. Split it."
            )
            what = f"{self._left_out:,} of {self._count:,} messages"
            self.unread.append(Unread(what, "", why))
        return ParsedDocument(
            kind.media_type,
            "",
            (self._composer.page(1, "Messages"),),
            attachments=tuple(self._attachments),
            unread=tuple(self.unread),
        )
