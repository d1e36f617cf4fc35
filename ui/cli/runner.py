"""Runs an ingest job, in this process or in the server that owns the vault; after another command's job."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from pydantic import SecretStr

from ingest.parsed.how_to_read import AS_USUAL, HowToRead
from ingest.report import IngestEvent
from ui.cli.console import say
from ui.cli.owner import take_vault, vault_owner, workplace_of
from ui.cli.password import ask_password, prove_user
from ui.interface.schemas.documents import Purge
from ui.interface.schemas.jobs import JobReport, NewJob
from vault.errors import OwnerEnded, VaultOwned
from vault.ledger.jobs import Task
from vault.process.lock import owner_of
from vault.settings import Settings

if TYPE_CHECKING:
    from ui.services.services import Services
    from vault.embedding.embedder import Embedder

OnIngestEvent = Callable[[IngestEvent], None]


class IngestRunner:
    """Runs jobs one after another; the embedder is loaded once, when the first job needs it."""

    def __init__(self, settings: Settings, collection: str) -> None:
        self._settings = settings
        self._collection = collection
        self._embedder: Embedder | None = None

    def run(self, task: Task, on_event: OnIngestEvent, how: HowToRead = AS_USUAL) -> JobReport:
        """Run the job and return its report; the vault is released at the end.

        Waits for another command that owns the vault, and continues the job of a server that was killed.
        Raises VaultOwned as `take_vault` does.
        """
        settings, refused = self._settings, None
        while True:
            services = take_vault(settings, "incamera ingest", besides=refused)
            if services is not None:
                return self._run_here(services, task, on_event, how)
            from ui.interface.client.owner import OwnerClient

            owner = owner_of(settings.data)
            passwords = [SecretStr(password) for password in how.passwords]
            asked = NewJob(collection=self._collection, task=task, passwords=passwords)
            try:
                with OwnerClient(settings.data, settings.user, lambda: ask_password(settings)) as client:
                    return client.jobs.run(asked, on_event)
            except VaultOwned:
                refused = owner  # it runs only its own job
            except OwnerEnded:
                say("The process that used the vault has ended. This command goes on by itself.")

    def purge(self, collection: str, sha256s: Sequence[str]) -> None:
        """Purge documents, in this process or in the one that owns the vault."""
        with vault_owner(self._settings, "incamera ingest") as owner:
            owner.documents.purge(Purge(collection=collection, sha256s=list(sha256s)))

    def _run_here(self, services: Services, task: Task, on_event: OnIngestEvent, how: HowToRead) -> JobReport:
        # Imported here: other commands start in half the time.
        from ingest.job import run_job
        from ui.interface.socket_server import SocketServer

        settings = self._settings
        with services, SocketServer(workplace_of(services)):
            prove_user(services.vault, settings)
            job = services.vault.begin_job(self._collection, task, user=settings.user)
            self._embedder = self._embedder or services.embedder
            return JobReport.of(run_job(services.vault, job, self._embedder, settings, on_event, how=how))
