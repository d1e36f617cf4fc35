"""A vault with the sample documents, taken in once for all tests of a run; each test works on a copy."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.parsing.pool import ParserPool
from ingest.pipeline import Ingest
from tests.documents import new_collection
from tests.places import SAMPLES
from vault.embedding.embedder import Embedder
from vault.settings import Settings
from vault.vault import Vault

COLLECTION = "documents"
REPORT = "report.json"


@dataclass(frozen=True)
class SampleVault:
    """The data folder, and the report of the ingest as JSON. Nobody opens a vault there: see `copied`."""

    folder: Path
    report: dict[str, Any]

    def copied(self, to: Path) -> Path:
        """A data folder of one's own at `to`, which must not be there yet; the user is "local"."""
        return Path(shutil.copytree(self.folder, to))


def sample_vault(shared: Path, embedder: Embedder, parsers: ParserPool) -> SampleVault:
    """The vault in the folder `shared` of all workers of a run, made by the first that asks for it."""
    made = shared / "sample-vault"
    with (shared / "sample-vault.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            making = shared / f"sample-vault-{os.getpid()}"
            report = _make(making, embedder, parsers)
            (shared / REPORT).write_text(json.dumps(report))
            making.rename(made)
    return SampleVault(made, json.loads((shared / REPORT).read_text()))


def _make(folder: Path, embedder: Embedder, parsers: ParserPool) -> dict[str, Any]:
    settings = Settings(data=folder)
    with (
        Vault.create(folder, user="local", purpose="tests") as vault,
        new_collection(vault, COLLECTION) as collection,
    ):
        ingest = Ingest(collection, embedder, settings, parsers=parsers)
        return ingest.run([SAMPLES / "legal", SAMPLES / "medical"]).as_json()
