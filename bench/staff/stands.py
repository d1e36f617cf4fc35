"""Whether a string stands in a text, for spellings and numbers as people write them."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = rf"({'|'.join(_MONTHS)})[a-z]*\.?"
_DATES = (
    (re.compile(r"(?<![\w./-])(\d{4})-(\d{1,2})-(\d{1,2})(?![\w/-])"), (1, 2, 3)),
    (re.compile(r"(?<![\w./-])(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?![\w/-])"), (4, 3, 1)),
    (re.compile(rf"(?<![\w./-])(\d{{1,2}})(?:st|nd|rd|th)? (?:of )?{_MONTH},? (\d{{4}})(?!\w)"), (3, 2, 1)),
    (re.compile(rf"(?<!\w){_MONTH} (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}})(?!\w)"), (3, 1, 2)),
)
"""Full dates in English, the day before the month where both are numbers; then year, month, day."""
_ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_SAME = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', **dict.fromkeys("‐‑‒–—−", "-")})
_NOT_COUNTED = re.compile(r"(?<=\d),(?=\d{3}(?!\d))|(?<=\d)\.00(?!\d|\.\d)")
"""Commas of thousands, and pence that are none."""
_FREE_FROM = 4
"""Letters: the last word of a string may go on in the text if it has so many ("allerg", "allergic")."""


def stands(string: str, text: str, *, whole_words: bool = False) -> bool:
    """Return whether one of the spellings in `string`, which `|` separates, stands in `text`.

    Case, white space, kinds of hyphens and quotation marks, and the commas of thousands do not matter; nor
    does a blank between a number and its unit. A full date stands there in whatever form it is written.

    A spelling begins where a word begins. A number must be there as a whole: "3.4" is not in "13.4", "3.45",
    "3.4.1" or "3.4-5", and "13" is not in "2024-05-13"; only ".00" may follow ("1,250" is in "£1,250.00"). A
    last word of four letters or more may go on ("allerg" is in "allergic"), unless `whole_words`; a plural or
    genitive s may always follow, and the rest of a month ("17 Oct" is in "17 October").
    """
    plain = _plain(text)
    return any(_spelling_stands(spelling, plain, whole_words) for spelling in string.split("|"))


def _spelling_stands(spelling: str, plain: str, whole_words: bool) -> bool:
    wanted = _plain(spelling)
    if _pattern(wanted, whole_words).search(plain):
        return True
    dated = _with_iso_dates(wanted)
    return bool(_ISO_DATE.search(dated)) and bool(_pattern(dated, whole_words).search(_with_iso_dates(plain)))


@lru_cache(maxsize=1024)
def _plain(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).translate(_SAME).casefold()
    return _NOT_COUNTED.sub("", " ".join(text.split()))


@lru_cache(maxsize=4096)
def _pattern(wanted: str, whole_words: bool) -> re.Pattern[str]:
    body = re.escape(wanted).replace(r"\ ", " ")
    body = re.sub(r"(?<=\d) ?(?=[a-zμ%°])|(?<=[£$€]) ?(?=\d)", " ?", body)
    before = r"(?<!\w)" if wanted[:1].isalnum() or wanted[:1] == "_" else ""
    if wanted[:1].isdigit():
        before = r"(?<!\w)(?<!\d[.,:/-])"
    return re.compile(before + body + _after(wanted, whole_words))


def _after(wanted: str, whole_words: bool) -> str:
    """Return the pattern of what must not follow."""
    if wanted[-1:].isdigit():
        # A unit, an ordinal's ending or a full stop may follow, but no other figure.
        return r"(?![\d_])(?![.,:/-]\d)"
    last = re.search(r"[^\W\d_]*\Z", wanted)
    letters = len(last.group()) if last else 0
    if last and last.group() in _MONTHS:
        return ""
    if not letters or (letters >= _FREE_FROM and not whole_words):
        return ""
    return r"(?:'?s)?(?!\w)"


@lru_cache(maxsize=1024)
def _with_iso_dates(plain: str) -> str:
    """Return the text with every full date written as 2024-05-17."""
    for pattern, places in _DATES:
        plain = pattern.sub(lambda found, places=places: _iso(found, places), plain)  # type: ignore[misc]
    return plain


def _iso(found: re.Match[str], places: tuple[int, int, int]) -> str:
    year, month, day = (found.group(place) for place in places)
    number = int(month) if month.isdigit() else _MONTHS.index(month[:3]) + 1
    if not (1 <= number <= 12 and 1 <= int(day) <= 31):
        return found.group()
    return f"{int(year) + 2000 if len(year) == 2 else int(year):04}-{number:02}-{int(day):02}"
