"""The head of a log: the number and the seal of its last entry.

Kept elsewhere, on paper or in another system, it proves later that nothing before it was changed or cut off.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from vault.errors import HeadInvalid

_FORM = re.compile(r"(\d{1,18}):([0-9a-f]{64})")
NO_PREVIOUS = "0" * 64
"""What the first entry names as the seal of the entry before it."""


@dataclass(frozen=True, slots=True)
class Head:
    """A place in a log, written as "NUMBER:SEAL"."""

    number: int
    mac: str

    def __str__(self) -> str:
        """Return it as it is printed."""
        return f"{self.number}:{self.mac}"

    @classmethod
    def parse(cls, text: str) -> Head:
        """Return the head that was printed as `text`. Raises HeadInvalid."""
        found = _FORM.fullmatch(text.strip().lower())
        if found is None:
            raise HeadInvalid(
                f"{text.strip()!r} is not the head of a log. It looks like 17:5f0c…, a number, a colon and "
                "64 hexadecimal digits, as `incamera audit head` prints it."
            )
        return cls(int(found[1]), found[2])


EMPTY = Head(0, NO_PREVIOUS)
"""The head of a log without entries."""


def read_heads(file: Path) -> list[Head]:
    """Return the heads in a file, one a line; empty lines and lines that begin with # are ignored.

    Raises HeadInvalid for another line, and OSError.
    """
    lines = (line.strip() for line in file.read_text(encoding="utf-8", errors="replace").splitlines())
    # What follows the head on its line, such as a date, is for people.
    return [Head.parse(line.split()[0]) for line in lines if line and not line.startswith("#")]
