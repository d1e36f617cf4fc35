"""Read a question for tables: what it asks, and which rows it leaves out or limits to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from rag.question.understanding.understood import AskedDate, Intent, Relation, Understood
from rag.question.wanted import Wanted
from rag.tables.asking.terms import Term, phrase, terms_of
from rag.tables.asking.versions import Version, versions_compared, words_of_versions
from rag.tables.cells.numbers import UNIT, CellNumber, number_of


class Side(StrEnum):
    """On which side of a limit a value lies."""

    ABOVE = "above"
    AT_LEAST = "at least"
    BELOW = "below"
    AT_MOST = "at most"
    OUTSIDE = "outside"
    WITHIN = "within"


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit that values are compared with."""

    side: Side
    number: CellNumber | None
    """None for the target or normal range that stands beside the values."""
    beside: str = ""
    """How the name of the column begins that values are compared with: "below their minimum"."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it is put to tables."""

    understood: Understood
    intent: Intent
    terms: tuple[Term, ...]
    """What a table must account for."""
    references: tuple[str, ...]
    """References of the question as written, which a row or heading must hold."""
    whole_references: tuple[str, ...]
    """The same with the word before them: "schedule 1"."""
    denied: frozenset[tuple[str, ...]]
    """The stems of terms that must not hold: "paid" in "not yet paid"."""
    left_out: tuple[tuple[Term, ...], ...]
    """Rows that hold all terms of one of these are left out."""
    limit: Limit | None
    why: bool
    """Whether it asks for the reason as well."""
    ends: bool
    """Whether it asks for the first and the last value."""
    loose: frozenset[tuple[str, ...]]
    """The stems of words that may be names: the subjects of a document do not account for them."""
    versions: tuple[Version, ...]
    """The versions that it sets side by side; empty for other questions."""
    beside_an_event: bool
    """Whether it asks for what was before or after an event, so that its date may be no date of a row."""


_LEFT_OUT = re.compile(
    r"\(?\b(?:leav(?:e|ing) out|not counting|not including|excluding|except(?: for)?|apart from|other than"
    r"|disregarding|ignoring|without counting|but not)\s+(?:the\s+|any\s+|those\s+)?"
    r"(?P<what>[^,;()?]+?)\s*(?:\)|,|;|\?|$)",
    re.IGNORECASE,
)
_NUMBER = rf"(?P<number>[£$€]?\s?\d[\d.,]*(?:\s?(?:{UNIT.pattern})(?!\w))?)"
_SIDES = (
    (Side.AT_LEAST, r"(?:at least|not less than|no less than|minimum of|from)"),
    (Side.AT_MOST, r"(?:at most|not more than|no more than|up to|maximum of)"),
    (Side.ABOVE, r"(?:above|over|more than|greater than|higher than|larger than|exceed(?:s|ed|ing)?|>)"),
    (Side.BELOW, r"(?:below|under|less than|lower than|smaller than|fewer than|<)"),
)
_LIMITS = tuple(
    (side, re.compile(rf"(?<![\w/]){words}\s+{_NUMBER}(?![\w/])", re.IGNORECASE)) for side, words in _SIDES
)
_AFTER_LIMIT = re.compile(
    rf"{_NUMBER}\s+or\s+(?P<side>more|above|higher|over|less|below|lower|under)\b", re.I
)
_TARGET = re.compile(
    r"\b(?P<side>above|over|below|under|beneath|outside|out of|within|inside|in)\s+"
    r"(?:(?:his|her|the|their|its|target|therapeutic|normal|reference)\s+|[\w'’]+['’]s\s+)*"
    r"(?P<what>targets?|range|limits?|goal)\b",
    re.IGNORECASE,
)
_TARGET_SIDES = {
    "above": Side.ABOVE,
    "over": Side.ABOVE,
    "below": Side.BELOW,
    "under": Side.BELOW,
    "beneath": Side.BELOW,
    "outside": Side.OUTSIDE,
    "out of": Side.OUTSIDE,
    "within": Side.WITHIN,
    "inside": Side.WITHIN,
    "in": Side.WITHIN,
}
_BESIDE = re.compile(
    r"\b(?P<side>above|over|below|under|beneath|short of|beyond)\s+"
    r"(?:(?:the|their|its|his|her|our|agreed|set)\s+)*(?:\w+\s+)?(?P<what>minimum|min|maximum|max|budget|estimate|quota|allowance|threshold|par)\b",
    re.IGNORECASE,
)
_SHORTEST_BOUND = 3
"""Letters to which the name of a bound may be shortened: "min", "max"."""
_BESIDE_SIDES = {"short of": Side.BELOW, "beyond": Side.ABOVE}
_DENIED = re.compile(
    r"\b(?:not|never|n['’]t|no)\s+(?:yet\s+|been\s+|so far\s+|fully\s+)*(?P<what>[a-z]{3,})"
    r"(?:\s+(?P<where>back|out|off)\b)?",
    re.IGNORECASE,
)
_PLURAL_OF_CAPITALS = re.compile(r"\b(?P<one>[A-Z][A-Z0-9]{1,6})['’]?s\b")
_UNDONE = re.compile(
    r"\bun(?P<what>paid|signed|answered|settled|returned|confirmed|checked|read|filled)\b", re.I
)
_ENDS = re.compile(
    r"\bfirst\b.{0,20}\b(?:last|latest)\b|\b(?:earliest|beginning|start)\b.{0,20}\b(?:latest|end|last)\b"
    r"|\bold and (?:the )?new\b|\bnew and (?:the )?old\b|\bbefore and after\b|\bthen and now\b",
    re.IGNORECASE,
)


_AGAINST = re.compile(r"\b(?:against|versus|vs|compared (?:with|to))\b", re.IGNORECASE)
_TOTAL = re.compile(
    r"^\W*(?:what(?:['’]s| is| was| are) )?(?:the )?(?:grand )?(?:total|sum)\b", re.IGNORECASE
)
_WHICH_IS_MORE = re.compile(
    r"\b(?:higher|lower|better|worse|more|less|larger|bigger|smaller|greater|heavier|lighter|longer|shorter)\b"
    r".*\b(?:or|than)\b",
    re.IGNORECASE,
)
_AMOUNT_OF_TIME = re.compile(
    r"\bhow many (?P<unit>hours|minutes)\b.*\b(?:altogether|in total|total|in all|overall|work|worked"
    r"|spen[dt]|bill(?:ed)?|record(?:ed)?)\b",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"\b(?P<word>[a-z]{3,})\s+(?P<number>\d{1,4})\b(?![.,/:-]?\d|%)", re.IGNORECASE)
_EVENT = re.compile(r"\b(?:before|after|prior to|until|since)\s+\w", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")


def asked_of(understood: Understood, loose: Sequence[str] = ()) -> Asked:
    """Return a question as it is put to tables. `loose` are words of its topic that may be names."""
    understood = _with_years(understood)
    text = understood.text
    spent: set[str] = set()
    left_out = []
    for exclusion in _LEFT_OUT.finditer(text):
        words = re.findall(r"[^\W_]+", exclusion["what"])
        left_out.append(tuple(one for one in terms_of(words, understood.expansions) if not _small(one)))
        spent.update(phrase(exclusion.group()))
    plain = _LEFT_OUT.sub(" ", text)
    limit = _limit(plain, understood)
    if limit is not None:
        spent.update(limit[1])
    versions = versions_compared(plain)
    if versions:
        spent |= words_of_versions(plain)
    denied = {phrase(one[part]) for one in _DENIED.finditer(plain) for part in ("what", "where") if one[part]}
    for one in _UNDONE.finditer(plain):
        denied.add(phrase(one["what"]))
    topic = [
        re.sub(r"^un(?=paid|signed|answered|settled|returned|confirmed)", "", word)
        for word in understood.topic
    ]
    single = {one.group().lower(): one["one"].lower() for one in _PLURAL_OF_CAPITALS.finditer(plain)}
    topic = [single.get(word, word) for word in topic]
    topic += [] if versions else _numbers(plain, understood)
    if spoken := _AMOUNT_OF_TIME.search(plain):
        topic.append(spoken["unit"].lower())
    references = tuple(one.normal.rpartition(" ")[2] for one in understood.references)
    intent = _intent(understood)
    if intent is Intent.LIST and understood.intent is not Intent.LIST:
        understood = replace(understood, wanted=Wanted.ANYTHING)  # "the lowest" no longer asks for a number
    return Asked(
        understood=understood,
        intent=intent,
        terms=terms_of(topic, understood.expansions, without=spent),
        references=references,
        whole_references=tuple(one.normal for one in understood.references),
        denied=frozenset(denied),
        left_out=tuple(filter(None, left_out)),
        limit=limit[0] if limit is not None else None,
        why=re.search(r"\bwhy\b|\breason\b", text, re.IGNORECASE) is not None,
        ends=_ENDS.search(plain) is not None,
        loose=frozenset(phrase(word) for word in loose),
        versions=versions,
        beside_an_event=_beside_an_event(understood),
    )


def _beside_an_event(understood: Understood) -> bool:
    rest = understood.text
    for one in understood.dates:
        rest = rest.replace(one.text, " ")
    return bool(understood.dates) and _EVENT.search(rest) is not None


def _numbers(text: str, understood: Understood) -> list[str]:
    """Return the numbers that stand behind a word of the topic: 9 of "bed 9"."""
    stems = {stem for word in understood.topic for stem in phrase(word)}
    return [
        one["number"]
        for one in _NUMBERED.finditer(text)
        if stems.issuperset(phrase(one["word"]))
        and one["number"] not in understood.topic
        and not _is_date(one.start("number"), one.end("number"), text, understood)
    ]


def _small(term: Term) -> bool:
    return term.written.lower() in ("the", "a", "an", "any", "all", "ones", "and", "or", "of", "to")


def _intent(understood: Understood) -> Intent:
    """Return the intent; a question for the last value before a date asks for the latest one there."""
    if _ENDS.search(understood.text) and understood.intent in (
        Intent.FACT,
        Intent.LATEST,
        Intent.EARLIEST,
        Intent.COMPARISON,
    ):
        return Intent.COMPARISON
    if (
        understood.intent in (Intent.HIGHEST, Intent.LOWEST)
        and _limit(understood.text, understood) is not None
    ):
        return Intent.LIST
    if understood.intent is Intent.DURATION and _AMOUNT_OF_TIME.search(understood.text):
        return Intent.SUM
    several = len(understood.dates) > 1 or len(understood.names) > 1
    if versions_compared(understood.text) and understood.intent in (Intent.FACT, Intent.YES_NO):
        return Intent.COMPARISON
    if several and understood.intent is Intent.YES_NO and _WHICH_IS_MORE.search(understood.text):
        return Intent.COMPARISON
    if several and understood.intent is Intent.FACT and _AGAINST.search(understood.text):
        return Intent.COMPARISON
    if understood.intent in (Intent.LIST, Intent.FACT, Intent.EARLIEST, Intent.LATEST) and _TOTAL.search(
        understood.text
    ):
        return Intent.SUM
    return understood.intent


def _with_years(understood: Understood) -> Understood:
    """Return the question with a year that stands alone among its words as one of its dates."""
    years = [word for word in understood.topic if _YEAR.fullmatch(word)]
    if not years:
        return understood
    dates = [
        AskedDate(year, Relation.ON, ((date(int(year), 1, 1), date(int(year), 12, 31)),), None, int(year))
        for year in years
    ]
    topic = tuple(word for word in understood.topic if word not in years)
    return replace(understood, dates=(*understood.dates, *dates), topic=topic)


def _limit(text: str, understood: Understood) -> tuple[Limit, set[str]] | None:
    """Return the limit that the question sets, and the stems of the words that say so."""
    target = _TARGET.search(text)
    if target is not None and (target["side"].lower() != "in" or target["what"].lower() != "limits"):
        spoken = set(phrase(target["side"])) | set(phrase(target["what"]))
        return Limit(_TARGET_SIDES[target["side"].lower()], None), spoken | {
            "target",
            "normal",
            "rang",
            "therapeut",
            "refer",
        }
    beside = _BESIDE.search(text)
    if beside is not None:
        named = phrase(beside["what"])
        side = _BESIDE_SIDES.get(beside["side"].lower()) or _TARGET_SIDES[beside["side"].lower()]
        return Limit(side, None, named[0][:_SHORTEST_BOUND]), {*named, *phrase(beside["side"])}
    after = _AFTER_LIMIT.search(text)
    if after is not None and (number := number_of(after["number"])) is not None:
        up = after["side"].lower() in ("more", "above", "higher", "over")
        return Limit(Side.AT_LEAST if up else Side.AT_MOST, number), set(phrase(after.group()))
    for side, form in _LIMITS:
        found = form.search(text)
        if found is None or _is_date(found.start("number"), found.end("number"), text, understood):
            continue
        number = number_of(found["number"].strip())
        if number is not None:
            return Limit(side, number), set(phrase(found.group()))
    return None


def _is_date(start: int, end: int, text: str, understood: Understood) -> bool:
    places = [(text.find(one.text), len(one.text)) for one in understood.dates if one.text in text]
    return any(first < end and start < first + length for first, length in places)
