"""Give a follow-up the day of the conversation: "the same day", "till then", "why was it so high?"."""

from __future__ import annotations

import re

from rag.question.understanding.conversation import Heard, Listener

SAME_DAY = re.compile(
    r"\b(?:on )?(?:the same|that|this) (?:day|date|morning|afternoon|evening)\b|\bat (?:that|the "
    r"same) time\b|"
    r"\b(?:on|at) the same (?:occasion|check|visit|appointment)\b|\bin (?:that|the same) (?:month|"
    r"year|week)\b|"
    r"\bthen(?=\s*\?*$)|(?<=\btill )then\b|(?<=\buntil )then\b|(?<=\bbefore )then\b|(?<=\bsince )then\b",
    re.I,
)
_ABOUT_A_VALUE = re.compile(
    r"^(?:so |and |but )?(?:why|who|where|how come)\b.*\b(?:was|were|did|had)\b", re.I
)
_RELATION_WORDS = frozenset("on in at before after since until from between by during as of to up".split())


def with_day(question: str, last: Heard, listener: Listener) -> str:
    """Return the question with the date of the last turn in place of "that day"."""
    match = SAME_DAY.search(question)
    if match is None:
        return question
    until = re.search(r"\b(?:until|till|before|by|since|after)\s+$", question[: match.start()], re.I)
    dates = listener.dates(last.question)
    if until is not None:
        # "Till then" is until the day that was asked for and answered, not the one that the question named.
        dates = []
        if len({one.date.readings for one in listener.dates(last.answer)}) != 1:
            return f"{question[: until.start()].rstrip()}{question[match.end() :]}"
    if dates:
        written = last.question[dates[0].start : dates[0].end]
    else:
        answered = listener.dates(last.answer)
        if len({one.date.readings for one in answered}) != 1:
            return question
        written = last.answer[answered[0].start : answered[0].end]
    on = "" if until or written.split()[0].lower() in _RELATION_WORDS else "on "
    if until and written.split()[0].lower() in _RELATION_WORDS:
        written = written.partition(" ")[2] or written
    return f"{question[: match.start()]}{on}{written}{question[match.end() :]}"


def on_the_same_day(rest: str, question: str, last: Heard, listener: Listener) -> str:
    """Return the question with the date of the last one, if it asks why or by whom the same came about.

    "Why was it so high?" after a value of 28 April asks for that day.
    """
    dates = listener.dates(last.question)
    if rest == question or len(dates) != 1 or listener.dates(rest) or not _ABOUT_A_VALUE.search(question):
        return rest
    written = last.question[dates[0].start : dates[0].end]
    if listener.names(question) or written in rest:
        return rest
    on = "" if written.split()[0].lower() in _RELATION_WORDS else "on "
    return f"{rest.rstrip(' ?.!')} {on}{written}?"
