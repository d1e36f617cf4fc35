"""Ingest jobs: listing, beginning and following them."""

from __future__ import annotations

from collections.abc import Callable

from ui.interface.operations.workplace import Workplace
from ui.interface.schemas.jobs import NewJob
from ui.services.active_job import Listener
from ui.services.jobs import Jobs
from vault.errors import JobNotFound
from vault.ledger.jobs import Job
from vault.process.lock import owned


class JobOperations:
    """Begins ingest jobs and follows them."""

    def __init__(self, workplace: Workplace, user: str) -> None:
        self._workplace = workplace
        self._vault = workplace.vault
        self._user = user

    def all(self) -> list[Job]:
        """Return the user's jobs in collections that the user can still see, latest first."""
        visible = {entry.name for entry in self._vault.members.collections(user=self._user)}
        return [job for job in self._vault.jobs.all(user=self._user) if job.collection in visible]

    def find(self, beginning: str) -> Job:
        """Return the user's job whose id begins so. Raises JobNotFound."""
        found = self._vault.jobs.find(beginning, user=self._user)
        if found not in self.all():
            raise JobNotFound(f"Job {found.id} is in a collection that {str(self._user)!r} cannot see.")
        return found

    def begin(self, request: NewJob) -> Job:
        """Queue a task and return its job, which another command may have queued already.

        Raises CollectionNotFound, AccessDenied, and VaultOwned when this process runs no jobs of others.
        """
        return self._jobs.begin(request.collection, request.task, self._user, request.how)

    def follow(self, job: str, listener: Listener, *, stop_when_left: bool) -> Callable[[], None]:
        """Call `listener` with the events of a job, those until now first, and last with how it ended.

        Returns a function that ends this. With `stop_when_left` it also stops a job that was begun here and
        that nobody else follows. Raises JobNotFound when the job has ended, unless that was a moment ago.
        """
        found = self.find(job)
        self._jobs.follow(found.id, listener)
        return lambda: self._jobs.leave(found.id, listener, stop=stop_when_left)

    @property
    def _jobs(self) -> Jobs:
        if self._workplace.jobs is None:
            raise owned(
                self._workplace.settings.data,
                "It runs no job of others. Wait until it has ended; `incamera ingest` does.",
            )
        return self._workplace.jobs
