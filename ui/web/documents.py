"""The Documents page."""

from __future__ import annotations

import streamlit as st

from ui.web import context
from ui.web.context import Web
from ui.web.document_list import document_list
from ui.web.intake import FLASH, intake
from ui.web.plain import notice
from ui.web.scope import last_collection, work_with
from vault.access import Action
from vault.errors import IncameraError
from vault.vault import CollectionEntry

_CHOICE = "documents-collection"


def documents_page() -> None:
    """Choose or make a collection, add files to it, see and delete what is in it."""
    web = context.current()
    if message := st.session_state.pop(FLASH, None):
        notice(message)
    entry = _choose(web)
    if entry is None:
        return
    busy = False
    try:
        if entry.role.allows(Action.INGEST):
            busy = intake(web, entry)
        else:
            notice(f"You are a {entry.role.value} of this collection: you can search it, and not add files.")
        document_list(web, entry, busy=busy)
    except IncameraError as error:
        notice(str(error), "error")


def _choose(web: Web) -> CollectionEntry | None:
    entries = {entry.name: entry for entry in web.vault.collections(user=web.user)}
    with st.container(key="choose", horizontal=True, vertical_alignment="bottom"):
        name = None
        if entries:
            last = last_collection(web)
            name = last if last in entries else next(iter(entries))
            if name != last:
                work_with(web, name)
            # The session says what is chosen, and the field shows it; a choice is noted before the page
            # is drawn. The field must stay the same one: a new one begins with what it held long ago.
            st.session_state[_CHOICE] = name
            st.selectbox(
                "Collection", list(entries), width=460, key=_CHOICE, on_change=_choose_another, args=(web,)
            )
        else:
            st.html(
                '<h1 class="ic-title">Make the first collection</h1>'
                '<p class="ic-lead">A collection holds one matter, patient file or project. '
                "Its members see it, and nobody else.</p>"
            )
        # A key of its own after each new one: the popover closes.
        with st.popover("New collection", key=f"new-collection-{len(entries)}"):
            _new_collection(web)
    return entries.get(name) if name else None


def _choose_another(web: Web) -> None:
    work_with(web, st.session_state[_CHOICE])


def _new_collection(web: Web) -> None:
    with st.form("new-collection", border=False, clear_on_submit=False):
        name = st.text_input("Name of the matter, patient file or project", max_chars=80)
        if st.form_submit_button("Make it", type="primary"):
            try:
                web.vault.create_collection(name.strip(), user=web.user)
            except IncameraError as error:
                notice(str(error), "error")
            else:
                work_with(web, name.strip())
                st.session_state[FLASH] = f"The collection “{name.strip()}” is there. You are its manager."
                st.rerun()
