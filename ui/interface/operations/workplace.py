"""What the operations work with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vault.settings import Settings

if TYPE_CHECKING:
    from rag.answer import Answerer
    from ui.services.jobs import Jobs
    from vault.embedding.embedder import Embedder
    from vault.vault import Vault


@dataclass(frozen=True, slots=True)
class Workplace:
    """The vault and the models of the process that owns it."""

    vault: Vault
    settings: Settings
    embedder: Callable[[], Embedder]
    """Called by the first operation that needs the embedder."""
    answerer: Callable[[], Answerer]
    """Called by the first question."""
    jobs: Jobs | None = None
    """Runs ingest jobs; None in a command, which runs only its own."""
