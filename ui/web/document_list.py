"""The list of a collection's documents: filter, browse, delete."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import streamlit as st

from ingest.parsed.filetype import FileType
from ingest.parsed.how_to_read import Recognition
from ui.web.add_files import MESSAGE_KEY
from ui.web.context import Web
from ui.web.text import escape_text, shorten, show_notice
from vault.access import Action
from vault.errors import IncameraError
from vault.ledger.jobs import Task
from vault.ledger.members import CollectionEntry
from vault.records import Document, DocumentState
from vault.text.counted import counted

_PAGE_SIZE = 25
_DELETED_KEY = "deleting"
_UNREAD = 5  # parts that were not read and that are named in a row
"""In the session: deletions that are not yet reported, (name, documents) by (collection id, sha256)."""
_REFRESH_SECONDS = 0.5
_STATES = {
    DocumentState.READY: "ready",
    DocumentState.PARTIAL: "partial",
    DocumentState.FAILED: "failed",
    DocumentState.SUPERSEDED: "older version",
}


def show_documents(web: Web, entry: CollectionEntry, *, busy: bool) -> None:
    """Show the list with its filters; `busy` says that files are being added.

    Raises CollectionNotFound, AccessDenied.
    """
    with web.vault.open_collection(entry.name, user=web.user, action=Action.SEARCH) as collection:
        documents = collection.catalogue.documents()
    purged = web.vault.being_purged(entry.name, user=web.user)
    _show_deleted(entry, purged)
    if purged:
        st.fragment(_show_deleting, run_every=_REFRESH_SECONDS)(web, entry, purged)
    documents = [document for document in documents if document.sha256 not in purged]
    if not documents:
        text = "The documents will appear here soon." if busy else "No documents yet."
        st.html(f'<p class="ic-meta">{text}</p>')
        return
    found = _filter(documents)
    pages = max(-(-len(found) // _PAGE_SIZE), 1)
    number = min(st.session_state.get("list-page", 1), pages)
    may_delete = entry.role.allows(Action.MANAGE)
    with st.container(gap=None, key="documents"):
        with st.container(horizontal=True, gap="small", key="row-head"):
            st.html(
                '<div class="ic-row ic-row-head"><span>Document</span><span>State</span><span>Pages</span>'
                "<span>Chunks</span><span>Size</span><span>Added</span></div>"
            )
            if entry.role.allows(Action.INGEST):
                _show_space("ic-again-space")
            if may_delete:
                _show_space("ic-row-space")
        for document in found[(number - 1) * _PAGE_SIZE : number * _PAGE_SIZE]:
            _show_row(web, entry, document, may_delete)
    if not found:
        st.html('<p class="ic-meta">No document matches.</p>')
    if pages > 1:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(
                "Previous", disabled=number == 1, on_click=_go_to, args=(number - 1,), key="list-before",
                icon=":material/arrow_back:",
            )  # fmt: skip
            st.html(f'<span class="ic-meta">{number} of {pages}</span>', width="content")
            st.button(
                "Next", disabled=number == pages, on_click=_go_to, args=(number + 1,), key="list-next",
                icon=":material/arrow_forward:", icon_position="right",
            )  # fmt: skip


def _show_deleting(web: Web, entry: CollectionEntry, purged: frozenset[str]) -> None:
    """Show that documents are being deleted, until they are."""
    if web.deletions.problem:
        show_notice(web.deletions.problem, "error")
        return
    if web.vault.being_purged(entry.name, user=web.user) != purged:
        st.rerun()
    show_notice(
        f"Deleting {counted(len(purged), 'document')}: the collection is being rewritten without the text."
    )


def _show_deleted(entry: CollectionEntry, purged: frozenset[str]) -> None:
    """Report each deletion of this user once, when it has finished."""
    deleted: dict[tuple[str, str], tuple[str, int]] = st.session_state.get(_DELETED_KEY, {})
    for key in [key for key in deleted if key[0] == entry.id and key[1] not in purged]:
        name, documents = deleted.pop(key)
        attached = f", with {counted(documents - 1, 'attached document')}" if documents > 1 else ""
        show_notice(f"“{name}” was deleted{attached}.")


def _filter(documents: list[Document]) -> list[Document]:
    counts = Counter(document.state for document in documents)
    with st.container(horizontal=True, vertical_alignment="bottom", key="filters"):
        text = st.text_input(
            "Filter by name",
            key="filter-name",
            placeholder="Part of a name",
            width=300,
            on_change=_go_to,
            args=(1,),
        )
        present = [state for state in _STATES if counts[state]]
        state = st.pills(
            "State",
            present,
            format_func=lambda state: f"{_STATES[state]} {counts[state]:,}",
            key="filter-state",
            on_change=_go_to,
            args=(1,),
        )
    wanted = (text or "").casefold()
    return [
        document
        for document in documents
        if wanted in f"{document.name} {document.title}".casefold() and state in (None, document.state)
    ]


def _go_to(page: int) -> None:
    st.session_state["list-page"] = page


def _not_read(document: Document) -> list[str]:
    """Return a note for each part that was not read and that `reason` does not name."""
    unread = [part for part in document.unread if not part.words]
    more = [f"Not read: {counted(len(unread) - _UNREAD, 'more part')}."] if len(unread) > _UNREAD else []
    return [f"Not read: {part}" for part in unread[:_UNREAD]] + more


def _show_row(web: Web, entry: CollectionEntry, document: Document, may_delete: bool) -> None:
    state = _STATES.get(document.state, document.state.value)
    notes = "".join(
        f'<small class="ic-note">{escape_text(note)}</small>'
        for note in (document.reason, *document.warnings, *_not_read(document))
        if note
    )
    title = document.title if document.title not in ("", document.name, Path(document.name).stem) else ""
    subtitle = f"<small>{escape_text(shorten(title, 110))}</small>" if title else ""
    with st.container(horizontal=True, vertical_alignment="top", gap="small", key=f"row-{document.sha256}"):
        st.html(
            f'<div class="ic-row"><span class="ic-name"><b title="{escape_text(document.name)}">'
            f"{escape_text(shorten(document.name, 80))}</b>{subtitle}{notes}</span>"
            f'<span><i class="ic-state ic-state-{document.state.value}">{state}</i></span>'
            f"<span>{document.pages:,}</span><span>{document.chunks:,}</span>"
            f"<span>{_format_size(document.size)}</span><span>{document.added[:10]}</span></div>"
        )
        if entry.role.allows(Action.INGEST):
            if _may_be_recognised(document):
                st.button(
                    "Read again", key=f"again-{document.sha256}", type="tertiary",
                    icon=":material/document_scanner:", on_click=_read_again, args=(web, entry, document),
                    help="Recognise the words of every page again, from its picture.",
                )  # fmt: skip
            else:
                _show_space("ic-again-space")
        if may_delete and st.button(
            "Delete", key=f"delete-{document.sha256}", type="tertiary", icon=":material/delete:"
        ):
            _confirm_deletion(web, entry, document)


def _show_space(name: str) -> None:
    """Take the room of a button that a row does not have, so that the columns stand below each other."""
    st.html(f'<div class="{name}"></div>', width="content")


def _may_be_recognised(document: Document) -> bool:
    """Return whether pages of a document have text that was not recognised from their picture."""
    return (
        document.media_type == FileType.PDF.media_type
        and document.state.searchable
        and document.ocr_pages < document.pages
    )


def _read_again(web: Web, entry: CollectionEntry, document: Document) -> None:
    task = Task((), ocr=Recognition.ALWAYS.value, again=(document.sha256,))
    try:
        web.jobs.begin(entry.name, task, web.user)
    except IncameraError as error:
        st.session_state[MESSAGE_KEY] = str(error)


@st.dialog("Delete this document?")
def _confirm_deletion(web: Web, entry: CollectionEntry, document: Document) -> None:
    with web.vault.open_collection(entry.name, user=web.user, action=Action.SEARCH) as collection:
        attached = sum(other.parent == document.sha256 for other in collection.catalogue.documents())
    also = f" {counted(attached, 'attached document')} will be removed as well." if attached else ""
    st.html(
        f'<p class="ic-delete-name">{escape_text(document.name)}</p>'
        f"<p>The original file ({_format_size(document.size)}), the text of its "
        f"{counted(document.pages, 'page')} and its {counted(document.chunks, 'chunk')} will be removed from "
        f"{escape_text(entry.name)}.{also} This cannot be undone. The records of earlier answers keep the "
        "places of quotes, but no words.</p>"
    )
    with st.container(horizontal=True):
        if st.button("Delete permanently", type="primary", key="confirm-delete"):
            try:
                deleted = web.deletions.submit(entry.name, [document.sha256], web.user)
            except IncameraError as error:
                show_notice(str(error), "error")
                return
            reports = st.session_state.setdefault(_DELETED_KEY, {})
            reports[entry.id, document.sha256] = document.name, len(deleted)
            st.rerun()
        if st.button("Keep it", key="cancel-delete"):
            st.rerun()


def _format_size(size: int) -> str:
    if size < 1024:
        return f"{size} B"
    if size < 1024 * 1024:
        return f"{size / 1024:,.0f} KB"
    return f"{size / 1024 / 1024:,.1f} MB"
