"""How a file is to be read: with which passwords, and whether words are recognised from pictures.

A fork of the parser reads one file, so what holds for it is set once, and formats ask for it here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from vault.errors import PasswordProtected, RequestInvalid

_MOST_PASSWORDS = 200
_LONGEST = 255
"""Characters of a password: Office takes no longer ones."""
_WHERE = (
    "Add the file again with its password: on the page under Documents, or with `incamera ingest --password` "
    "or `--password-file`."
)


class Recognition(StrEnum):
    """When the words of pages and pictures are recognised (OCR)."""

    AUTO = "auto"
    """Where a page has no usable text, and in pictures."""
    ALWAYS = "always"
    """On every page of a PDF, even where the file holds text."""
    NEVER = "never"
    """Nowhere: pages without text are named as not read."""


@dataclass(frozen=True, slots=True)
class HowToRead:
    """How the files of a job are to be read."""

    passwords: tuple[str, ...] = field(default=(), repr=False)
    """Passwords that may open files, in the order in which they are tried. They are kept in memory only."""
    ocr: Recognition = Recognition.AUTO

    def joined(self, other: HowToRead) -> HowToRead:
        """Return this with the passwords of another as well, for two who asked for the same job."""
        return replace(self, passwords=tuple(dict.fromkeys((*self.passwords, *other.passwords))))


AS_USUAL = HowToRead()
RECOGNITION_OFF = "Words are not recognised here: recognition was turned off for this file (--ocr never)."
_current = AS_USUAL


def install(how: HowToRead) -> None:
    """Set how the file of this process is read; call this once in each fork."""
    global _current  # a fork reads one file, and formats are called with the file only
    _current = how


def how_to_read() -> HowToRead:
    """Return how the file of this process is to be read."""
    return _current


def password_needed(what: str) -> PasswordProtected:
    """Return the error for `what` ("The PDF") that none of the passwords opens, or that needs one."""
    given = len(_current.passwords)
    if not given:
        return PasswordProtected(f"{what} opens only with a password. {_WHERE}")
    wrong = "the one that was given is wrong" if given == 1 else f"all {given} that were given are wrong"
    return PasswordProtected(f"{what} opens only with a password, and {wrong}. {_WHERE}")


def checked_passwords(lines: Sequence[str]) -> tuple[str, ...]:
    """Return the passwords in `lines`, each once, without empty ones. Raises RequestInvalid for too many."""
    passwords = tuple(dict.fromkeys(line for line in lines if line))
    if len(passwords) > _MOST_PASSWORDS:
        raise RequestInvalid(f"There are {len(passwords):,} passwords; {_MOST_PASSWORDS} can be tried.")
    if any(len(password) > _LONGEST for password in passwords):
        raise RequestInvalid(f"A password is longer than {_LONGEST} characters, which no file has.")
    return passwords
