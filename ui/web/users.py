"""The Users page of administrators: adding, locking, resetting, and roles in the whole vault. No content."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import streamlit as st

from ui.web import context
from ui.web.context import Web
from ui.web.text import escape_label, escape_text, show_notice
from vault.errors import IncameraError
from vault.ledger.accounts import User

_MESSAGE_KEY = "users-message"
_MADE_KEY = "users-made"


def users_page() -> None:
    """List the users, and let an administrator change them."""
    web = context.current()
    st.html(
        '<h1 class="ic-title">Users</h1><p class="ic-lead">To administer users opens no collection: its '
        "managers decide who sees it.</p>"
    )
    kind, message = st.session_state.pop(_MESSAGE_KEY, ("", ""))
    if message:
        show_notice(message, kind)
    if made := st.session_state.pop(_MADE_KEY, None):
        _show_made(*made)
    try:
        users = web.vault.accounts.all(user=web.user)
    except IncameraError as error:
        show_notice(str(error), "error")
        return
    with st.container(key="users", width=920):
        for user in users:
            _show_user(web, user)
        _show_new_user()


def _show_made(name: str, password: str) -> None:
    """Show a temporary password, once."""
    st.html(
        f'<div class="ic-notice ic-info" role="status">The temporary password of {escape_text(name)} is '
        f"<code>{escape_text(password)}</code>. It is shown here only, and works once: to choose "
        "another.</div>"
    )


def _show_user(web: Web, user: User) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"row-of-user-{user.name}"):
        states = (
            ("administrator", user.administrator),
            ("auditor", user.auditor),
            ("no password", not user.password),
            ("temporary password", user.temporary),
            (f"locked since {user.locked[:10]}", bool(user.locked)),
            ("you", user.name == web.user),
        )
        said = " · ".join(name for name, is_so in states if is_so)
        st.html(f'<div>{escape_text(user.name)}<div class="ic-meta">{escape_text(said)}</div></div>')
        with st.popover("Change", key=f"change-{user.name}", help=escape_label(f"Change {user.name}")):
            if user.locked:
                _button("Unlock", _unlock, user.name)
            elif user.name != web.user:
                _button("Lock", _lock, user.name)
            _button("Reset password", _reset, user.name)
            if user.administrator:
                _button("Administrator no more", _set_administrator, user.name, False)
            else:
                _button("Make administrator", _set_administrator, user.name, True)
            if user.auditor:
                _button("Auditor no more", _set_auditor, user.name, False)
            else:
                _button("Make auditor", _set_auditor, user.name, True)


def _button(label: str, act: Callable[..., None], name: str, *more: bool) -> None:
    st.button(label, key=f"{label}-{name}", on_click=act, args=(name, *more), width="stretch")


def _show_new_user() -> None:
    st.html('<h2 class="ic-section">Add a user</h2>')
    with st.form("new-user", border=False, clear_on_submit=True):
        name = st.text_input("Name", max_chars=64, width=300, key="new-user-name")
        administrator = st.checkbox("Administrator: manages users and models", key="new-user-administrator")
        auditor = st.checkbox("Auditor: reads the log", key="new-user-auditor")
        if st.form_submit_button("Add", type="primary"):
            _add(name.strip(), administrator, auditor)
            st.rerun()


@contextmanager
def _reported() -> Iterator[None]:
    """Keep what goes wrong in the block for the page that is drawn next."""
    try:
        yield
    except IncameraError as error:
        st.session_state[_MESSAGE_KEY] = ("error", str(error))


def _add(name: str, administrator: bool, auditor: bool) -> None:
    web = context.current()
    with _reported():
        made = web.vault.accounts.add(name, user=web.user, administrator=administrator, auditor=auditor)
        st.session_state[_MADE_KEY] = (name, made)


def _reset(name: str) -> None:
    web = context.current()
    with _reported():
        st.session_state[_MADE_KEY] = (name, web.vault.accounts.reset(name, user=web.user))


def _lock(name: str) -> None:
    web = context.current()
    with _reported():
        web.vault.accounts.lock(name, user=web.user)


def _unlock(name: str) -> None:
    web = context.current()
    with _reported():
        web.vault.accounts.unlock(name, user=web.user)


def _set_administrator(name: str, administrator: bool) -> None:
    web = context.current()
    with _reported():
        web.vault.accounts.set_roles(name, user=web.user, administrator=administrator)


def _set_auditor(name: str, auditor: bool) -> None:
    web = context.current()
    with _reported():
        web.vault.accounts.set_roles(name, user=web.user, auditor=auditor)
