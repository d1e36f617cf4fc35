"""Statements about a sentence of a document that are false, or true, by how they are made.

The sentences come from the corpora (contracts, medical abstracts, policies). A false statement is the
sentence with one change that the sentence itself contradicts; a true one says the same or less. Both are
rules over words, so every rule takes a place only where the outcome is sure: a missed chance costs one
row of training data, a false label costs the model.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rag.verify_lexicon import ROLES, TITLES
from rag.verify_units import ONES, SCALES, TENS
from rag.verify_words import MONTHS


@dataclass(frozen=True, slots=True)
class Made:
    """A statement and the rule that made it, in single spaces."""

    text: str
    kind: str


class Edit(NamedTuple):
    """`text[start:end]` becomes `new`."""

    start: int
    end: int
    new: str


_LEAST_WORDS = 5
"""Shorter pieces are headings and cells of tables: they state nothing."""
_LONGEST = 2_000
"""Longer pieces, in characters, are no sentences; what looks back from a match stays cheap within this."""


def falsified(sentence: str, chance: random.Random, names: Sequence[str] = ()) -> list[Made]:
    """False statements, each by one change that makes the sentence contradict its source.

    At most one of each kind, in the order number, unit, date, name, role, negation, modality, comparison;
    empty when nothing can be changed, and for a question. `names` are of other documents.
    """
    text = _body(sentence)
    if not _states(text):
        return []
    makers: tuple[tuple[str, list[Edit]], ...] = (
        ("number", _numbers(text, chance)),
        ("unit", _units(text, chance)),
        ("date", _dates(text, chance)),
        ("name", _names(text, chance, names)),
        ("role", _roles(text)),
        ("negation", _negations(text)),
        ("modality", _modalities(text)),
        ("comparison", _comparisons(text)),
    )
    made: list[Made] = []
    source = " ".join(sentence.split())
    for kind, edits in makers:
        if not edits:
            continue
        changed = _edited(text, chance.choice(edits))
        if changed not in (text, source):
            made.append(Made(changed, kind))
    return made


def restated(sentence: str, chance: random.Random) -> list[Made]:
    """True statements in other words or fewer, at most one of each kind; empty for a question.

    "whole" is the sentence without its number and heading, "shortened" lacks a clause or an aside,
    "clause" is its last clause alone, "digits" has "30" for "thirty (30)", "plain" has plainer words.
    """
    text = _body(sentence)
    if not _states(text):
        return []
    made = [Made(text, "whole")]
    for kind, other in (
        ("shortened", _shortened(text)),
        ("clause", _last_clause(text)),
        ("digits", _in_digits(text)),
        ("plain", _plain(text, chance)),
    ):
        if other and other != text:
            made.append(Made(other, kind))
    return made


# What a statement is


_LABEL = re.compile(
    r"(?:(?:section|article|clause) )?\(?\d{1,3}(?:\.\d{1,3})*(?:\)|\.(?!\d)|:)(?: ?\([a-z]{1,4}\))? ?"
    r"|(?:(?:section|article|clause) )?\d{1,3}(?:\.\d{1,3})+ (?=[A-Z\"“])"
    r"|\((?:[a-z]|[ivx]{1,5}|[A-Z])\) ?|[a-z]\) |[•*▪◦–-] "
    r"|[A-Z]\. (?=(?:The|Each|All|If|In|No|Any|Upon|This|Except|Subject)\b)",
    re.IGNORECASE,
)
_HEADING = re.compile(
    r"[A-Z][\w/&'’-]{2,30}"
    r"(?:,? (?:[A-Z][\w/&'’-]{0,30}|of|and|the|to|for|on|in|by|or|with|from)){0,8}"
    r"(?:[.:]| [–—-]) (?=[A-Z\"“]|(?<=: )\d)"
)
_HEADING_NOT = frozenset({*TITLES, "inc", "ltd", "corp", "llc", "co", "fig", "vol", "sec", "exh", "art"})


def _body(sentence: str) -> str:
    """The sentence in single spaces, without its number ("4.2") and heading ("Term.", "RESULTS:")."""
    text = " ".join(sentence.split())
    for _ in range(3):
        label = _LABEL.match(text)
        if label is None or not label.end():
            break
        if label.group()[:1].isdigit() and not _opens(text[label.end() :]):
            break
        text = text[label.end() :]
    heading = _HEADING.match(text)
    if heading is not None:
        last = heading.group().split()[-1].rstrip(".:").lower()
        if last not in _HEADING_NOT and len(text) - heading.end() >= 30:
            text = text[heading.end() :]
    return re.sub(r"[;,](?: (?:and|or))?$", ".", text)


def _opens(rest: str) -> bool:
    """Whether what stands behind a number is a sentence and not what the number counts ("30) days")."""
    return rest[:1].isupper() or rest[:1] in ("(", '"', "“")


def _states(text: str) -> bool:
    words = text.split(" ")
    if len(words) < _LEAST_WORDS or len(text) > _LONGEST or text.endswith(("?", ":")) or "|" in text:
        return False
    if text[0].islower():  # An item of a list: what introduces it may limit it.
        return False
    return 3 * sum(word[:1].islower() for word in words) >= len(words)


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def _edited(text: str, edit: Edit) -> str:
    """The text with the edit made, "a" and "an" before it put right and the first letter a capital."""
    old, new = text[edit.start : edit.end], edit.new
    before, after = text[: edit.start], text[edit.end :]
    article = re.search(r"\b([Aa])(n?) $", before[-4:])
    if article and old and new and _vowel(old) != _vowel(new):
        before = (
            before[: len(before) - len(article.group())] + article.group(1) + ("n " if _vowel(new) else " ")
        )
    return _capitalised(" ".join(f"{before}{new}{after}".split()))


def _vowel(word: str) -> bool:
    """Whether "an" stands before the word."""
    low = word.lower()
    if low.startswith(("us", "uni", "eu", "one", "ub")):
        return False
    return low.startswith(("a", "e", "i", "o", "u", "8", "hour", "11 ", "18 ", "11-", "18-"))


def _cased(old: str, new: str) -> str:
    """`new` in capitals as `old` is: THIRTY, Thirty-Five, Thirty or thirty."""
    if len(old) > 1 and old.isupper():
        return new.upper()
    if old[:1].isupper():
        return new.title() if re.search(r"[ -][A-Z]", old) else _capitalised(new)
    return new


# Numbers


_WORD = rf"(?:{'|'.join(sorted([*ONES, *TENS, 'hundred', *SCALES], key=len, reverse=True))})"
_SPELLED = re.compile(
    rf"(?<![\w-])({_WORD}(?:(?: and |[ -]){_WORD}){{0,9}})(?![\w]|-(?:third|fourth|half|quarter|fifth|tenth))"
    r"(?: ?\( ?((?:US)?[$€£]?)(\d[\d,]{0,14})(%?) ?\))?",
    re.IGNORECASE,
)
_DIGITS = re.compile(
    r"(?<![\w.,/:§#–-])((?:US)?[$€£]?)(\d{1,3}(?:,\d{3}){1,4}(?!\d)(?:\.\d{1,4})?|\d{1,12}(?:\.\d{1,4})?)(?![\w/:)\]]|[–-]\d|[.,]\d|\.\w)"
)
_SAID_AGAIN = re.compile(r"(?: and No/100)?(?: \w+){0,4} ?\((?:US)?[$€£]? ?\d| and No/100", re.IGNORECASE)
"""In "fifty percent (50%)" one of the two alone would make the text contradict itself."""
_REFERENCE = re.compile(
    r"(?:sections?|articles?|clauses?|exhibits?|schedules?|tables?|fig(?:ure)?s?\.?|paragraphs?|no\.?|nos\.?|number"
    r"|appendix|annex|phase|grade|type|stage|group|form|rule|chapter|title|part|item|step|version|act|page"
    r"|level|room|suite|box|and|or|to|through|[<>≤≥±–§-]|\[)\s?$",
    re.IGNORECASE,
)
_LOWER_LIMIT = re.compile(
    r"(?:at least|(?<!not )(?<!no )(?:more|greater|longer|older|higher) than|(?:not|no) (?:less|fewer) than"
    r"|minimum of|exceed(?:s|ing)?|in excess of|over|above) (?:of |a |an |the |period of )*$",
    re.IGNORECASE,
)
_UPPER_LIMIT = re.compile(
    r"(?:at most|(?<!not )(?<!no )(?:less|fewer|shorter|younger|lower) than"
    r"|(?:not|no) (?:more|greater|later|longer) than|maximum of|up to|within|under|below"
    r"|not (?:to )?exceed) (?:of |a |an |the |period of )*$",
    re.IGNORECASE,
)
_OR_MORE = re.compile(r"[\w%) ]{0,16} or (?:more|longer|older|greater|above)\b")
_OR_LESS = re.compile(r"[\w%) ]{0,16} or (?:less|fewer|younger|below)\b")
_DENIES = re.compile(
    r"\b(?:not|no|never|neither|nor|none|without|cannot|fails?|failure|unless)\b", re.IGNORECASE
)


def _numbers(text: str, chance: random.Random) -> list[Edit]:
    """Another plausible number for each that counts or measures; dates, references and labels stay."""
    taken = [match.span() for match in _DATE.finditer(text)]
    edits: list[Edit] = []
    for match in _SPELLED.finditer(text):
        taken.append(match.span())
        if not match.group(3) and _SAID_AGAIN.match(text[match.end() : match.end() + 40]):
            continue
        value = _value(match.group(1))
        if value is None or value < 2 or (match.group(3) and value != int(match.group(3).replace(",", ""))):
            continue
        percent = bool(match.group(4)) or _percent_follows(text, match.end())
        other = _other_number(text, match.start(), match.end(), value, percent, chance)
        if other is None:
            continue
        words = _cased(match.group(1), _in_words(other))
        digits = (
            f" ({match.group(2)}{_grouped(match.group(3), other)}{match.group(4)})" if match.group(3) else ""
        )
        edits.append(Edit(match.start(), match.end(), words + digits))
    for match in _DIGITS.finditer(text):
        if any(start < match.end() and match.start() < end for start, end in taken):
            continue
        other_digits = _other_digits(text, match, chance)
        if other_digits is not None:
            edits.append(Edit(match.start(), match.end(), match.group(1) + other_digits))
    return edits


def _other_digits(text: str, match: re.Match[str], chance: random.Random) -> str | None:
    digits, before, after = match.group(2), text[: match.start()], text[match.end() : match.end() + 14]
    money = bool(match.group(1))
    year = len(digits) == 4 and digits.isdigit() and 1900 <= int(digits) <= 2099
    if not before.strip() or not after.strip() or _REFERENCE.search(before[-14:]) or before.endswith("("):
        return None
    if re.search(r"\b(?:Sections?|Paragraphs?|Articles?|Clauses?|Exhibits?)\b[^a-z]*$", before[-60:]):
        return None
    if "." in digits and re.search(r"\b(?:Sections|Paragraphs|Articles|Clauses)\b|: $", before[-120:]):
        return None
    if not money and re.search(r"[\w,] [A-Z][a-z]+ $", before[-30:]) and not digits.count(","):
        return None  # "Generation 2", "Severity 3"
    if "." in digits and not money and re.match(r" [A-Z][a-z]", after):
        return None  # The number of a section that begins within the sentence.
    if (year and not money) or re.match(
        r"(?:% |%-)?(?:CI\b|confidence)|%? ?[-–—] ?\d|[.)] ?[A-Z]?$", after.lstrip()[:12]
    ):
        return None
    plain = digits.replace(",", "")
    if not plain.strip("0.") or (plain[0] == "0" and not plain.startswith("0.")):
        return None
    if "." in plain:
        places = len(plain.partition(".")[2])
        up, down = _directions(text, match.start(), match.end())
        factors = [*([1.5, 2.0, 3.0] if up else []), *([0.5, 0.25, 0.7] if down else [])]
        ceiling = 1.0 if float(plain) < 1 else 100.0 if after.lstrip().startswith("%") else 1e15
        found = [
            f"{float(plain) * factor:.{places}f}" for factor in factors if float(plain) * factor < ceiling
        ]
        found = [one for one in found if one != plain and one.strip("0.")]
        return chance.choice(found) if found else None
    if int(plain) < 2:
        return None
    other = _other_number(
        text, match.start(), match.end(), int(plain), _percent_follows(text, match.end()), chance
    )
    return None if other is None else _grouped(digits, other)


def _percent_follows(text: str, end: int) -> bool:
    return re.match(r"\s?(?:%|per ?cent\b)", text[end : end + 10], re.IGNORECASE) is not None


def _directions(text: str, start: int, end: int) -> tuple[bool, bool]:
    """Whether the number may grow and may shrink without what is said staying true.

    At least 30 is at least 20 as well, so a limit moves one way only; behind a denial it is unclear which.
    """
    before, after = text[max(0, start - 40) : start], text[end : end + 30]
    lower = bool(_LOWER_LIMIT.search(before) or _OR_MORE.match(after))
    upper = bool(_UPPER_LIMIT.search(before) or _OR_LESS.match(after))
    if not lower and not upper:
        return True, True
    clause = re.split(r"[;:.] ", text[max(0, start - 200) : max(0, start - 40)] + before)[-1]
    clause = re.sub(r"\b(?:not|no) (?:less|fewer|more|greater|later|longer|to exceed|exceed)\b", "", clause)
    if _DENIES.search(clause):
        return False, False
    return lower, upper


def _other_number(
    text: str, start: int, end: int, value: int, percent: bool, chance: random.Random
) -> int | None:
    """A number of the same size and roundness, far enough off that no rounding makes them equal."""
    up, down = _directions(text, start, end)
    hour = re.match(r" ?[ap]\.?m\b", text[end : end + 6], re.IGNORECASE) is not None
    ceiling = 12 if hour else 100 if percent else 10**9
    if value <= 12:
        found = [number for number in range(2, 13) if number != value]
    else:
        step = (
            10 ** max(0, len(str(value)) - 2)
            if value >= 100 and value % 10 == 0
            else 5
            if value % 5 == 0
            else 1
        )
        factors = (0.33, 0.5, 0.67, 0.75, 1.5, 2.0, 3.0)
        found = [round(value * factor / step) * step for factor in factors]
    found = [
        number
        for number in found
        if 2 <= number <= ceiling and ((up and number > value) or (down and number < value))
    ]
    return chance.choice(found) if found else None


def _grouped(like: str, number: int) -> str:
    """The number with commas where `like` has them, or would at that length."""
    return f"{number:,}" if "," in like else str(number)


def _value(words: str) -> int | None:
    """The value of a spelled number; None when its words do not make one ("two three")."""
    total, part, last = 0, 0, 10**12
    for word in re.split(r"[ -]", words.lower()):
        if word == "and":
            continue
        if word in SCALES:
            total, part, last = total + (part or 1) * SCALES[word], 0, 10**12
        elif word == "hundred":
            part, last = (part or 1) * 100, 100
        else:
            value = ONES[word] if word in ONES else TENS[word]
            if (value >= 10 and last < 100) or value >= last or (value < 10 and last < 20):
                return None
            part, last = part + value, value
    return total + part


_ONE_WORDS = {number: name for name, number in ONES.items()}
_TEN_WORDS = {number: name for name, number in TENS.items()}


def _in_words(number: int) -> str:
    for name, scale in sorted(SCALES.items(), key=lambda item: -item[1]):
        if number >= scale:
            rest = number % scale
            return f"{_in_words(number // scale)} {name}" + (f" {_in_words(rest)}" if rest else "")
    if number >= 100:
        rest = number % 100
        return f"{_ONE_WORDS[number // 100]} hundred" + (f" {_in_words(rest)}" if rest else "")
    if number < 20:
        return _ONE_WORDS[number]
    tens = _TEN_WORDS[number - number % 10]
    return f"{tens}-{_ONE_WORDS[number % 10]}" if number % 10 else tens


# Units


_TIMES = ("minute", "hour", "day", "week", "month", "year")
_MEASURES = (
    ("mcg", "mg", "g"), ("µg", "mg", "g"), ("μg", "mg", "g"), ("ug", "mg", "g"), ("g", "kg"), ("ml", "l"),
    ("mL", "L"), ("mm", "cm", "m"), ("µmol", "mmol"), ("metres", "kilometres"), ("meters", "kilometers"),
    ("feet", "miles"),
)  # fmt: skip
"""Units of one measure, the smaller first."""
_MONEY = (("USD", "GBP", "EUR"), ("US$", "£", "€"), ("$", "£", "€"), ("dollars", "pounds", "euros"))
_UNIT = re.compile(
    rf"(?<=[\d) -])(?:({'|'.join(_TIMES)})(s?)|(mcg|[µμu]g|mg|kg|g|ml|mL|l|L|mm|cm|m|[µm]mol"
    r"|metres|meters|feet|miles|kilometres|kilometers))(?=[ ,.;:'’)/]|$)",
    re.IGNORECASE,
)
_BEFORE_UNIT = re.compile(
    rf"(?:(?<![\d.])\d[\d,.]{{0,12}}|\b{_WORD})\)?[ -](?:(calendar|business|working|consecutive) )?$",
    re.IGNORECASE,
)
_KIND_OF_DAYS = re.compile(rf"(?:\d|\)|\b{_WORD}) (business|working|calendar) (?=days?\b)", re.IGNORECASE)
_RATE = re.compile(
    r"(?<![\w-])(?:(per) (hour|day|week|month|quarter|year|annum)"
    r"|(daily|weekly|monthly|quarterly|annually))\b"
)
_PER = {"hour": "day", "day": "week", "week": "month", "month": "year", "quarter": "month", "year": "month"}
_PER |= {
    "annum": "month",
    "daily": "weekly",
    "weekly": "monthly",
    "monthly": "weekly",
    "quarterly": "monthly",
}
_PER |= {"annually": "monthly"}


def _units(text: str, chance: random.Random) -> list[Edit]:
    """Another unit of the same measure beside a number, and another rate."""
    edits: list[Edit] = []
    for match in _UNIT.finditer(text):
        counted = _BEFORE_UNIT.search(text[max(0, match.start() - 30) : match.start()])
        if counted is None:
            continue
        start = max(0, match.start() - 30) + counted.start()
        # "thirty (30) days": the limit stands before the word.
        spelled = re.search(
            rf"(?<![\w-]){_WORD}(?:[ -]{_WORD})*[ ]?\($", text[max(0, start - 60) : start], re.IGNORECASE
        )
        if spelled:
            start = max(0, start - 60) + spelled.start()
        up, down = _directions(text, start, match.end())
        if match.group(1) and not counted.group(1):
            place = _TIMES.index(match.group(1).lower())
            found = [
                name
                for other, name in enumerate(_TIMES)
                if other - place in (-1, 1, 2) and (up if other > place else down)
            ]
            if found:
                new = _cased(match.group(1), chance.choice(found)) + match.group(2)
                edits.append(Edit(match.start(), match.end(), new))
        elif match.group(3):
            name = match.group(3)
            group = next((group for group in _MEASURES if name in group), ())
            found = [
                other
                for index, other in enumerate(group)
                if other != name and (up if index > group.index(name) else down)
            ]
            if found:
                edits.append(Edit(match.start(), match.end(), chance.choice(found)))
    for match in _KIND_OF_DAYS.finditer(text):
        new = "business" if match.group(1).lower() == "calendar" else "calendar"
        edits.append(Edit(match.start(1), match.end(1), _cased(match.group(1), new)))
    for match in _RATE.finditer(text):
        group_index = 2 if match.group(2) else 3
        edits.append(Edit(match.start(group_index), match.end(group_index), _PER[match.group(group_index)]))
    edits.extend(_moneys(text, chance))
    return edits


def _moneys(text: str, chance: random.Random) -> Iterator[Edit]:
    for names in _MONEY:
        for name in names[:1]:
            follows = r"(?= ?\d)" if name in ("USD", "US$", "$") else r"(?=\W|$)"
            before = r"(?<![\w$])" if name != "dollars" else r"(?<=[a-z\d)] )"
            for match in re.finditer(before + re.escape(name) + follows, text):
                # "Fifty dollars ($50)" would contradict itself with one of the two changed.
                if "dollar" not in text.lower() or ("$" not in text and name == "dollars"):
                    yield Edit(match.start(), match.end(), chance.choice(names[1:]))


# Dates


_MONTH = rf"(?:{'|'.join(MONTHS)}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
_DATE = re.compile(
    rf"\b(?P<d1>\d{{1,2}})(?P<s1>st|nd|rd|th)?(?: day of | of | )(?P<m1>{_MONTH})"
    r"(?:,? (?P<y1>(?:19|20)\d\d)\b)?"
    rf"|\b(?P<m2>{_MONTH})(?: (?P<d2>\d{{1,2}})(?P<s2>st|nd|rd|th)?\b(?!,\d))?"
    r"(?:(?:,? | of )(?P<y2>(?:19|20)\d\d)\b)?"
    r"|\b(?P<y3>(?:19|20)\d\d)-(?P<m3>\d\d)-(?P<d3>\d\d)\b"
    r"|(?<![\d/])(?P<a4>\d{1,2})/(?P<b4>\d{1,2})/(?P<y4>(?:19|20)?\d\d)(?![\d/])"
    r"|\b(?:in|since|until|by|from|to|and|between|during|before|after|year|of) (?P<y5>(?:19|20)\d\d)\b"
    r"(?![-–/,.]\d| [a-z]+s\b)"
)
_LONG_MONTHS = (0, 2, 4, 6, 7, 9, 11)


def _dates(text: str, chance: random.Random) -> list[Edit]:
    """Another day, month or year for each date."""
    edits: list[Edit] = []
    for match in _DATE.finditer(text):
        parts = match.groupdict()
        day, month = parts["d1"] or parts["d2"], parts["m1"] or parts["m2"]
        year = next((name for name in ("y1", "y2", "y3", "y4", "y5") if parts[name]), "")
        if re.search(
            r"\b(?:Act|Code|Law|Rules?|Regulations?|Convention|Directive|Order) $",
            text[: match.start()][-12:],
        ):
            continue  # The year is of its name.
        if month and not day and not year:
            continue  # "May" and "March" alone may be anything.
        if day:
            edits.append(
                _other_day(match, "d1" if parts["d1"] else "d2", "s1" if parts["d1"] else "s2", chance)
            )
        if parts["d3"]:
            edits.append(
                Edit(match.start("d3"), match.end("d3"), f"{_other(int(parts['d3']), 1, 28, chance):02d}")
            )
        if month:
            edits.append(_other_month(match, "m1" if parts["m1"] else "m2", int(day or 1), chance))
        if year:
            old = parts[year]
            shifted = (int(old) + chance.choice((-3, -2, -1, 1, 2, 3))) % 10 ** len(old)
            edits.append(Edit(match.start(year), match.end(year), str(shifted).zfill(len(old))))
    return edits


def _other(value: int, low: int, high: int, chance: random.Random) -> int:
    return chance.choice([number for number in range(low, high + 1) if number != value])


def _other_day(match: re.Match[str], name: str, suffix: str, chance: random.Random) -> Edit:
    number = _other(int(match.group(name)), 1, 28, chance)
    if not match.group(suffix):
        padded = str(number).zfill(2) if match.group(name).startswith("0") else str(number)
        return Edit(match.start(name), match.end(name), padded)
    ending = "th" if 11 <= number <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return Edit(match.start(name), match.end(suffix), f"{number}{ending}")


def _other_month(match: re.Match[str], name: str, day: int, chance: random.Random) -> Edit:
    old = match.group(name)
    short = len(old.rstrip(".")) <= 4 and old not in MONTHS
    choices = [MONTHS[index] for index in _LONG_MONTHS] if day > 28 else list(MONTHS)
    new = chance.choice([month for month in choices if month[:3] != old[:3]])
    if short:
        new = new[:3] + ("." if old.endswith(".") and new != "May" else "")
    return Edit(match.start(name), match.end(name), new)


# Names and parties


_NAME = re.compile(
    r"(?<![\w’'@&/-])(?:[A-Z][a-z][\w’'-]*|[A-Z]{2,}[a-z]*)"
    r"(?:(?:,(?= (?:Inc|LLC|Ltd|Corp|Limited)))? (?:[A-Z][\w’'-]*\.?|&|of(?= [A-Z]))){0,7}"
    r"(?<![.’',-])(?:(?<=Inc)\.|(?<=Corp)\.|(?<=Ltd)\.)?"
)
_ARTICLES = frozenset(
    "a an the this that these those such each any every all no its their our your said either".split()
)
_NO_NAMES = frozenset(
    """section sections article articles exhibit exhibits schedule schedules annex appendix table figure
    agreement agreements contract party parties effective date term services service product products
    territory confidential information intellectual property rights law laws notice affiliates affiliate
    business days day i we it he she they if in on at by for to the as when where while upon however
    therefore although because since after before during under between background methods results
    conclusions conclusion objective objectives purpose design setting mri ct dna rna ci or hr rr sd auc bmi
    icu hiv aids roc ii iii iv monday tuesday wednesday thursday friday saturday sunday and or of mr mrs ms
    dr inc llc ltd corp corporation""".split()
) | frozenset(month.lower() for month in MONTHS)
_NATIONAL = re.compile(r"(?:ese|ish|[aei]an|can|ic|ch|based|type|like|related|ing|ed|ly)$")
_TERM = re.compile(
    r"(?:s|ion|ment|ance|ence|ity|ing|ology|ure|ware|ness|ency|ship|age|al|[eo]ry|ive|ble|ed|er|or|ee)$"
    r"|^(?:License|Order|Change|Board|Period|Fee|Price|Site|Web|Content|Work|Plan|Data|Claim|Third|New|Event"
    r"|Cost|Program|System|Release|Network|Customer|Budget|Day|Net|Gross|Initial|Test|Form|Act|Code|Center"
    r"|Department|Health|Trade|Mark|Brand|Date|Losses|Fund|Trust|Class|Share|Stock|Office|Committee|Project"
    r"|Patent|Country|Field|Key|Person|Good|Base|Force|Tax|End|List|Report|Default|Receipt|Lease|Supply|Joint"
    r"|Steering|Scale|Index|Score|Study|Trial|Group|Model|Survey|Questionnaire|Logistic|Regression|Rule"
    r"|Certain|Subparagraph|College|Create|Both|WHEREAS|RAND|Heart|Title|Chapter|Part|Cause|Merchandise"
    r"|Certificate|Channel|Level|Student|Fr)$"
)
"""What a term that the document defines for itself ends in, or is: no name."""
_COMPANY = re.compile(r"\b(?:Inc|LLC|Ltd|Limited|Corp|Corporation|Company|Co|GmbH|PLC|LP|AG|Bank)\.?$")


def _names(text: str, chance: random.Random, names: Sequence[str]) -> list[Edit]:
    """A name of another document for each name, of the same make where there is one."""
    edits: list[Edit] = []
    for start, end in _name_spans(text):
        old = text[start:end]
        found = [name for name in names if name.strip() and name.strip().lower() not in text.lower()]
        company = _COMPANY.search(old) is not None
        alike = [name for name in found if (_COMPANY.search(name) is not None) == company]
        alike = [name for name in alike if name.count(" ") == old.count(" ")] or alike
        if alike or found:
            edits.append(Edit(start, end, " ".join(chance.choice(alike or found).split())))
    return edits


def _name_spans(text: str) -> list[tuple[int, int]]:
    """Where names stand: capitals that neither begin the sentence nor mark a term that is defined."""
    words = text.split()
    if sum(word[:1].isupper() for word in words) > 0.6 * len(words):
        return []
    spans: list[tuple[int, int]] = []
    for match in _NAME.finditer(text):
        before = text[max(0, match.start() - 12) : match.start()].rstrip('"“(').split()
        parts = re.findall(r"[\w’'-]+", match.group())
        if not match.start() and not _COMPANY.search(match.group()):
            continue
        if re.match(r" ?\d|[/\]]", text[match.end() :]) or re.search(r"\d", match.group()):
            continue
        if (before and before[-1].lower() in _ARTICLES) or text[match.end() : match.end() + 1] in (
            "”",
            '"',
            "-",
        ):
            continue
        if any(part.lower() in _NO_NAMES and len(part) > 1 and not _COMPANY.search(part) for part in parts):
            continue
        if any(
            part.lower() in ROLES or part.lower().rstrip("s") in ROLES for part in parts
        ) and not _COMPANY.search(match.group()):
            continue
        if len(parts) == 1 and (_NATIONAL.search(parts[0]) or parts[0].isupper() or len(parts[0]) < 4):
            continue
        if len(parts) == 1 and (
            _COMPANY.search(parts[0]) or (len(parts[0]) < 6 and not parts[0][1:].islower())
        ):
            continue
        if len(parts[-1]) == 1:
            continue
        if re.search(
            r"[A-Z][\w-]* (?:and|for|of|or|on|the|&)$",
            text[max(0, match.start() - 30) : match.start()].rstrip(),
        ):
            continue  # The end of a longer name: "Securities and Exchange Commission".
        if not _COMPANY.search(match.group()) and any(_TERM.search(part) for part in parts):
            continue
        if _SPELLED.match(match.group()):
            continue
        owned = re.search(r"['’]s?$", match.group())
        spans.append((match.start(), match.end() - len(owned.group()) if owned else match.end()))
    return spans


_PARTIES = sorted(
    ROLES - frozenset("party parties state court principal subject parent publisher government".split())
)
_PARTY = re.compile(
    rf"(?<![\w-])({'|'.join(sorted(_PARTIES, key=len, reverse=True))})(s?)(?![\w-]| [Oo]f (?-i:[A-Z]))",
    re.IGNORECASE,
)
_MODAL = r"(?:shall|must|will|may|should)"
_ACTS = re.compile(
    rf"\b(?:{_MODAL}|agrees|undertakes|grants|pays|owes|has|sells|indemnifies|warrants|represents|acknowledges)\b"
)
_MUTUAL = re.compile(
    r"\b(?:each other|one another|mutual|mutually|both|either|neither|jointly|between|together)\b",
    re.IGNORECASE,
)


def _roles(text: str) -> list[Edit]:
    """The sentence with its first two parties exchanged throughout, where one does something to the other.

    Two that are named side by side ("between Buyer and Seller") may be exchanged without harm: those stay.
    """
    if _MUTUAL.search(text):
        return []
    found = list(_PARTY.finditer(text))
    kinds = list(dict.fromkeys(match.group(1).lower() for match in found))
    if len(kinds) == 2:
        one, other = kinds
        first = next(match for match in found if match.group(1).lower() == one)
        second = next(match for match in found if match.group(1).lower() == other)
        between = text[first.end() : second.start()]
        if not _ACTS.search(between) or len(between) > 120 or ". " in between:
            return []
        spans = [(match.start(1), match.end(1)) for match in found]
        swap = {one: other, other: one}
        return [Edit(0, len(text), _exchanged(text, spans, swap))]
    spans = _name_spans(text)
    names = list(dict.fromkeys(text[start:end] for start, end in spans))
    if len(names) != 2 or not _ACTS.search(text[spans[0][1] : spans[-1][0]]):
        return []
    return [Edit(0, len(text), _exchanged(text, spans, {names[0]: names[1], names[1]: names[0]}))]


def _exchanged(text: str, spans: Sequence[tuple[int, int]], swap: dict[str, str]) -> str:
    for start, end in reversed(spans):
        old = text[start:end]
        new = swap[old] if old in swap else _cased(old, swap[old.lower()])
        head = _edited(text[:end], Edit(start, end, new)) if start else _capitalised(new)
        text = head + text[end:]
    return text


# Negation


_ENTITLED = ROLES - frozenset(
    """patient physician doctor nurse surgeon pharmacist midwife child mother father sister brother son
    daughter anaesthetist cardiologist therapist paramedic donor donee investigator author hospital
    state""".split()
)
"""Who may do a thing because it is allowed; of the others it is said because it is possible."""

_BE = r"(?:is|are|was|were)"
_SUBORDINATE = re.compile(
    r"\b(?:if|unless|which|who|whom|whose|where|when|whenever|because|although|though|whether|while|as|since|until"
    r"|provided|except|extent|that|than|how|what|assuming|before|after|event)\b",
    re.IGNORECASE,
)
_REPORTED = re.compile(
    r"\b(?:suggest|show|indicat|demonstrat|conclud|found|find|reveal|confirm|agree|acknowledg|represent|warrant|ensur"
    r"|assum|report|believ|argu|observ|support|impl)\w{0,8}(?: (?:and \w+|us|for the first time))? that\b",
    re.IGNORECASE,
)
_AFTER_MODAL = r"(?! be limited to\b| not\b| no\b| never\b| neither\b| only\b| nor\b|[,.;:)])"
_FINITE = re.compile(rf"\b(?:{_MODAL}|can|{_BE}|(?:has|have|had)(?= (?:been\b|\w+ed\b))){_AFTER_MODAL}(?= )")
_NOT = re.compile(
    r"\b(?P<modal>shall|must|will|may|should|can|could|would|is|are|was|were|has|have|had) not"
    r"(?! only\b| less\b| more\b"
    r"| later\b| earlier\b| necessarily\b| limited\b| to exceed\b)(?= )|\b(?P<can>cannot)\b"
    r"|\b(?P<do>do|does|did) not (?P<verb>[a-z]{2,20})\b"
)
_NO = re.compile(
    r"(?<![\w-])(?P<no>[Nn]o) "
    r"(?!(?:more|less|later|longer|one|earlier|greater|fewer|matter|event|such|other)\b)"
    r"(?P<noun>[a-z][\w-]*(?: (?!(?:of|in|between|that|to|with|for|on|by|was|were|is|are|and|or|as|among"
    r"|after|shall|may|will|has|have|at|from|under|than|which|when|can|could|did|does|regarding|if|but|whatsoever)\b)"
    r"[a-z][\w-]*){0,4})"
)
_WITHOUT = re.compile(
    r"(?<!or )\b([Ww]ithout) "
    r"(?!limit|prejudice|regard|notice|cause|(?:any|further|reference|a doubt|\w+ing)\b)"
)
_PAST = {
    "find": "found", "have": "had", "lead": "led", "become": "became", "show": "showed", "rise": "rose",
    "fall": "fell", "give": "gave", "take": "took", "make": "made", "see": "saw", "get": "got", "meet": "met",
    "undergo": "underwent", "know": "knew", "grow": "grew", "begin": "began", "hold": "held", "keep": "kept",
    "feel": "felt", "bring": "brought", "write": "wrote", "lose": "lost", "arise": "arose", "go": "went",
    "do": "did", "pay": "paid", "say": "said", "come": "came", "understand": "understood", "think": "thought",
    "seek": "sought", "send": "sent", "lie": "lay", "drop": "dropped", "permit": "permitted",
    "occur": "occurred", "prefer": "preferred", "differ": "differed", "stop": "stopped", "refer": "referred",
}  # fmt: skip
_NO_VERBS = frozenset(
    "also always however otherwise yet in by at thereby itself themselves often ever just".split()
)
_UNCOUNTED = frozenset(
    "evidence information improvement mortality morbidity recurrence progress time harm damage".split()
)


def _negations(text: str) -> list[Edit]:
    """One "not", "no" or "without" dropped, or "not" put into the main clause."""
    edits: list[Edit] = []
    if re.search(r"\b(?:nor|neither|whether or not|not only|non-?significant(?:ly)?)\b", text, re.IGNORECASE):
        return edits
    for match in _NOT.finditer(text):
        if re.search(r"\bbut\b", text[match.end() : match.end() + 80]):
            continue  # "Not this but that" without "not" says both.
        if match.group("do"):
            edits.append(Edit(match.start(), match.end(), _inflected(match.group("do"), match.group("verb"))))
        else:
            edits.append(
                Edit(match.start(), match.end(), "can" if match.group("can") else match.group("modal"))
            )
    edits.extend(_without_no(text))
    edits.extend(Edit(m.start(1), m.end(1), _cased(m.group(1), "with")) for m in _WITHOUT.finditer(text))
    if not edits:
        edits.extend(_with_not(text))
    return edits


def _inflected(auxiliary: str, verb: str) -> str:
    """The verb that "does not", "did not" or "do not" denied, asserted."""
    if auxiliary == "do":
        return verb
    if verb.endswith("ly") or verb in _NO_VERBS:
        return f"{auxiliary} {verb}"
    if auxiliary == "does":
        if verb == "have":
            return "has"
        if verb.endswith("y") and verb[-2] not in "aeiou":
            return verb[:-1] + "ies"
        return verb + ("es" if verb.endswith(("s", "x", "z", "ch", "sh", "o")) else "s")
    if verb in _PAST:
        return _PAST[verb]
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb[:-1] + "ied"
    return verb + ("d" if verb.endswith("e") else "ed")


def _without_no(text: str) -> Iterator[Edit]:
    for match in re.finditer(
        r"\b([Ii]n|[Uu]nder) no (event|circumstances)\b(?! (?:more|less|later|earlier)\b)", text
    ):
        every = "every event" if match.group(2) == "event" else "all circumstances"
        yield Edit(match.start(), match.end(), f"{match.group(1)} {every}")
    for match in _NO.finditer(text):
        before = text[max(0, match.start() - 8) : match.start()].lower()
        # What follows up to the next "but", "unless" or "except" would be an exception to nothing.
        if re.search(r"\b(?:but|unless|except|other than)\b", text[match.end() : match.end() + 120]):
            continue
        if match.group("noun").partition(" ")[0] in ("event", "time", "way", "circumstances"):
            continue
        some = _some(match.group("noun"))
        if not match.start():
            yield Edit(match.start(), match.end("no"), "All" if not some else "Any")
        elif re.search(r"\b(?:is|was|are|were|has|have|had|found|showed|with|be|shows) $", before):
            yield Edit(match.start(), match.end("no"), some)


def _some(noun: str) -> str:
    """The article for a noun that "no" stood before: none for many, or for what is not counted."""
    last = noun.split()[-1]
    many = last.endswith("s") and not last.endswith(("ss", "sis", "us", "is"))
    if many or last in _UNCOUNTED:
        return ""
    return "an" if _vowel(noun) else "a"


def _with_not(text: str) -> Iterator[Edit]:
    for match in _FINITE.finditer(text):
        if not _main(text, match.start()):
            continue
        before, after = text[: match.start()], text[match.end() :]
        if match.group() == "may" and not _permits(text, match.start()):
            continue  # What may help may not help: both are true.
        if match.group() == "will" and re.search(r"\b(?:the|a|his|her|of|own|good) $", before, re.IGNORECASE):
            continue
        there = re.match(r" (?:(an?|some|several|many)\b)", after)
        if re.search(r"\b[Tt]here $", before):
            if there:
                yield Edit(match.end(), match.end() + there.end(), " no")
            elif match.group() in _BE:
                yield Edit(match.end(), match.end(), " no")
            return
        yield Edit(match.end(), match.end(), " not")
        return


def _clause_before(text: str, place: int) -> str:
    """What stands before the place since the last comma or the like."""
    return re.split(r"[,;:]", text[max(0, place - 250) : place])[-1]


def _main(text: str, place: int) -> bool:
    """Whether the verb there is of a main clause that denies nothing yet."""
    clause = _REPORTED.sub("", _clause_before(text, place))
    if re.search(
        r"\bno (?:event|circumstances|case|way)\b", text[max(0, place - 250) : place], re.IGNORECASE
    ):
        return False
    if re.search(r"\b(?:If|When|Unless|Although|While|Where)\b[^,]*$", text[max(0, place - 250) : place]):
        return False
    words = clause.split()
    if not words or (
        words[0] in ("or", "and") and re.search(r"\b[Ii]f\b", text[max(0, place - 250) : place])
    ):
        return False
    return not _SUBORDINATE.search(clause) and not _denied(text, place)


def _denied(text: str, place: int) -> bool:
    """Whether the clause before the place denies, as "No party, however, shall" does."""
    return bool(
        _DENIES.search(_clause_before(text, place)) or re.match(r"(?:No|None|Neither|Nothing)\b", text)
    )


def _permits(text: str, place: int) -> bool:
    """Whether a "may" there permits: someone stands before it, not something that is possible."""
    words = re.findall(r"[a-z]+", _clause_before(text, place).lower())[-6:]
    return any(word.rstrip("s") in _ENTITLED or word in ("parties", "we", "you") for word in words)


# Modality


_OBLIGED = re.compile(
    r"\b(shall|must|will)(?P<no> not)?(?= (?!mean\b|have\b|not\b|be deemed|be governed"
    r"|be construed|be entitled|include\b"
    r"|constitute\b|survive\b|be (?:in|on|at)\b|be binding|remain\b|apply\b|be the\b|be an?\b)[a-z])"
)
_STATUS = (
    ("is entitled to", "is obliged to"), ("are entitled to", "are obliged to"),
    ("be entitled to", "be obliged to"), ("is required to", "is free to"), ("are required to", "are free to"),
    ("be required to", "be permitted to"), ("has the right to", "has the duty to"),
    ("have the right to", "have the duty to"), ("is obligated to", "is entitled to"),
    ("are obligated to", "are entitled to"), ("be obligated to", "be entitled to"),
    ("is recommended", "is mandatory"), ("at its option", "as it is obliged to"),
    ("in its sole discretion", "as it is obliged to"),
)  # fmt: skip


def _modalities(text: str) -> list[Edit]:
    """A duty for a permission and the other way round; "shall not" and "may not" become "need not"."""
    edits: list[Edit] = []
    for match in _OBLIGED.finditer(text):
        if match.group(1) == "will" and not _permits(text, match.start()):
            continue
        if not match.group("no") and _denied(text, match.start()):
            continue  # "No party shall" and "no party may" forbid the same.
        edits.append(Edit(match.start(), match.end(), "need not" if match.group("no") else "may"))
    for match in re.finditer(r"\bmay( not(?! always\b| necessarily\b| only\b))?(?= (?!not\b)[a-z])", text):
        if not _permits(text, match.start()) or _denied(text, match.start()):
            continue
        edits.append(Edit(match.start(), match.end(), "need not" if match.group(1) else "must"))
    for old, new in _STATUS:
        for match in re.finditer(rf"\b{old}\b(?! (?:the|an?|any|all|such|its|their|no|\w+ion|\w+s)\b)", text):
            if not re.search(r"\bnot (?:to )?$", text[: match.start()][-8:]):
                edits.append(Edit(match.start(), match.end(), new))
    return edits


# Comparison


_PAIRS = (
    ("more than", "less than"), ("greater than", "less than"), ("higher", "lower"),
    ("increased", "decreased"),
    ("increase", "decrease"), ("increases", "decreases"), ("increasing", "decreasing"), ("before", "after"),
    ("at least", "at most"), ("always", "never"), ("longer than", "shorter than"), ("larger", "smaller"),
    ("earlier", "later"), ("minimum", "maximum"), ("majority", "minority"), ("improved", "worsened"),
    ("improves", "worsens"), ("exclusive", "non-exclusive"), ("older than", "younger than"),
    ("more likely", "less likely"), ("more frequent", "less frequent"), ("more common", "less common"),
    ("more effective", "less effective"), ("more often", "less often"), ("above", "below"),
    ("exceeds", "falls below"), ("positively", "negatively"), ("high-risk", "low-risk"), ("best", "worst"),
    ("better", "worse"), ("often", "seldom"),
)  # fmt: skip
_ONE_WAY = (
    ("prior to", "after"), ("reduced", "increased"), ("reduces", "increases"), ("reduction", "increase"),
    ("greater", "smaller"), ("subsequent to", "before"), ("frequently", "rarely"),
    ("exclusively", "non-exclusively"), ("solely", "not only"), ("fewer than", "more than"),
)  # fmt: skip
_OPPOSITES = {
    **{new: old for old, new in reversed(_PAIRS)},
    **dict(reversed(_PAIRS)),
    **dict(_ONE_WAY),
}
_OPPOSITE = re.compile(
    rf"(?<![\w-])(?:{'|'.join(sorted(map(re.escape, _OPPOSITES), key=len, reverse=True))})(?![\w-])",
    re.IGNORECASE,
)
_NOT_A_SCALE = {
    "above": r"(?! (?:\d|the (?:median|mean|age|threshold)))",
    "below": r"(?! (?:\d|the (?:median|mean|age|threshold)))",
    "best": r"(?= (?:efforts|of|interests?|practices?|knowledge|available|his|her)\b)",
    "exclusive": r"(?= of\b)",
    "later": r"(?= of\b| occurs?\b)",
    "earlier": r"(?= of\b| occurs?\b)",
    "better": r"(?= (?:understand|known)\b)",
}
"""Where the word says nothing that its opposite would contradict: a pattern for what follows it then."""
_LIMITING = frozenset(
    "more than|less than|fewer than|greater than|at least|before|after|prior to|later|earlier".split("|")
)
"""What denies stands before these on purpose: "no later than"."""
_WITHIN = re.compile(
    rf"\b([Ww]ithin) ((?:a period of )?(?:(?:{_WORD})(?:[ -](?:{_WORD}))*(?: ?\(\d+\))?|\d+) "
    r"(?:business |calendar |working )?"
    r"(?:hours?|days?|weeks?|months?|years?))(?: (of|after|from|following)\b)?",
    re.IGNORECASE,
)
_ALL = re.compile(
    r"(?<![\w-])([Aa]ll) (of the |the )?(?!of\b|other\b|right\b|reasonable\b|such\b|the\b)([a-z]+s)\b(?<!ss)"
)


def _comparisons(text: str) -> list[Edit]:
    """The opposite end of a scale: more for less, before for after, all for none."""
    edits: list[Edit] = []
    if re.search(r"\bnon-?significant", text, re.IGNORECASE):
        return edits
    for match in _OPPOSITE.finditer(text):
        old = match.group().lower()
        new = _OPPOSITES[old]
        around = text[max(0, match.start() - 14) : match.end() + 14].lower()
        if re.search(r"\b(?:or|and|/) ?(?:\w+ )?$", text[: match.start()][-12:]) and new.split()[0] in around:
            continue
        if re.match(rf" ?(?:or|and|/) ?{re.escape(new.split()[0])}", text[match.end() : match.end() + 16]):
            continue
        before = text[max(0, match.start() - 40) : match.start()]
        if old not in _LIMITING and re.search(
            r"\b(?:not|no|nor|never|neither|without)\b[\w ]{0,30}$", before
        ):
            continue  # What is not lower need not be higher.
        if re.search(r"\b(?:from|on|upon|during|at) (?:and|or) $", before):
            continue
        if re.match(
            r" (?:and|or) (?:on|upon|during|at|simultaneously)\b", text[match.end() : match.end() + 24]
        ):
            continue
        if old == "less than" and re.search(r"(?:greater|higher|larger) or $", text[: match.start()]):
            continue
        skipped = _NOT_A_SCALE.get(old)
        if skipped and re.match(skipped, text[match.end() : match.end() + 24]):
            continue
        if old in ("before", "after") and re.search(
            r"\b(?:look|there|here|soon|shortly) ?$", text[: match.start()][-9:]
        ):
            continue
        edits.append(Edit(match.start(), match.end(), _cased(match.group(), new)))
    for match in _WITHIN.finditer(text):
        span, link = match.group(2), (match.group(3) or "").lower()
        new = f"no earlier than {span} {'after' if link == 'of' else link}" if link else f"only after {span}"
        edits.append(Edit(match.start(), match.end(), _cased(match.group(1), new)))
    for match in _ALL.finditer(text):
        before = text[max(0, match.start() - 20) : match.start()]
        if not _denied(text, match.start()) and not re.search(
            r"\b(?:at|after|and|with|substantially) $", before
        ):
            end = match.end(2) if match.group(2) else match.end(1) + 1
            edits.append(Edit(match.start(), end, _cased(match.group(1), "none of the ")))
    edits.extend(_significances(text))
    return edits


def _significances(text: str) -> Iterator[Edit]:
    for match in re.finditer(
        rf"\b({_BE})( not)?(?= (?:statistically |clinically )?significant(?:ly)?\b)", text
    ):
        yield Edit(match.start(), match.end(), match.group(1) + ("" if match.group(2) else " not"))
    for match in re.finditer(
        r"\b([Aa]|[Nn]o) (?=(?:statistically )?significant ([a-z-]+)(?: ([a-z]+))?)", text
    ):
        if match.group(1) in "Aa":
            yield Edit(match.start(), match.end(), _cased(match.group(1), "no "))
        elif not match.group(2).endswith("s") and not (match.group(3) or "").endswith("s"):
            yield Edit(match.start(), match.end(), _cased(match.group(1), "a "))


# True statements


_LIMITS = re.compile(
    r"\b(?:if|unless|except|provided|when|where|until|however|notwithstanding|subject to|extent|long as"
    r"|so that|only|but|whether|either|both|between|not|event|whereas|while|which|case|whenever|once"
    r"|knowledge|neither|nor|unable|long)\b|\((?:i|a|1)\)|:",
    re.IGNORECASE,
)
_LINKS = re.compile(
    r"(?:However|Furthermore|Moreover|In addition|Additionally|Therefore|Thus|Hence|Finally|In conclusion"
    r"|Accordingly"
    r"|For the avoidance of doubt|Interestingly|Overall), (?=[a-z])"
)
_ASIDE = re.compile(
    r" \((?:[^()]{0,80}[=<>≤≥][^()]{0,80}|(?:see|e\.g\.|i\.e\.|Fig\b|Tables?\b)[^()]{0,80})\)",
    re.IGNORECASE,
)
_OWN_CLAUSE = re.compile(
    r"(?:the|each|such|this|these|any|all|no|an?|[A-Z]\w+) "
    rf"(?:(?!(?:and|or) {_MODAL})[\w’'-]+ ){{0,6}}?(?:{_MODAL}|{_BE}|has|have|had)\b"
)
_VERB = re.compile(rf"\b(?:{_MODAL}|{_BE}|has|have|had|agrees|can|\w{{3,20}}ed)\b")


def _cuts(text: str) -> Iterator[tuple[str, str]]:
    """The sentence in two clauses that each stand alone; none where either limits the other."""
    for match in re.finditer(r"; (?:and )?|, and ", text):
        first, second = text[: match.start()], text[match.end() :]
        if len(first) < 25 or len(second) < 20 or not _VERB.search(first) or not _OWN_CLAUSE.match(second):
            continue
        if re.search(r"\b(?:with|by|of|to|in|for|on|from|under|and|or)$", first):
            continue  # What it governs stands behind the second clause.
        if _LIMITS.search(first) or _LIMITS.search(second) or first.count("(") != first.count(")"):
            continue
        yield first, second


def _shortened(text: str) -> str | None:
    """The sentence without its last clauses, its opening link and its figures in brackets."""
    shorter = _LINKS.sub("", text, count=1) if _LINKS.match(text) else text
    shorter = _ASIDE.sub("", shorter)
    for first, _ in _cuts(shorter):
        shorter = first.rstrip(" ,;") + "."
        break
    return None if shorter == text else _capitalised(shorter)


def _last_clause(text: str) -> str | None:
    """The clause behind the last cut, when it needs none of what stands before."""
    last = None
    # What opens the sentence ("In 2009, …") may hold for all of its clauses.
    if re.match(r"(?:In|For|To|Of|During|At|On|Upon|With|From|By|Among|After|Before|As|Under|Since)\b", text):
        return None
    for _, second in _cuts(text):
        if not re.search(
            r"\b(?:it|they|he|she|them|its|their|such|this|these|latter|former|so|each)\b", second[:80]
        ):
            last = second
    return None if last is None else _capitalised(last)


def _in_digits(text: str) -> str | None:
    """ "Thirty (30) days" as "30 days"."""

    def digits(match: re.Match[str]) -> str:
        if not match.group(3) or _value(match.group(1)) != int(match.group(3).replace(",", "")):
            return match.group()
        return f"{match.group(2)}{match.group(3)}{match.group(4)}"

    changed = _SPELLED.sub(digits, text)
    return None if changed == text else _capitalised(changed)


_PLAINER: tuple[tuple[str, str], ...] = (
    ("prior to", "before"), ("subsequent to", "after"), ("pursuant to", "under"), ("approximately", "about"),
    ("commence", "begin"), ("commences", "begins"), ("commencing", "beginning"),
    ("may terminate", "may end"), ("shall terminate", "shall end"), ("will terminate", "will end"),
    ("physician", "doctor"), ("physicians", "doctors"), ("doctors", "physicians"), ("individuals", "people"),
    ("in the event that", "if"), ("in order to", "to"), ("any and all", "all"),
    ("null and void", "void"), ("set forth in", "set out in"), ("utilize", "use"), ("utilized", "used"),
    ("purchaser", "buyer"), ("vendor", "seller"), ("furnish", "provide"), ("notwithstanding", "despite"),
    ("with respect to", "regarding"), ("in connection with", "in relation to"),
    ("hereunder", "under this agreement"),
    ("the majority of the", "most of the"), ("whilst", "while"), ("obtain", "get"), ("assist", "help"),
    ("attorney", "lawyer"), ("attorneys", "lawyers"),
    ("was associated with", "was linked to"), ("were associated with", "were linked to"),
    ("is associated with", "is linked to"), ("are associated with", "are linked to"), ("solely", "only"),
    ("shall mean", "means"), ("shall not", "must not"), ("is permitted to", "is allowed to"),
    ("are permitted to", "are allowed to"), ("evaluate", "assess"), ("evaluated", "assessed"),
    ("children and adolescents", "young people"), ("neoplasm", "tumour"), ("participate", "take part"),
    ("following the", "after the"), ("is obligated to", "must"), ("is required to", "must"),
    ("are required to", "must"),
    ("shall be required to", "must"), ("was performed", "was carried out"),
    ("were performed", "were carried out"), ("a number of", "several"),
)  # fmt: skip
_PLAIN_WORDS = dict(_PLAINER)
_PLAIN = re.compile(
    rf"(?<![\w-])(?:{'|'.join(sorted(map(re.escape, _PLAIN_WORDS), key=len, reverse=True))})(?![\w-])",
    re.IGNORECASE,
)
_DUTY = re.compile(r"\b([sS]hall)(?= (?!not\b|mean\b|have\b|be (?:deemed|required)|terminate\b)[a-z])")
_DEFINED = re.compile(
    r" \((?:hereinafter|hereafter|the|each|collectively|an?|together)?[^()]{0,80}[\"“”][^()]{0,60}\)",
    re.IGNORECASE,
)


def _plain(text: str, chance: random.Random) -> str | None:
    """The sentence with some of its words plainer, and without what it names its parties for itself."""
    edits = [
        Edit(match.start(), match.end(), _cased(match.group(), _PLAIN_WORDS[match.group().lower()]))
        for match in _PLAIN.finditer(text)
        # "Neither party is required to" is not "neither party must".
        if _PLAIN_WORDS[match.group().lower()] != "must" or not _denied(text, match.start())
    ]
    taken = {edit.start for edit in edits}
    for match in _DUTY.finditer(text):
        if match.start() in taken:
            continue
        new = "will"
        if _permits(text, match.start()) and not _denied(text, match.start()):
            new = "is required to" if _single(text, match.start()) and chance.random() < 0.4 else "must"
        edits.append(Edit(match.start(), match.end(), new))
    edits.extend(Edit(match.start(), match.end(), "") for match in _DEFINED.finditer(text))
    if not edits:
        return None
    kept = [edit for edit in edits if chance.random() < 0.75] or [chance.choice(edits)]
    changed = text
    for edit in sorted(kept, reverse=True):
        changed = _edited(changed, edit)
    return changed


def _single(text: str, place: int) -> bool:
    """Whether one party stands right before the verb: it "is" required, the others are."""
    before = re.findall(r"\w+", text[max(0, place - 40) : place])
    return bool(before) and before[-1].lower() in ROLES - {"parties"} and not {"and", "or"} & set(before[-3:])
