"""The filters of the Activity page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import streamlit as st

from ui.services.log_words import GROUPS
from ui.web.context import Web
from vault.log.selection import Selection

_ALL = "All"


def choose_entries(web: Web, on_change: Callable[[], None]) -> Selection:
    """Show the filters and return what they select. `on_change` is called when one is changed.

    Raises AccessDenied.
    """
    users = web.vault.audit.users(user=web.user)
    collections = [entry.name for entry in web.vault.members.collections(user=web.user)]
    with st.container(horizontal=True, vertical_alignment="bottom", key="activity-filters"):
        person = st.selectbox("Person", [_ALL, *users], key="activity-person", width=170, on_change=on_change)
        what = st.selectbox("What", [_ALL, *GROUPS], key="activity-what", width=230, on_change=on_change)
        where = st.selectbox(
            "Collection", [_ALL, *collections], key="activity-collection", width=220, on_change=on_change
        )
        since = st.date_input(
            "From", value=None, key="activity-since", width=140, format="YYYY-MM-DD", on_change=on_change
        )
        until = st.date_input(
            "To", value=None, key="activity-until", width=140, format="YYYY-MM-DD", on_change=on_change
        )
        refused = st.checkbox("Only refused or failed", key="activity-refused", on_change=on_change)
    return Selection(
        users=() if person in (None, _ALL) else (person,),
        events=GROUPS.get(what or _ALL, ()),
        results=("denied", "failed") if refused else (),
        collection="" if where in (None, _ALL) else where,
        since=_day(since),
        until=_day(until),
    )


def _day(chosen: object) -> str:
    return chosen.isoformat() if isinstance(chosen, date) else ""
