"""An embedding model of the user's own: a sentence-transformers folder on this machine, run by torch.

Its prompts ("query: ", "passage: ") and its greatest length are honoured. Weights are read as safetensors
only, and no code that lies beside them is run: a folder that was copied from elsewhere is data.
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
from sentence_transformers import SentenceTransformer
from transformers.utils import logging as transformers_logging

from vault.embedding.base import EmbedderBase
from vault.embedding.embedder import Embedder, EmbedderIdentity
from vault.embedding.tokens import EmbedderTokens
from vault.errors import EmbedderError

_BATCH = 8
_MOST_TOKENS = 512
"""A chunk longer than that is no place to point at, whatever the model could read."""
_LEAST_TOKENS = 64

FolderState = tuple[tuple[str, int, int, int, int], ...]
"""Path, inode, size and times of each file."""


class FolderEmbedder(EmbedderBase):
    """An `Embedder` over the model in a folder."""

    def __init__(self, folder: Path) -> None:
        """Raises EmbedderError when the folder holds no model that can be used."""
        found = folder_state(folder)
        digest = folder_sha256(folder)
        transformers_logging.disable_progress_bar()
        try:
            self._model = SentenceTransformer(
                str(folder), device="cpu", local_files_only=True, trust_remote_code=False,
                model_kwargs={"use_safetensors": True},
            )  # fmt: skip
            self._tokens = EmbedderTokens(folder, int(self._model.max_seq_length or _MOST_TOKENS))
        except Exception as error:  # whatever the library raises for a broken folder
            raise EmbedderError(f"The embedding model in {folder} cannot be loaded: {error}") from error
        # The weights are the file itself, mapped into memory: whoever writes to it would change the vectors.
        for weights in (*self._model.parameters(), *self._model.buffers()):
            weights.data = weights.data.clone()
        if folder_state(folder) != found:
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
        """Unit vectors, (texts, dimensions), of questions with the model's prompt for queries, of other
        texts with its prompt for documents."""
        if not texts:
            return np.zeros((0, self._identity.dimensions), dtype=np.float32)
        encode = self._model.encode_query if query else self._model.encode_document
        with self._lock:
            vectors = encode(
                list(texts), batch_size=_BATCH, normalize_embeddings=True, show_progress_bar=False
            )
        return np.asarray(vectors, dtype=np.float32)

    def _prompt_tokens(self) -> int:
        """The most tokens that any of the model's prompts takes."""
        prompts = [prompt for prompt in self._model.prompts.values() if prompt]
        return max((len(self._tokens.offsets(prompt)) for prompt in prompts), default=0)


class _Kept:
    """The models that were loaded last, by folder: loading takes seconds. One whose files were exchanged is
    loaded anew, so that it is known by what it is now."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._models: OrderedDict[Path, tuple[FolderState, Embedder]] = OrderedDict()
        self._lock = threading.Lock()

    def load(self, folder: Path) -> Embedder:
        """Raises EmbedderError."""
        with self._lock:
            state = folder_state(folder)
            kept = self._models.pop(folder, None)
            # Files that were only touched, or copied once more, need not be loaded again.
            same = kept is not None and (kept[0] == state or kept[1].identity.sha256 == folder_sha256(folder))
            embedder = kept[1] if kept is not None and same else FolderEmbedder(folder)
            self._models[folder] = (state, embedder)
            while len(self._models) > self._most:
                self._models.popitem(last=False)
            return embedder


_KEPT = _Kept(most=2)


def load_folder(folder: Path) -> Embedder:
    """The model in a folder as its files are now; kept while they stay so. Raises EmbedderError."""
    return _KEPT.load(folder)


def folder_state(folder: Path) -> FolderState:
    """What tells cheaply whether a file of the model was written, replaced, added or taken away. Raises
    EmbedderError."""
    with _readable(folder):
        states = [(path, path.stat()) for path in _files(folder)]
    return tuple(
        (str(path), state.st_ino, state.st_size, state.st_mtime_ns, state.st_ctime_ns)
        for path, state in states
    )


def folder_sha256(folder: Path) -> str:
    """Of all that decides what the vectors are: weights, configuration, tokenizer. Raises EmbedderError."""
    files = _files(folder)
    if not (folder / "modules.json").is_file() or not any(path.suffix == ".safetensors" for path in files):
        raise EmbedderError(
            f"{folder} is no folder of an embedding model: modules.json and weights as .safetensors are "
            "needed, as sentence-transformers saves them."
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
    """Files may go, or be closed to us, while they are read."""
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
