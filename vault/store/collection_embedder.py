"""Find the embedding model of a collection: the built-in one, or one in a folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from vault.embedding.embedder import Embedder
from vault.errors import EmbedderError, EmbedderMismatch
from vault.store.collection import Collection


def embedder_of(collection: Collection, built_in: Embedder) -> Embedder:
    """Return the model that the collection is embedded with; for a new one, the model that it will use.

    Raises EmbedderError when the folder of the model is missing or broken, and EmbedderMismatch when the
    model has changed.
    """
    folder = collection.catalogue.meta().get("embedder_folder", "")
    try:
        embedder = embedder_from(folder, lambda: built_in)
    except EmbedderError as error:
        raise EmbedderError(
            f"{error} Collection {collection.name!r} was made with it: put it back, or use the built-in "
            f'model with `incamera collections rebuild "{collection.name}" --embedder built-in`.'
        ) from error
    stamped, current = collection.catalogue.meta().get("embedder_sha256", ""), embedder.identity.sha256
    if folder and stamped != current:
        raise EmbedderMismatch(
            f"The embedding model in {folder} was changed: collection {collection.name!r} was made with "
            f"{stamped[:12]}, and the files there are {current[:12]} now. Their vectors cannot be compared. "
            "Put the old files back, or compute the vectors again from the stored text: "
            f'`incamera collections rebuild "{collection.name}"`.'
        )
    collection.check(embedder.identity, folder)
    return embedder


def stamp_embedder(collection: Collection, built_in: Embedder) -> Embedder:
    """Return the model as `embedder_of` does, and stamp it on a new collection, before documents are added.

    Raises as `embedder_of` does.
    """
    embedder = embedder_of(collection, built_in)
    collection.stamp(embedder.identity, collection.catalogue.meta().get("embedder_folder", ""))
    return embedder


def embedder_from(folder: str, built_in: Callable[[], Embedder]) -> Embedder:
    """Return the model in `folder`, or the result of `built_in` for an empty name. Raises EmbedderError."""
    if not folder:
        return built_in()
    # Imported here, because it imports torch, which the built-in model does not need.
    from vault.embedding.folder_embedder import load_folder

    return load_folder(Path(folder))
