import shutil
from contextlib import nullcontext
from pathlib import Path

import pytest

from tests.vault.encryption.killed import killed_at
from tests.vault.encryption.vaults import WORDS, encrypted_vault, fill, new_key, readable, told
from vault.access import Action
from vault.database.connect import is_plain
from vault.encryption.encrypt import encrypt_vault
from vault.encryption.rotation import rotate_keys
from vault.errors import (
    DocumentNotFound,
    EncryptionRefused,
    EncryptionUnfinished,
    KeyMissing,
    KeyWrong,
    SealBroken,
    VaultDamaged,
)
from vault.keys.header import FILE, NewSecret, read_header
from vault.keys.keyring import COLLECTION_FILE
from vault.keys.secret import create_key_file, key_in
from vault.keys.source import NO_SOURCE, KeySource
from vault.vault import Vault


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    """A data folder that is not encrypted, with documents and an upload."""
    with Vault.create(tmp_path / "plain", user="local", purpose="tests") as vault:
        fill(vault, tmp_path)
    assert readable(tmp_path / "plain")
    return tmp_path / "plain"


@pytest.fixture
def sealed(tmp_path: Path) -> Path:
    """An encrypted data folder with documents and an upload; its key is in the file `key` beside it."""
    with encrypted_vault(tmp_path / "sealed", tmp_path / "key") as vault:
        fill(vault, tmp_path)
    return tmp_path / "sealed"


def no_progress(done: int, total: int) -> None:
    """Report nothing."""


def test_an_encrypted_vault_shows_no_word_and_gives_everything_back(sealed: Path, plain: Path) -> None:
    assert readable(sealed) == []
    with Vault(sealed, purpose="tests", key=KeySource(sealed.parent / "key")) as again:
        with Vault(plain, purpose="tests") as other:
            assert told(again) == told(other)
        assert readable(sealed) == []
        with again.open_collection("matter", user="local", action=Action.SEARCH) as collection:
            assert not (sealed / "collections" / collection.id / "vectors").exists()
    names = {path.name for path in sealed.glob("collections/*/originals/*")}
    assert not names & {path.name for path in plain.glob("collections/*/originals/*")}


def test_without_its_key_nothing_opens(sealed: Path, tmp_path: Path) -> None:
    before = {path: path.read_bytes() for path in sealed.rglob("*") if path.is_file()}
    create_key_file(tmp_path / "other")
    with pytest.raises(KeyWrong, match="not the key of this vault"):
        Vault(sealed, purpose="tests", key=KeySource(tmp_path / "other"))
    (tmp_path / "key").rename(tmp_path / "moved")
    with pytest.raises(KeyMissing, match="nobody can read"):
        Vault(sealed, purpose="tests")
    after = {path: path.read_bytes() for path in sealed.rglob("*") if path.is_file()}
    assert {path.name for path in before if before[path] != after.get(path)} <= {
        "vault.owner.json",
        "vault.lock",
    }
    header = (sealed / FILE).read_bytes()
    (sealed / FILE).unlink()
    with pytest.raises(VaultDamaged, match="encrypted"):
        Vault(sealed, purpose="tests")
    (sealed / FILE).write_bytes(header)
    Vault(sealed, purpose="tests", key=KeySource(tmp_path / "moved")).close()


def test_what_a_thief_exchanges_or_changes_is_refused(sealed: Path) -> None:
    key = KeySource(sealed.parent / "key")
    with (
        Vault(sealed, purpose="tests", key=key) as vault,
        vault.open_collection("matter", user="local", action=Action.SEARCH) as collection,
    ):
        first, second, third = (one.sha256 for one in collection.catalogue.documents())
        collection.originals.path(first).write_bytes(collection.originals.path(second).read_bytes())
        with pytest.raises(SealBroken, match="changed"):
            collection.originals.file(first).content()
        changed = bytearray(collection.originals.path(third).read_bytes())
        changed[-1] ^= 1
        collection.originals.path(third).write_bytes(changed)
        with pytest.raises(SealBroken):
            collection.originals.file(third).content()
    one, other = sorted(sealed.glob("collections/*"))
    (one / "catalogue.db").write_bytes((other / "catalogue.db").read_bytes())
    with Vault(sealed, purpose="tests", key=key) as vault:
        for name in ("matter", "patient"):
            entry = vault.members.authorise(name, user="local", action=Action.SEARCH)
            refused = pytest.raises(VaultDamaged, match="key of this vault")
            with (
                refused if entry.id == one.name else nullcontext(),
                vault.open_collection(name, user="local", action=Action.SEARCH) as collection,
            ):
                assert len(collection.catalogue.documents()) == 3


def test_a_vault_is_encrypted_in_its_place(plain: Path, tmp_path: Path) -> None:
    with Vault(plain, purpose="tests") as vault:
        before = told(vault)
    secret = new_key(tmp_path / "key")
    encrypt_vault(plain, secret, NO_SOURCE, "tests", no_progress)
    assert readable(plain) == []
    assert not is_plain(plain / "vault.db")
    with Vault(plain, purpose="tests", key=KeySource(tmp_path / "key")) as vault:
        assert told(vault) == before
    assert readable(plain) == []
    with pytest.raises(EncryptionRefused, match="already"):
        encrypt_vault(plain, secret, NO_SOURCE, "tests", no_progress)


@pytest.mark.parametrize("first", [pytest.param(1), pytest.param(2, marks=pytest.mark.slow)])
def test_an_encryption_that_was_killed_is_finished_by_the_next(
    first: int, plain: Path, tmp_path: Path
) -> None:
    with Vault(plain, purpose="tests") as vault:
        before = told(vault)
    create_key_file(tmp_path / "key")
    key = KeySource(tmp_path / "key")
    every = range(2, 140, 23) if first == 1 else range(3, 140, 3)
    steps = {step: tmp_path / f"killed-{step}" for step in every}
    for data in steps.values():
        shutil.copytree(plain, data)
    killed = killed_at("encrypt", tmp_path / "key", tmp_path / "none", steps)
    assert sum(killed) >= len(steps) // 2
    for (step, data), was_killed in zip(steps.items(), killed, strict=True):
        header = read_header(data)
        if was_killed and header is not None and header.unfinished:
            with pytest.raises(EncryptionUnfinished, match="incamera encrypt"):
                Vault(data, purpose="tests", key=key)
            encrypt_vault(data, None, key, "tests", no_progress)
        elif header is None:
            encrypt_vault(data, NewSecret("file", key_in(tmp_path / "key")), key, "tests", no_progress)
        assert readable(data) == [], step
        with Vault(data, purpose="tests", key=key) as vault:
            assert told(vault) == before, step


def test_another_key_opens_the_vault_and_the_earlier_one_does_not(sealed: Path, tmp_path: Path) -> None:
    earlier, later = KeySource(tmp_path / "key"), tmp_path / "later"
    with Vault(sealed, purpose="tests", key=earlier) as vault:
        before = told(vault)
    kept = [*sealed.glob("collections/*/collection.key"), sealed / FILE, sealed / "uploads.key"]
    for number, path in enumerate(kept):
        (tmp_path / f"kept-{number}").hardlink_to(path)  # what the disk may keep of it
    rotate_keys(sealed, earlier, new_key(later), "tests")
    for number, path in enumerate(kept):
        assert not any((tmp_path / f"kept-{number}").read_bytes())
        assert any(path.read_bytes())
    with pytest.raises(KeyWrong):
        Vault(sealed, purpose="tests", key=earlier)
    with Vault(sealed, purpose="tests", key=KeySource(later)) as vault:
        assert told(vault) == before
    with pytest.raises(EncryptionRefused, match="not encrypted"):
        rotate_keys(tmp_path, earlier, NewSecret("file", key_in(later)), "tests")


@pytest.mark.slow
def test_a_change_of_keys_that_was_killed_leaves_a_vault_that_opens(sealed: Path, tmp_path: Path) -> None:
    earlier, later = tmp_path / "key", tmp_path / "later"
    create_key_file(later)
    with Vault(sealed, purpose="tests", key=KeySource(earlier)) as vault:
        before = told(vault)
    steps = {step: tmp_path / f"killed-{step}" for step in range(2, 40, 3)}
    for data in steps.values():
        shutil.copytree(sealed, data)
    killed = killed_at("rotate", earlier, later, steps)
    assert sum(killed) >= 6
    opened_by = set()
    for step, data in steps.items():
        for key in (later, earlier):
            try:
                vault = Vault(data, purpose="tests", key=KeySource(key))
            except KeyWrong:
                continue
            with vault:
                assert told(vault) == before, step
            opened_by.add(key)
            break
        else:
            pytest.fail(f"neither key opens the vault after step {step}")
    assert opened_by == {later, earlier}


def test_a_purged_collection_loses_its_key_first(sealed: Path, tmp_path: Path) -> None:
    key = KeySource(tmp_path / "key")
    with (
        Vault(sealed, purpose="tests", key=key) as vault,
        vault.open_collection("matter", user="local", action=Action.SEARCH) as collection,
    ):
        folder = sealed / "collections" / collection.id
    secret = (folder / COLLECTION_FILE).read_bytes()
    steps = {step: tmp_path / f"killed-{step}" for step in range(1, 8)}
    for data in steps.values():
        shutil.copytree(sealed, data)
    assert all(killed_at("purge", tmp_path / "key", tmp_path / "key", steps))
    seen = set()
    for data in steps.values():
        left = data / "collections" / folder.name
        has_key = (left / COLLECTION_FILE).exists() and (left / COLLECTION_FILE).read_bytes() == secret
        seen.add((has_key, (left / "catalogue.db").exists()))
        with Vault(data, purpose="tests", key=key) as vault:
            names = [entry.name for entry in vault.members.collections(user="local")]
        if names == ["matter", "patient"]:  # it was killed before the purge was stored
            assert has_key
            continue
        # Opened again, the purge was finished.
        assert not left.exists()
        assert names == ["patient"]
        assert not any(secret[24:56] in path.read_bytes() for path in data.rglob("*") if path.is_file())
    assert (False, True) in seen
    assert (True, False) not in seen


def test_a_purged_document_leaves_no_file_that_its_key_opens(sealed: Path, tmp_path: Path) -> None:
    with (
        Vault(sealed, purpose="tests", key=KeySource(tmp_path / "key")) as vault,
        vault.open_collection("matter", user="local", action=Action.SEARCH) as collection,
    ):
        document = collection.catalogue.documents()[0]
        kept = tmp_path / "kept"
        kept.hardlink_to(collection.originals.path(document.sha256))
        head = kept.read_bytes()[:60]
        vault.purge("matter", [document.sha256], user="local")
        assert kept.read_bytes()[:60] != head
        with pytest.raises(DocumentNotFound):
            collection.originals.file(document.sha256)
    assert readable(sealed, (WORDS[0],)) == []


def test_an_index_on_the_disk_is_asked_for_and_removed_when_it_is_not(sealed: Path, tmp_path: Path) -> None:
    on_disk = KeySource(tmp_path / "key", sealed=False)
    with Vault(sealed, purpose="tests", key=on_disk) as vault:
        before = told(vault)
        assert not vault.keys.sealed
        assert len(list(sealed.glob("collections/*/vectors"))) == 2
        assert readable(sealed) == []
    with Vault(sealed, purpose="tests", key=KeySource(tmp_path / "key")) as vault:
        assert told(vault) == before
        assert vault.keys.sealed
        assert list(sealed.glob("collections/*/vectors")) == []
