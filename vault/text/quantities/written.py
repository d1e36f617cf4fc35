"""How numbers, units and rates are written: patterns for lower-case text."""

from __future__ import annotations

import re

from vault.text.lists.first_letters import any_of
from vault.text.quantities.digits import DIGITS
from vault.text.quantities.spelled import CARDINAL, ONES, TENS
from vault.text.quantities.units import CURRENCIES, MONEY_SCALES, RATES, SHORT_RATES, TIMES, UNITS

HALVES = {"½": "0.5", "¼": "0.25", "¾": "0.75", "⅓": "0.333", "⅔": "0.667", "⅛": "0.125"}
_SIGNS = ("us$", "ca$", "au$", "a$", "c$", "$", "€", "£", "¥", "₹")
_CODES = ("eur", "gbp", "usd", "chf", "cad", "aud", "jpy", "sek", "nok", "dkk", "inr")
_MONEY_BEFORE = rf"(?:(?:{any_of(_SIGNS)}|{any_of(_CODES)}(?![^\W\d_]))\s?)"
_HUNDREDS = tuple(f"a {word}" for word in ("hundred", "thousand", "million", "billion"))
BEGINNING = re.compile(
    rf"[½¼¾⅓⅔⅛$€£¥₹]|(?<![\w.])\.(?=\d)|(?<=\dx)\d|\b(?:\d|{any_of([*ONES, *TENS, *_HUNDREDS, 'half'])}\b"
    rf"|{any_of(_CODES)}(?=\s?\d)|(?:us|ca|au|a|c)\$)"
)
"""Where a quantity may begin, in lower-case text."""
NUMBER = re.compile(
    rf"(?P<money>{_MONEY_BEFORE})?(?P<minus>(?:(?<=\s)|(?<=^)|(?<=\())[-−])?"
    r"(?:(?P<whole>\d{1,3}) ?(?P<part>[½¼¾⅓⅔⅛])|(?P<vulgar>[½¼¾⅓⅔⅛])"
    r"|(?P<mixed>\d{1,2} )?(?P<above>\d)/(?P<below>[2345678])(?![\d/.])"
    rf"|(?P<digits>{DIGITS})(?P<scale>\s?(?:thousand|million|billion|mio|mrd)\b\.?|\s?(?:k|bn|mn|m)(?![^\W_]))?"
    rf"|(?P<words>(?:a (?=hundred|thousand|[mb]illion))?{CARDINAL})\b(?P<half> and a half)?"
    r"|(?P<one>half)(?: an?)?(?=\s))"
)
ALL_SCALES = {**MONEY_SCALES, "mio": 1_000_000, "mrd": 1_000_000_000}
_NAMES = sorted((name for name in UNITS if name not in _SIGNS), key=len, reverse=True)
_MARKS = [name for name in _NAMES if not name[-1].isalnum()]
_UNIT = rf"(?:{any_of(_NAMES)}(?![^\W_])|{any_of(_MARKS)}|{any_of(_SIGNS)})"
_TIME = any_of(name for name, unit in UNITS.items() if unit in TIMES)
MEASURE = re.compile(
    rf"[\s-]?(?:of\s)?(?:calendar |consecutive )?(?P<unit>{_UNIT})"
    rf"(?P<per>(?:\s?/\s?{_UNIT}){{0,2}}(?:/1\.73\s?m[2²])?)"
)
RATE = re.compile(
    rf"(?:\s?/\s?|\s(?:per|a|an|each|every|pro|par)\s(?:calendar\s|working\s)?)(?P<time>{_TIME})(?![^\W_])"
    rf"|\s(?:per\s)?(?P<word>{'|'.join(RATES)})(?!\w)"
    rf"|\s?(?P<short>{'|'.join(map(re.escape, SHORT_RATES))})(?!\w)"
)
PER_UNIT = re.compile(rf"\sper\s(?P<unit>{_UNIT})")
BLOOD_PRESSURE = re.compile(r"(\d{2,3})\s?/\s?(\d{2,3})(?![\d/])(?P<unit>\s?mm\s?hg)?")
PRESSURE_BEFORE = re.compile(r"\b(?:bp|blood pressure|rr)\b[^.;\d]{0,16}$")
TO = re.compile(r"\s?(?:-|–|—|to|bis|à|up to)\s?(?=[\d£$€])|\s(?:to|bis)\s")
AND = re.compile(r"\s(?:and|und|et)\s")
BETWEEN_BEFORE = re.compile(r"\b(?:between|zwischen|entre)\s$")
OFTEN_OR_CLOCK = re.compile(
    r"\s?(?:times|x)\s?(?:a|per|each|every|daily|weekly|monthly|/)|\s?(?:am|pm|a\.m|p\.m|uhr)\b|:\d"
)
GOES_ON = re.compile(r"[^\W_]|\.\d|/[^\W_]")
"""After the end of a number and its unit: it belongs to a code, as in 2024/ABC/117."""
REST = re.compile(r"(?:(?!x\d)[\w.,/:-])*(?!x\d)\w")
CURRENCY_AFTER = re.compile(
    rf"\s?{any_of(n for n, unit in UNITS.items() if unit in CURRENCIES)}(?![^\W_])|\s?[€£$]"
)
REST_OF_CODE = re.compile(r"[./-]\d|\w*-\d")
ONLY_WITH_A_UNIT = ("one", "hundred", "thousand", "million", "billion")
ORDINAL_ENDING = re.compile(r"(?:st|nd|rd|th|er|ème|e)\b")
