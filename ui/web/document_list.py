"""The documents of a collection: filter, look through, delete."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import streamlit as st

from ui.web.context import Web
from ui.web.plain import count, notice, shorten, shown
from vault.access import Action
from vault.errors import IncameraError
from vault.records import Document, DocumentState
from vault.vault import CollectionEntry

_PER_PAGE = 25
_DELETING = "deleting"
"""Of the session: what this user deleted and was not told of yet, (name, documents) by (collection's id,
sha256)."""
_LOOK_AGAIN = 0.5
_STATES = {
    DocumentState.READY: "ready",
    DocumentState.PARTIAL: "partly read",
    DocumentState.FAILED: "failed",
    DocumentState.SUPERSEDED: "older version",
}


def document_list(web: Web, entry: CollectionEntry, *, busy: bool) -> None:
    """The list, with its filters; `busy` when files are being added.

    Raises CollectionNotFound, AccessDenied.
    """
    with web.vault.open_collection(entry.name, user=web.user, action=Action.SEARCH) as collection:
        documents = collection.catalogue.documents()
    going = web.vault.being_purged(entry.name, user=web.user)
    _say_what_was_deleted(entry, going)
    if going:
        st.fragment(_deleting, run_every=_LOOK_AGAIN)(web, entry, going)
    documents = [document for document in documents if document.sha256 not in going]
    if not documents:
        st.html(
            f'<p class="ic-meta">{"The documents are listed here soon." if busy else "No documents yet."}</p>'
        )
        return
    found = _filtered(documents)
    pages = max(-(-len(found) // _PER_PAGE), 1)
    number = min(st.session_state.get("list-page", 1), pages)
    may_delete = entry.role.allows(Action.MANAGE)
    with st.container(gap=None, key="documents"):
        with st.container(horizontal=True, gap="small", key="row-head"):
            st.html(
                '<div class="ic-row ic-row-head"><span>Document</span><span>State</span><span>Pages</span>'
                "<span>Passages</span><span>Size</span><span>Added</span></div>"
            )
            if may_delete:
                st.html('<div class="ic-row-space"></div>', width="content")
        for document in found[(number - 1) * _PER_PAGE : number * _PER_PAGE]:
            _row(web, entry, document, may_delete)
    if not found:
        st.html('<p class="ic-meta">No document matches.</p>')
    if pages > 1:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(
                "Before", disabled=number == 1, on_click=_go_to, args=(number - 1,), key="list-before",
                icon=":material/arrow_back:",
            )  # fmt: skip
            st.html(f'<span class="ic-meta">{number} of {pages}</span>', width="content")
            st.button(
                "Next", disabled=number == pages, on_click=_go_to, args=(number + 1,), key="list-next",
                icon=":material/arrow_forward:", icon_position="right",
            )  # fmt: skip


def _deleting(web: Web, entry: CollectionEntry, going: frozenset[str]) -> None:
    """Until they are gone."""
    if web.deletions.problem:
        notice(web.deletions.problem, "error")
        return
    if web.vault.being_purged(entry.name, user=web.user) != going:
        st.rerun()
    notice(f"Deleting {count(len(going), 'document')}: the collection is rewritten without their words.")


def _say_what_was_deleted(entry: CollectionEntry, going: frozenset[str]) -> None:
    deleting: dict[tuple[str, str], tuple[str, int]] = st.session_state.get(_DELETING, {})
    for key in [key for key in deleting if key[0] == entry.id and key[1] not in going]:
        name, documents = deleting.pop(key)
        also = f" with {count(documents - 1, 'document')} attached to it" if documents > 1 else ""
        notice(f"“{name}” was deleted{also}.")


def _filtered(documents: list[Document]) -> list[Document]:
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


def _row(web: Web, entry: CollectionEntry, document: Document, may_delete: bool) -> None:
    state = _STATES.get(document.state, document.state.value)
    notes = "".join(
        f'<small class="ic-note">{shown(note)}</small>'
        for note in (document.reason, *document.warnings)
        if note
    )
    title = document.title if document.title not in ("", document.name, Path(document.name).stem) else ""
    about = f"<small>{shown(shorten(title, 110))}</small>" if title else ""
    with st.container(horizontal=True, vertical_alignment="top", gap="small", key=f"row-{document.sha256}"):
        st.html(
            f'<div class="ic-row"><span class="ic-name"><b title="{shown(document.name)}">'
            f"{shown(shorten(document.name, 80))}</b>{about}{notes}</span>"
            f'<span><i class="ic-state ic-state-{document.state.value}">{state}</i></span>'
            f"<span>{document.pages:,}</span><span>{document.chunks:,}</span>"
            f"<span>{_size(document.size)}</span><span>{document.added[:10]}</span></div>"
        )
        if may_delete and st.button(
            "Delete", key=f"delete-{document.sha256}", type="tertiary", icon=":material/delete:"
        ):
            _confirm(web, entry, document)


@st.dialog("Delete this document?")
def _confirm(web: Web, entry: CollectionEntry, document: Document) -> None:
    with web.vault.open_collection(entry.name, user=web.user, action=Action.SEARCH) as collection:
        attached = sum(other.parent == document.sha256 for other in collection.catalogue.documents())
    also = f" With it go {count(attached, 'document')} that came attached to it." if attached else ""
    st.html(
        f'<p class="ic-delete-name">{shown(document.name)}</p>'
        f"<p>The original file ({_size(document.size)}), the text of its {count(document.pages, 'page')} "
        f"and its {count(document.chunks, 'passage')} are removed from {shown(entry.name)}.{also} "
        "This cannot be undone. In the log of earlier answers only "
        "the places stay, without the words.</p>"
    )
    with st.container(horizontal=True):
        if st.button("Delete for good", type="primary", key="confirm-delete"):
            try:
                doomed = web.deletions.submit(entry.name, [document.sha256], web.user)
            except IncameraError as error:
                notice(str(error), "error")
                return
            st.session_state.setdefault(_DELETING, {})[entry.id, document.sha256] = document.name, len(doomed)
            st.rerun()
        if st.button("Keep it", key="cancel-delete"):
            st.rerun()


def _size(size: int) -> str:
    if size < 1024:
        return f"{size} B"
    if size < 1024 * 1024:
        return f"{size / 1024:,.0f} KB"
    return f"{size / 1024 / 1024:,.1f} MB"
