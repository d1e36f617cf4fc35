"""Pages as entries of the navigation, and links to them."""

from __future__ import annotations

import streamlit as st

from ui.web import context
from ui.web.activity import activity_page
from ui.web.documents import documents_page


def documents_entry() -> st.Page:
    """Return the Documents page, for the navigation and for links to it."""
    return st.Page(documents_page, title="Documents", url_path="documents")


def activity_entries() -> list[st.Page]:
    """Return the Activity page for the navigation; nothing for a user who may not read the log."""
    web = context.current()
    if not web.vault.audit.may_read(web.user):
        return []
    return [st.Page(activity_page, title="Activity", url_path="activity")]


def documents_link(name: str) -> None:
    """Show a link to the Documents page."""
    st.page_link(documents_entry(), label=name, icon=":material/arrow_forward:")
