import os
import stat
from pathlib import Path

import pytest

from vault.errors import KeyMissing, KeyUnfit, KeyWrong, SealBroken, VaultDamaged, VaultTooNew
from vault.keys.header import FILE, Header, NewSecret, read_header, write_header
from vault.keys.keyring import COLLECTION_FILE, Keyring, key_files, read_key, write_key
from vault.keys.secret import Stretching, check_passphrase, create_key_file, key_in
from vault.keys.source import KeySource
from vault.sealing.key import Key

QUICK = Stretching(bytes(16), operations=1, memory=8192)


def test_a_key_file_is_private_and_gives_the_same_key_each_time(tmp_path: Path) -> None:
    file = tmp_path / "key"
    create_key_file(file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert key_in(file) == key_in(file)
    with pytest.raises(KeyUnfit, match="already"):
        create_key_file(file)
    with pytest.raises(KeyUnfit, match="no folder"):
        create_key_file(tmp_path / "none" / "key")


def test_hexadecimal_digits_are_a_key(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text("0aF1" * 16 + "\n")
    assert key_in(file) == Key(bytes.fromhex("0aF1" * 16))


@pytest.mark.parametrize(
    "content", [b"", b"incamera-key-1:", b"incamera-key-1:AAAA", b"letter", b"\xff" * 32, b"0" * 9000]
)
def test_a_file_that_holds_no_key_is_refused_with_its_name(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_bytes(content)
    with pytest.raises(KeyUnfit, match=str(file)):
        key_in(file)


def test_a_short_passphrase_is_refused() -> None:
    assert check_passphrase("four odd words") == "four odd words"
    with pytest.raises(KeyUnfit, match="at least 12"):
        check_passphrase("secret")


def test_the_key_is_found_in_the_file_of_the_settings_the_credential_or_where_it_was_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, given, credential = (tmp_path / name for name in ("made", "given", "incamera-key"))
    for file in (made, given, credential):
        create_key_file(file)
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    assert KeySource(given, "incamera-key").key(made) == key_in(given)
    assert KeySource(credential="incamera-key").key(made) == key_in(credential)
    assert KeySource(credential="../incamera-key").key(made) == key_in(made)
    monkeypatch.delenv("CREDENTIALS_DIRECTORY")
    assert KeySource(credential="incamera-key").key(made) == key_in(made)
    made.unlink()
    with pytest.raises(KeyMissing, match=f"made in {made}.*INCAMERA_KEY_FILE"):
        KeySource().key(made)


def test_a_passphrase_comes_from_a_file_or_a_person(tmp_path: Path) -> None:
    file = tmp_path / "passphrase"
    file.write_text("four odd words\n")
    key = QUICK.key_of("four odd words")
    assert KeySource(file).passphrase_key(QUICK) == key
    assert KeySource(ask=lambda: "four odd words").passphrase_key(QUICK) == key
    with pytest.raises(KeyMissing, match="terminal"):
        KeySource().passphrase_key(QUICK)


def test_the_header_opens_with_its_passphrase_only_and_survives_being_stored(tmp_path: Path) -> None:
    vault_key = Key.random()
    header = Header.new(NewSecret("passphrase", QUICK.key_of("four odd words"), stretching=QUICK), vault_key)
    write_header(tmp_path, header)
    assert read_header(tmp_path) == header
    assert header.open(KeySource(ask=lambda: "four odd words")) == vault_key
    with pytest.raises(KeyWrong, match="not the passphrase"):
        header.open(KeySource(ask=lambda: "five odd words"))
    assert vault_key.secret not in (tmp_path / FILE).read_bytes()


def test_a_damaged_or_later_header_is_named(tmp_path: Path) -> None:
    assert read_header(tmp_path) is None
    for text, error in (("{", VaultDamaged), ("{}", VaultDamaged), ('{"version": 2}', VaultTooNew)):
        (tmp_path / FILE).write_text(text)
        with pytest.raises(error, match=FILE):
            read_header(tmp_path)


def test_the_key_of_a_collection_belongs_to_its_folder_and_its_vault(tmp_path: Path) -> None:
    vault_key = Key.random()
    first, second = (tmp_path / "collections" / name for name in "ab")
    for folder in (first, second):
        folder.mkdir(parents=True)
        write_key(folder / COLLECTION_FILE, Key.random(), vault_key)
    write_key(tmp_path / "uploads.key", Key.random(), vault_key)
    assert len(key_files(tmp_path)) == 3
    keyring = Keyring(tmp_path, vault_key, sealed=True)
    assert keyring.of(first) == keyring.of(first) != keyring.of(second)
    (second / COLLECTION_FILE).write_bytes((first / COLLECTION_FILE).read_bytes())
    with pytest.raises(SealBroken):
        keyring.of(second)
    with pytest.raises(SealBroken):
        read_key(first / COLLECTION_FILE, Key.random())
    keyring.destroy(first)
    with pytest.raises(VaultDamaged, match="gone"):
        keyring.of(first)


def test_nothing_of_a_key_is_printed_with_an_object_that_holds_it(tmp_path: Path) -> None:
    key = Key(os.urandom(32))
    shown = repr(NewSecret("file", key)) + repr(KeySource(tmp_path)) + repr(key)
    assert repr(key.secret) not in shown
