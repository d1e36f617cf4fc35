"""An embedding model of the user: a sentence-transformers folder on this machine, run by torch.

Its prompts ("query: ", "passage: ") and its length limit are used. Weights are only read as safetensors, and
code in the folder is never run, because the folder may come from anywhere.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from vault.embedding.base import EmbedderBase
from vault.embedding.embedder import Embedder, EmbedderIdentity
from vault.embedding.tokens import EmbedderTokens
from vault.errors import EmbedderError
from vault.files.state import file_state

_BATCH = 8
_MOST_TOKENS = 512
"""The longest chunk, even if the model can read more: a citation must point at a short text."""
_LEAST_TOKENS = 64

FolderState = tuple[tuple[str, tuple[int, ...]], ...]
"""Path, inode, size, modification time and change time of each file."""


class FolderEmbedder(EmbedderBase):
    """An `Embedder` that runs the model in a folder."""

    def __init__(self, folder: Path) -> None:
        """Load the model. Raises EmbedderError when the folder holds no usable model."""
        state = folder_state(folder)
        digest = folder_sha256(folder)
        # Imported here: it takes seconds, and whether the files have changed is found out without it.
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging as transformers_logging

        transformers_logging.disable_progress_bar()
        try:
            self._model = SentenceTransformer(
                str(folder), device="cpu", local_files_only=True, trust_remote_code=False,
                model_kwargs={"use_safetensors": True},
            )  # fmt: skip
            self._tokens = EmbedderTokens(folder, int(self._model.max_seq_length or _MOST_TOKENS))
        except Exception as error:  # a broken folder can raise anything
            raise EmbedderError(f"The embedding model in {folder} cannot be loaded: {error}") from error
        # The weights are the file itself, mapped into memory: a change of the file would change the vectors.
        for weights in (*self._model.parameters(), *self._model.buffers()):
            weights.data = weights.data.clone()
        if folder_state(folder) != state:
            raise EmbedderError(
                f"The embedding model in {folder} was changed while it was loaded. Try again when all of its "
                "files are there."
            )
        longest = min(int(self._model.max_seq_length or _MOST_TOKENS), _MOST_TOKENS)
        longest -= self._prompt_tokens()
        if longest < _LEAST_TOKENS:
            raise EmbedderError(
                f"The embedding model in {folder} reads {longest} tokens beside its prompt; "
                f"{_LEAST_TOKENS} are needed. Use another model."
            )
        dimensions = int(self._model.get_embedding_dimension() or 0)
        self._identity = EmbedderIdentity(folder.resolve().name, digest, dimensions, longest)
        self._lock = threading.Lock()

    def embed(self, texts: Sequence[str], *, query: bool = False) -> NDArray[np.float32]:
        """Return unit vectors, (texts, dimensions), with the model's prompt for queries or for documents."""
        if not texts:
            return np.zeros((0, self._identity.dimensions), dtype=np.float32)
        encode = self._model.encode_query if query else self._model.encode_document
        with self._lock:
            vectors = encode(
                list(texts), batch_size=_BATCH, normalize_embeddings=True, show_progress_bar=False
            )
        return np.asarray(vectors, dtype=np.float32)

    def _prompt_tokens(self) -> int:
        """Return the number of tokens of the model's longest prompt."""
        prompts = [prompt for prompt in self._model.prompts.values() if prompt]
        return max((len(self._tokens.offsets(prompt)) for prompt in prompts), default=0)


class _ModelCache:
    """The models that were loaded last, by folder, because loading takes seconds.

    A model whose files have changed is loaded again, and then has another identity.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._models: OrderedDict[Path, tuple[FolderState, Embedder]] = OrderedDict()
        self._lock = threading.Lock()

    def load(self, folder: Path) -> Embedder:
        """Return the model in a folder. Raises EmbedderError."""
        with self._lock:
            state = folder_state(folder)
            cached = self._models.pop(folder, None)
            # Files with new times and the same bytes need not be loaded again.
            same = cached is not None and (
                cached[0] == state or cached[1].identity.sha256 == folder_sha256(folder)
            )
            embedder = cached[1] if cached is not None and same else FolderEmbedder(folder)
            self._models[folder] = (state, embedder)
            while len(self._models) > self._size:
                self._models.popitem(last=False)
            return embedder


_cache = _ModelCache(size=2)


def load_folder(folder: Path) -> Embedder:
    """Return the model in a folder as its files are now. It is cached until they change.

    Raises EmbedderError.
    """
    return _cache.load(folder)


def folder_state(folder: Path) -> FolderState:
    """Return a value that differs when a file of the model was written, replaced, added or removed.

    It is cheap to compute, because no file is read. Raises EmbedderError.
    """
    with _readable(folder):
        return tuple((str(path), file_state(path)) for path in _files(folder))


def folder_sha256(folder: Path) -> str:
    """Return the sha256 of all files that influence the vectors: weights, configuration, tokenizer.

    Raises EmbedderError.
    """
    files = _files(folder)
    if not (folder / "modules.json").is_file() or not any(path.suffix == ".safetensors" for path in files):
        raise EmbedderError(
            f"{folder} does not hold an embedding model: it needs modules.json and weights as .safetensors, "
            "as sentence-transformers saves them."
        )
    if not (folder / "tokenizer.json").is_file():
        raise EmbedderError(f"{folder} has no tokenizer.json: save the model with its fast tokenizer.")
    digest = sha256()
    with _readable(folder):
        for path in files:
            digest.update(f"{path.relative_to(folder).as_posix()}\0{path.stat().st_size}\0".encode())
            with path.open("rb") as file:
                while block := file.read(1 << 20):
                    digest.update(block)
    return digest.hexdigest()


@contextmanager
def _readable(folder: Path) -> Iterator[None]:
    """Raise EmbedderError when files cannot be read, or are removed while they are read."""
    try:
        yield
    except OSError as error:
        raise EmbedderError(
            f"The embedding model in {folder} cannot be read: {error.strerror} ({error.filename})."
        ) from error


def _files(folder: Path) -> list[Path]:
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file() and path.suffix in (".safetensors", ".json", ".txt", ".model")
    )
