"""Find the lines of a transcript that a question names: "14:7-9", "page 14, line 7", "line 7 of page 14"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vault.text.references import FoundReference

_PAGE = r"(?:pages?|pp?\.?|pg\.?|tr\.?|transcript|seite)\s*"
_LINE = r"(?:lines?|ll?\.?|zeilen?)\s*"
_TO = r"\s*(?:-|–|—|to|through|and|bis)\s*"
_WORDED = re.compile(
    rf"\b{_PAGE}(?P<page>\d{{1,5}})\s*(?:[,;]|\bat\b|\band\b)?\s*(?:{_PAGE})?"
    rf"\b{_LINE}(?P<first>\d{{1,2}})(?:{_TO}(?P<last>\d{{1,2}}))?(?![\w:/]|[.,]\d)",
    re.IGNORECASE,
)
_TURNED = re.compile(
    rf"\b{_LINE}(?P<first>\d{{1,2}})(?:{_TO}(?P<last>\d{{1,2}}))?\s*(?:of|on|at|,|auf)\s*(?:the\s+)?"
    rf"{_PAGE}(?P<page>\d{{1,5}})(?![\w:/]|[.,]\d)",
    re.IGNORECASE,
)
_COLON = re.compile(
    r"(?<![\w:.,/£$€-])(?P<page>\d{1,5}):(?P<first>\d{1,2})"
    r"(?:\s*(?:-|–|—|to)\s*(?:(?P<last_page>\d{1,5}):)?(?P<last>\d{1,2}))?(?![\w:/]|[.,]\d)"
)
_TRANSCRIPT = re.compile(
    r"\b(?:tr\.|transcript|deposition|testi\w+|witness|hearing|cross-?examin\w*|examin\w+|lines?|pages?|said)\b",
    re.IGNORECASE,
)
_TIME_BEFORE = re.compile(
    r"\b(?:at|by|from|until|till|before|after|since|around|about|between|and|um|ab)\s*$", re.IGNORECASE
)
_TIME_AFTER = re.compile(r"^\s*(?:[ap]\.?m\b|hrs?\b|hours?\b|h\b|uhr\b|o['’]clock|gmt\b|utc\b)", re.I)
_LAST_HOUR, _LAST_MINUTE = 23, 59


def lines_in_question(question: str) -> Iterator[FoundReference]:
    """Yield the references to lines, as "page 14 line 7" or "page 14 line 20 to page 15 line 3"."""
    taken: list[tuple[int, int]] = []
    for pattern in (_WORDED, _TURNED, _COLON):
        for found in pattern.finditer(question):
            if any(start < found.end() and found.start() < end for start, end in taken):
                continue
            if pattern is _COLON and _is_time(question, found):
                continue
            taken.append(found.span())
            yield FoundReference(*found.span(), "line", _normal(found))


def _normal(found: re.Match[str]) -> str:
    named = found.groupdict()
    page, first = int(named["page"]), int(named["first"])
    last_page, last = int(named.get("last_page") or page), int(named["last"] or first)
    begins = f"page {page} line {first}"
    return begins if (last_page, last) == (page, first) else f"{begins} to page {last_page} line {last}"


def _is_time(question: str, found: re.Match[str]) -> bool:
    """Return whether "14:15" is a time of the day."""
    before, after = question[: found.start()], question[found.end() :]
    minutes = found["first"]
    if len(minutes) < 2 or int(found["page"]) > _LAST_HOUR or int(minutes) > _LAST_MINUTE:
        return False
    if minutes.startswith("0") or _TIME_AFTER.search(after):
        return True
    return _TIME_BEFORE.search(before) is not None and not _TRANSCRIPT.search(question)
