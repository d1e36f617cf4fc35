"""The text of a spreadsheet cell as the sheet shows it, for the common number formats."""

from __future__ import annotations

import datetime
import re
from decimal import ROUND_HALF_UP, Decimal

_IGNORED = re.compile(r'\[[^\]]*\]|"[^"]*"|\\.|_.|\*.')  # colours, conditions, literals, padding
_QUOTED = re.compile(r'"([^"]*)"')
_CURRENCY = re.compile(r"\[\$([^\-\]]+)[^\]]*\]|([$€£¥])")
_EXCEL_DIGITS = 15  # significant digits that Excel stores


def cell_text(value: object, number_format: str) -> str:
    """Return the text of a cell with Excel's `number_format`; dates and times are in ISO 8601."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _number(value, number_format or "General")
    if isinstance(value, datetime.datetime):
        if value.time() == datetime.time():  # a date: sheets store it as midnight
            return value.date().isoformat()
        return value.isoformat(" ", "minutes" if value.second == 0 and value.microsecond == 0 else "seconds")
    if isinstance(value, datetime.time):
        return value.isoformat("minutes" if value.second == 0 and value.microsecond == 0 else "seconds")
    if isinstance(value, datetime.timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}" + (f":{seconds:02}" if seconds else "")
    return str(value)


def _number(value: int | float, number_format: str) -> str:
    """Format a number with Excel's number format."""
    sections = number_format.split(";")
    section = sections[1] if value < 0 and len(sections) > 1 and sections[1] else sections[0]
    pattern = _IGNORED.sub("", section)
    if number_format in ("General", "@") or not re.search(r"[0#]", pattern) or re.search(r"[eE/?]", pattern):
        return _general(value)
    decimals = len(re.match(r"[0#]*", pattern.partition(".")[2])[0]) if "." in pattern else 0  # type: ignore[index]
    number = Decimal(repr(value)) * (100 if "%" in pattern else 1)
    if not number.is_finite():
        return _general(value)
    number = number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    text = f"{abs(number):,f}" if re.search(r"[0#],[0#]", pattern) else f"{abs(number):f}"
    optional = len(re.search(r"#*$", pattern.partition(".")[2].rstrip("%) ")).group()) if decimals else 0  # type: ignore[union-attr]
    for _ in range(optional):
        text = text.removesuffix("0")
    text = text.removesuffix(".")
    width = len(re.sub(r"[^0]", "", pattern.partition(".")[0]))
    if width > 1 and "," not in text:
        integer, point, rest = text.partition(".")
        text = integer.zfill(width) + point + rest
    return _with_signs(text, section, pattern, number < 0)


def _with_signs(text: str, section: str, pattern: str, negative: bool) -> str:
    """Add the minus sign, currency, percent sign and words of the format to the digits."""
    digits = re.search(r"[0#]", section)
    place = digits.start() if digits else 0
    currency = _CURRENCY.search(section)
    if currency:
        sign = currency[1] or currency[2]
        text = f"{sign}{text}" if currency.start() < place else f"{text} {sign}"
    if "%" in pattern:
        text += "%"
    words = _QUOTED.search(section)
    if words and words[1].strip() and not (currency and words[1].strip() == (currency[1] or currency[2])):
        text = words[1] + text if words.start() < place else text + words[1]
    if negative:
        text = f"({text})" if "(" in pattern else f"-{text}"
    return text


def _general(value: int | float) -> str:
    """Write a number without the noise of binary fractions: 5.9, not 5.8999999999999995."""
    if isinstance(value, int):
        return str(value)
    text = f"{value:.{_EXCEL_DIGITS}g}"
    if "e" in text and 1e-9 < abs(value) < 1e15:
        text = f"{Decimal(text):f}"
    return text
