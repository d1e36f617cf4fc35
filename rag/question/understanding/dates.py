"""Find the dates of a question, and how what is asked for lies to each: on it, before it, since it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from rag.question.understanding.relative_dates import relative_dates
from rag.question.understanding.understood import AskedDate, Relation
from rag.question.understanding.written_dates import WrittenDate, written_dates

_MOST_YEARS = 12
"""How far back a date without a year is looked for in the documents."""
_MOST_READINGS = 3

_LEFT = (
    (
        Relation.BEFORE,
        r"(?:before|prior to|earlier than|ahead of|preceding|previous to|up to but not including|"
        r"leading up to|"
        r"(?:in )?the run[- ]?up to)",
    ),
    (Relation.AFTER, r"(?:after|following|later than|subsequent to|past)"),
    (Relation.SINCE, r"(?:since|as from|starting(?: from| on)?|beginning(?: on)?|effective(?: from)?|from)"),
    (
        Relation.UNTIL,
        r"(?:until|till|up to|up until|through|to|by|no later than|not later than|at the latest|as of|as at|"
        r"on or before)",
    ),
)
_PART_OF = r"(?:(?P<part>(?:the )?(?:very )?(?:end|start|beginning|close|middle) of|early|mid|late)[\s-]+)?"
_DETERMINER = (
    r"(?:(?:the|a|an|his|her|their|its|our|about|around|circa|approximately|midnight on|\w+day,?)\s+)*"
)
_RELATIONS = tuple(
    (relation, re.compile(rf"\b{words}\s+{_DETERMINER}{_PART_OF}{_DETERMINER}$", re.I))
    for relation, words in _LEFT
)
_UP_TO_AN_EVENT = re.compile(
    r"\b(?P<word>before|prior to|ahead of|preceding|leading up to|the run[- ]?up to|up to|up until|"
    r"until|till)\s+"
    rf"(?P<event>[^,;:?.\d]{{2,60}}?)\s+(?:on|of|at|dated|in)\s+{_DETERMINER}"
    rf"(?:(?:morning|afternoon|evening|night) of\s+{_DETERMINER})?$",
    re.I,
)
"""What is written before the date in "before the valve clinic of 29 May": that day is not meant."""
_NO_EVENT = re.compile(
    r"\b(?:breakfast|lunch|dinner|supper|tea|bed(?:time)?|noon|midday|midnight|meals?|food|sleep|"
    r"what|which|who|whom|when|where|how|did|does|on|of|before|after|until|since|from)\b",
    re.I,
)
"""Words with which the time is one of that day, or the date belongs to something else."""
_A_CHANGE = re.compile(
    r"\b(?:chang|reduc|increas|switch|swap|stop|cut|drop|rais|rise|rose|lower|put (?:up|down)|"
    r"went (?:up|down)|amend|"
    r"mov|reschedul|rebook|postpon|replac|alter|titrat|adjust|doubl|halv|step)",
    re.I,
)
_PART_ONLY = re.compile(rf"\b(?:(?:in|at|on|of|during)\s+)?{_PART_OF}{_DETERMINER}$", re.I)
_ON = re.compile(rf"\b(?:in|on|at|during|within|for|of|dated)\s+{_DETERMINER}$", re.I)
_BETWEEN = re.compile(r"\bbetween\s+(?:the\s+)?$", re.I)
_WRITTEN_FROM = re.compile(
    r"\b(?:letter|note|notes|e?-?mails?|message|results?|bloods?|report|invoice|entry|minutes|record|scan|x-?ray|"
    r"deed|order|version|summary|statement|list|form|memo|offer|quote)\s+from\s+(?:the\s+)?$",
    re.I,
)
_ONWARDS = re.compile(r"^\s*(?:onwards?|and (?:after|later)|or later|forward)\b", re.I)
_OR_EARLIER = re.compile(r"^\s*(?:or|and) (?:before|earlier)\b", re.I)
_AND = re.compile(r"^\s*(?:and|to|until|till|[-–—])\s*(?:the\s+)?$", re.I)


@dataclass(frozen=True, slots=True)
class FoundAskedDate:
    """A date of a question with its place, relation word included: `question[start:end]`."""

    start: int
    end: int
    date: AskedDate


def dates_in_question(
    question: str, today: date, has_dates: Callable[[date, date], bool] = lambda _first, _last: False
) -> list[FoundAskedDate]:
    """Return the dates of a question, in order; no two overlap.

    `has_dates` says whether the documents hold a date between two days: a date without a year is read as of
    the years for which they do, the last one first, and of the last year before `today` if of none.
    """
    found = sorted([*written_dates(question), *relative_dates(question, today)], key=lambda one: one.start)
    kept: list[WrittenDate] = []
    for one in found:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return [_asked(question, one, today, has_dates) for one in _joined(question, kept)]


def _joined(question: str, found: Sequence[WrittenDate]) -> Iterator[WrittenDate]:
    """Yield the dates, with "between A and B" as one range where the grammar left two."""
    index = 0
    while index < len(found):
        one = found[index]
        following = found[index + 1] if index + 1 < len(found) else None
        if (
            following
            and _BETWEEN.search(question[: one.start])
            and _AND.match(question[one.end : following.start])
        ):
            whole = one.up_to(following)
            if whole is not None:
                yield whole
                index += 2
                continue
        yield one
        index += 1


def _asked(
    question: str, found: WrittenDate, today: date, has_dates: Callable[[date, date], bool]
) -> FoundAskedDate:
    relation, start, part = _relation(question, found)
    end = found.end
    after = question[found.end :]
    if onwards := _ONWARDS.match(after):
        relation, end = Relation.SINCE, found.end + onwards.end()
    elif earlier := _OR_EARLIER.match(after):
        relation, end = Relation.UNTIL, found.end + earlier.end()
    readings = tuple(
        dict.fromkeys(
            _part_of(first, last, part, relation) for first, last in _with_years(found, today, has_dates)
        )
    )
    if relation is Relation.BEFORE and part == "end":
        relation = Relation.UNTIL
    years = {first.year for first, _ in readings} if not found.yearless else set()
    asked = AskedDate(
        text=question[start:end].strip(),
        relation=relation,
        readings=readings,
        day_and_month=found.day_and_month,
        year=next(iter(years)) if len(years) == 1 else None,
    )
    return FoundAskedDate(start, end, asked)


def _relation(question: str, found: WrittenDate) -> tuple[Relation, int, str]:
    """Return the relation, where its words begin, and which part of the date is meant."""
    before = question[: found.start]
    if found.relation is not None:
        return found.relation, found.start, ""
    if found.is_range:
        opened = re.search(r"\b(?:between|from|in|during|over|for)\s+(?:the\s+)?$", before, re.I)
        return Relation.BETWEEN, opened.start() if opened else found.start, ""
    if not _WRITTEN_FROM.search(before):
        # "No later than" is longer than "later than": the one that begins first counts.
        matches = [
            (match.start(), relation, match)
            for relation, form in _RELATIONS
            if (match := form.search(before))
        ]
        if matches and not _names_a_thing(question, found, matches):
            start, relation, match = min(matches, key=lambda one: one[0])
            return relation, start, _part_name(match["part"])
    if (match := _PART_ONLY.search(before)) and match["part"]:
        return Relation.ON, match.start(), _part_name(match["part"])
    event = _UP_TO_AN_EVENT.search(before)
    if event is not None and not _NO_EVENT.search(event["event"]):
        reached = event["word"].lower() in ("up to", "up until", "until", "till")
        whole = reached and not _A_CHANGE.search(event["event"])
        return Relation.UNTIL if whole else Relation.BEFORE, event.start(), ""
    on = _ON.search(before)
    return Relation.ON, on.start() if on else found.start, ""


def _names_a_thing(
    question: str, found: WrittenDate, matches: Sequence[tuple[int, Relation, re.Match[str]]]
) -> bool:
    """Return whether the date only tells one thing from another: "object to the 2023 statement"."""
    loose = all(
        match.group().split()[0].lower() in ("to", "by", "from", "through") for _, _, match in matches
    )
    determined = re.search(r"\b(?:the|his|her|their|our|its)\s+$", question[: found.start], re.I)
    noun = re.match(
        r"\s+(?!(?:and|or|to|until|onwards?|in|on|at|for|of|as|with|is|was|are|were)\b)[a-z]{3,}",
        question[found.end :],
    )
    return loose and determined is not None and noun is not None


def _part_name(words: str | None) -> str:
    if not words:
        return ""
    lower = words.lower()
    if "end" in lower or "close" in lower:
        return "end"
    if "late" in lower:
        return "late"
    return "start" if any(word in lower for word in ("start", "beginning", "early")) else "middle"


def _part_of(first: date, last: date, part: str, relation: Relation) -> tuple[date, date]:
    """Return the days of a part of a range: its last third for "at the end of", and so on.

    Beside "before" or "since" the end and the beginning are days: "before the end of May" is until 31 May.
    """
    if not part or first == last:
        return first, last
    if relation in (Relation.BEFORE, Relation.UNTIL, Relation.SINCE, Relation.AFTER) and part in (
        "end",
        "start",
    ):
        return (first, last) if part == "end" and relation is not Relation.SINCE else (
            (last, last) if part == "end" else (first, first)
        )  # fmt: skip
    third = timedelta(days=(last - first).days // 3)
    if part in ("end", "late"):
        return last - third, last
    return (first, first + third) if part == "start" else (first + third, last - third)


def _with_years(
    found: WrittenDate, today: date, has_dates: Callable[[date, date], bool]
) -> list[tuple[date, date]]:
    """Return the readings with a year each."""
    if not found.yearless:
        return [(first, last) for first, last in found.readings]
    dated: list[tuple[date, date]] = []
    for year in range(today.year, today.year - _MOST_YEARS, -1):
        for reading in found.in_year(year):
            if has_dates(*reading) and len(dated) < _MOST_READINGS:
                dated.append(reading)
    if dated:
        return dated
    # The last one that has begun: in January, "December" is that of the year before.
    years = [found.in_year(today.year), found.in_year(today.year - 1)]
    if found.day_only:
        return [max((one for year in years for one in year if one[0] <= today), default=years[0][0])]
    return [this if this[0] <= today else last for this, last in zip(*years, strict=True)]
