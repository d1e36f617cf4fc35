"""The question about uploaded files whose name is in the collection already: a new version, or another
document? Nothing of the upload is read before it is answered."""

from __future__ import annotations

import streamlit as st

from ingest.same_names import Choice, SameName
from ui.services.upload_limits import size_in_words
from ui.services.uploading import Outcome, Question
from ui.web.context import Web
from ui.web.plain import count, label, notice, shorten, shown
from vault.errors import IncameraError
from vault.vault import CollectionEntry

_MOST_EACH = 100
"""Files that are asked about one by one; for those past them the choice for all counts."""
_SEEN = 8
"""Files of a list that does not scroll."""
_SAID = "same-names-said"
"""Of the session: what is said once when the page is drawn next."""


def ask_about_names(web: Web, entry: CollectionEntry) -> None:
    """Show the questions of a collection; answered ones begin their job. Raises as `Uploading.questions`."""
    if said := st.session_state.pop(_SAID, None):
        notice(said)
    for question in web.uploading.questions(entry.name, web.user):
        with st.container(border=True, key=f"same-names-{question.upload}"):
            _ask(web, entry, question)


def _ask(web: Web, entry: CollectionEntry, question: Question) -> None:
    same = question.same
    rest = question.files - len(same)
    waits = f"{rest:,} other files of this upload wait" if rest > 1 else "1 other file of this upload waits"
    waiting = f" {waits} until this is answered." if rest else ""
    if len(same) == 1:
        one = same[0]
        title = f"Replace version {one.version} of “{shown(shorten(one.file.name, 90))}”?"
    else:
        title = f"Replace {len(same):,} documents by newer versions?"
    st.html(
        f'<p class="ic-same-title"><b>{title}</b></p><p class="ic-meta">'
        f"{'A document with this name is' if len(same) == 1 else 'Documents with these names are'} in "
        f"{shown(entry.name)}, with other contents. A replaced version stays listed as an older one, and no "
        f"answer rests on it.{waiting}</p>"
    )
    each = len(same) > 1 and st.toggle("Choose for each", key=f"each-{question.upload}")
    rows = "".join(f"<li>{_described(one)}</li>" for one in same)
    if not each:
        scrolls = ' tabindex="0" style="max-height: 14rem; overflow: auto"' if len(same) > _SEEN else ""
        st.html(f'<ul class="ic-failures"{scrolls}>{rows}</ul>')
        _answer_for_all(web, entry, question)
    else:
        _answer_for_each(web, entry, question)


def _answer_for_all(web: Web, entry: CollectionEntry, question: Question) -> None:
    one = len(question.same) == 1
    names = {
        Choice.REPLACE: f"Replace version {question.same[0].version}" if one else "Replace all",
        Choice.BOTH: "Keep both" if one else "Keep both of each",
        Choice.LEAVE_OUT: "Leave it out" if one else "Leave them out",
    }
    with st.container(horizontal=True):
        for choice, name in names.items():
            st.button(
                name,
                key=f"all-{choice.name.lower()}-{question.upload}",
                type="primary" if choice is Choice.REPLACE else "secondary",
                on_click=_decide,
                args=(web, entry, question, dict.fromkeys((s.file.number for s in question.same), choice)),
            )


def _answer_for_each(web: Web, entry: CollectionEntry, question: Question) -> None:
    names = {
        Choice.REPLACE: "Replace",
        Choice.BOTH: "Keep both",
        Choice.LEAVE_OUT: "Leave out",
    }
    chosen: dict[int, Choice] = {}
    with st.form(f"names-{question.upload}", border=False):
        rest = Choice.BOTH
        for one in question.same[:_MOST_EACH]:
            answer = st.radio(
                label(shorten(_plainly(one), 160)),
                list(names),
                format_func=lambda choice: names[choice],
                horizontal=True,
                key=f"name-{question.upload}-{one.file.number}",
            )
            chosen[one.file.number] = answer or rest
        if len(question.same) > _MOST_EACH:
            rest = st.radio(
                f"The other {count(len(question.same) - _MOST_EACH, 'file')}",
                list(names),
                format_func=lambda choice: names[choice],
                horizontal=True,
                key=f"rest-{question.upload}",
            )
        if st.form_submit_button("Go on with these choices", type="primary"):
            choices = {one.file.number: chosen.get(one.file.number, rest) for one in question.same}
            _decide(web, entry, question, choices)
            st.rerun()


def _decide(web: Web, entry: CollectionEntry, question: Question, choices: dict[int, Choice]) -> None:
    try:
        outcome = web.uploading.decide(question.upload, entry.name, choices, web.user)
    except (IncameraError, OSError) as error:
        st.session_state[_SAID] = str(error)
        return
    if outcome is Outcome.NOTHING:
        st.session_state[_SAID] = "Nothing was added: all files of the upload were left out."


def _described(one: SameName) -> str:
    return f"<b>{shown(shorten(one.file.name, 90))}</b> {shown(_versions(one))}"


def _plainly(one: SameName) -> str:
    return f"{one.file.name}: {_versions(one)}"


def _versions(one: SameName) -> str:
    there = f"added {one.added[:10]}" if one.added else "still to be read"
    return (
        f"version {one.version} has {size_in_words(one.size)}, {there}; "
        f"the new file has {size_in_words(one.file.size)}"
    )
