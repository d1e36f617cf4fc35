"""Small vaults to encrypt, and what is left of their words in the files of a data folder."""

from __future__ import annotations

from pathlib import Path

from tests.documents import add_plain
from tests.uploads import stored
from vault.access import Action
from vault.creation import create_vault
from vault.keys.header import NewSecret
from vault.keys.secret import create_key_file, key_in
from vault.keys.source import KeySource
from vault.records import Document
from vault.sealing.stored_file import StoredFile
from vault.vault import Vault

WORDS = ("Zanzibarquux", "Kryllomere", "Ostrovane")
"""One of each collection and upload."""


def new_key(file: Path) -> NewSecret:
    """A new key file, as `incamera init --key-file` makes it."""
    create_key_file(file)
    return NewSecret("file", key_in(file), made_in=str(file))


def encrypted_vault(data: Path, key: Path) -> Vault:
    """A new encrypted vault, open; its key is in the file `key`."""
    create_vault(data, "local", "tests", new_key(key))
    return Vault(data, purpose="tests", key=KeySource(key))


def fill(vault: Vault, folder: Path) -> None:
    """Put documents of two collections, and an upload that waits, into a vault."""
    for name, word in zip(("matter", "patient"), WORDS, strict=False):
        vault.create_collection(name, user="local")
        with vault.open_collection(name, user="local", action=Action.MANAGE) as collection:
            for number in range(3):
                file = folder / f"{word}-{number}"
                file.write_bytes(f"Original of {word} number {number}. ".encode() * 20)
                sha256, size = collection.originals.store(StoredFile(file))
                text = f"The text of {word} has the number {number}."
                add_plain(collection, f"{word}{number}.txt", text, sha256=sha256, size=size)
    stored(vault, "matter", (f"{WORDS[2]}.txt", f"Sent: {WORDS[2]} " * 20))


def told(vault: Vault) -> list[object]:
    """Everything that `fill` has put in, as the vault gives it back."""
    found: list[object] = []
    for name in ("matter", "patient"):
        with vault.open_collection(name, user="local", action=Action.SEARCH) as collection:
            documents: list[Document] = collection.catalogue.documents()
            for one in sorted(documents, key=lambda one: one.name):
                pages = [page.text for page in collection.catalogue.pages.of(one.sha256)]
                found.append((one.name, pages, collection.originals.file(one.sha256).content()))
            word = WORDS[("matter", "patient").index(name)]
            sha256s = [one.sha256 for one in documents]
            found.append(collection.catalogue.lexical.words_in_documents([word], sha256s))
            found.append(collection.vector_ids() == set(collection.catalogue.chunks.ids()))
    for upload in vault.uploads.all():
        found += [(file.name, copy.content()) for copy, file in vault.uploads.files(upload.id)]
    return found


def readable(data: Path, words: tuple[str, ...] = WORDS) -> list[Path]:
    """The files of a data folder whose content or name shows one of the words."""
    found = []
    for path in data.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        for word in words:
            forms = {word.encode(), word.lower().encode(), word.encode("utf-16-le")}
            if any(form in content for form in forms) or word in path.name:
                found.append(path)
    return found
