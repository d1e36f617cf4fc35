"""Dates and times as documents and questions write them, day before month."""

from __future__ import annotations

from datetime import date

from vault.text.dates.months import MONTHS

DOCUMENT_STYLES = ("iso", "slashes", "dots", "long", "short", "short year")
QUESTION_STYLES = ("long", "long", "short", "ordinal", "of", "slashes", "iso", "month first")


def written(day: date, style: str) -> str:
    """Return a day with its year, in one of the styles."""
    return {
        "iso": day.isoformat(),
        "slashes": f"{day.day:02}/{day.month:02}/{day.year}",
        "dots": f"{day.day:02}.{day.month:02}.{day.year}",
        "long": f"{day.day} {month(day)} {day.year}",
        "short": f"{day.day:02} {month(day)[:3]} {day.year}",
        "short year": f"{day.day:02}/{day.month:02}/{day.year % 100:02}",
        "ordinal": f"{day.day}{ordinal(day.day)} {month(day)} {day.year}",
        "of": f"the {day.day}{ordinal(day.day)} of {month(day)} {day.year}",
        "month first": f"{month(day)} {day.day}, {day.year}",
    }[style]


def without_year(day: date, style: str) -> str:
    """Return a day without its year, as people write it where the year is plain."""
    return {
        "long": f"{day.day} {month(day)}",
        "short": f"{day.day} {month(day)[:3]}",
        "ordinal": f"{day.day}{ordinal(day.day)} {month(day)}",
        "of": f"the {day.day}{ordinal(day.day)} of {month(day)}",
        "slashes": f"{day.day}/{day.month}",
        "month first": f"{month(day)} {day.day}",
    }.get(style, f"{day.day} {month(day)}")


def month(day: date) -> str:
    """Return the English name of the month."""
    return MONTHS[day.month - 1]


def ordinal(number: int) -> str:
    """Return the ending of an ordinal: "st", "nd", "rd" or "th"."""
    if number % 100 in (11, 12, 13):
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


def spellings(day: date, *, year: bool = True) -> str:
    """Return what an answer may say for a day, as a `must` has it: spellings between bars."""
    full = [day.isoformat()]
    if not year:
        name = month(day)[:3]
        full += [
            f"{day.day} {name}", f"{day.day}{ordinal(day.day)} {name}",
            f"{day.day}{ordinal(day.day)} of {name}",
            f"{name} {day.day}", f"{month(day)} {day.day}", f"{day.day:02}/{day.month:02}",
            f"{day.day}/{day.month}",
            f"{day.day:02}.{day.month:02}", f"{day.day:02} {name}",
        ]  # fmt: skip
    return "|".join(dict.fromkeys(full))


def clock(hour: int, minute: int, style: int = 0) -> str:
    """Return a time of day."""
    return (f"{hour:02}:{minute:02}", f"{hour}.{minute:02}", f"{hour:02}{minute:02} hrs")[style % 3]
