"""Names of the months in English, German and French, with their short forms."""

from __future__ import annotations

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
"""The English names, in order."""

_NAMES = (
    "january jan januar jänner jaenner janvier janv",
    "february feb februar feber février fevrier févr fevr fév",
    "march mar märz maerz mär mrz mars",
    "april apr avril avr",
    "may mai",
    "june jun juni juin",
    "july jul juli juillet juil",
    "august aug août aout",
    "september sep sept septembre",
    "october oct oktober okt octobre",
    "november nov novembre",
    "december dec dezember dez décembre decembre déc",
)

MONTH_NUMBERS = {name: number for number, names in enumerate(_NAMES, start=1) for name in names.split()}
"""Number of a month, 1 to 12, by each of its names in lower case."""

ENGLISH_SHORT = ("Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sep", "Sept", "Oct", "Nov", "Dec")
"""English short forms; May has none."""

ENGLISH_SHORT_ALONE = ("Jan", "Feb", "Aug", "Oct", "Nov", "Dec")
"""Those of them that mean a month without a day or a year beside them too."""

MONTH_NAME = rf"(?:{'|'.join(sorted(MONTH_NUMBERS, key=len, reverse=True))})(?![^\W\d_])"
"""A pattern for any name of a month, for use without regard to case."""

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

WEEKDAY_START = rf"(?:{'|'.join(day[:3].lower() for day in WEEKDAYS)})"
"""A pattern for how the names of the days and their short forms begin, for use without regard to case."""
