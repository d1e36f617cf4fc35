"""Lists of abbreviations and stop words, and patterns of dates, stand in `vault/text` only."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from tests.places import ROOT
from vault.text.dates.months import MONTH_NUMBERS, MONTHS
from vault.text.lists.full_stops import ABBREVIATIONS, MAY_CLOSE, NEVER_CLOSE
from vault.text.lists.names import TITLES
from vault.text.lists.stop_words import FUNCTION_WORDS, STOP_WORDS

FILES = [
    path
    for package in ("vault", "ingest", "rag", "evaluation", "ui", "training", "bench", "deploy")
    for path in sorted((ROOT / package).rglob("*.py"))
    if not path.is_relative_to(ROOT / "vault" / "text")
    # The judge of answers reads dates by itself, so that it does not share the mistakes of what it judges.
    if not path.is_relative_to(ROOT / "bench" / "staff")
    # What is drawn there is the text of documents, with dates and titles as documents have them.
    if not path.is_relative_to(ROOT / "bench" / "pdf_tables")
]
ALL_STOP_WORDS = STOP_WORDS | FUNCTION_WORDS
WITH_STOPS = ABBREVIATIONS | MAY_CLOSE | NEVER_CLOSE | TITLES
MONTH_NAMES = {*map(str.lower, MONTHS), *MONTH_NUMBERS}
WORD = re.compile(r"[^\W\d_]+(?:\.[^\W\d_]+)*")
DATE_PATTERN = re.compile(
    r"\\d\{4\}(?:\(\?:)?[-/.\\ ]{1,3}\\d"
    r"|\\d\{1,2\}[^\w]{1,6}\\d\{1,2\}[^\w]{1,6}(?:\(\?:|\[12\])?\\d\{[234]"
)
"""Figures for a day, a month and a year in a regular expression."""


def texts(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """The text of each constant, tuple, list, set and f-string that is no docstring, with its line."""
    silent: set[int] = set()
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        for one in body if isinstance(body, list) else ():
            if isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant):
                silent.add(id(one.value))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in silent:
            yield node.lineno, node.value
        elif isinstance(node, ast.Tuple | ast.List | ast.Set | ast.JoinedStr | ast.Dict):
            yield node.lineno, " ".join(members(node))


def members(node: ast.Tuple | ast.List | ast.Set | ast.JoinedStr | ast.Dict) -> Iterator[str]:
    """The members of a collection, or the keys of a mapping, that are text."""
    if isinstance(node, ast.Dict):
        parts = [key for key in node.keys if key is not None]
    else:
        parts = node.values if isinstance(node, ast.JoinedStr) else node.elts
    for part in parts:
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.value


def found_in(text: str) -> str:
    """What a text lists that belongs into `vault/text`; "" for nothing."""
    words = [word.lower() for word in WORD.findall(text)]
    if DATE_PATTERN.search(text):
        return "a pattern of dates"
    if len(MONTH_NAMES.intersection(words) - {"may", "mar", "mars"}) >= 3:
        return "names of months"
    distinct = set(words)
    if len(distinct) >= 40 and len(distinct & ALL_STOP_WORDS) > 0.8 * len(distinct):
        return "a list of stop words"
    dotted = distinct & WITH_STOPS - ALL_STOP_WORDS
    if len(dotted) >= 5 and len(dotted) > 0.5 * len(distinct):
        return "a list of abbreviations"
    return ""


@pytest.mark.slow
def test_no_list_of_words_and_no_pattern_of_dates_stands_outside_the_room_of_text() -> None:
    assert len(FILES) > 300
    assert [
        f"{path.relative_to(ROOT)}:{line}: {what}: {text[:60]!r}"
        for path in FILES
        for line, text in texts(ast.parse(path.read_text(encoding="utf-8")))
        if (what := found_in(text))
    ] == []


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (r"\d{4}-\d{2}-\d{2}", "a pattern of dates"),
        (r"\b\d{1,2}[./]\d{1,2}[./](?:\d{4}|\d{2})\b", "a pattern of dates"),
        (r"(\d{1,2})[/-](\d{1,2})[/-]([12]\d{3})", "a pattern of dates"),
        ("jan|feb|apr|jun", "names of months"),
        (" ".join(sorted(STOP_WORDS)), "a list of stop words"),
        (r"\b(Dr|Mr|Mrs|Ms|Prof|St|Inc|Ltd|Co|Corp|v|vs|Art|Sec)\.", "a list of abbreviations"),
        ("The lease ends on 3 May; in March and April nothing is due.", ""),
        (r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", ""),
    ],
)
def test_such_lists_and_patterns_are_seen(text: str, what: str) -> None:
    assert found_in(text) == what
