"""Read a secret that a setting keeps in a file of its own: a password, the secret of a client."""

from __future__ import annotations

from pathlib import Path

from vault.errors import SettingsError
from vault.files.modes import OTHER_USERS


def secret_in(path: Path, setting: str) -> str:
    """Return the first line of the file that `setting` (the name of its variable) names.

    Raises SettingsError for a file that cannot be read, that others can read, or whose first line is blank.
    """
    named = f"{setting} is {str(path)!r}"
    try:
        mode, lines = path.stat().st_mode, path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{named}, which cannot be read: {error}") from error
    if mode & OTHER_USERS:
        raise SettingsError(f"{named}, which others can read. Close it: chmod 600 {path}")
    if not lines or not lines[0].strip():
        raise SettingsError(f"{named}, whose first line is empty.")
    return lines[0]
