"""Uploads as the page leaves them, without a browser."""

from __future__ import annotations

from dataclasses import replace

from vault.access import Action
from vault.vault import Vault


def stored(vault: Vault, collection: str, *files: tuple[str, str], user: str = "local") -> str:
    """The id of an upload of (name, text) that is complete and settled under those names."""
    entry = vault.authorise(collection, user=user, action=Action.INGEST)
    upload = vault.uploads.begin(entry.id, user, [(name, len(text.encode())) for name, text in files])
    kept = []
    for file, (name, text) in zip(upload.files, files, strict=True):
        arriving = vault.uploads.receive(upload.id, file)
        arriving.write(text.encode())
        kept.append(replace(file, path=name, sha256=arriving.finish()))
    vault.uploads.keep(replace(upload, files=tuple(kept), complete=True))
    return upload.id
