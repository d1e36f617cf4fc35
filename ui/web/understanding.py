"""What was understood of a question: labels that can be taken away, and whom an ambiguous name may mean."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from rag.events import QuestionUnderstood
from rag.question.understanding.understood import Understood
from ui.services.answer_words import which_one, with_full_name
from ui.services.background_answer import AnswerProgress
from ui.web.text import escape_label, escape_text, shorten, show_notice

AskOtherwise = Callable[[list[str], str], None]
"""Asks the question again: without the labels of these keys, and in these words unless they are empty."""

_MOST_NAMES = 8


def show_understanding(number: int, progress: AnswerProgress, ask: AskOtherwise | None) -> None:
    """Show how a question was understood, above its answer.

    `number` is its place in the conversation. Without `ask`, the labels cannot be taken away now.
    """
    _show_other_words(progress)
    if progress.understood is None:
        return
    _show_labels(number, progress.understood, ask)
    if ask is not None:
        _show_ambiguous_names(number, progress.understood, ask)


def _show_other_words(progress: AnswerProgress) -> None:
    """Show the question as it was searched, where that is more than put right."""
    understood = progress.understood.understood if progress.understood else None
    if not progress.rewritten or (understood and _is_only_corrected(understood)):
        return
    foreign = understood is not None and understood.language != "en"
    name = "Read as" if foreign else "Understood as"
    st.html(f'<div class="ic-meta ic-rewritten">{name}: {escape_text(progress.rewritten)}</div>')


def _is_only_corrected(understood: Understood) -> bool:
    """Return whether corrected words, which have labels, are all that is different."""
    text = understood.written
    for correction in understood.corrections:
        text = text.replace(correction.written, correction.read_as)
    return text == understood.text


def _show_labels(number: int, read: QuestionUnderstood, ask: AskOtherwise | None) -> None:
    if not read.labels and not read.removed:
        return
    taken = [label.key for label in read.removed]
    with st.container(horizontal=True, gap="xsmall", key=f"labels-{number}"):
        for index, label in enumerate(read.labels):
            st.button(
                escape_label(shorten(label.text, 60)),
                key=f"label-{number}-{index}",
                icon=":material/close:",
                icon_position="right",
                help="Take away: ask again without this",
                disabled=ask is None,
                on_click=ask,
                args=([*taken, label.key], ""),
            )
        for index, label in enumerate(read.removed):
            st.button(
                escape_label(shorten(label.text, 60)),
                key=f"removed-{number}-{index}",
                icon=":material/add:",
                icon_position="right",
                help="Put back: ask again with this",
                disabled=ask is None,
                on_click=ask,
                args=([key for key in taken if key != label.key], ""),
            )


def _show_ambiguous_names(number: int, read: QuestionUnderstood, ask: AskOtherwise) -> None:
    taken = [label.key for label in read.removed]
    understood = read.understood
    for place, asked in enumerate(understood.names):
        if len(asked.names) < 2:
            continue
        show_notice(which_one(asked.written, asked.names))
        words = understood.written if asked.written in understood.written else understood.text
        with st.container(horizontal=True, gap="xsmall", key=f"which-{number}-{place}"):
            for index, name in enumerate(asked.names[:_MOST_NAMES]):
                st.button(
                    escape_label(shorten(name, 60)),
                    key=f"which-{number}-{place}-{index}",
                    on_click=ask,
                    args=(taken, with_full_name(words, asked.written, name)),
                )
