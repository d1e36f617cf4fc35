"""A server's uploads without a browser, and a clock that the test moves."""

from __future__ import annotations

from pathlib import Path

from tests.waiting import until
from ui.services.job_progress import JobView
from ui.services.jobs import Jobs
from ui.services.uploading import Outcome, Uploading
from vault.access import Action
from vault.embedding.embedder import Embedder
from vault.settings import Settings
from vault.vault import Vault


class Desk:
    """Sends files, and looks at what becomes of them."""

    def __init__(self, vault: Vault, settings: Settings, embedder: Embedder) -> None:
        self.vault, self.now = vault, 0.0
        self.jobs = Jobs(vault, settings, lambda: embedder)
        self.uploading = Uploading(vault, settings, self.jobs, lambda: self.now)

    def begin(self, *files: tuple[str, str], user: str = "local") -> str:
        return self.uploading.begin("matter", user, [(name, len(text.encode())) for name, text in files])

    def send(self, upload: str, number: int, text: str) -> None:
        arriving = self.uploading.receive(upload, number, "local")
        arriving.write(text.encode())
        self.uploading.arrived(upload, number, arriving.finish(), "local")

    def add(self, *files: tuple[str, str]) -> Outcome:
        """Send files to the end."""
        upload = self.begin(*files)
        for number, (_, text) in enumerate(files):
            self.send(upload, number, text)
        return self.uploading.finish(upload, {}, "local")

    def wait(self) -> JobView:
        """The latest job, once all are through."""
        until(lambda: all(job.finished for job in self.jobs.views("matter", "local")))
        return self.jobs.views("matter", "local")[0]

    def states(self) -> dict[str, list[str]]:
        """By name, the states of the documents."""
        with self.vault.open_collection("matter", user="local", action=Action.SEARCH) as collection:
            documents = collection.catalogue.documents()
        states: dict[str, list[str]] = {}
        for one in documents:
            states.setdefault(one.name, []).append(one.state.value)
        return {name: sorted(found) for name, found in states.items()}


def incoming(settings: Settings) -> list[Path]:
    return [path for path in settings.data.glob("incoming/**/*") if path.is_file()]
