"""Errors about the log, and about what a legal hold refuses."""

from vault.errors.base import IncameraError
from vault.errors.vault import VaultError


class LogKeyMissing(VaultError):
    """The key that seals the log of this vault is not where it should be."""


class LogKeyInvalid(VaultError):
    """The file holds no key of a log."""

    exit_code = 2


class HeadInvalid(IncameraError):
    """A text is not the head of a log."""

    exit_code = 2


class RecordPurged(IncameraError):
    """The words of the record were removed together with a document."""


class Held(IncameraError):
    """A legal hold refuses that a document or collection is deleted or replaced."""


class HoldNotFound(IncameraError):
    """There is no such legal hold."""

    exit_code = 2
