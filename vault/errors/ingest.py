"""Errors of ingest, uploads and parsing."""

from vault.errors.base import IncameraError


class IngestError(IncameraError):
    """Something failed during ingest."""


class PathNotFound(IngestError):
    """A path that was given does not exist."""

    exit_code = 2


class ManifestError(IngestError):
    """The manifest is missing or has the wrong form."""

    exit_code = 2


class SandboxIncomplete(IngestError):
    """The kernel cannot confine the parser as INCAMERA_SANDBOX demands."""

    passing = True


class UploadRefused(IngestError):
    """Files cannot be uploaded: over a limit, no room on the disk, or not the announced size."""


class UploadNotFound(IngestError):
    """There is no such upload, or it expects no more files."""


class ParseError(IngestError):
    """One file could not be parsed. The message becomes the `reason` of the failed document."""


class FileUnreadable(ParseError):
    """The file system does not allow reading the file or folder."""


class EmptyFile(ParseError):
    """The file has no bytes."""


class TooLarge(ParseError):
    """The file, or what it unpacks to, is over a limit."""


class UnsupportedType(ParseError):
    """The content is of a type that Incamera cannot parse."""


class PasswordProtected(ParseError):
    """The file needs a password."""


class DamagedFile(ParseError):
    """The file is broken: cut off, malformed or not what its content claims."""


class NoText(ParseError):
    """The file was parsed and contains no text."""


class ParserTimeout(ParseError):
    """Parsing took longer than the limit and was stopped."""


class ParserCrashed(ParseError):
    """The parser process died: a crash, or the memory limit."""
