"""Where a vault may be made: in a folder of its own, and nothing else is touched."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from vault.errors import DataFolderUnfit
from vault.vault import Vault


def made(data: Path) -> None:
    Vault.create(data, user="local", purpose="tests").close()


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_file_in_the_place_of_the_folder_is_refused_and_stays_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "plain.txt"
    file.write_text("hello")
    file.chmod(0o644)
    with pytest.raises(DataFolderUnfit, match="not a folder"):
        made(file)
    assert (mode(file), file.read_text()) == (0o644, "hello")


def test_a_folder_with_other_files_is_refused_and_stays_open_to_others(tmp_path: Path) -> None:
    folder = tmp_path / "share"
    folder.mkdir()
    folder.chmod(0o755)
    (folder / "mine.txt").write_text("mine")
    with pytest.raises(DataFolderUnfit, match=r"mine\.txt"):
        made(folder)
    assert mode(folder) == 0o755
    assert [path.name for path in folder.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize("place", ["file/below", "/proc/incamera"])
def test_a_folder_that_cannot_be_made_is_said_to_be_so(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DataFolderUnfit, match="INCAMERA_DATA"):
        made(tmp_path / place)


def test_an_empty_folder_and_one_with_what_incamera_makes_beforehand_are_taken(tmp_path: Path) -> None:
    for name, inside in (("empty", ""), ("prepared", "embedder")):
        (tmp_path / name / inside).mkdir(parents=True)
        made(tmp_path / name)
        assert mode(tmp_path / name) == 0o700


def test_other_files_that_come_later_do_not_shut_the_vault(tmp_path: Path) -> None:
    made(tmp_path / "data")
    (tmp_path / "data" / "notes of the user").touch()
    made(tmp_path / "data")
