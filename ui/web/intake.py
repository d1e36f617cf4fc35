"""Adding files: upload, and the jobs that take them in."""

from __future__ import annotations

import streamlit as st

from ui.services.job_progress import JobView
from ui.web.context import Web
from ui.web.plain import count, notice, shorten, shown
from ui.web.same_names import ask_about_names
from ui.web.upload_field import upload_field
from vault.errors import IncameraError
from vault.vault import CollectionEntry

FLASH = "flash"
"""Of the session: what the page says once when it is drawn next."""
_LOOK_AGAIN = 0.5
_MOST_TOLD = 50


def intake(web: Web, entry: CollectionEntry) -> bool:
    """The upload field of a collection and its jobs; returns whether one is running."""
    upload_field(entry.name, web.uploading.limits, key=f"upload-{entry.id}")
    ask_about_names(web, entry)
    jobs = web.jobs.views(entry.name, web.user)
    busy = any(not job.finished for job in jobs)
    st.fragment(_jobs, run_every=_LOOK_AGAIN if busy else None)(web, entry, busy)
    return busy


def _jobs(web: Web, entry: CollectionEntry, was_busy: bool) -> None:
    jobs = web.jobs.views(entry.name, web.user)
    if was_busy and all(job.finished for job in jobs):
        st.rerun()  # the list below has changed
    for job in jobs:
        with st.container(key=f"job-{job.id}"):
            if job.finished:
                _finished(web, job)
            else:
                _running(web, job)


def _running(web: Web, job: JobView) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        with st.container():
            _progress(job)
        if job.cancelling:
            st.html('<span class="ic-meta">Ending after this file</span>')
        else:
            st.button(
                "Cancel", key=f"cancel-{job.id}", type="tertiary", on_click=_cancel, args=(web, job.id),
                help="Files that are in the collection already stay there.",
            )  # fmt: skip


def _cancel(web: Web, job_id: str) -> None:
    try:
        web.jobs.cancel(job_id, web.user)
    except IncameraError as error:
        st.session_state[FLASH] = str(error)


def _progress(job: JobView) -> None:
    if not job.started:
        st.progress(0.0, text=f"Waiting: {count(job.total, 'file')}" if job.total else "Waiting")
        return
    parts = [f"{job.done:,} of {count(job.total, 'file')}", count(job.pages, "page")]
    if job.pages_per_second is not None:
        parts.append(f"{job.pages_per_second:.1f} pages/s")
    if job.seconds_left is not None and job.done < job.total:
        parts.append(f"about {_duration(job.seconds_left)} left")
    st.progress(job.fraction, text=" · ".join(parts))
    if job.current:
        st.html(f'<div class="ic-meta ic-current">Reading {shown(shorten(job.current, 90))}</div>')


def _finished(web: Web, job: JobView) -> None:
    parts = []
    if job.added or not job.failed:
        parts.append(f"{count(job.added, 'file')} added with {count(job.pages, 'page')}")
    if job.skipped:
        parts.append(f"{job.skipped:,} already in the collection")
    if job.missing:
        parts.append(f"{job.missing:,} of {count(job.total, 'file')} did not arrive")
    if len(job.failed) > job.missing:
        parts.append(f"{count(len(job.failed) - job.missing, 'file')} not taken in")
    if job.incomplete:
        parts.append(f"{count(len(job.incomplete), 'file')} with something that cannot be read")
    kind = "warn" if job.failed or job.incomplete or job.error else "info"
    with st.container(horizontal=True, vertical_alignment="center"):
        notice(" · ".join(parts) + ".", kind)
        st.button(
            "Dismiss", key=f"dismiss-{job.id}", type="tertiary", on_click=web.jobs.forget, args=(job.id,)
        )
    if job.error:
        notice(job.error, "error")
    told = (*job.failed, *job.incomplete)
    rows = "".join(f"<li><b>{shown(name)}</b> {shown(reason)}</li>" for name, reason in told[:_MOST_TOLD])
    more = len(told) - _MOST_TOLD
    if more > 0:
        rows += f"<li>and {more:,} more; see the list below, states “failed” and “partly read”.</li>"
    if rows:
        st.html(f'<ul class="ic-failures">{rows}</ul>')


def _duration(seconds: float) -> str:
    if seconds < 90:
        return f"{max(round(seconds), 1)} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 120 else f"{minutes // 60} h {minutes % 60} min"
