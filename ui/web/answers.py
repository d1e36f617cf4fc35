"""How an answer looks: statements with verdicts and citation chips, evidence, what was searched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from rag.events import Answer, Searched, Statement
from rag.evidence.abstain import Outcome
from rag.evidence.evidence import EvidenceSentence
from rag.verification.verify import Verdict
from ui.services.asking import Asked, Asking
from ui.web import context
from ui.web.copying import copy_text
from ui.web.plain import count, label, marked, notice, shorten, shown
from ui.web.source import open_source, opened
from vault.records import Citation
from vault.text.readable import readable

_AT_FIRST = 3  # evidence sentences shown while a model writes: the question and Stop stay in view
_VERDICTS = {
    Verdict.QUOTED: ("quoted", "Quoted", "Word for word from the page; read whether it answers you"),
    Verdict.SUPPORTED: ("supported", "Supported", "Checked against the cited words"),
    Verdict.UNSUPPORTED: ("unsupported", "Not supported", "The documents do not carry this sentence"),
}


def question_block(question: str) -> None:
    """The question, above its answer."""
    st.html(f'<h2 class="ic-question">{shown(question)}</h2>')


def answer_block(number: int, asking: Asking | None, asked: Asked) -> None:
    """All that is known of one answer; `number` tells its buttons from those of the others. `asking` is there
    while it is being answered."""
    if asked.rewritten:
        st.html(f'<div class="ic-meta ic-rewritten">Understood as: {shown(asked.rewritten)}</div>')
    if asked.error:
        notice(asked.error, "error")
        return
    if asked.answer is not None and asked.answer.abstained:
        _abstention(number, asked.answer)
        return
    if asked.answer is not None:
        _answered(asked.answer)
    sentences = {sentence.citation: sentence for sentence in asked.evidence or ()}
    for index, statement in enumerate(asked.statements):
        _statement(f"cite-{number}-{index}", statement, sentences)
    # An answer that is there may still be on its way into the vault: then it is shown, and nothing waits.
    if asked.answer is None and asked.running and asking is not None:
        _waiting(number, asking, asked)
    if asked.answer is not None:
        for note in asked.answer.notes:
            notice(note, "warn")
        if asked.evidence:
            with st.expander(f"All evidence ({len(asked.evidence)})"):
                _evidence(number, asked.evidence)
        _foot(number, asked.answer)


def _waiting(number: int, asking: Asking, asked: Asked) -> None:
    if asked.evidence is None:
        st.html('<div class="ic-working" role="status">Searching the documents…</div>')
        return
    with st.container(horizontal=True, vertical_alignment="center", key=f"working-{number}"):
        doing = "Writing; each sentence is checked before it is shown…"
        if asked.before:
            doing = f"Waiting for the language model: {count(asked.before, 'answer')} before this one…"
        if asking.stopping:
            doing = "Stopping…"
        st.html(f'<div class="ic-working" role="status">{doing}</div>')
        if st.button("Stop", key=f"stop-{number}", disabled=asking.stopping):
            asking.stop()
            st.rerun()
    st.html('<div class="ic-caption">Evidence found</div>')
    _evidence(number, asked.evidence[:_AT_FIRST])


def _statement(key: str, statement: Statement, evidence: Mapping[Citation, EvidenceSentence]) -> None:
    kind, name, hint = _VERDICTS[statement.verdict]
    text = shown(statement.text)
    if statement.verdict is Verdict.QUOTED:
        sentence = next((evidence[place] for place in statement.citations if place in evidence), None)
        # A model's quotation may be a part of the sentence: only a whole one has its words marked.
        if sentence is not None and readable(sentence.citation.quote) == statement.text:
            text = _with_words(sentence)
        text = f"“{text}”"
    why = f'<div class="ic-why">{shown(statement.reason)}</div>' if statement.reason else ""
    with st.container(gap=None, key=f"{kind}-{key}"):
        st.html(f'<div class="ic-statement ic-{kind}">{text}{why}</div>')
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
            st.html(f'<span class="ic-verdict ic-{kind}" title="{hint}">{name}</span>', width="content")
            for index, citation in enumerate(statement.citations):
                chip(f"{key}-{index}", citation)


def chip(key: str, citation: Citation) -> None:
    """A citation, to be clicked."""
    source = opened()
    current = source is not None and source.citation == citation
    name = f"{shorten(citation.document, 44)} · p. {citation.page}"
    if st.button(label(name), key=key, type="primary" if current else "secondary"):
        open_source(citation)
        st.rerun()


def _evidence(number: int, evidence: Sequence[EvidenceSentence]) -> None:
    for index, sentence in enumerate(evidence):
        with st.container(gap=None, key=f"evidence-{number}-{index}"):
            st.html(f'<div class="ic-evidence">{_with_words(sentence)}</div>')
            with st.container(horizontal=True, gap="xsmall", key=f"chips-{number}-{index}"):
                chip(f"cite-{number}-e{index}", sentence.citation)


def _with_words(sentence: EvidenceSentence) -> str:
    """The sentence, as HTML, with the words that the reader points at marked."""
    place, words = sentence.citation, sentence.words
    if words is None:
        return shown(place.quote)
    return marked(place.quote, words.start - place.start, words.end - place.start)


def _answered(answer: Answer) -> None:
    how = (
        f"written by {shown(answer.model.name)}, each sentence checked against the pages"
        if answer.model
        else "word for word from the pages; read whether it answers you"
    )
    st.html(f'<div class="ic-outcome" role="status"><strong>Answered</strong>, {how}</div>')


def _abstention(number: int, answer: Answer) -> None:
    if answer.outcome is Outcome.UNSURE:
        title = "Not sure: read these"
        said = "It is not certain that the documents answer this question. These passages come nearest."
    else:
        title = "Not found in the documents"
        said = "Nothing in them seems to bear on this question."
    st.html(
        f'<div class="ic-abstained" role="status"><strong>{title}</strong>'
        f"<div>{_searched(answer.searched)} {said}</div></div>"
    )
    if answer.outcome is Outcome.UNSURE:
        _evidence(number, answer.evidence)
    elif answer.evidence:
        with st.expander("The nearest passages all the same"):
            _evidence(number, answer.evidence)
    _foot(number, answer)


def _searched(searched: Searched) -> str:
    whole = f"{count(searched.documents, 'document')} with {count(searched.pages, 'page')} searched."
    if not searched.failed:
        return whole
    could = "1 document could not be read and was" if searched.failed == 1 else (
        f"{searched.failed:,} documents could not be read and were"
    )  # fmt: skip
    return f"{whole} {could} not searched."


def _foot(number: int, answer: Answer) -> None:
    said = f"Evidence in {answer.evidence_ms:,.0f} ms"
    if not answer.abstained:
        by = f"Written by {shown(answer.model.name)}" if answer.model else "Quoted, no language model"
        said = f"{_searched(answer.searched)} {by} · {said.lower()}"
    if answer.model:
        said += f", answer in {answer.total_ms / 1000:,.1f} s"
    with st.container(gap="xsmall", key=f"foot-{number}"):
        st.html(f'<div class="ic-meta">{said}</div>')
        with st.container(horizontal=True, vertical_alignment="center", key=f"foot-buttons-{number}"):
            # Whether the documents answer is left open there: nothing can be right or wrong in it.
            if answer.outcome is not Outcome.UNSURE:
                _approval(number, answer)
            if st.button("Copy with sources", key=f"copy-{number}", type="tertiary"):
                _copy(answer)


@st.dialog("Copy with sources", width="large")
def _copy(answer: Answer) -> None:
    """In a window of its own: it is whole in every window of the browser, and scrolls."""
    st.html('<p class="ic-meta">Press the button in the corner of the text to copy all of it.</p>')
    with st.container(key="copied-text"):
        st.code(copy_text(answer), language=None, wrap_lines=True)


def _approval(number: int, answer: Answer) -> None:
    """An answer that is right may be approved: what is approved can be trained on."""
    web = context.current()
    approved = web.vault.is_approved(answer.record)
    # Before the page is drawn, and not by drawing it twice: what is pressed in between would be lost.
    st.button(
        "Approved" if approved else "Approve",
        key=f"approve-{number}",
        type="tertiary",
        icon=":material/check_circle:" if approved else None,
        help="Take the approval back" if approved else "This answer is right: keep it as an example",
        on_click=_approve,
        args=(answer, not approved),
    )


def _approve(answer: Answer, approved: bool) -> None:
    web = context.current()
    web.vault.approve(answer.record, user=web.user, approved=approved)
