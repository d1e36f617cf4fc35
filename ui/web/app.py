"""The script of the page; Streamlit runs it from the top on every change."""

from __future__ import annotations

import streamlit as st

from ui.web.beginning import begin_as_user, pages_of
from ui.web.frame import set_up_page
from ui.web.text import show_notice
from vault.errors import SignedOut, StorageError

set_up_page()
try:
    st.navigation(pages_of(begin_as_user()), position="top").run()
except StorageError as error:
    show_notice(str(error), "error")
except SignedOut as error:
    # The page is covered and loaded again in a moment (see reach.js); until then it shows nothing.
    show_notice(str(error), "warn")
