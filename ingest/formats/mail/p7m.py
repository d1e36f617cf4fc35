"""Read signed files (.p7m): one page that names who signed, and the file inside as an attachment."""

from __future__ import annotations

from pathlib import Path

from ingest.formats.structure.compose import PageComposer
from ingest.formats.structure.signed import open_envelope, signature_line
from ingest.parsed.document import Attachment, ParsedDocument
from ingest.parsed.filetype import FileType
from ingest.parsed.limits import ParseLimits
from vault.errors import DamagedFile, NoText, PasswordProtected, TooLarge
from vault.records import ElementKind


def read(path: Path, limits: ParseLimits) -> ParsedDocument:
    """Read the signed file at `path`.

    Raises PasswordProtected (it is encrypted), NoText, TooLarge, DamagedFile.
    """
    opened = open_envelope(path.read_bytes())
    if opened is None:
        raise DamagedFile("The signed file is cut off or broken. Copy it again from its source.")
    if opened.encrypted:
        raise PasswordProtected(
            "The file is encrypted (PKCS #7). Open it in the program that has its key and load what is in it."
        )
    if not opened.content:
        raise NoText("The file is only a signature; what it signs is another file. Load that.")
    if len(opened.content) > limits.attachment_bytes:
        raise TooLarge("The file inside the signed one is over the limit. Take it out and load it.")
    composer = PageComposer(limits)
    composer.add(ElementKind.PARAGRAPH, signature_line(opened.signers))
    inside = Attachment("signed file", opened.content)
    return ParsedDocument(FileType.P7M.media_type, "", (composer.page(1),), attachments=(inside,))
