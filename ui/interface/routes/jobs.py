"""Routes for ingest jobs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Query

from ingest.report import IngestEvent, IngestReport
from ui.interface.routes.given import GivenOperations, GivenStreams, stream_of
from ui.interface.routes.permission import LOCAL, Right, needs
from ui.interface.routes.stream import CallerLeft, EventStream, Outlet
from ui.interface.schemas.jobs import JobDone, JobEvent, JobReport, NewJob
from vault.bearers import Permission
from vault.ledger.jobs import Job

router = APIRouter(tags=["jobs"])


@router.get("/jobs", summary="List jobs", openapi_extra=needs(Permission.INGEST, Right.OWN))
def jobs(owner: GivenOperations) -> list[Job]:
    """Return your ingest jobs, latest first."""
    return owner.jobs.all()


@router.post("/jobs", summary="Begin a job", status_code=202, openapi_extra=needs(LOCAL, Right.INGEST))
def begin(request: NewJob, owner: GivenOperations) -> Job:
    """Queue files and folders to be added to a collection.

    A job that you began earlier for the same task and that was stopped is continued. Two requests for the
    same task share one job.
    """
    return owner.jobs.begin(request)


@router.get("/jobs/{job}", summary="Show a job", openapi_extra=needs(Permission.INGEST, Right.OWN))
def find(job: str, owner: GivenOperations) -> Job:
    """Return a job of yours by its id, or by 4 or more of its first digits."""
    return owner.jobs.find(job)


@router.get(
    "/jobs/{job}/events",
    summary="Follow a job",
    response_class=EventStream,
    status_code=200,
    responses=stream_of(JobEvent),
    openapi_extra=needs(Permission.INGEST, Right.OWN),
)
async def follow(
    job: str,
    owner: GivenOperations,
    streams: GivenStreams,
    stop_when_left: Annotated[
        bool, Query(description="Stop the job if you disconnect and nobody else follows it.")
    ] = False,
) -> EventStream:
    """Send the events of a running job from its beginning, and its report.

    Events: `found`, `started`, `done` for each file, and `end` with the report.
    """

    def begin_following(outlet: Outlet) -> Callable[[], None]:
        def listener(received: IngestEvent | IngestReport | Exception) -> None:
            try:
                if isinstance(received, Exception):
                    outlet.fail(received)
                elif isinstance(received, IngestReport):
                    outlet.send(JobDone(report=JobReport.of(received)))
                    outlet.end()
                else:
                    outlet.send(received)
            except CallerLeft:
                pass  # the job does not depend on who follows it

        return owner.jobs.follow(job, listener, stop_when_left=stop_when_left)

    return streams.from_source(begin_following)
