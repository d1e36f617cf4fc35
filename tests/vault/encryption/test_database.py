"""Encrypted databases behave as plain ones do, on a bad disk too."""

import sqlite3
from pathlib import Path

import pytest

from vault.database.connect import connect, copy_encrypted, is_plain
from vault.database.database import open_database
from vault.errors import DiskFull, VaultDamaged, VaultInUse, VaultTooNew
from vault.sealing.key import Key
from vault.store.catalogue.schema import CATALOGUE_STEPS

STEPS = ("CREATE TABLE words (id INTEGER PRIMARY KEY, word TEXT NOT NULL);",)
KEY = Key(bytes(range(32)))


def test_words_are_not_in_the_file_or_its_log(tmp_path: Path) -> None:
    database = open_database(tmp_path / "a.db", STEPS, KEY)
    with database.write() as db:
        db.execute("INSERT INTO words (word) VALUES (?)", ("Zanzibarquux",))
    contents = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    database.close()
    assert b"Zanzibarquux" not in contents
    assert not is_plain(tmp_path / "a.db")
    again = open_database(tmp_path / "a.db", STEPS, KEY)
    with again.read() as db:
        assert [row["word"] for row in db.execute("SELECT word FROM words")] == ["Zanzibarquux"]
    again.close()


def test_another_key_or_none_is_said(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    open_database(tmp_path / "a.db", STEPS, KEY).close()
    with pytest.raises(VaultDamaged, match="not encrypted with the key of this vault"):
        open_database(tmp_path / "a.db", STEPS, Key.random())
    with pytest.raises(VaultDamaged, match="is encrypted"):
        open_database(tmp_path / "a.db", STEPS)
    open_database(tmp_path / "b.db", STEPS).close()
    with pytest.raises(VaultDamaged, match="not encrypted with the key"):
        open_database(tmp_path / "b.db", STEPS, KEY)
    assert capfd.readouterr().err == ""


def test_a_full_disk_and_a_locked_or_later_database_are_said(tmp_path: Path) -> None:
    database = open_database(tmp_path / "a.db", STEPS, KEY)
    with database.read() as db:
        db.execute("PRAGMA max_page_count = 4")
        db.execute("PRAGMA busy_timeout = 0")
    with pytest.raises(DiskFull), database.write() as db:
        db.executemany("INSERT INTO words (word) VALUES (?)", [("x" * 900,)] * 100)
    other = connect(tmp_path / "a.db", KEY)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(VaultInUse), database.write():
        pass
    other.close()
    database.close()
    with pytest.raises(VaultTooNew):
        open_database(tmp_path / "a.db", (), KEY)


def test_a_copy_under_a_key_has_the_schema_with_its_version_and_indexes_of_words(tmp_path: Path) -> None:
    plain = open_database(tmp_path / "a.db", CATALOGUE_STEPS)
    plain.close()
    copy_encrypted(tmp_path / "a.db", None, tmp_path / "b.db", KEY)
    source, target = sqlite3.connect(tmp_path / "a.db"), connect(tmp_path / "b.db", KEY)
    for statement in ("PRAGMA user_version", "SELECT type, name, sql FROM sqlite_schema ORDER BY type, name"):
        assert [tuple(row) for row in target.execute(statement)] == source.execute(statement).fetchall()
    source.close()
    target.close()
    open_database(tmp_path / "b.db", CATALOGUE_STEPS, KEY).close()
