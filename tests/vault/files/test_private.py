"""Nobody but the owner can open the files of a data folder, whatever the umask is."""

from __future__ import annotations

import logging
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.parsing.pool import ParserPool
from ingest.pipeline import Ingest
from tests.file_modes import obey_file_modes
from tests.ingest import files
from tests.places import ROOT
from tests.uploads import stored
from vault.access import Action
from vault.embedding.embedder import Embedder
from vault.settings import Settings
from vault.vault import Vault

NOBODY = 65534
LINE = ("Helvetica", 10.0, "The rent of the shed is due in March.")
CREATE = """
import sys
from pathlib import Path
from vault.vault import Vault
Vault.create(Path(sys.argv[1]), user="local", purpose="tests").close()
"""

needs_root = pytest.mark.skipif(os.getuid() != 0, reason="only root can become another user")


@pytest.fixture
def open_umask() -> Iterator[None]:
    """Set a umask that lets everybody read new files, as a program that uses the vault may have."""
    before = os.umask(0o022)
    yield
    assert os.umask(before) == 0o022, "the umask of a program that uses the library is its own"


def everything(data: Path) -> list[Path]:
    """Return every file and folder, without links."""
    return [data, *(path for path in data.rglob("*") if not path.is_symlink())]


def open_to_others(data: Path) -> list[str]:
    """Return the files and folders whose mode gives other users any right."""
    return [str(path.relative_to(data)) for path in everything(data) if path.lstat().st_mode & 0o077]


def opened_by_nobody(paths: list[Path]) -> list[Path]:
    """Return the paths that another user of this machine can open, by trying all."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
            for number, path in enumerate(paths):
                try:
                    os.close(os.open(path, os.O_RDONLY))
                except OSError:
                    continue
                os.write(write, f"{number}\n".encode())
        finally:
            os._exit(0)
    os.close(write)
    with os.fdopen(read) as lines:
        found = [paths[int(line)] for line in lines]
    os.waitpid(child, 0)
    return found


def filled(data: Path, embedder: Embedder, parsers: ParserPool, folder: Path) -> None:
    """Make a vault with a document, a waiting upload and a vector index."""
    with Vault.create(data, user="local", purpose="tests") as vault:
        vault.create_collection("matter", user="local")
        with vault.open_collection("matter", user="local", action=Action.INGEST) as collection:
            Ingest(collection, embedder, Settings(data=data), parsers=parsers).run(
                [files.pdf(folder / "a.pdf", [[LINE]])]
            )
            assert collection.vector_ids()
        stored(vault, "matter", ("a.pdf", (folder / "a.pdf").read_bytes()))
        assert [path for path in everything(data) if path.name.startswith("vault.db-")]
        assert open_to_others(data) == open_inside_chroma(data)


def open_inside_chroma(data: Path) -> list[str]:
    """Return the open files of Chroma. It uses the umask, but the folder above them lets nobody in."""
    return [path for path in open_to_others(data) if "/vectors/" in path]


@needs_root
def test_nobody_else_can_open_a_file_even_in_a_folder_that_all_may_enter(
    tmp_path: Path, embedder: Embedder, parsers: ParserPool, open_umask: None
) -> None:
    tmp_path.chmod(0o755)
    # Pytest's own folders; with several workers there is one more.
    for above in tmp_path.parents:
        if stat.S_IMODE(above.stat().st_mode) == 0o700:
            above.chmod(0o755)
    data = tmp_path / "data"
    data.mkdir(mode=0o755)
    seen = tmp_path / "seen.txt"
    seen.write_text("open to all")
    filled(data, embedder, parsers, tmp_path)
    assert opened_by_nobody([seen, *everything(data)]) == [seen]
    # Each file is protected by itself, not only by the data folder.
    data.chmod(0o755)
    assert opened_by_nobody([seen, *everything(data)[1:]]) == [seen]


def test_modes_of_a_vault_that_others_could_read_are_corrected_once_and_logged(
    tmp_path: Path,
    embedder: Embedder,
    parsers: ParserPool,
    open_umask: None,
    caplog: pytest.LogCaptureFixture,
) -> None:
    data, cache = tmp_path / "data", tmp_path / "cache"
    filled(data, embedder, parsers, tmp_path)
    cache.mkdir(mode=0o755)
    (cache / "model.xml").write_text("of all")
    (data / "embedder").symlink_to(cache)
    (data / "notes of the user").mkdir(mode=0o755)
    for path in everything(data):
        path.chmod(0o755 if path.is_dir() else 0o644)
    caplog.clear()
    with caplog.at_level(logging.WARNING):
        Vault(data, purpose="tests").close()
    assert open_to_others(data) == ["notes of the user"]
    assert stat.S_IMODE(cache.stat().st_mode) == 0o755
    assert stat.S_IMODE((cache / "model.xml").stat().st_mode) == 0o644
    (logged,) = [record.message for record in caplog.records]
    assert "Other users of this machine could open" in logged and str(data) in logged
    caplog.clear()
    with caplog.at_level(logging.WARNING):
        Vault(data, purpose="tests").close()
    assert not caplog.records


def test_files_in_a_closed_folder_are_not_listed(
    tmp_path: Path, embedder: Embedder, parsers: ParserPool, open_umask: None
) -> None:
    """Otherwise a hundred thousand originals would be listed at every start."""
    data = tmp_path / "data"
    filled(data, embedder, parsers, tmp_path)
    (original,) = data.glob("collections/*/originals/*")
    original.chmod(0o644)
    Vault(data, purpose="tests").close()
    assert stat.S_IMODE(original.stat().st_mode) == 0o644
    original.parent.chmod(0o755)
    Vault(data, purpose="tests").close()
    assert open_to_others(data) == open_inside_chroma(data)
    assert stat.S_IMODE(original.stat().st_mode) == 0o600


def test_links_are_not_followed(tmp_path: Path) -> None:
    data, outside = tmp_path / "data", tmp_path / "outside"
    Vault.create(data, user="local", purpose="tests").close()
    outside.mkdir(mode=0o755)
    (outside / "file").write_text("x")
    (data / "models").symlink_to(outside)
    (data / "collections").mkdir(mode=0o700)
    (data / "vault.owner.json").symlink_to(outside / "file")
    mode = stat.S_IMODE((outside / "file").stat().st_mode)
    Vault(data, purpose="tests").close()
    assert stat.S_IMODE(outside.stat().st_mode) == 0o755
    assert stat.S_IMODE((outside / "file").stat().st_mode) == mode
    assert (outside / "file").read_text() == "x"


@pytest.mark.parametrize("shared", ["sticky", "home"])
def test_a_shared_data_folder_keeps_its_mode(
    tmp_path: Path, shared: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "data"
    data.mkdir()
    data.chmod(0o1777 if shared == "sticky" else 0o755)
    if shared == "home":
        monkeypatch.setenv("HOME", str(data))
    mode = data.stat().st_mode
    Vault.create(data, user="local", purpose="tests").close()
    Vault(data, purpose="tests").close()
    assert data.stat().st_mode == mode
    assert not [path for path in everything(data)[1:] if path.lstat().st_mode & 0o077]


@pytest.mark.slow
@needs_root
def test_a_folder_of_another_user_is_reported(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    data.chmod(0o777)
    os.chown(data, NOBODY, NOBODY)
    done = subprocess.run(
        [sys.executable, "-c", CREATE, str(data)], preexec_fn=obey_file_modes, cwd=ROOT,
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert f"{data}: it belongs to user {NOBODY}, and you cannot change its mode" in done.stderr
    assert not [path for path in everything(data)[1:] if path.lstat().st_mode & 0o077]
