"""Asks about uploaded files whose name the collection has already: a new version, or another document?

No file of the upload is read before the user has chosen.
"""

from __future__ import annotations

import streamlit as st

from ingest.same_names import Choice, SameName
from ui.services.upload_limits import format_size
from ui.services.upload_receiver import UploadConflict, UploadOutcome
from ui.web.context import Web
from ui.web.text import escape_label, escape_text, shorten, show_notice
from vault.errors import IncameraError
from vault.ledger.members import CollectionEntry
from vault.text.counted import counted

_MAX_SINGLE_CHOICES = 100
"""Most files with a choice each; all further files share one choice."""
_MAX_WITHOUT_SCROLLING = 8
"""Most files in a list that does not scroll."""
_MESSAGE_KEY = "same-names-message"
"""In the session: a message that the page shows once, when it is drawn next."""


def show_upload_conflicts(web: Web, entry: CollectionEntry) -> None:
    """Show the uploads of a collection that wait for a choice; a choice starts the job.

    Raises CollectionNotFound, AccessDenied.
    """
    if message := st.session_state.pop(_MESSAGE_KEY, None):
        show_notice(message)
    for conflict in web.upload_receiver.conflicts(entry.name, web.user):
        with st.container(border=True, key=f"same-names-{conflict.upload}"):
            _show_conflict(web, entry, conflict)


def _show_conflict(web: Web, entry: CollectionEntry, conflict: UploadConflict) -> None:
    same = conflict.same
    rest = conflict.files - len(same)
    waiting = ""
    if rest:
        verb = "is" if rest == 1 else "are"
        waiting = f" {counted(rest, 'other file')} of this upload {verb} waiting for your choice."
    if len(same) == 1:
        title = f"Replace version {same[0].version} of “{escape_text(shorten(same[0].file.name, 90))}”?"
    else:
        title = f"Replace {len(same):,} documents with newer versions?"
    st.html(
        f'<p class="ic-same-title"><b>{title}</b></p><p class="ic-meta">'
        f"{'A document with this name is' if len(same) == 1 else 'Documents with these names are'} already "
        f"in {escape_text(entry.name)}, with different contents. A replaced version stays in the list as an "
        f"older version, and answers no longer use it.{waiting}</p>"
    )
    each = len(same) > 1 and st.toggle("Choose for each file", key=f"each-{conflict.upload}")
    rows = "".join(f"<li>{_describe_html(same_name)}</li>" for same_name in same)
    if not each:
        scrolling = ' tabindex="0" style="max-height: 14rem; overflow: auto"'
        style = scrolling if len(same) > _MAX_WITHOUT_SCROLLING else ""
        st.html(f'<ul class="ic-failures"{style}>{rows}</ul>')
        _choose_for_all(web, entry, conflict)
    else:
        _choose_for_each(web, entry, conflict)


def _choose_for_all(web: Web, entry: CollectionEntry, conflict: UploadConflict) -> None:
    single = len(conflict.same) == 1
    names = {
        Choice.REPLACE: f"Replace version {conflict.same[0].version}" if single else "Replace all",
        Choice.BOTH: "Keep both" if single else "Keep both versions of each",
        Choice.LEAVE_OUT: "Leave it out" if single else "Leave them out",
    }
    with st.container(horizontal=True):
        for choice, name in names.items():
            st.button(
                name,
                key=f"all-{choice.name.lower()}-{conflict.upload}",
                type="primary" if choice is Choice.REPLACE else "secondary",
                on_click=_resolve,
                args=(web, entry, conflict, dict.fromkeys((s.file.number for s in conflict.same), choice)),
            )


def _choose_for_each(web: Web, entry: CollectionEntry, conflict: UploadConflict) -> None:
    names = {
        Choice.REPLACE: "Replace",
        Choice.BOTH: "Keep both",
        Choice.LEAVE_OUT: "Leave out",
    }
    chosen: dict[int, Choice] = {}
    with st.form(f"names-{conflict.upload}", border=False):
        rest = Choice.BOTH
        for same_name in conflict.same[:_MAX_SINGLE_CHOICES]:
            answer = st.radio(
                escape_label(shorten(_describe_text(same_name), 160)),
                list(names),
                format_func=lambda choice: names[choice],
                horizontal=True,
                key=f"name-{conflict.upload}-{same_name.file.number}",
            )
            chosen[same_name.file.number] = answer or rest
        if len(conflict.same) > _MAX_SINGLE_CHOICES:
            rest = st.radio(
                f"The other {counted(len(conflict.same) - _MAX_SINGLE_CHOICES, 'file')}",
                list(names),
                format_func=lambda choice: names[choice],
                horizontal=True,
                key=f"rest-{conflict.upload}",
            )
        if st.form_submit_button("Continue with these choices", type="primary"):
            numbers = [same_name.file.number for same_name in conflict.same]
            choices = {number: chosen.get(number, rest) for number in numbers}
            _resolve(web, entry, conflict, choices)
            st.rerun()


def _resolve(web: Web, entry: CollectionEntry, conflict: UploadConflict, choices: dict[int, Choice]) -> None:
    try:
        outcome = web.upload_receiver.resolve(conflict.upload, entry.name, choices, web.user)
    except (IncameraError, OSError) as error:
        st.session_state[_MESSAGE_KEY] = str(error)
        return
    if outcome is UploadOutcome.NOTHING:
        st.session_state[_MESSAGE_KEY] = "Nothing was added: all files of the upload were left out."


def _describe_html(same_name: SameName) -> str:
    return f"<b>{escape_text(shorten(same_name.file.name, 90))}</b> {escape_text(_versions(same_name))}"


def _describe_text(same_name: SameName) -> str:
    return f"{same_name.file.name}: {_versions(same_name)}"


def _versions(same_name: SameName) -> str:
    """Return the sizes of the version in the collection and of the new file, in words."""
    added = f"added {same_name.added[:10]}" if same_name.added else "not read yet"
    return (
        f"version {same_name.version} is {format_size(same_name.size)}, {added}; "
        f"the new file is {format_size(same_name.file.size)}"
    )
