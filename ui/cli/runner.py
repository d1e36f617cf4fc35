"""Runs an ingest job, in this process or in the server that owns the vault."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from ingest.job import run_job
from ingest.report import IngestEvent
from ui.cli.console import say
from ui.cli.owner import vault_owner
from ui.interface import channel
from ui.interface.channel import Channel
from ui.interface.handover import Handover, event_from_json
from ui.interface.requests import Requests
from ui.services.services import Services
from vault.embedding.embedder import Embedder
from vault.errors import VaultInUse
from vault.ledger.jobs import Task
from vault.settings import Settings

OnIngestEvent = Callable[[IngestEvent], None]


class IngestRunner:
    """Runs jobs one after another; the embedder is loaded once, when the first job needs it."""

    def __init__(self, settings: Settings, collection: str) -> None:
        self._settings = settings
        self._collection = collection
        self._embedder: Embedder | None = None

    def run(self, task: Task, on_event: OnIngestEvent) -> dict[str, Any]:
        """Run the job and return its report as JSON; the vault is released at the end.

        Raises VaultInUse when another process owns the vault and accepts no requests.
        """
        settings = self._settings
        try:
            services = Services(settings, purpose="incamera ingest", say=say)
        except VaultInUse:
            if not channel.is_served(settings.data):
                raise
            return self._hand_over(task, on_event)
        requests = Requests(
            services.vault, services.settings, lambda: services.embedder, lambda: services.answerer
        )
        with services, Channel(settings.data, Handover(requests, None).answer):
            job = services.vault.begin_job(self._collection, task, user=settings.user)
            self._embedder = self._embedder or services.embedder
            return run_job(services.vault, job, self._embedder, settings, on_event).as_json()

    def purge(self, collection: str, sha256s: Sequence[str]) -> None:
        """Purge documents, in this process or in the one that owns the vault."""
        with vault_owner(self._settings, "incamera ingest") as owner:
            owner.do("purge", collection=collection, sha256s=list(sha256s))

    def _hand_over(self, task: Task, on_event: OnIngestEvent) -> dict[str, Any]:
        request = {
            "verb": "ingest",
            "collection": self._collection,
            "user": self._settings.user,
            "task": task.as_json(),
        }
        report: dict[str, Any] = {}
        for message in channel.request(self._settings.data, request):
            event = event_from_json(message)
            if event is not None:
                on_event(event)
            report = message.get("report", report)
        return report
