"""How a script of the page begins: for whom it is drawn, and which pages that user has."""

from __future__ import annotations

import streamlit as st

from ui.web import context
from ui.web.account import account_page
from ui.web.ask import ask_page
from ui.web.context import Web
from ui.web.members import members_page
from ui.web.pages import activity_entries, documents_entry
from ui.web.sign_out import sign_out_page
from ui.web.users import users_page

_USER_KEY = "drawn-for"


def begin_as_user() -> Web:
    """Return what the pages work with, once it is known for whom. Raises SignedOut.

    What the window remembers of another user, who was signed in in it before, is forgotten.
    """
    web = context.current()
    user = web.user
    if st.session_state.get(_USER_KEY, user) != user:
        st.session_state.clear()
    st.session_state[_USER_KEY] = user
    return web


def pages_of(web: Web) -> list[st.Page]:
    """Return the pages of the navigation: those that the user who is signed in may open."""
    pages = [
        st.Page(ask_page, title="Ask", url_path="ask", default=True),
        documents_entry(),
        st.Page(members_page, title="Members", url_path="members"),
    ]
    if web.vault.members.is_administrator(web.user):
        pages.append(st.Page(users_page, title="Users", url_path="users"))
    return [
        *pages,
        *activity_entries(),
        st.Page(account_page, title="Account", url_path="account"),
        st.Page(sign_out_page, title="Sign out", url_path="sign-out"),
    ]
