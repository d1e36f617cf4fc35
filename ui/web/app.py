"""The script of the page; Streamlit runs it from the top on every change."""

from __future__ import annotations

import streamlit as st

from ui.web.ask import ask_page
from ui.web.frame import set_up_page
from ui.web.pages import activity_entries, documents_entry
from ui.web.sign_out import sign_out_page
from ui.web.text import show_notice
from vault.errors import StorageError

set_up_page()
page = st.navigation(
    [
        st.Page(ask_page, title="Ask", url_path="ask", default=True),
        documents_entry(),
        *activity_entries(),
        st.Page(sign_out_page, title="Sign out", url_path="sign-out"),
    ],
    position="top",
)
try:
    page.run()
except StorageError as error:
    show_notice(str(error), "error")
