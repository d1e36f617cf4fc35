"""Put a fragment ("and in June?", "Mrs Hale's?") into the place of the matching part of a whole question."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.question.understanding.asked_thing import thing_to_replace
from rag.question.understanding.conversation import Listener, Talked, possessive
from rag.question.understanding.dates import FoundAskedDate
from rag.question.understanding.lexicon.medicines import MEDICINES
from rag.question.understanding.references import references_in_question
from rag.question.understanding.relatives import PLACE
from rag.question.understanding.understood import Intent
from rag.question.understanding.wanted import wanted_of
from rag.question.wanted import Wanted
from vault.text.lists.relatives import RELATIVES
from vault.text.lists.stop_words import STOP_WORDS
from vault.text.words import words

LEAD = re.compile(
    r"^\s*(?:(?:and|but|or|also|then|so|ok|okay|thanks|thank you)\b[\s,.!]*)+(?:(?:what|how) about\b\s*)?"
    r"|^\s*(?:what|how) about\b\s*|^\s*same (?:question )?(?:for|with)\s+",
    re.I,
)
_QUESTION_WORD = re.compile(r"\b(?:who|whom|whose|what|which|when|where|why|how)\b", re.I)
_VERB = re.compile(
    r"\b(?:is|are|was|were|do|does|did|has|have|had|can|could|may|might|must|shall|should|will|would|"
    r"isn't|wasn't|didn't|doesn't)\b",
    re.I,
)
_OCCASIONS = frozenset(
    "check checks visit visits review reviews appointment appointments clinic bloods results result "
    "reading test tests "
    "measurement letter invoice statement round assessment scan".split()
)
_LEADING = re.compile(r"^(?:for|of|about|with|at|in|on|by|to)\s+", re.I)
_DETERMINER = re.compile(r"^(?:the|a|an|his|her|their|its|any|some)\s+", re.I)
_OF_A_NAME = re.compile(rf"(?<= )['’]s?\b(?:\s+(?:{'|'.join(sorted(RELATIVES))})(?:['’]s)?(?!\w))?", re.I)
"""What follows a name that is blanked: its possessive, and a relative."""
_NUMBER_ALONE = re.compile(r"\s*(?P<number>\d{1,3}(?:\.\d{1,3})*(?:\([a-z0-9]{1,4}\))*)\s*$", re.I)
_MOST_TERSE = 3
"""Content words."""
_LONGEST_FRAGMENT = 6
"""Content words."""


def is_fragment(text: str, listener: Listener, *, bare: bool = False) -> bool:
    """Return whether the text is no whole question: no verb, no question word, few words.

    With `bare` (nothing like "and" before it) only names, dates and references make a fragment: "potassium
    Hale" asks for something by itself.
    """
    if _QUESTION_WORD.search(text) or _VERB.search(text):
        return False
    content = [word for word in words(text) if word not in STOP_WORDS]
    if len(content) > _LONGEST_FRAGMENT + 4:
        return False
    if not bare:
        return True
    dates = listener.dates(text)
    left = _topic(text, listener.names(text), dates, _reference_places(text, dates))
    return not left and bool(dates or listener.names(text)) and len(content) <= _LONGEST_FRAGMENT


def is_terse(text: str, listener: Listener) -> bool:
    """Return whether the text only names what is asked for, without saying whose: "allergies?", "K now?"."""
    if LEAD.match(text) or not is_fragment(text, listener):
        return False
    dates = listener.dates(text)
    references = _reference_places(text, dates)
    content = _topic(text, listener.names(text), dates, references) or [
        word for word in words(text) if len(word) == 1 and word.isalpha()
    ]
    named = listener.names(text) or references or PLACE.search(text)
    return not named and 0 < len(content) <= _MOST_TERSE


_WHO = re.compile(r"^who(\s+(?:is|was)\b|['’]s\b)", re.I)
_PERSONS = (Wanted.PERSON, Wanted.ANYTHING)


def put_in_place(fragment: str, question: str, listener: Listener) -> str:
    """Return the question with the parts of the fragment in place of its own.

    A name goes where the name was, a date where the date was, anything else where the thing asked for was.
    What the question has and the fragment does not replace stays.
    """
    bare = fragment.strip(" ?.!")
    dates = listener.dates(bare)
    names = [one for one in listener.names(bare) if not _inside(one.start, dates)]
    references = _reference_places(bare, dates)
    new_thing = _thing(bare, names, dates, references)
    result = question.rstrip(" ?.!")
    if new_thing:
        result = _replace_thing(result, new_thing, listener, fragment_has_tail=" of " in f" {new_thing} ")
        result = _asked_as(result, new_thing)
    for start, end in references:
        result = _replace_reference(result, bare[start:end], listener)
    if names:
        result = _replace_name(result, bare, names[0], listener)
    if place := PLACE.search(bare):
        result = _replace_place(result, place)
    if dates:
        result = _replace_date(result, bare, dates[0], listener)
    return f"{' '.join(result.split())}?"


def _asked_as(question: str, thing: str) -> str:
    """Return the question with "what" for "who" where the thing put in place is a number or a day."""
    wanted = wanted_of(f"What is the {thing}?", Intent.FACT)
    return question if wanted in _PERSONS else _WHO.sub(r"What\1", question, count=1)


def _inside(place: int, dates: Sequence[FoundAskedDate]) -> bool:
    return any(one.start <= place < one.end for one in dates)


def _reference_places(text: str, dates: Sequence[FoundAskedDate]) -> list[tuple[int, int]]:
    found = references_in_question(text, [(one.start, one.end) for one in dates])
    if not found and (number := _NUMBER_ALONE.match(text)):
        # "And 4.3?": after a question about a clause.
        return [number.span("number")]
    return [(one.start, one.end) for one in found]


def _topic(
    text: str,
    names: Sequence[Talked],
    dates: Sequence[FoundAskedDate],
    references: Sequence[tuple[int, int]],
) -> list[str]:
    left = _blanked(text, names, dates, references)
    return [
        word
        for word in words(left)
        if word not in STOP_WORDS and word not in _OCCASIONS and len(word) > 1 and not word.isdigit()
    ]


def _blanked(
    text: str,
    names: Sequence[Talked],
    dates: Sequence[FoundAskedDate],
    references: Sequence[tuple[int, int]],
) -> str:
    left = list(text)
    places = [(one.start, one.end) for one in names] + [(one.start, one.end) for one in dates]
    places += references
    places += [match.span() for match in PLACE.finditer(text)]
    for start, end in places:
        left[start:end] = " " * (end - start)
    return _OF_A_NAME.sub(lambda match: " " * len(match.group()), "".join(left))


def _thing(
    text: str,
    names: Sequence[Talked],
    dates: Sequence[FoundAskedDate],
    references: Sequence[tuple[int, int]],
) -> str:
    """Return the noun phrase of a fragment beside its names and dates; empty if there is none."""
    if not _topic(text, names, dates, references):
        return ""
    left = _blanked(text, names, dates, references)
    pieces = [piece.strip(" ,;:-–") for piece in re.split(r"\s{2,}|[,;]", left)]
    pieces = [
        piece
        for piece in pieces
        if any(word not in STOP_WORDS and word not in _OCCASIONS for word in words(piece))
    ]
    thing = max(pieces, key=len, default="")
    thing = re.sub(r"\s+(?:of|for|in|on|at|by|with)$", "", _LEADING.sub("", thing))
    return thing.strip()


def _replace_thing(question: str, thing: str, listener: Listener, *, fragment_has_tail: bool) -> str:
    if all(word in MEDICINES for word in words(thing)):
        for word in words(question):
            if word in MEDICINES:
                return re.sub(rf"\b{re.escape(word)}\b", thing, question, count=1, flags=re.I)
    dates = listener.dates(question)
    taken = [(one.start, one.end) for one in listener.names(question)]
    taken += [(one.start, one.end) for one in dates]
    old = thing_to_replace(question, taken)
    if old is None:
        return f"{question} {thing}"
    start, end = old.start, old.end
    written = question[start:end]
    determiner = _DETERMINER.match(written)
    if determiner and not _DETERMINER.match(thing):
        if determiner.group().strip().lower() in ("the", "his", "her", "their", "its"):
            start += determiner.end()
    elif (
        not determiner
        and re.match(r"the\s+", thing, re.I)
        and question[:start].rstrip().endswith(("'s", "’s"))
    ):
        thing = _DETERMINER.sub("", thing)
    if fragment_has_tail:
        # "the deposit of the second flat": the old "of the flat" goes.
        following = min((a for a, _ in taken if a >= end), default=len(question))
        if re.match(r"\s+of\b", question[end:following]):
            end = following
            return f"{question[:start]}{thing} {question[end:]}"
    return f"{question[:start]}{thing}{question[end:]}"


def _replace_reference(question: str, reference: str, listener: Listener) -> str:
    places = _reference_places(question, listener.dates(question))
    if not places:
        return f"{question} {reference}"
    start, end = places[-1]
    old = question[start:end]
    label = re.match(r"[A-Za-z]+\.?\s+(?=\S)", old)
    if label and not re.match(r"[A-Za-z]+\.?\s", reference):
        reference = f"{label.group()}{reference}"
    return f"{question[:start]}{reference}{question[end:]}"


def _replace_name(question: str, fragment: str, name: Talked, listener: Listener) -> str:
    # "Mr Hale's niece" is one name here, if nobody knows hers.
    new = name.name
    relation = re.match(r"['’]s?\s+[a-z]+(?=['’]s|\s|,|$)", fragment[name.end :])
    if relation and words(relation.group())[-1] in RELATIVES:
        new = f"{possessive(new)} {words(relation.group())[-1]}"
    olds = listener.names(question)
    if not olds:
        return f"{question} for {new}"
    old = olds[0]
    after = question[old.end :]
    if after.startswith(("'s", "’s")):
        return f"{question[: old.start]}{possessive(new)}{after[2:]}"
    return f"{question[: old.start]}{new}{after}"


def _replace_place(question: str, place: re.Match[str]) -> str:
    for old in PLACE.finditer(question):
        if old["kind"].lower() == place["kind"].lower():
            return f"{question[: old.start()]}{place.group()}{question[old.end() :]}"
    return question


def _replace_date(question: str, fragment: str, asked: FoundAskedDate, listener: Listener) -> str:
    new = fragment[asked.start : asked.end]
    occasion = re.match(r"\s+([a-z]+)\b", fragment[asked.end :])
    olds = listener.dates(question)
    year = olds[0].date.year if olds else None
    if asked.date.day_and_month is not None and year is not None and asked.date.day_and_month[1]:
        # "and in June?" after a date of 2024 means that year.
        new = f"{new.rstrip('.')} {year}"
    if occasion and occasion[1] in _OCCASIONS:
        new += occasion.group()
    if not re.match(r"(?:on|in|at|before|after|since|until|till|from|between|by|during|as|up|last|"
        r"this|yesterday|today)\b",
                    new, re.I):  # fmt: skip
        day = asked.date.readings[0][0] == asked.date.readings[0][1]
        new = f"{'on' if day else 'in'} {new}"
    if not olds:
        return f"{question} {new}"
    result = question
    for old in reversed(olds[1:]):
        result = f"{result[: old.start]}{result[old.end :]}"
    first = olds[0]
    after = result[first.end :]
    # "at her September check" goes with its date.
    old_occasion = re.match(r"\s+([a-z]+)\b", after)
    if old_occasion and old_occasion[1] in _OCCASIONS and not result[: first.start].rstrip().endswith("'s"):
        after = after[old_occasion.end() :]
    return f"{result[: first.start]}{new}{after}"
