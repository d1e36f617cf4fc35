"""The page's script: Streamlit runs it from the top on every change."""

from __future__ import annotations

import streamlit as st

from ui.web.ask import ask_page
from ui.web.documents import documents_page
from ui.web.frame import frame

frame()
page = st.navigation(
    [
        st.Page(ask_page, title="Ask", url_path="ask", default=True),
        st.Page(documents_page, title="Documents", url_path="documents"),
    ],
    position="top",
)
page.run()
