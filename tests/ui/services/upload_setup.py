"""The uploads of a server without a browser, with a clock that the test moves."""

from __future__ import annotations

from pathlib import Path

from tests.waiting import until
from ui.services.job_progress import JobView
from ui.services.jobs import Jobs
from ui.services.upload_receiver import UploadOutcome, UploadReceiver
from vault.access import Action
from vault.embedding.embedder import Embedder
from vault.settings import Settings
from vault.vault import Vault


class UploadSetup:
    """Sends files to an `UploadReceiver`, and reports what becomes of them."""

    def __init__(self, vault: Vault, settings: Settings, embedder: Embedder) -> None:
        self.vault, self.now = vault, 0.0
        self.jobs = Jobs(vault, settings, lambda: embedder)
        self.receiver = UploadReceiver(vault, settings, self.jobs, lambda: self.now)

    def begin(self, *files: tuple[str, str], user: str = "local") -> str:
        return self.receiver.begin("matter", user, [(name, len(text.encode())) for name, text in files])

    def send(self, upload: str, number: int, text: str) -> None:
        arriving = self.receiver.receive(upload, number, "local")
        arriving.write(text.encode())
        self.receiver.arrived(upload, number, arriving.finish(), "local")

    def add(self, *files: tuple[str, str]) -> UploadOutcome:
        """Send files and finish the upload."""
        upload = self.begin(*files)
        for number, (_, text) in enumerate(files):
            self.send(upload, number, text)
        return self.receiver.finish(upload, {}, "local")

    def wait(self) -> JobView:
        """Wait until all jobs have finished, and return the latest."""
        until(lambda: all(job.finished for job in self.jobs.views("matter", "local")))
        return self.jobs.views("matter", "local")[0]

    def states(self) -> dict[str, list[str]]:
        """Return the states of the documents by name."""
        with self.vault.open_collection("matter", user="local", action=Action.SEARCH) as collection:
            documents = collection.catalogue.documents()
        states: dict[str, list[str]] = {}
        for one in documents:
            states.setdefault(one.name, []).append(one.state.value)
        return {name: sorted(found) for name, found in states.items()}


def incoming(settings: Settings) -> list[Path]:
    return [path for path in settings.data.glob("incoming/**/*") if path.is_file()]
