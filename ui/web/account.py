"""The page of one's own account: how one signs in, one's password, and where one is signed in."""

from __future__ import annotations

import streamlit as st

from ui.services.session import SessionEntry
from ui.web import context
from ui.web.context import Web
from ui.web.source import close_source
from ui.web.text import escape_label, escape_text, show_notice
from vault.errors import IncameraError

_MESSAGE_KEY = "account-message"


def account_page() -> None:
    """Show who is signed in and how, let them choose a password, and list their sessions."""
    web = context.current()
    user = web.vault.accounts.get(web.user)
    st.html('<h1 class="ic-title">Your account</h1>')
    roles = [name for name, has in (("administrator", user.administrator), ("auditor", user.auditor)) if has]
    role = f" You are {' and '.join(f'an {name}' for name in roles)} of this vault." if roles else ""
    st.html(f'<p class="ic-lead">You are signed in as <strong>{escape_text(user.name)}</strong>.{role}</p>')
    if message := st.session_state.pop(_MESSAGE_KEY, ""):
        show_notice(message)
    _show_how(web)
    with st.container(key="account-password", width=460):
        _show_password(web)
    with st.container(key="account-sessions", width=720):
        _show_sessions(web)


def _show_how(web: Web) -> None:
    """Say what signs this user in, so that nobody takes a shared computer for a closed one."""
    if not web.vault.passwords.has(web.user):
        show_notice(
            "You have no password: the one-time link that is printed where Incamera is started is enough to "
            "act as you, and so is the command line of that account of the computer. Choose a password if "
            "other people use this computer.",
            "warn",
        )
    elif web.settings.own_machine and web.user == web.settings.user:
        show_notice(
            "This is set up as your own machine: its link and its command line are enough, without your "
            "password (INCAMERA_OWN_MACHINE)."
        )


def _show_password(web: Web) -> None:
    has = web.vault.passwords.has(web.user)
    st.html(f'<h2 class="ic-section">{"Change your password" if has else "Choose a password"}</h2>')
    with st.form("password", border=False, clear_on_submit=True):
        current = st.text_input("Present password", type="password", key="password-current") if has else ""
        new = st.text_input("New password", type="password", key="password-new")
        again = st.text_input("New password once more", type="password", key="password-again")
        st.html(
            f'<p class="ic-meta">At least {web.vault.passwords.shortest} characters. Afterwards you sign in '
            "again, here and everywhere else.</p>"
        )
        if not st.form_submit_button("Change password" if has else "Set password", type="primary"):
            return
    if new != again:
        show_notice("The two new passwords are not the same.", "error")
        return
    try:
        if has:
            web.vault.passwords.change(web.user, current, new)
        else:
            web.vault.passwords.choose_first(web.user, new)
    except IncameraError as error:
        show_notice(str(error), "error")
    else:
        show_notice("Your password is set. Sign in with it.")


def _show_sessions(web: Web) -> None:
    st.html('<h2 class="ic-section">Where you are signed in</h2>')
    for entry in web.sessions.entries(web.user, web.session):
        _show_session(web, entry)
    st.button("Sign out everywhere", key="everywhere", on_click=_sign_out_everywhere)
    st.html('<p class="ic-meta">Removes your open conversations too. The records of answers stay.</p>')


def _show_session(web: Web, entry: SessionEntry) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"row-of-session-{entry.id}"):
        here = " · this browser" if entry.current else ""
        st.html(
            f"<div>{escape_text(entry.browser or 'A browser')}{here}"
            f'<div class="ic-meta">signed in {entry.begun:%d %B %Y, %H:%M}, '
            f"last used {entry.seen:%d %B, %H:%M} (UTC)</div></div>"
        )
        if not entry.current:
            st.button(
                "Sign out", key=f"end-{entry.id}", on_click=web.sessions.end_entry, args=(web.user, entry.id),
                help=escape_label(f"Sign out {entry.browser or 'this browser'}"),
            )  # fmt: skip


def _sign_out_everywhere() -> None:
    web = context.current()
    web.conversations.stop()
    web.sessions.end_user(web.user)
    close_source()
