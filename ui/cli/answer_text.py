"""An answer for a person at a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from rich.cells import cell_len, set_cell_size

from ui.cli.console import output, without_control
from ui.interface.schemas.answers import Answer, Evidence, SearchTotals, Statement
from ui.interface.schemas.direct_answers import About, AnswerRow, DirectAnswer
from ui.services.answer_words import (
    OUTCOME_WORDS,
    about_words,
    completeness,
    not_read,
    shows_rows,
    verdict_words,
    which_one,
)
from vault.records import Citation
from vault.text.counted import counted

_NARROWING = ("name", "date", "reference", "correction", "current")
"""Kinds of labels that narrow a question or change its words."""
_WIDEST = 60
"""Columns of the labels of rows; longer ones push what follows to the right."""


def print_answer(answer: Answer) -> None:
    """Print an answer: outcome, what was understood, direct answer, statements with their places, notes."""
    # "Not sure" shows the evidence to read; "not found" shows none.
    shown = {
        "answered": [
            one for one in answer.statements if answer.direct is None or one.text != answer.direct.text
        ],
        "unsure": [_as_statement(sentence) for sentence in answer.evidence],
        "not_found": [],
    }
    output.print(OUTCOME_WORDS[answer.outcome], style="bold")
    _print_understood(answer)
    if answer.abstained:
        searched = answer.searched
        output.print(
            f"Searched {counted(searched.documents, 'document')} ({counted(searched.pages, 'page')})"
            + (f"; {unread}." if (unread := not_read(searched.failed, searched.partial, short=True)) else ".")
        )
    if answer.direct is not None:
        _print_direct(answer.direct, answer.searched)
    for statement in shown[answer.outcome]:
        mark = "  [not supported by the documents]" if statement.verdict == "unsupported" else ""
        output.print(f"{statement.text}{mark}", markup=False)
        for citation, about in zip_longest(statement.citations, statement.about):
            _print_place(citation, about)
            if statement.verdict != "quoted":
                _print_quote(citation)
    for note in answer.notes:
        output.print(f"Note: {note}", style="yellow", markup=False)


def _print_understood(answer: Answer) -> None:
    """Print how the question was read, where that is not all of it as it stands; and whom it may mean."""
    if answer.removed or any(label.kind in _NARROWING for label in answer.labels):
        labels = " · ".join(label.text for label in answer.labels) or "nothing"
        removed = ", ".join(label.text for label in answer.removed)
        without = f" (without: {removed})" if removed else ""
        output.print(f"understood: {labels}{without}", style="dim", markup=False)
    if answer.understood is None:
        return
    if answer.understood.language != "en" and answer.rewritten:
        output.print(f"read as: {answer.rewritten}", style="dim", markup=False)
    for name in answer.understood.names:
        if len(name.names) > 1:
            asked = f"{which_one(name.written, name.names)} Ask again with the full name."
            output.print(asked, style="yellow", markup=False)


def _print_direct(direct: DirectAnswer, searched: SearchTotals) -> None:
    output.print(direct.text, style="bold", markup=False)
    output.print(f"    {verdict_words(direct.verdict, [row.label for row in direct.rows])}", style="dim")
    if shows_rows(direct.form, len(direct.rows)):
        _print_rows(direct, searched)
    else:
        for citation, about in zip_longest(direct.citations, direct.about):
            _print_place(citation, about)
            if direct.verdict == "supported":
                _print_quote(citation)
    if direct.note:
        output.print(f"    {direct.note}", style="yellow", markup=False)


def _print_rows(direct: DirectAnswer, searched: SearchTotals) -> None:
    """Print the rows by document, as a table whose columns are aligned over all of them."""
    groups: dict[tuple[str, str], list[AnswerRow]] = {}
    for row in direct.rows:
        groups.setdefault((row.citation.collection, row.citation.sha256), []).append(row)
    labels = _width([row.label for row in direct.rows])
    texts = _width([_cell(row.text) for row in direct.rows])
    for rows in groups.values():
        about = _about_text(rows[0].about)
        output.print(f"    {rows[0].citation.document}{about and f'  ({about})'}", style="cyan", markup=False)
        for row in rows:
            label, text = _padded(_cell(row.label), labels), _padded(_cell(row.text), texts)
            cells = "  ".join(filter(None, [label, text, row.citation.page_words]))
            output.print(f"      {cells}", markup=False)
    counted = completeness(
        direct.form, len(direct.rows), len(groups), direct.complete, searched.failed, searched.partial
    )
    output.print(f"    {counted}", style="dim", markup=False)


def _print_place(citation: Citation, about: About | None) -> None:
    text = _about_text(about)
    place = f"{citation.document}, {citation.page_words} (characters {citation.start}-{citation.end})"
    output.print(f"    {place}{text and f'  ({text})'}", style="cyan", markup=False)


def _print_quote(citation: Citation) -> None:
    output.print(f"    “{' '.join(citation.quote.split())}”", style="dim", markup=False)


def _about_text(about: About | None) -> str:
    return about_words(about.subject, about.kind, about.date, about.clause) if about else ""


def _cell(text: str) -> str:
    return without_control(" ".join(text.split()))


def _width(texts: Sequence[str]) -> int:
    return min(max(map(cell_len, texts), default=0), _WIDEST)


def _padded(text: str, width: int) -> str:
    return text if cell_len(text) >= width else set_cell_size(text, width)


def _as_statement(sentence: Evidence) -> Statement:
    """Return a sentence of the evidence as a statement that quotes it."""
    text = " ".join(sentence.quote.split())
    return Statement(
        text=text, verdict="quoted", reason="", citations=[sentence.citation], about=[sentence.about]
    )
