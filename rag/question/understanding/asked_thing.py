"""Find what a question asks for, so that "it" can be replaced by it, and another thing put in its place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.question.understanding.lexicon.english import is_english
from rag.question.understanding.lexicon.medicines import MEDICINES
from vault.text.words import content_words, words

_BE = r"(?:is|are|was|were)"
_DO = r"(?:does|do|did|has|have|had|can|could|must|shall|should|will|would|may)"
_PREPOSITION = r"(?:of|in|on|at|for|from|under|before|after|between|with|to|by|since|until|during|per|as)"
_NOT_ALONE = r"(?<!\bthe)(?<!\ba)(?<!\ban)(?<!\bour)(?<!\btheir)(?<!\bthis)(?<!\beach)(?<!\bevery)"
"""What comes before a verb is more than an article: "the rent of the flat" and not "the"."""
_FORMS = (
    # "What was her last potassium on …", "How high is the deposit of …": to the first preposition.
    (rf"^(?:what|which|who|how (?:much|high|large|big|long|old|low))(?:['’]s|"
        rf"\s+{_BE})\s+(?P<thing>.+)$", True),
    # "When does the tenant pay the rent": the object after the verb.
    (rf"^(?:when|why|where|how(?: long| often)?)\s+{_DO}\s+(?:the|an?|our|their|this|every)\s+[\w’'-]+\s+"
        rf"(?!{_PREPOSITION}\b)[\w’'-]+\s+(?P<thing>(?:the|an?|his|her|its|their|any|this)\s.+)$", True),
    # "What does a sheet cost from …": to the verb.
    (rf"^(?:what|how much|how long|how often|"
        rf"how)\s+{_DO}\s+(?P<thing>.+?){_NOT_ALONE}\s+(?P<verb>[\w’'-]+)(?P<tail>\s+{_PREPOSITION}\b.*)?$",
     False),
    # "How much deposit did they pay", "Which dose of digoxin was given".
    (rf"^(?:how (?:much|many)|what|which)\s+(?P<thing>.+?)\s+(?:{_BE}|{_DO})\b.*$", False),
    # "When was spironolactone stopped", "Why did the rent rise".
    (rf"^(?:when|why|where|how)\s+(?:{_BE}|"
        rf"{_DO})\s+(?P<thing>.+?){_NOT_ALONE}\s+(?P<verb>[\w’'-]+)(?P<tail>\s+{_PREPOSITION}\b.*)?$", False),
    # "Does the lease allow subletting", "Is Mrs Hale allergic to latex".
    (rf"^(?:{_BE}|{_DO})\s+(?P<thing>.+)$", True),
)  # fmt: skip
_COMPILED = tuple((re.compile(form, re.I), cut) for form, cut in _FORMS)
_WHOLE_QUESTION = re.compile(rf"^(?:who|whom|whose|when|why|where|how|what|which|{_BE}|{_DO})\b|,", re.I)
"""Not the few words of "potassium Hale?", which are what is asked for."""
_AT_PREPOSITION = re.compile(rf"\s+{_PREPOSITION}\b", re.I)
_DETERMINED = re.compile(r"^(?:the|a|an|his|her|their|its|our|your|this|that|any|some|all)\b|['’]s?\s", re.I)
_OBJECT = re.compile(
    r"\b(?:to|on|with|for|taking|take[sn]?|took|have|has|having|start(?:ed)?|stop(?:ped)?|given|prescribed|receiv\w+|"
    r"sign(?:ed)?|paid|pay|owe[sd]?|allow(?:s|ed)?|own(?:s|ed)?|us(?:e|ed|es|ing)|miss(?:ed)?|see[n]?)\s+"
    r"(?P<thing>(?:(?:the|a|an|his|her|their|any)\s+)?[^\s,?]+(?:\s+(?!(?:on|in|at|for|since|before|after|until|from|"
    r"by|during)\b)[^\s,?]+){0,3})",
    re.I,
)
_DOSE_OF = re.compile(
    r"^(?:the |a |which |current |daily |weekly )*(?:dose|dosage|strength|amount)s? of (?P<thing>.+)$", re.I
)


@dataclass(frozen=True, slots=True)
class AskedThing:
    """What a question asks for: `question[start:end]`."""

    start: int
    end: int


def thing_to_replace(question: str, taken: Sequence[tuple[int, int]]) -> AskedThing | None:
    """Return the words that another thing may stand in for; None if they cannot be told.

    In "What was Mrs Hale's creatinine in May?" they are "creatinine". `taken` are the places of names and
    dates.
    """
    asked = question.rstrip(" ?.!")
    for form, cut in _COMPILED:
        match = form.match(asked)
        if match is None:
            continue
        start, end = match.span("thing")
        if form is _COMPILED[-1][0]:
            return _object(asked, taken) or _without(asked, start, end, taken)
        start, end = _outside(asked, start, end, taken)
        if cut and (preposition := _AT_PREPOSITION.search(asked, start, end)):
            end = preposition.start()
        return _without(asked, start, end, taken)
    return _without(asked, 0, len(asked), taken)


def thing_asked_for(
    question: str, names: Sequence[tuple[int, int]], dates: Sequence[tuple[int, int]]
) -> str | None:
    """Return what "it" means after the question, with its possessor: "Mrs Hale's creatinine".

    None if it cannot be named.
    """
    asked = question.rstrip(" ?.!")
    for form, _ in _COMPILED:
        match = form.match(asked)
        if match is None:
            continue
        start, end = match.span("thing")
        for date_start, date_end in dates:
            if start < date_end and date_start < end:
                end = date_start if date_start > start else end
        thing = asked[start:end].strip(" ,")
        of = _DOSE_OF.match(thing)
        if of:
            return _determined(of["thing"])
        person = any(
            start <= a <= start + 4 and b <= end + 2 and asked[b : b + 1] not in ("'", "’") for a, b in names
        )
        if person or form is _COMPILED[-1][0]:
            return _object_or_subject(asked, thing, names, dates, person)
        return _determined(thing) if content_words(thing) and len(thing.split()) <= 12 else None
    if _WHOLE_QUESTION.search(asked):
        return None
    left = _without(asked, 0, len(asked), [*names, *dates])
    return _determined(asked[left.start : left.end]) if left else None


def _object_or_subject(
    asked: str,
    subject: str,
    names: Sequence[tuple[int, int]],
    dates: Sequence[tuple[int, int]],
    person: bool,
) -> str | None:
    """Return the thing of a question whose subject may be a person: "warfarin" for "Is Mr Hale on it?"."""
    named = any(asked[a:b] and asked[a:b] in subject for a, b in names)
    if named or person:
        found = _object(asked, [*names, *dates])
        return _determined(asked[found.start : found.end]) if found else None
    determined = re.match(
        r"(?:the|this|that|our|their)\s+[\w’'-]+(?:\s+of\s+(?:the\s+)?[\w’'-]+)?", subject, re.I
    )
    return determined.group() if determined else None


def _object(asked: str, taken: Sequence[tuple[int, int]]) -> AskedThing | None:
    found = [
        match.span("thing")
        for match in _OBJECT.finditer(asked)
        if not any(a < match.end("thing") and match.start("thing") < b for a, b in taken)
    ]
    return AskedThing(*found[-1]) if found else None


def _outside(asked: str, start: int, end: int, taken: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Return the part of a stretch after the possessor in front: "creatinine" of "Mr Hale's creatinine"."""
    for a, b in taken:
        if start <= a <= start + 4 and b < end and asked[b : b + 1] in ("'", "’"):
            after = re.compile(r"['’]s?\s*").match(asked, b)
            return (after.end() if after else b), end
    return start, end


def _without(asked: str, start: int, end: int, taken: Sequence[tuple[int, int]]) -> AskedThing | None:
    """Return the longest part of a stretch outside the places `taken` that has content."""
    pieces: list[tuple[int, int]] = []
    place = start
    for a, b in sorted(taken):
        if place < b and a < end:
            pieces.append((place, max(place, min(a, end))))
            place = max(place, b)
    pieces.append((place, max(place, end)))
    trimmed = []
    for a, b in pieces:
        piece = asked[a:b]
        inner = re.compile(
            r"^(?:['’]s?\b|[\s,;:–-]|of\b|for\b|by\b|in\b)+|(?:[\s,;:–-]|\bof|\bfor|\bby|\bin|\bon|\bat)+$",
            re.I,
        )
        left = inner.match(piece)
        first = a + (left.end() if left else 0)
        text = inner.sub("", piece) if piece.strip() else ""
        if text and any(len(word) > 1 for word in words(text)):
            trimmed.append((first, first + len(text)))
    return AskedThing(*max(trimmed, key=lambda one: one[1] - one[0])) if trimmed else None


def _determined(thing: str) -> str:
    """Return the thing with "the" in front where English needs it: "the deposit", but "digoxin"."""
    thing = thing.strip()
    first = words(thing)[:1]
    if (
        not first
        or _DETERMINED.search(thing)
        or thing[0].isupper()
        or any(letter.isdigit() for letter in thing)
    ):
        return thing
    return thing if first[0] in MEDICINES or not is_english(first[0]) else f"the {thing}"
