"""Remember which models have written something with this build of llama.cpp on this processor."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

from rag.models.llama.build import build_id
from rag.models.probe import probe


class TriedModels:
    """A file in the data folder with one hash per line.

    With another build of llama.cpp, or on another processor, every model is tried again.
    """

    def __init__(self, data: Path) -> None:
        self._file = data / "models.tried"

    def try_once(
        self,
        path: Path,
        digest: str,
        *,
        name: str | None = None,
        threads: int | None = None,
        adapter: Path | None = None,
        adapter_digest: str = "",
    ) -> None:
        """Let the model in `path` write in a process of its own, unless it has done so before.

        `digest` and `adapter_digest` are the sha256 of the files; `name` is the model's name in errors.
        Raises ModelDamaged, ModelCrashed.
        """
        if _key(digest, adapter_digest) not in self._known() and probe(
            path, name=name, threads=threads, adapter=adapter
        ):
            self.add(digest, adapter_digest)

    def add(self, digest: str, adapter_digest: str = "") -> None:
        """Remember that the model with that sha256 has written something."""
        try:
            file = os.open(self._file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            try:
                os.write(file, f"{_key(digest, adapter_digest)}\n".encode())
            finally:
                os.close(file)
        except OSError:  # a full disk, or a read-only data folder: the model is tried again next time
            return

    def _known(self) -> list[str]:
        return self._file.read_text(errors="replace").split() if self._file.is_file() else []


def _key(digest: str, adapter_digest: str) -> str:
    return sha256(f"{digest} {adapter_digest} {build_id()}".encode()).hexdigest()
