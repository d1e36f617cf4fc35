"""The page that signs a browser out."""

from __future__ import annotations

import streamlit as st

from ui.web import context
from ui.web.conversation import conversation_name
from ui.web.source import close_source


def sign_out_page() -> None:
    """Show what signing out does, with a button that does it."""
    web = context.current()
    needed = "your password" if web.vault.passwords.has(web.user) else "a new link"
    st.html('<h1 class="ic-title">Sign out</h1>')
    st.html(
        f'<p class="ic-lead">This browser will need {needed} to sign in again. Your open conversation will '
        "be removed; the records of its answers stay in the vault.</p>"
    )
    st.button("Sign out", type="primary", key="sign-out", on_click=_sign_out)


def _sign_out() -> None:
    web = context.current()
    conversation = conversation_name()
    web.conversations.clear(conversation)
    web.sessions.end(conversation)
    close_source()
