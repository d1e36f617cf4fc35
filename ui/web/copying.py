"""Turns an answer into plain text with its sources, to be pasted into a letter or a note."""

from __future__ import annotations

from collections.abc import Sequence

from rag.direct.answer import AnswerForm, DirectAnswer
from rag.events import Answer
from rag.evidence.abstain import Outcome
from rag.verification.verify import Verdict
from ui.services.answer_words import not_read, shows_rows, verdict_words
from vault.records import Citation
from vault.text.counted import counted
from vault.text.readable import readable

_Page = tuple[str, str, int]
"""Collection, document (sha256) and page. Each page is one numbered source."""


def copy_text(answer: Answer) -> str:
    """Return the question, the statements with the numbers of their sources, and the list of sources.

    A source has the words that a statement is based on, unless the statement itself quotes them.
    """
    sources = _Sources(several=len(answer.collections) > 1)
    lines = [f"Question: {readable(answer.question)}", ""]
    if answer.abstained:
        lines += _abstention_lines(answer)
    if answer.outcome is Outcome.UNSURE:
        for sentence in answer.evidence:
            lines.append(_quoted(sentence.citation.quote, sources.marks([sentence.citation])))
    if answer.direct is not None:
        lines += _direct_lines(answer.direct, sources)
    for statement in answer.statements:
        if (
            answer.direct
            and answer.direct.form is AnswerForm.SENTENCE
            and statement.text == answer.direct.text
        ):
            continue
        quotes = statement.verdict is Verdict.QUOTED
        marks = sources.marks(statement.citations, words=not quotes)
        if quotes:
            lines.append(_quoted(statement.text, marks))
        else:
            warning = "" if statement.verdict is Verdict.SUPPORTED else "(NOT SUPPORTED BY THE DOCUMENTS) "
            lines.append(f"{warning}{readable(statement.text)} {marks}".rstrip())
    lines += sources.lines()
    lines += ["", f"Incamera record {answer.record}"]
    return "\n".join(lines)


def _direct_lines(direct: DirectAnswer, sources: _Sources) -> list[str]:
    """Return the line with what it rests on, and its rows, where they say more."""
    verdict = verdict_words(direct.verdict.value, [row.label for row in direct.rows])
    lines = [f"{readable(direct.text)} {sources.marks(direct.citations)} ({verdict})"]
    if direct.note:
        lines.append(readable(direct.note))
    if shows_rows(direct.form.value, len(direct.rows)):
        for row in direct.rows:
            said = ": ".join(filter(None, [readable(row.label), readable(row.text)]))
            lines.append(f"- {said} {sources.marks([row.citation])}")
    return [*lines, ""]


def _abstention_lines(answer: Answer) -> list[str]:
    searched = answer.searched
    extent = (
        f"({counted(searched.documents, 'document')}, {counted(searched.pages, 'page')} searched; "
        f"{not_read(searched.failed, searched.partial, short=True) or '0 could not be read'})"
    )
    if answer.outcome is Outcome.UNSURE:
        return [f"Not sure whether the documents answer this {extent}. The closest passages:", ""]
    return [f"Not found in the documents {extent}."]


def _quoted(text: str, marks: str) -> str:
    return f"“{readable(text)}” {marks}".rstrip()


class _Sources:
    """The cited pages, numbered in the order in which they are first cited."""

    def __init__(self, *, several: bool) -> None:
        """With `several` collections searched, the sources also name the collection."""
        self._several = several
        self._first: dict[_Page, Citation] = {}
        self._words: dict[_Page, list[str]] = {}

    def marks(self, citations: Sequence[Citation], *, words: bool = False) -> str:
        """Return the numbers of the cited pages: "[1][3]". With `words`, their sources show the words."""
        pages: list[_Page] = []
        for citation in citations:
            page = (citation.collection, citation.sha256, citation.page)
            pages.append(page)
            self._first.setdefault(page, citation)
            kept = self._words.setdefault(page, [])
            if words and (quote := f"“{readable(citation.quote)}”") not in kept:
                kept.append(quote)
        numbers = list(self._first)
        return "".join(f"[{numbers.index(page) + 1}]" for page in dict.fromkeys(pages))

    def lines(self) -> list[str]:
        """Return the list of sources with its title, or nothing if nothing is cited."""
        if not self._first:
            return []
        lines = ["", "Sources"]
        for number, (page, citation) in enumerate(self._first.items(), start=1):
            where = f"{readable(citation.document)}, {readable(citation.page_words)}"
            if self._several:
                where += f" ({readable(citation.collection)})"
            words = self._words[page]
            lines.append(f"[{number}] {where}" + (f": {' … '.join(words)}" if words else ""))
        return lines
