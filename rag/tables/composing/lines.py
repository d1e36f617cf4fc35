"""Put an answer together: its line, its rows and its citations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rag.direct.answer import AnswerForm, AnswerRow, DirectAnswer
from rag.tables.composing.entries import Entry
from rag.verification.verify import Verdict
from vault.records import Citation


def line_of(entry: Entry) -> str:
    """Return the line for one entry: "Potassium, Maria Tolland, 13 March 2026: 3.4 mmol/L"."""
    label = ", ".join(filter(None, [entry.what, entry.person, entry.when]))
    return f"{label}: {entry.text}" if label else entry.text


def citations_of(entries: Iterable[Entry]) -> tuple[Citation, ...]:
    """Return the citations of the rows of the entries, each once."""
    return tuple(dict.fromkeys(entry.row_citation for entry in entries))


def quoted(
    text: str,
    entries: Sequence[Entry],
    form: AnswerForm,
    confidence: float,
    *,
    rows: Sequence[AnswerRow] | None = None,
    note: str = "",
    complete: bool = True,
) -> DirectAnswer:
    """Return an answer whose words are those of the cells of `entries`."""
    shown = tuple(rows) if rows is not None else tuple(entry.as_row() for entry in entries)
    return DirectAnswer(text, Verdict.QUOTED, citations_of(entries), form, confidence, shown, complete, note)


def computed(
    text: str,
    entries: Sequence[Entry],
    form: AnswerForm,
    confidence: float,
    *,
    note: str = "",
    complete: bool = True,
) -> DirectAnswer:
    """Return an answer that code made of the cells of `entries`."""
    rows = tuple(entry.as_row() for entry in entries)
    return DirectAnswer(text, Verdict.COMPUTED, citations_of(entries), form, confidence, rows, complete, note)


def sureness(entries: Iterable[Entry], most: float) -> float:
    """Return the confidence of an answer that rests on entries: at most `most`."""
    return round(most * min((entry.plan.sure for entry in entries), default=1.0), 3)
