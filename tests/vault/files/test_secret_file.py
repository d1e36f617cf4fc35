"""Secrets that settings keep in files of their own."""

from __future__ import annotations

from pathlib import Path

import pytest

from vault.errors import SettingsError
from vault.files.secret_file import secret_in

SETTING = "INCAMERA_PASSWORD_FILE"


def test_the_first_line_is_the_secret_as_it_stands(tmp_path: Path) -> None:
    assert secret_in(written(tmp_path, " four words \nand a note\n"), SETTING) == " four words "


@pytest.mark.parametrize("content", ["", "\n", "  \nsecond line"])
def test_a_blank_first_line_is_refused(tmp_path: Path, content: str) -> None:
    with pytest.raises(SettingsError, match=r"INCAMERA_PASSWORD_FILE is .*whose first line is empty"):
        secret_in(written(tmp_path, content), SETTING)


def test_a_file_that_others_can_read_is_refused_with_what_to_do(tmp_path: Path) -> None:
    path = written(tmp_path, "four words")
    path.chmod(0o640)
    with pytest.raises(SettingsError, match="chmod 600"):
        secret_in(path, SETTING)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"missing.*cannot be read"):
        secret_in(tmp_path / "missing", SETTING)


def written(folder: Path, content: str) -> Path:
    path = folder / "secret"
    path.write_text(content, encoding="utf-8")
    path.chmod(0o600)
    return path
