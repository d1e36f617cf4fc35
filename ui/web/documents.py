"""The Documents page."""

from __future__ import annotations

import streamlit as st

from ui.web import context
from ui.web.add_files import MESSAGE_KEY, add_files
from ui.web.context import Web
from ui.web.document_list import show_documents
from ui.web.scope import last_collection, select_collection
from ui.web.text import show_notice
from vault.access import Action
from vault.errors import IncameraError
from vault.ledger.members import CollectionEntry

_COLLECTION_KEY = "documents-collection"


def documents_page() -> None:
    """Let the user choose or create a collection, add files to it, and list and delete its documents."""
    web = context.current()
    if message := st.session_state.pop(MESSAGE_KEY, None):
        show_notice(message)
    entry = _choose_collection(web)
    if entry is None:
        return
    busy = False
    try:
        if entry.archived:
            show_notice("This collection is archived: it can be searched, and no files can be added.")
        elif entry.role.allows(Action.INGEST):
            busy = add_files(web, entry)
        else:
            show_notice(
                f"You are a {entry.role.value} of this collection: you can search it but not add files."
            )
        show_documents(web, entry, busy=busy)
    except IncameraError as error:
        show_notice(str(error), "error")


def _choose_collection(web: Web) -> CollectionEntry | None:
    entries = {entry.name: entry for entry in web.vault.members.collections(user=web.user)}
    with st.container(key="choose", horizontal=True, vertical_alignment="bottom"):
        name = None
        if entries:
            last = last_collection(web)
            name = last if last in entries else next(iter(entries))
            if name != last:
                select_collection(web, name)
            # The session decides what is selected, and the field shows it; a choice is stored before the
            # page is drawn. The key of the field must not change: a new field begins with an old choice.
            st.session_state[_COLLECTION_KEY] = name
            st.selectbox(
                "Collection",
                list(entries),
                width=460,
                key=_COLLECTION_KEY,
                on_change=_select_chosen,
                args=(web,),
            )
        else:
            st.html(
                '<h1 class="ic-title">Create the first collection</h1>'
                '<p class="ic-lead">A collection holds one matter, patient file or project. '
                "Only its members can see it.</p>"
            )
        # The key changes with each new collection, which closes the popover.
        with st.popover("New collection", key=f"new-collection-{len(entries)}"):
            _show_new_collection(web)
    return entries.get(name) if name else None


def _select_chosen(web: Web) -> None:
    select_collection(web, st.session_state[_COLLECTION_KEY])


def _show_new_collection(web: Web) -> None:
    with st.form("new-collection", border=False, clear_on_submit=False):
        name = st.text_input("Name of the matter, patient file or project", max_chars=80)
        if st.form_submit_button("Create", type="primary"):
            try:
                web.vault.create_collection(name.strip(), user=web.user)
            except IncameraError as error:
                show_notice(str(error), "error")
            else:
                select_collection(web, name.strip())
                st.session_state[MESSAGE_KEY] = (
                    f"The collection “{name.strip()}” was created. You are its manager."
                )
                st.rerun()
