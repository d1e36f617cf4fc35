"""The Documents page as an entry of the navigation, and links to it."""

from __future__ import annotations

import streamlit as st

from ui.web.documents import documents_page


def documents_entry() -> st.Page:
    """Return the Documents page, for the navigation and for links to it."""
    return st.Page(documents_page, title="Documents", url_path="documents")


def documents_link(name: str) -> None:
    """Show a link to the Documents page."""
    st.page_link(documents_entry(), label=name, icon=":material/arrow_forward:")
