"""How much one file may cost before reading it is stopped."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

_MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class ParseLimits:
    """Limits for reading one file. Every value is positive; the defaults suit two cores and 8 GiB.

    Raises: ValueError for a value that is not positive.
    """

    seconds: float = 120.0
    """Wall-clock seconds from the request to the whole answer; the start of the process not counted."""
    ocr_page_seconds: float = 20.0
    """Seconds added to `seconds` for each page whose words are recognised, as it is begun."""
    ocr_pages: int = 2_000
    """Pages of one file whose words are recognised; those past it count as unreadable."""
    memory_mb: int = 3072
    """Address space of the parser in MiB (RLIMIT_AS): the libraries take about 1,000 of it,
    recognising a page as much again."""
    file_bytes: int = 512 * _MIB
    """Size of the file itself."""
    unpacked_bytes: int = 1024 * _MIB
    """What the members of a zip container (docx, pptx, xlsx) unpack to, together."""
    unpack_ratio: int = 200
    """Unpacked to packed size of a zip container that unpacks to more than 32 MiB."""
    members: int = 20_000
    """Entries of a zip container; an archive of files has at most `attachments` of them."""
    characters: int = 20_000_000
    """Characters of all pages together: about 7,000 dense pages."""
    pages: int = 20_000
    """Pages, slides or sheets."""
    attachments: int = 2_000
    """Files in one message or archive, messages in a mailbox; those past it are left out with a warning."""
    attachment_bytes: int = 128 * _MIB
    """Content of all of them; those past it are left out with a warning."""
    image_pixels: int = 40_000_000
    """Width times height of a page image."""

    def __post_init__(self) -> None:
        for name, value in asdict(self).items():
            if value <= 0:
                raise ValueError(f"{name} must be above 0, but is {value}")

    @property
    def reply_bytes(self) -> int:
        """The longest frame that the parser may send: what the other limits allow, as JSON."""
        return 16 * self.characters + self.attachment_bytes * 3 // 2 + 8 * _MIB

    @property
    def most_seconds(self) -> float:
        """The longest that a file can take when all its pages are recognised."""
        return self.seconds + self.ocr_pages * self.ocr_page_seconds

    def to_json(self) -> str:
        """The limits as one JSON object, for the command line of the parser."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> ParseLimits:
        """The limits that `to_json` wrote. Raises: TypeError, ValueError."""
        return cls(**json.loads(text))
