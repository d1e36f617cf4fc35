"""Adding files on the Documents page: the upload field, questions about names, and running jobs."""

from __future__ import annotations

import streamlit as st

from ingest.parsed.how_to_read import HowToRead, checked_passwords
from ui.services.job_progress import JobView
from ui.web.context import Web
from ui.web.same_names import show_upload_conflicts
from ui.web.text import escape_text, shorten, show_notice
from ui.web.upload_field import upload_field
from vault.errors import IncameraError
from vault.ledger.members import CollectionEntry
from vault.text.counted import counted

MESSAGE_KEY = "flash"
"""In the session: a message that the page shows once, when it is drawn next."""
_REFRESH_SECONDS = 0.5
_MAX_LISTED = 50


def add_files(web: Web, entry: CollectionEntry) -> bool:
    """Show the upload field of a collection and its jobs; return whether a job is queued or running."""
    _ask_for_password(web, entry)
    upload_field(entry.name, web.upload_receiver.limits, key=f"upload-{entry.id}")
    show_upload_conflicts(web, entry)
    jobs = web.jobs.views(entry.name, web.user)
    busy = any(not job.finished for job in jobs)
    st.fragment(_show_jobs, run_every=_REFRESH_SECONDS if busy else None)(web, entry, busy)
    return busy


def _ask_for_password(web: Web, entry: CollectionEntry) -> None:
    """Show a field for the password of the files that are added next."""
    key = f"password-{entry.id}"

    def offer() -> None:
        typed = st.session_state[key]
        st.session_state[key] = ""  # kept nowhere but with the job
        try:
            web.jobs.offer(entry.name, web.user, HowToRead(checked_passwords([typed])))
        except IncameraError as error:
            st.session_state[MESSAGE_KEY] = str(error)
        else:
            st.session_state[f"{key}-given"] = bool(typed)

    with st.expander("Files with a password"):
        st.text_input(
            "Password", key=key, type="password", on_change=offer, autocomplete="off",
            help="It is tried for the files that you add next, and kept nowhere.",
        )  # fmt: skip
        if st.session_state.get(f"{key}-given"):
            show_notice("The password will be tried. Now add the files.", "info")


def _show_jobs(web: Web, entry: CollectionEntry, was_busy: bool) -> None:
    jobs = web.jobs.views(entry.name, web.user)
    if was_busy and all(job.finished for job in jobs):
        st.rerun()  # the list of documents below has changed
    for job in jobs:
        with st.container(key=f"job-{job.id}"):
            if job.finished:
                _show_finished(web, job)
            else:
                _show_running(web, job)


def _show_running(web: Web, job: JobView) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        with st.container():
            _show_progress(job)
        if job.cancelling:
            st.html('<span class="ic-meta">Stopping after this file</span>')
        else:
            st.button(
                "Cancel", key=f"cancel-{job.id}", type="tertiary", on_click=_cancel, args=(web, job.id),
                help="Files that have been added stay in the collection.",
            )  # fmt: skip


def _cancel(web: Web, job_id: str) -> None:
    try:
        web.jobs.cancel(job_id, web.user)
    except IncameraError as error:
        st.session_state[MESSAGE_KEY] = str(error)


def _show_progress(job: JobView) -> None:
    if not job.started:
        st.progress(0.0, text=f"Waiting: {counted(job.total, 'file')}" if job.total else "Waiting")
        return
    parts = [f"{job.done:,} of {counted(job.total, 'file')}", counted(job.pages, "page")]
    if job.pages_per_second is not None:
        parts.append(f"{job.pages_per_second:.1f} pages/s")
    if job.seconds_left is not None and job.done < job.total:
        parts.append(f"about {_format_duration(job.seconds_left)} left")
    st.progress(job.fraction, text=" · ".join(parts))
    if job.current:
        st.html(f'<div class="ic-meta ic-current">Reading {escape_text(shorten(job.current, 90))}</div>')


def _show_finished(web: Web, job: JobView) -> None:
    parts = []
    if job.added or not job.failed:
        parts.append(f"{counted(job.added, 'file')} added with {counted(job.pages, 'page')}")
    if job.skipped:
        parts.append(f"{job.skipped:,} already in the collection")
    if job.missing:
        parts.append(f"{job.missing:,} of {counted(job.total, 'file')} did not arrive")
    if len(job.failed) > job.missing:
        parts.append(f"{counted(len(job.failed) - job.missing, 'file')} not added")
    if job.incomplete:
        parts.append(f"{counted(len(job.incomplete), 'file')} read only in part")
    kind = "warn" if job.failed or job.incomplete or job.error else "info"
    with st.container(horizontal=True, vertical_alignment="center"):
        show_notice(" · ".join(parts) + ".", kind)
        st.button(
            "Dismiss", key=f"dismiss-{job.id}", type="tertiary", on_click=web.jobs.forget, args=(job.id,)
        )
    if job.error:
        show_notice(job.error, "error")
    listed = (*job.failed, *job.incomplete)
    rows = "".join(
        f"<li><b>{escape_text(name)}</b> {escape_text(reason)}</li>" for name, reason in listed[:_MAX_LISTED]
    )
    more = len(listed) - _MAX_LISTED
    if more > 0:
        rows += f"<li>and {more:,} more; see the list below, states “failed” and “partial”.</li>"
    if rows:
        st.html(f'<ul class="ic-failures">{rows}</ul>')


def _format_duration(seconds: float) -> str:
    if seconds < 90:
        return f"{max(round(seconds), 1)} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 120 else f"{minutes // 60} h {minutes % 60} min"
