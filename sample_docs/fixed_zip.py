"""Office files are ZIP archives that note when they were saved: put one fixed time there, so that bytes repeat."""

import re
import zipfile
from datetime import datetime
from pathlib import Path

WRITTEN = datetime(2026, 1, 5, 9, 0, 0)
MODIFIED = re.compile(rb"[^>]*</dcterms:modified>")


def fix_times(path: Path) -> None:
    """Rewrite the ZIP archive at `path` with one fixed time."""
    with zipfile.ZipFile(path) as archive:
        members = [(info.filename, archive.read(info)) for info in archive.infolist()]
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members:
            if name == "docProps/core.xml":
                content = MODIFIED.sub(f"{WRITTEN.isoformat()}Z</dcterms:modified>".encode(), content)
            info = zipfile.ZipInfo(name, date_time=WRITTEN.timetuple()[:6])
            archive.writestr(info, content, zipfile.ZIP_DEFLATED)
