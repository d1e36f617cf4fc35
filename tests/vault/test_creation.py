"""A vault is created only in a folder of its own, and nothing else is changed."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from vault.errors import DataFolderUnfit
from vault.vault import Vault


def create(data: Path) -> None:
    Vault.create(data, user="local", purpose="tests").close()


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_file_in_the_place_of_the_folder_is_refused_and_not_changed(tmp_path: Path) -> None:
    file = tmp_path / "plain.txt"
    file.write_text("hello")
    file.chmod(0o644)
    with pytest.raises(DataFolderUnfit, match="not a folder"):
        create(file)
    assert (mode(file), file.read_text()) == (0o644, "hello")


def test_a_folder_with_other_files_is_refused_and_stays_open_to_others(tmp_path: Path) -> None:
    folder = tmp_path / "share"
    folder.mkdir()
    folder.chmod(0o755)
    (folder / "mine.txt").write_text("mine")
    with pytest.raises(DataFolderUnfit, match=r"mine\.txt"):
        create(folder)
    assert mode(folder) == 0o755
    assert [path.name for path in folder.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize("place", ["file/below", "/proc/incamera"])
def test_a_folder_that_cannot_be_created_is_reported(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DataFolderUnfit, match="INCAMERA_DATA"):
        create(tmp_path / place)


def test_an_empty_folder_and_one_with_files_of_incamera_are_accepted(tmp_path: Path) -> None:
    for name, inside in (("empty", ""), ("prepared", "embedder")):
        (tmp_path / name / inside).mkdir(parents=True)
        create(tmp_path / name)
        assert mode(tmp_path / name) == 0o700


def test_other_files_that_are_added_later_do_not_block_the_vault(tmp_path: Path) -> None:
    create(tmp_path / "data")
    (tmp_path / "data" / "notes of the user").touch()
    create(tmp_path / "data")
