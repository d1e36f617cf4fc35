"""Uploads as the page leaves them, without a browser."""

from __future__ import annotations

from dataclasses import replace

from vault.access import Action
from vault.vault import Vault


def stored(vault: Vault, collection: str, *files: tuple[str, str | bytes], user: str = "local") -> str:
    """The id of an upload of (name, content) that is complete and settled under those names; nothing is left
    of one that does not fit."""
    entry = vault.members.authorise(collection, user=user, action=Action.INGEST)
    contents = [content.encode() if isinstance(content, str) else content for _, content in files]
    upload = vault.uploads.begin(
        entry.id, user, [(file[0], len(content)) for file, content in zip(files, contents, strict=True)]
    )
    kept = []
    for file, content in zip(upload.files, contents, strict=True):
        arriving = vault.uploads.receive(upload.id, file)
        try:
            arriving.write(content)
            kept.append(replace(file, path=file.name, sha256=arriving.finish()))
        except BaseException:
            arriving.discard()
            vault.uploads.remove(upload.id)
            raise
    vault.uploads.save(replace(upload, files=tuple(kept), complete=True))
    return upload.id
