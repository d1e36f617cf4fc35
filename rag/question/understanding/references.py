"""Find the references of a question: clauses, pages, invoices, and the numbers of patients and cases."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rag.question.understanding.lines import lines_in_question
from vault.text.references import FoundReference, find_references

_NUMBERED = r"\d{1,2}(?:\.\d{1,2}){1,4}(?:\((?:[a-z]{1,2}|[ivx]{1,5}|\d{1,2})\)){0,4}"
_DOCUMENT = (
    r"(?:procedure|protocol|policy|lease|agreement|contract|deed|guidelines?|guidance|terms|conditions|schedule|"
    r"statute|act|regulations?|rules|directive|standard|manual|handbook|handout|plan|constitution|articles|will|order|"
    r"undertaking|licence|license|code|appendix|annex|sop|pathway|specification|charter|by-?laws)"
)
_BARE = re.compile(
    rf"(?<![\w.,/£$€-])(?:(?<=^)|(?<=\s)|(?<=\())(?P<number>{_NUMBERED})(?![\w/%]|\.\d|\s*(?:mg|mcg|g|kg|ml|mmol|"
    r"units?|pounds|euros?|per\s?cent|hours?|days?|weeks?|months?|years?|am\b|pm\b))",
    re.I,
)
_AFTER = re.compile(
    rf"^\s*(?:of|in|under|from)\s+(?:the\s+|this\s+|our\s+)?(?:[\w'’-]+\s+){{0,3}}?{_DOCUMENT}\b"
    r"|^\s*(?:says?|means?|requires?|provides?|allows?|states?|covers?|appl(?:y|ies))\b",
    re.I,
)
_LETTERED = re.compile(
    r"\b(?P<part>schedule|appendix|annex|exhibit)\s+(?P<letter>[A-Z])(?=\s*[?!,;]|\s*$)", re.I
)
_PAGE = re.compile(
    r"\b(?:pages?|pp?\.|pg\.?|seite)\s+(?P<name>[ivxlc]{1,7}|[A-Za-z]{1,4}[-.]?\d{1,4})(?![\w-])", re.I
)
"""Printed page numbers other than plain ones: "page iv", "p. A-3"."""
_BATES = re.compile(
    r"(?<![\w.,/£$€-])[a-z][a-z0-9]{1,11}(?:[_-][a-z0-9]{2,8})?[_-]?\d{6,12}(?![\w/-]|[.,]\d)", re.I
)
_BATES_APART = re.compile(r"(?<![\w.,/£$€-])[A-Z][A-Z0-9]{1,11}[ -]\d{5,12}(?![\w/-]|[.,]\d)")
"""Stamps of pages in any case, or with a space before the figures."""
_OPENS = re.compile(r"^\W*$")
_GOES_ON = re.compile(r"^\s*[-–—:,]\s")
_BEFORE = re.compile(
    rf"\b(?:{_DOCUMENT}(?:\s+\d+)?|under|per|point|see|does|provision|sub-?clause)\s*[,:]?\s*$", re.I
)


def references_in_question(question: str, dates: Sequence[tuple[int, int]]) -> list[FoundReference]:
    """Return the references of a question, in order; no two overlap, and none overlaps a date of it.

    Beside the forms of documents: "4.3 of the procedure", "under 3.3", "what does 6.1 say". `dates` are the
    places of its dates; one that begins inside a labelled reference ("invoice 2019/117") is none.
    """
    found = list(lines_in_question(question))
    taken = [*dates, *((one.start, one.end) for one in found)]
    found = [one for one in found if not any(start < one.end and one.start < end for start, end in dates)]
    found += [
        one
        for one in find_references(question)
        if not any(start < one.end and one.start < end for start, end in taken)
    ]
    for one in (*_page_names(question), *_bare(question)):
        if not any(known.start < one.end and one.start < known.end for known in found) and not any(
            start < one.end and one.start < end for start, end in dates
        ):
            found.append(one)
    return sorted(found, key=lambda one: one.start)


def _page_names(question: str) -> Iterator[FoundReference]:
    for match in _PAGE.finditer(question):
        yield FoundReference(*match.span(), "page", f"page {match['name']}")
    for pattern in (_BATES, _BATES_APART):
        for match in pattern.finditer(question):
            yield FoundReference(*match.span(), "bates", match.group().replace(" ", "").upper())


def _bare(question: str) -> Iterator[FoundReference]:
    for match in _BARE.finditer(question):
        before, after = question[: match.start()], question[match.end() :]
        opens = _OPENS.match(before) and _GOES_ON.match(after)
        if opens or _AFTER.search(after) or _BEFORE.search(before):
            yield FoundReference(match.start(), match.end(), "clause", f"clause {match['number'].lower()}")
    for match in _LETTERED.finditer(question):
        part = match["part"].lower()
        yield FoundReference(match.start(), match.end(), part, f"{part} {match['letter'].upper()}")
