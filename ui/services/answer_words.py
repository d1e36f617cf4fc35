"""How the parts of an answer are said in words, the same on the page and on the command line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from vault.text.counted import counted
from vault.text.dates.spoken import day_words
from vault.text.lists.names import COMPANY_FORMS

OUTCOME_WORDS = {
    "answered": "Answered:",
    "unsure": "Not sure: read these. They are the closest passages and may not answer the question.",
    "not_found": "Not found in the documents.",
}
_NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")
_MOST_NAMES = 8
_SHOWN_ROWS = ("series", "list", "count", "sum", "comparison")
_EXHAUSTIVE = ("list", "count", "sum", "comparison")
"""Forms of direct answers that claim to leave nothing out."""


def verdict_words(verdict: str, labels: Sequence[str]) -> str:
    """Return on what a direct answer rests; `labels` are those of its rows.

    Rows of a table have labels, items of a list in prose have none.
    """
    if verdict == "supported":
        return "in the words of the language model, checked against the page"
    if verdict == "computed":
        return "computed from the cells below"
    return "from the table" if any(labels) else "word for word from the page"


def shows_rows(form: str, rows: int) -> bool:
    """Return whether the rows of a direct answer of this form say more than its line."""
    return rows > 1 or (rows == 1 and form in _SHOWN_ROWS)


def not_read(failed: int, partial: int, *, short: bool = False) -> str:
    """Return how many documents could not be read, or only in part; empty if all of them were.

    `short` leaves out the word "document", where it stands just before.

    >>> not_read(1, 2)
    '1 document could not be read, 2 only in part'
    """
    first = f"{failed or partial:,}" if short else counted(failed or partial, "document")
    if not partial:
        return f"{first} could not be read" if failed else ""
    return f"{first} could not be read, {partial:,} only in part" if failed else f"{first} only in part"


def completeness(form: str, rows: int, documents: int, complete: bool, failed: int, partial: int = 0) -> str:
    """Return how many rows stand below a direct answer, and whether these are all.

    `documents` hold the rows; `failed` documents could not be read, `partial` ones only in part.

    >>> completeness("count", 9, 3, True, 1)
    '9 rows in 3 documents; nothing that was searched is left out. 1 document could not be read.'
    """
    found = f"{counted(rows, 'row')} in {counted(documents, 'document')}"
    if form not in _EXHAUSTIVE:
        return f"{found}."
    whole = "nothing that was searched is left out" if complete else "not complete"
    unread = not_read(failed, partial)
    return f"{found}; {whole}.{unread and f' {unread}.'}"


def about_words(subject: str, kind: str, day: date | None, clause: str) -> str:
    """Return whose and which document a place is in; empty where nothing is known.

    >>> about_words("Anna Hale", "lease", date(2026, 3, 13), "4.2(b)")
    'Anna Hale · lease, 13 March 2026 · clause 4.2(b)'
    """
    written = day_words(day) if day else ""
    # The matter of a contract may be its title, which says its kind already.
    kind = "" if kind.casefold() == subject.casefold() else kind
    document = ", ".join(filter(None, [kind, written]))
    return " · ".join(filter(None, [subject, document, clause and f"clause {clause}"]))


def which_one(written: str, names: Sequence[str]) -> str:
    """Return the question which of several people or parties is meant.

    >>> which_one("Hale", ["Anna Hale", "Robert Hale"])
    'Two people fit “Hale”: Anna Hale, Robert Hale. Which one?'
    """
    number = _NUMBERS[len(names)] if len(names) < len(_NUMBERS) else str(len(names))
    companies = any(word.strip(".,") in COMPANY_FORMS for name in names for word in name.split())
    shown = ", ".join(names[:_MOST_NAMES]) + ("…" if len(names) > _MOST_NAMES else "")
    return f"{number} {'names' if companies else 'people'} fit “{written}”: {shown}. Which one?"


def with_full_name(question: str, written: str, name: str) -> str:
    """Return the question with the full name in the place of the part of it that was written.

    >>> with_full_name("What does hale's chart say?", "Hale", "Anna Hale")
    "What does Anna Hale's chart say?"
    """
    place = re.search(rf"(?<!\w){re.escape(written)}(?!\w)", question, re.IGNORECASE)
    if place is None:
        return f"{question.rstrip()} ({name})"
    return f"{question[: place.start()]}{name}{question[place.end() :]}"
