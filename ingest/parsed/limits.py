"""Limits for parsing one file, after which it is stopped."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

_MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class ParseLimits:
    """Limits for parsing one file. The defaults suit a machine with two cores and 8 GiB of memory.

    Raises ValueError for a value that is not positive.
    """

    seconds: float = 120.0
    """Seconds from the request to the whole reply, without the start of the process."""
    ocr_page_seconds: float = 20.0
    """Seconds that each page adds to `seconds` when the recognition of its words (OCR) begins."""
    ocr_pages: int = 2_000
    """The most pages of a file whose words are recognised; further pages count as unreadable."""
    memory_mb: int = 3072
    """Address space of the parser in MiB (RLIMIT_AS). The libraries take about 1,000 of it, and recognising a
    page takes as much again."""
    file_bytes: int = 512 * _MIB
    """Size of the file in bytes."""
    unpacked_bytes: int = 1024 * _MIB
    """Unpacked size of all members of a zip container (docx, pptx, xlsx) together, in bytes."""
    unpack_ratio: int = 200
    """The most that a zip container may grow when unpacked, as a factor; checked above 32 MiB."""
    members: int = 20_000
    """Members of a zip container; an archive of files may have only `attachments` of them."""
    characters: int = 20_000_000
    """Characters of all pages together: about 7,000 dense pages."""
    pages: int = 20_000
    """Pages, slides or sheets."""
    attachments: int = 2_000
    """Files in a message or archive, or messages in a mailbox; more are named as not read."""
    attachment_bytes: int = 128 * _MIB
    """Bytes of all attachments together; more are named as not read."""
    image_pixels: int = 40_000_000
    """Pixels of a page image, width times height."""

    def __post_init__(self) -> None:
        for name, value in asdict(self).items():
            if value <= 0:
                raise ValueError(f"{name} must be above 0, but it is {value}")

    @property
    def reply_bytes(self) -> int:
        """The most bytes of a reply from the parser: what the other limits allow, as JSON."""
        return 16 * self.characters + self.attachment_bytes * 3 // 2 + 8 * _MIB

    @property
    def most_seconds(self) -> float:
        """The longest time for a file whose pages are all recognised, in seconds."""
        return self.seconds + self.ocr_pages * self.ocr_page_seconds

    def to_json(self) -> str:
        """Write the limits as a JSON object, for the command line of the parser."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> ParseLimits:
        """Read the limits that `to_json` wrote. Raises TypeError, ValueError."""
        return cls(**json.loads(text))
