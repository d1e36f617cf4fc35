"""The Members page: who may do what in a collection, who is kept out, its name, and its archive."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from ui.web import context
from ui.web.context import Web
from ui.web.scope import last_collection, select_collection
from ui.web.text import escape_label, escape_text, show_notice
from vault.access import Action, Role
from vault.errors import IncameraError
from vault.ledger.members import CollectionEntry, Member

_COLLECTION_KEY = "members-collection"
_MESSAGE_KEY = "members-message"
_MAY = {
    Role.READER: "asks and reads",
    Role.CONTRIBUTOR: "asks, reads and adds files",
    Role.MANAGER: "does all of that, deletes, and decides on members",
}


def members_page() -> None:
    """Let the user choose a collection, see its members, and change them if they manage it."""
    web = context.current()
    entry = _choose_collection(web)
    if entry is None:
        st.html(
            '<h1 class="ic-title">Members</h1><p class="ic-lead">You are not a member of any collection.</p>'
        )
        return
    kind, message = st.session_state.pop(_MESSAGE_KEY, ("", ""))
    if message:
        show_notice(message, kind)
    manages = entry.role.allows(Action.MANAGE)
    try:
        with st.container(key="members", width=820):
            for member in web.vault.members.members(entry.name, user=web.user):
                _show_member(entry, member, manages=manages, oneself=member.user == web.user)
            if manages:
                names = web.vault.accounts.names(user=web.user)
                _show_new_member(entry, names)
                _show_walls(web, entry, names)
                _show_collection(entry)
            else:
                st.html(f'<p class="ic-meta">You are a {entry.role.value}. A manager can change members.</p>')
    except IncameraError as error:
        show_notice(str(error), "error")


def _choose_collection(web: Web) -> CollectionEntry | None:
    entries = {entry.name: entry for entry in web.vault.members.collections(user=web.user)}
    if not entries:
        return None
    last = last_collection(web)
    name = last if last in entries else next(iter(entries))
    if name != last:
        select_collection(web, name)
    st.session_state[_COLLECTION_KEY] = name
    with st.container(key="choose-members"):
        st.selectbox(
            "Members of", list(entries), width=460, key=_COLLECTION_KEY,
            on_change=_select_chosen, args=(web,),
            format_func=lambda one: f"{one} (archived)" if entries[one].archived else one,
        )  # fmt: skip
    return entries[name]


def _select_chosen(web: Web) -> None:
    select_collection(web, st.session_state[_COLLECTION_KEY])


def _show_member(entry: CollectionEntry, member: Member, *, manages: bool, oneself: bool) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"row-of-member-{member.user}"):
        states = (("behind a wall", member.walled), ("account locked", member.locked), ("you", oneself))
        said = " · ".join(name for name, is_so in states if is_so)
        may = f"{member.role.value}: {_MAY[member.role]}{f' · {said}' if said else ''}"
        st.html(f'<div>{escape_text(member.user)}<div class="ic-meta">{may}</div></div>')
        if not manages:
            return
        role_key = f"role-{entry.id}-{member.user}"
        st.session_state[role_key] = member.role
        st.selectbox(
            escape_label(f"Role of {member.user}"), list(Role), width=170, key=role_key,
            disabled=member.walled, label_visibility="collapsed", on_change=_change_role,
            args=(entry.name, member.user, role_key),
        )  # fmt: skip
        st.button(
            "Remove", key=f"remove-{entry.id}-{member.user}", on_click=_set_member,
            args=(entry.name, member.user, None),
            help=escape_label(f"Take the membership of {member.user} away"),
        )  # fmt: skip


def _change_role(collection: str, member: str, key: str) -> None:
    _set_member(collection, member, Role(st.session_state[key]))


def _show_new_member(entry: CollectionEntry, names: list[str]) -> None:
    st.html('<h2 class="ic-section">Add a member</h2>')
    form = st.form("new-member", border=False, clear_on_submit=True)
    with form, st.container(horizontal=True, vertical_alignment="bottom"):
        member = st.selectbox("User", names, index=None, width=300, key="new-member-name")
        role = st.selectbox("Role", list(Role), width=170, key="new-member-role")
        if st.form_submit_button("Add", type="primary") and member and role:
            _set_member(entry.name, member, Role(role))
            st.rerun()


def _show_walls(web: Web, entry: CollectionEntry, names: list[str]) -> None:
    st.html(
        '<h2 class="ic-section">Walls</h2><p class="ic-meta">A wall keeps a user out whatever their '
        "role: they do not even learn that there is such a collection.</p>"
    )
    for wall in web.vault.walls.all(entry.name, user=web.user):
        with st.container(horizontal=True, vertical_alignment="bottom", key=f"row-of-wall-{wall.user}"):
            st.html(
                f"<div>{escape_text(wall.user)} is kept out: {escape_text(wall.reason)}"
                f'<div class="ic-meta">by {escape_text(wall.raised_by)}, {wall.raised[:10]}</div></div>'
            )
            reason = st.text_input(
                escape_label(f"Why the wall around {wall.user} goes"), key=f"lift-{entry.id}-{wall.user}"
            )
            if st.button("Lift", key=f"lifting-{entry.id}-{wall.user}"):
                _do(partial(web.vault.walls.lift, entry.name, wall.user, reason, user=web.user))
                st.rerun()
    form = st.form("new-wall", border=False, clear_on_submit=True)
    with form, st.container(horizontal=True, vertical_alignment="bottom"):
        walled = st.selectbox("Keep out", names, index=None, width=220, key="new-wall-name")
        why = st.text_input("Reason", width=300, key="new-wall-reason")
        if st.form_submit_button("Raise a wall") and walled is not None:
            _do(lambda: web.vault.walls.raise_wall(entry.name, walled, why, user=web.user))
            st.rerun()


def _show_collection(entry: CollectionEntry) -> None:
    web = context.current()
    st.html('<h2 class="ic-section">The collection</h2>')
    with st.form("rename", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.text_input("Name", value=entry.name, max_chars=80, width=460, key=f"name-of-{entry.id}")
        if st.form_submit_button("Rename") and name.strip() != entry.name:
            if _do(lambda: web.vault.names.rename(entry.name, name.strip(), user=web.user)):
                select_collection(web, name.strip())
            st.rerun()
    st.button(
        "Restore from the archive" if entry.archived else "Archive",
        key="archive", on_click=_archive, args=(entry.name, not entry.archived),
        help="An archived collection is searched only where it is chosen, and takes no more files.",
    )  # fmt: skip


def _archive(collection: str, archived: bool) -> None:
    web = context.current()
    _do(lambda: web.vault.names.archive(collection, user=web.user, archived=archived))


def _set_member(collection: str, member: str, role: Role | None) -> None:
    web = context.current()
    _do(lambda: web.vault.members.set_member(collection, member, role, user=web.user))


def _do(act: Callable[[], object]) -> bool:
    """Do something, keep what went wrong for the page that is drawn next, and return whether it was done."""
    try:
        act()
    except IncameraError as error:
        st.session_state[_MESSAGE_KEY] = ("error", str(error))
        return False
    return True
