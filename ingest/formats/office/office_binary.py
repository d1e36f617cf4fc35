"""Word and PowerPoint 97-2003 files (doc, ppt): LibreOffice turns them into today's form, which is read.

It runs inside the parser's walls: no network, no files but this one, memory and time limited, a
profile of its own that goes with the file.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

from ingest.formats.office import docx, pptx
from ingest.formats.office.program import office_program, profiles_in, starting_office
from ingest.parsed.document import ParsedDocument
from ingest.parsed.filetype import FileType, detect
from ingest.parsed.limits import ParseLimits
from vault.errors import DamagedFile, UnsupportedType

_INTO = {FileType.DOC: ("docx", docx.read), FileType.PPT: ("pptx", pptx.read)}
_AGAIN = 81  # what it ends with when it has made its profile and wants to be started anew
_NAMES = {
    FileType.DOC: "a Word 97-2003 document (doc)",
    FileType.PPT: "a PowerPoint 97-2003 presentation (ppt)",
}


def read(path: Path, limits: ParseLimits) -> ParsedDocument:
    """Read the file at `path`.

    Raises: UnsupportedType without LibreOffice, DamagedFile, and what reading its new form raises.
    """
    kind = detect(path)
    suffix, read_it = _INTO[kind]
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
        made = source.with_suffix(f".{suffix}")
        if not made.is_file():
            raise DamagedFile(
                "LibreOffice cannot read the file: it is probably damaged. Open it in the program that made "
                f"it, save it as {suffix} and load that."
            )
        reading = read_it(made, limits)
    return replace(reading, media_type=kind.media_type)


def _convert(program: Path, source: Path, suffix: str) -> None:
    """Write the file anew beside itself; the time limit is the parser's own."""
    profiles = profiles_in(Path.cwd())
    for profile in profiles:
        shutil.rmtree(profile, ignore_errors=True)  # nothing that a file put there meets the next one
    for profile, before in zip(profiles, [None, *profiles], strict=False):
        if before is not None:
            before.rename(profile)  # the socket of the last start stands in the way of one in the old place
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
            preexec_fn=starting_office,
            check=False,
        )  # fmt: skip
        if done.returncode != _AGAIN or not profile.is_dir():
            break
    for profile in profiles:
        shutil.rmtree(profile, ignore_errors=True)
