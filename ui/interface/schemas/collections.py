"""Collections, and what the vault holds as a whole."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from ui.interface.schemas.base import Request, Result
from ui.interface.schemas.errors import StreamFailed
from vault.access import Role


class CollectionEntry(Result):
    """A collection that the user is a member of."""

    name: str
    role: Role
    created: str
    """UTC, ISO 8601."""
    archived: bool = False
    """Whether it is searched only, and left out where no collection is named."""


class NewCollection(Request):
    """A collection to create."""

    name: str
    embedder: str = ""
    """Folder of a sentence-transformers model on the owner's machine; empty for the built-in model."""


class Rebuild(Request):
    """A collection to chunk and embed again from its stored text."""

    collection: str
    embedder: str | None = None
    """Folder of the model from now on; empty: the built-in model; null: the collection's present one."""


class DocumentRebuilt(Result):
    """One more document was embedded."""

    event: Literal["document"] = "document"
    done: int
    total: int


class RebuildReport(Result):
    """A rebuild that ended."""

    collection: str
    chunks: int
    embedder: str
    """Name of the model."""
    sha256: str
    """Of the model."""


class RebuildDone(Result):
    """The end of a rebuild."""

    event: Literal["end"] = "end"
    rebuilt: RebuildReport


RebuildEvent = Annotated[DocumentRebuilt | RebuildDone | StreamFailed, Field(discriminator="event")]


class CollectionTotals(Result):
    """How much a collection holds."""

    name: str
    documents: int
    pages: int
    chunks: int
    failed: int
    """Documents that could not be read."""


class Sandbox(Result):
    """What the system of the owner lets the parser of files do."""

    setting: str
    """The value of INCAMERA_SANDBOX."""
    refused: list[str]
    granted: list[str]


class Encryption(Result):
    """How the data folder is protected from whoever takes the disk."""

    encrypted: bool
    opened_by: Literal["file", "passphrase", "nothing"]
    """What opens the vault."""
    not_encrypted: list[str]
    """What can be read without the key, each as a sentence that says what to do."""


class Status(Result):
    """What the vault holds, as far as the user may see it."""

    version: str
    """Of the owner."""
    sandbox: Sandbox
    encryption: Encryption
    collections: list[CollectionTotals] = Field(default_factory=list)
