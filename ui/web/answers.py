"""Shows answers: statements with verdicts and citations, evidence, and what was searched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import zip_longest

import streamlit as st

from rag.direct.answer import AnswerForm
from rag.events import Answer, Searched, Statement
from rag.evidence.abstain import Outcome
from rag.evidence.evidence import EvidenceSentence
from rag.verification.verify import Verdict
from ui.services.answer_words import not_read
from ui.services.background_answer import AnswerProgress, BackgroundAnswer
from ui.web import context
from ui.web.citations import citation_button, show_about
from ui.web.copying import copy_text
from ui.web.direct import show_direct
from ui.web.text import escape_text, mark_words, show_notice
from vault.records import Citation
from vault.text.counted import counted
from vault.text.readable import readable

_EVIDENCE_WHILE_WRITING = 3
"""Evidence sentences that are shown while a model writes, so that the question and Stop stay in view."""
_VERDICTS = {
    Verdict.QUOTED: ("quoted", "Quoted", "Word for word from the page. Check that it answers your question."),
    Verdict.SUPPORTED: ("supported", "Supported", "Checked against the cited words."),
    Verdict.COMPUTED: ("supported", "Computed", "Computed from the cited cells."),
    Verdict.UNSUPPORTED: ("unsupported", "Not supported", "The documents do not support this sentence."),
}


def show_question(question: str) -> None:
    """Show the question, as the heading of its answer."""
    st.html(f'<h2 class="ic-question">{escape_text(question)}</h2>')


def show_answer(number: int, background: BackgroundAnswer | None, progress: AnswerProgress) -> None:
    """Show what is known of one answer.

    `number` is its place in the conversation, which makes the keys of its buttons unique. `background` is
    given while the question is being answered.
    """
    if progress.error:
        show_notice(progress.error, "error")
        return
    if progress.answer is not None and progress.answer.abstained:
        _show_abstention(number, progress.answer)
        return
    if progress.answer is not None:
        _show_outcome(progress.answer)
    if progress.direct is not None:
        show_direct(number, progress.direct, progress.searched)
    sentences = {sentence.citation: sentence for sentence in progress.evidence or ()}
    # A sentence of the model that is the line above is not said again.
    said = progress.direct.text if progress.direct and progress.direct.form is AnswerForm.SENTENCE else None
    for index, statement in enumerate(progress.statements):
        if statement.text == said:
            continue
        _show_statement(f"cite-{number}-{index}", statement, sentences)
    # A finished answer may still be running while it is stored; it is then shown as finished.
    if progress.answer is None and progress.running and background is not None:
        _show_running(number, background, progress)
    if progress.answer is not None:
        _show_notes(progress.answer)
        if progress.evidence:
            with st.expander(f"All evidence ({len(progress.evidence)})"):
                _show_evidence(number, progress.evidence)
        _show_footer(number, progress.answer)


def _show_running(number: int, background: BackgroundAnswer, progress: AnswerProgress) -> None:
    if progress.evidence is None:
        st.html('<div class="ic-working" role="status">Searching the documents…</div>')
        return
    with st.container(horizontal=True, vertical_alignment="center", key=f"working-{number}"):
        status = "Writing; each sentence is checked before it is shown…"
        if progress.before:
            status = f"Waiting for the language model: {counted(progress.before, 'answer')} before this one…"
        if background.stopping:
            status = "Stopping…"
        st.html(f'<div class="ic-working" role="status">{status}</div>')
        if st.button("Stop", key=f"stop-{number}", disabled=background.stopping):
            background.stop()
            st.rerun()
    st.html('<div class="ic-caption">Evidence found</div>')
    _show_evidence(number, progress.evidence[:_EVIDENCE_WHILE_WRITING])


def _show_statement(key: str, statement: Statement, evidence: Mapping[Citation, EvidenceSentence]) -> None:
    kind, name, hint = _VERDICTS[statement.verdict]
    text = escape_text(statement.text)
    if statement.verdict is Verdict.QUOTED:
        sentence = next((evidence[place] for place in statement.citations if place in evidence), None)
        # A model may quote only a part of the sentence; words are marked only in a complete sentence.
        if sentence is not None and readable(sentence.citation.quote) == statement.text:
            text = _marked_sentence(sentence)
        text = f"“{text}”"
    reason = f'<div class="ic-why">{escape_text(statement.reason)}</div>' if statement.reason else ""
    with st.container(gap=None, key=f"{kind}-{key}"):
        st.html(f'<div class="ic-statement ic-{kind}">{text}{reason}</div>')
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
            st.html(f'<span class="ic-verdict ic-{kind}" title="{hint}">{name}</span>', width="content")
            for index, (citation, about) in enumerate(zip_longest(statement.citations, statement.about)):
                citation_button(f"{key}-{index}", citation)
                show_about(about)


def _show_evidence(number: int, evidence: Sequence[EvidenceSentence]) -> None:
    for index, sentence in enumerate(evidence):
        with st.container(gap=None, key=f"evidence-{number}-{index}"):
            st.html(f'<div class="ic-evidence">{_marked_sentence(sentence)}</div>')
            with st.container(
                horizontal=True, vertical_alignment="center", gap="xsmall", key=f"chips-{number}-{index}"
            ):
                citation_button(f"cite-{number}-e{index}", sentence.citation)
                show_about(sentence.about)


def _marked_sentence(sentence: EvidenceSentence) -> str:
    """Return the sentence as HTML, with the words marked that the reader found to be the answer."""
    place, words = sentence.citation, sentence.words
    if words is None:
        return escape_text(place.quote)
    return mark_words(place.quote, words.start - place.start, words.end - place.start)


def _show_outcome(answer: Answer) -> None:
    if answer.direct is not None and not answer.statements:
        made = "computed from" if answer.direct.verdict is Verdict.COMPUTED else "taken from"
        mode = f"{made} the documents; check the source and that it answers your question"
        st.html(f'<div class="ic-outcome" role="status"><strong>Answered</strong>, {mode}</div>')
        return
    mode = (
        f"written by {escape_text(answer.model.name)}, each sentence checked against the pages"
        if answer.model
        else "word for word from the pages; check that it answers your question"
    )
    st.html(f'<div class="ic-outcome" role="status"><strong>Answered</strong>, {mode}</div>')


def _show_abstention(number: int, answer: Answer) -> None:
    if answer.outcome is Outcome.UNSURE:
        title = "Not sure: read these"
        explanation = "It is not certain that they answer this question. These are the closest passages."
    else:
        title = "Not found in the documents"
        explanation = "Nothing in them seems to be about this question."
    st.html(
        f'<div class="ic-abstained" role="status"><strong>{title}</strong>'
        f"<div>{_searched_sentence(answer.searched)} {explanation}</div></div>"
    )
    _show_notes(answer)
    if answer.outcome is Outcome.UNSURE:
        _show_evidence(number, answer.evidence)
    elif answer.evidence:
        with st.expander("Show the closest passages anyway"):
            _show_evidence(number, answer.evidence)
    _show_footer(number, answer)


def _show_notes(answer: Answer) -> None:
    for note in answer.notes:
        show_notice(note, "warn")


def _searched_sentence(searched: Searched) -> str:
    sentence = f"{counted(searched.documents, 'document')} with {counted(searched.pages, 'page')} searched."
    if searched.failed:
        verb = "was" if searched.failed == 1 else "were"
        sentence += f" {counted(searched.failed, 'document')} could not be read and {verb} not searched."
    if searched.partial:
        sentence += f" {not_read(0, searched.partial)}."
    return sentence


def _show_footer(number: int, answer: Answer) -> None:
    summary = f"Evidence in {answer.evidence_ms:,.0f} ms"
    if not answer.abstained:
        computed = answer.direct is not None and answer.direct.verdict is Verdict.COMPUTED
        alone = "Computed" if computed and not answer.statements else "Quoted"
        author = (
            f"Written by {escape_text(answer.model.name)}" if answer.model else f"{alone}, no language model"
        )
        summary = f"{_searched_sentence(answer.searched)} {author} · {summary.lower()}"
    if answer.model:
        summary += f", answer in {answer.total_ms / 1000:,.1f} s"
    with st.container(gap="xsmall", key=f"foot-{number}"):
        st.html(f'<div class="ic-meta">{summary}</div>')
        with st.container(horizontal=True, vertical_alignment="center", key=f"foot-buttons-{number}"):
            # "Not sure" claims nothing that could be right or wrong.
            if answer.outcome is not Outcome.UNSURE:
                _show_approve_button(number, answer)
            if st.button("Copy with sources", key=f"copy-{number}", type="tertiary"):
                _show_copy_dialog(answer)


@st.dialog("Copy with sources", width="large")
def _show_copy_dialog(answer: Answer) -> None:
    """Show the text to copy in a dialog, which is completely visible in windows of every size."""
    st.html('<p class="ic-meta">Press the button in the corner of the text to copy all of it.</p>')
    with st.container(key="copied-text"):
        st.code(copy_text(answer), language=None, wrap_lines=True)


def _show_approve_button(number: int, answer: Answer) -> None:
    """Show the button that approves an answer as right, so that it can be exported for training."""
    web = context.current()
    approved = web.vault.records.is_approved(answer.record)
    # The callback runs before the page is drawn. To draw it twice instead would lose clicks in between.
    st.button(
        "Approved" if approved else "Approve",
        key=f"approve-{number}",
        type="tertiary",
        icon=":material/check_circle:" if approved else None,
        help="Withdraw the approval" if approved else "This answer is right: keep it as an example",
        on_click=_approve,
        args=(answer, not approved),
    )


def _approve(answer: Answer, approved: bool) -> None:
    web = context.current()
    web.vault.records.approve(answer.record, user=web.user, approved=approved)
