"""The normal forms of what a text holds: one word each, the same however it is written.

"17 May 2024", "17.05.24" and "2024-05-17" share no word, so a search by words misses one with the other. The
index of sentences keeps these forms beside the words, and a question that is turned into the same forms
finds them. A form has letters and digits only, so that the tokenizer of the index leaves it whole.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from vault.text.dates.found import FoundDate, Reading
from vault.text.quantities.found import FoundQuantity, plain_digits
from vault.text.references import FoundReference

_LETTERS = {".": "d", "/": "p", "-": "t", "%": "pct"}
_MOST_MONTHS = 24
"""A longer range has the forms of its ends only."""


def date_forms(found: Iterable[FoundDate]) -> list[str]:
    """Return the forms of dates, each once: the days, months and years that each may mean.

    17 May 2024 has `d20240517`, `d0517`, `m202405` and `y2024`; May 2024 the last two; 17 May `d0517`.
    """
    return list(dict.fromkeys(form for one in found for reading in one.readings for form in _forms(reading)))


def quantity_forms(found: Iterable[FoundQuantity]) -> list[str]:
    """Return the forms of quantities, each once: the number with its unit, and the number alone.

    "thirty days" has `q30day` and `n30`; "1.2 m pounds" `q1200000gbp` and `n1200000`. A small whole number
    without a unit has none: its digits are a word already.
    """
    forms: dict[str, None] = {}
    for one in found:
        if one.unit:
            forms[f"q{_word(one.normal)}"] = None
        elif one.upper is None and one.over is None and one.value == int(one.value) and one.value < 1000:
            continue
        forms[f"n{_word(plain_digits(one.value))}"] = None
    return list(forms)


def reference_forms(found: Iterable[FoundReference]) -> list[str]:
    """Return the forms of references, each once: clause 4.2(b) has `ref4p2b`, invoice R-04417 `refr04417`.

    The kind is left out, because a question may call a clause a section, or an invoice a number.
    """
    forms: dict[str, None] = {}
    for one in found:
        number = one.normal.rpartition(" ")[2]
        # "Schedule B" needs its kind: a letter alone would be in too many references.
        forms[reference_form(number if any(map(str.isdigit, number)) else one.normal)] = None
    return list(forms)


def reference_form(number: str) -> str:
    """Return the form of a reference number, as written anywhere: "4.2(b)", "R-04417"."""
    return "ref" + "".join(
        "p" if one == "." else one for one in number.lower() if one.isalnum() or one == "."
    )


def _word(text: str) -> str:
    """Return text as one word for the index: "3.4 mmol/l" becomes `3d4mmolpl`."""
    return "".join(_LETTERS.get(one, one if one.isalnum() else "") for one in text.lower())


def _forms(reading: Reading) -> Iterable[str]:
    for day in dict.fromkeys((reading.first, reading.last)):
        if reading.first == reading.last or not _whole_months(reading):
            if not reading.yearless:
                yield f"d{day:%Y%m%d}"
            yield f"d{day:%m%d}"
    if not reading.yearless:
        if not _whole_year(reading):
            for year, month in _months(reading):
                yield f"m{year}{month:02}"
        for year in sorted({reading.first.year, reading.last.year}):
            yield f"y{year}"


def _whole_months(reading: Reading) -> bool:
    return reading.first.day == 1 and date.fromordinal(reading.last.toordinal() + 1).day == 1


def _whole_year(reading: Reading) -> bool:
    return _whole_months(reading) and reading.first.month == 1 and reading.last.month == 12


def _months(reading: Reading) -> list[tuple[int, int]]:
    first = reading.first.year * 12 + reading.first.month - 1
    last = reading.last.year * 12 + reading.last.month - 1
    numbers = range(first, last + 1) if last - first < _MOST_MONTHS else (first, last)
    return [(number // 12, number % 12 + 1) for number in numbers]
