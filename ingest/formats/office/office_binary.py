"""Read Word and PowerPoint 97-2003 files (doc, ppt): LibreOffice converts them to docx and pptx first.

LibreOffice runs inside the sandbox of the parser: no network, no other files, limited memory and time, and a
profile of its own that is removed with the file.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

from ingest.formats.office import docx, pptx
from ingest.formats.office.program import end_with_parent, office_program, profiles_in
from ingest.parsed.document import ParsedDocument
from ingest.parsed.filetype import FileType, detect
from ingest.parsed.limits import ParseLimits
from vault.errors import DamagedFile, UnsupportedType

_TARGETS = {FileType.DOC: ("docx", docx.read), FileType.PPT: ("pptx", pptx.read)}
_START_AGAIN = 81  # its exit code when it has made its profile and must be started again
_NAMES = {
    FileType.DOC: "a Word 97-2003 document (doc)",
    FileType.PPT: "a PowerPoint 97-2003 presentation (ppt)",
}


def read(path: Path, limits: ParseLimits) -> ParsedDocument:
    """Read the file at `path`.

    Raises UnsupportedType without LibreOffice, DamagedFile, and what reading the converted file raises.
    """
    kind = detect(path)
    suffix, read_converted = _TARGETS[kind]
    program = office_program()
    if program is None:
        raise UnsupportedType(
            f"This is {_NAMES[kind]}. Install LibreOffice (Debian: libreoffice-writer, libreoffice-impress) "
            f"so that it can be converted, or save it as {suffix} or PDF and load that."
        )
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        source = Path(folder) / f"source.{kind.value}"
        source.write_bytes(path.read_bytes())
        _convert(program, source, suffix)
        converted = source.with_suffix(f".{suffix}")
        if not converted.is_file():
            raise DamagedFile(
                "LibreOffice cannot read the file: it is probably damaged. Open it in the program that made "
                f"it, save it as {suffix} and load that."
            )
        document = read_converted(converted, limits)
    return replace(document, media_type=kind.media_type)


def _convert(program: Path, source: Path, suffix: str) -> None:
    """Write the converted file beside the source; the parser limits the time."""
    profiles = profiles_in(Path.cwd())
    for profile in profiles:
        shutil.rmtree(profile, ignore_errors=True)  # nothing that a file left there may affect the next file
    for profile, previous in zip(profiles, [None, *profiles], strict=False):
        if previous is not None:
            previous.rename(profile)  # the socket of the last start blocks a new start with the same path
        done = subprocess.run(
            [
                str(program), f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore",
                "--nolockcheck", "--nodefault", "--nofirststartwizard", "--convert-to", suffix, "--outdir",
                str(source.parent), str(source),
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=source.parent,
            preexec_fn=end_with_parent,
            check=False,
        )  # fmt: skip
        if done.returncode != _START_AGAIN or not profile.is_dir():
            break
    for profile in profiles:
        shutil.rmtree(profile, ignore_errors=True)
