"""Which embedding model a collection is embedded with: the built-in one, or one from a folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from vault.embedding.embedder import Embedder
from vault.errors import EmbedderError, EmbedderMismatch
from vault.store.collection import Collection


def embedder_of(collection: Collection, built_in: Embedder) -> Embedder:
    """The model that the collection was made with, or will be; nothing is changed.

    Raises EmbedderError when its folder is gone or broken, EmbedderMismatch when it is not the same any more.
    """
    folder = collection.catalogue.meta().get("embedder_folder", "")
    try:
        embedder = embedder_from(folder, lambda: built_in)
    except EmbedderError as error:
        raise EmbedderError(
            f"{error} Collection {collection.name!r} was made with it: put it back, or take the built-in "
            f'model with `incamera collections rebuild "{collection.name}" --embedder built-in`.'
        ) from error
    made_with, now = collection.catalogue.meta().get("embedder_sha256", ""), embedder.identity.sha256
    if folder and made_with != now:
        raise EmbedderMismatch(
            f"The embedding model in {folder} was changed: collection {collection.name!r} was made with "
            f"{made_with[:12]}, and the files there are {now[:12]} now. Their vectors cannot be compared. "
            "Put the old files back, or make the vectors anew from the stored text: "
            f'`incamera collections rebuild "{collection.name}"`.'
        )
    collection.check(embedder.identity, folder)
    return embedder


def stamped_embedder_of(collection: Collection, built_in: Embedder) -> Embedder:
    """The same for whoever adds documents: a new collection is stamped with it. Raises as `embedder_of`."""
    embedder = embedder_of(collection, built_in)
    collection.stamp(embedder.identity, collection.catalogue.meta().get("embedder_folder", ""))
    return embedder


def embedder_from(folder: str, built_in: Callable[[], Embedder]) -> Embedder:
    """The model in a folder; for an empty name the built-in one, which is loaded only then. Raises
    EmbedderError."""
    if not folder:
        return built_in()
    # Imported here: torch is not needed for the built-in model.
    from vault.embedding.folder_embedder import load_folder

    return load_folder(Path(folder))
