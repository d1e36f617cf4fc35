"""Make a question that leans on the conversation stand alone.

A pronoun is replaced by whom or what the conversation is about. A fragment ("and in June?", "Mrs Hale's?")
takes the place of the matching part of the question before it. The question before is never glued on.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.question.turn import Turn
from rag.question.understanding.asked_thing import thing_asked_for, thing_to_replace
from rag.question.understanding.conversation import Heard, Listener, Talked, possessive
from rag.question.understanding.fragments import LEAD, is_fragment, is_terse, put_in_place
from rag.question.understanding.lexicon.titles import gender_of_word
from rag.question.understanding.references import references_in_question
from rag.question.understanding.relatives import PLACE, RELATIVE, occupant, relative_of
from rag.question.understanding.same_day import SAME_DAY, on_the_same_day, with_day
from vault.text.lists.stop_words import STOP_WORDS
from vault.text.words import words

_PEOPLE = "he him his she her hers".split()
_PERSON_PRONOUN = re.compile(rf"\b(?P<pronoun>{'|'.join(_PEOPLE)})\b(?!['’])", re.I)
_THING_PRONOUN = re.compile(
    r"\b(?:(?P<one>(?:that|this|the same) one)|(?P<its>its|theirs?)|(?P<it>it|them|they|"
    r"that(?=\s*(?:\?|$|\b(?:is|was|"
    r"change|mean|end|start|happen)\b))|this(?=\s*(?:\?|$|\b(?:is|was)\b))|those(?=\s*(?:\?|$))|these(?=\s*(?:\?|$))))\b",
    re.I,
)
_EXPLETIVE = re.compile(
    r"\bit\b(?=\s+(?:is|was|be)?\s*(?:known|true|possible|clear|likely|necessary|important|safe|the "
    r"case|said|stated|"
    r"take|takes|took)\b)|\bhow long (?:does|did|will) it\b",
    re.I,
)
_OTHER = re.compile(
    r"\b(?:for |of |about )?the other (?:one|patient|lady|gentleman|man|woman|person|client|tenant|"
    r"resident)\b(?:'s)?",
    re.I,
)
_BOUNDARY = re.compile(
    r"\b(?:and|or|before|after|if|when|because|while|until|but|so|that|which)\b|[,;:]", re.I
)
_DETERMINED = re.compile(
    r"\b(?:the|a|an|this|each|every|which|what)\s+(?!(?:is|was|are|does|did|do|has)\b)[a-z][\w-]+", re.I
)
_SOMEBODY = re.compile(
    r"\b(?:the|a|each|every|which|any)\s+(?:patient|client|tenant|landlord|lady|man|woman|gentleman|resident|employee|"
    r"claimant|defendant|nurse|doctor|baby|child|girl|boy|mother|father|person)\b",
    re.I,
)
_POSSESSIVE_HER = re.compile(
    r"^\s+(?!(?:in|on|at|to|for|since|by|with|from|before|after|and|or|now|today)\b)[a-zA-Z]"
)


@dataclass(frozen=True, slots=True)
class StandaloneQuestion:
    """A question as it is searched."""

    text: str
    certain: bool = True
    """False where the rules found no way: a language model may do better."""


def heard_turns(turns: Sequence[Turn], listener: Listener) -> list[Heard]:
    """Return the turns with standalone questions; each is made so from those before it if it was not kept."""
    heard: list[Heard] = []
    for turn in turns:
        text = turn.rewritten or standalone_question(turn.question, heard, listener).text
        heard.append(Heard(text, turn.answer))
    return heard


def standalone_question(question: str, heard: Sequence[Heard], listener: Listener) -> StandaloneQuestion:
    """Return the question as it is searched; one that does not lean on the conversation stays as it is.

    "And when is it due?" after "What is the rent?" gives "When is the rent due?".
    """
    if not heard or not leans(question, listener):
        return StandaloneQuestion(question)
    last = heard[-1]
    if is_terse(question, listener):
        return StandaloneQuestion(_capitalised(_about_the_same(question, last, listener)))
    rest = LEAD.sub("", question, count=1).strip() or question
    rest = _with_occupant(rest, listener)
    rest, resolved_person = _with_person(rest, heard, listener)
    rest = with_day(rest, last, listener)
    if is_fragment(rest, listener):
        rest = _without_other(rest, last, listener)
        replaced = put_in_place(rest, last.question, listener)
        return StandaloneQuestion(_capitalised(replaced))
    rest, certain = _with_thing(rest, last, listener)
    rest = on_the_same_day(rest, question, last, listener)
    if not _says_of_what(rest):
        thing = thing_to_replace(
            last.question, [(one.start, one.end) for one in listener.names(last.question)]
        )
        if thing is not None:
            rest = f"{rest.rstrip(' ?.!')}: {last.question[thing.start : thing.end]}?"
    if not resolved_person and LEAD.match(question) and not listener.names(rest):
        rest = _about_the_same(rest, last, listener)
    return StandaloneQuestion(_capitalised(rest), certain)


def leans(question: str, listener: Listener) -> bool:
    """Return whether the question cannot be understood without the turns before it."""
    if LEAD.match(question) or SAME_DAY.search(question) or _OTHER.search(question):
        return True
    if _free_person(question, listener) or _free_thing(question):
        return True
    return is_fragment(question, listener, bare=True) or is_terse(question, listener)


def _free_person(question: str, listener: Listener) -> re.Match[str] | None:
    """Return the first pronoun for a person that refers to nobody in the question itself."""
    match = _PERSON_PRONOUN.search(question)
    if match is None or _SOMEBODY.search(question[: match.start()]):
        return None
    gender = gender_of_word(match["pronoun"])
    before = [one for one in listener.names(question) if one.end <= match.start()]
    return None if any(one.gender in (gender, None) for one in before) else match


def _free_thing(question: str) -> re.Match[str] | None:
    """Return the first pronoun for a thing that refers to nothing in the question itself."""
    for match in _THING_PRONOUN.finditer(question):
        if _EXPLETIVE.match(question, match.start()) or _EXPLETIVE.search(question[: match.end()]):
            continue
        before = question[: match.start()]
        named = _DETERMINED.search(before)
        if named and (match["its"] or _BOUNDARY.search(before, named.end())):
            continue
        # "Which patients stopped their tablets": they are in the question.
        if match.group().lower() in ("their", "theirs", "them") and re.search(r"\w+s\b", before[4:]):
            continue
        return match
    return None


def _with_person(question: str, heard: Sequence[Heard], listener: Listener) -> tuple[str, bool]:
    """Return the question with the person in place of "he" or "her", and whether there was one to replace."""
    match = _free_person(question, listener)
    if match is None:
        return question, False
    person = listener.person(heard, gender_of_word(match["pronoun"]))
    if person is None:
        return question, False
    relative = RELATIVE.search(question)
    if relative and relative.start("of") == match.start():
        found = relative_of(person.name, relative["relation"], listener.known)
        name = found.name if found else f"{possessive(person.name)} {relative['relation']}"
        name = possessive(name) if relative["possessive"] else name
        return _put(question, relative.start(), relative.end(), name), True
    word = match["pronoun"].lower()
    owns = word in ("his", "hers") or (
        word == "her" and _POSSESSIVE_HER.match(question[match.end() :]) is not None
    )
    name = possessive(person.name) if owns else person.name
    return _put(question, match.start(), match.end(), name), True


def _with_occupant(question: str, listener: Listener) -> str:
    """Return the question with the person in place of "the other one, bed 17"."""
    place = PLACE.search(question)
    if place is None or listener.names(question):
        return question
    person = occupant(place["kind"], place["number"], listener.known)
    if person is None:
        return question
    other = _OTHER.search(question)
    if other is None:
        return f"{question[: place.start()]}{person.name} in {question[place.start() :]}"
    return f"{person.name} in {place.group()}{question[place.end() :]}"


def _without_other(question: str, last: Heard, listener: Listener) -> str:
    """Return the fragment with the other one of two people whose names are alike, if that is who is meant."""
    other = _OTHER.search(question)
    if other is None:
        return question
    twin = _twin(last, listener)
    return _put(question, other.start(), other.end(), twin) if twin else question


def _twin(last: Heard, listener: Listener) -> str:
    found = [one for one in listener.found_names(last.question) if len(one.people) == 1]
    if len(found) != 1:
        return ""
    person, known = found[0].people[0], listener.known.names
    alike = {
        other.name
        for word in person.words
        for near in (word, *known.near(word))
        for other in known.with_word(near)
        if other.name != person.name and not other.firm
    }
    return alike.pop() if len(alike) == 1 else ""


def _with_thing(question: str, last: Heard, listener: Listener) -> tuple[str, bool]:
    """Return the question with what was asked for in place of "it", and whether that is certain."""
    match = _free_thing(question)
    if match is None:
        return question, True
    if match.group().lower() == "they" and _THING_PRONOUN.search(question, match.end()):
        # "When did they pay that one": who they are is not said anywhere.
        later = _THING_PRONOUN.search(question, match.end())
        match = later or match
    names = listener.names(last.question)
    thing = _referred(last, listener) if match["one"] else None
    if thing is None:
        thing = thing_asked_for(
            last.question,
            [(one.start, one.end) for one in names],
            [(one.start, one.end) for one in listener.dates(last.question)],
        )
    if thing is None:
        return question, False
    people = [one for one in names if not one.firm]
    said = f"{thing} {question}".lower()
    if len(people) == 1 and _word_of(people[0]) not in said and not _is_determined(thing):
        thing = f"{possessive(people[0].name)} {thing}"
    thing = possessive(thing) if match["its"] else thing
    return _put(question, match.start(), match.end(), thing), True


def _says_of_what(question: str) -> bool:
    """Return whether a question holds more than words that ask: "until when?" does not."""
    return any(word not in STOP_WORDS and word not in _ASKS for word in words(question))


_ASKS = frozenset(
    "who whom whose what which when where why how long much many often until till since by".split()
)


def _referred(last: Heard, listener: Listener) -> str | None:
    """Return the reference of the last question with its word: "invoice TW-5431"."""
    found = references_in_question(
        last.question, [(one.start, one.end) for one in listener.dates(last.question)]
    )
    return last.question[found[-1].start : found[-1].end] if found else None


def _about_the_same(question: str, last: Heard, listener: Listener) -> str:
    """Return a further question with the person of the last one, whom it does not repeat."""
    people = {one.name for one in listener.names(last.question) if not one.firm}
    if len(people) != 1:
        return question
    bare = question.rstrip(" ?")
    return f"{bare} for {people.pop()}?"


def _word_of(person: Talked) -> str:
    return person.name.split()[-1].lower().removesuffix("'s")


def _is_determined(thing: str) -> bool:
    return re.match(r"(?:the|this|that|an?|our|their)\s", thing, re.I) is not None and " of " in thing


def _put(question: str, start: int, end: int, replacement: str) -> str:
    after = question[end:]
    if replacement.endswith(("'s", "’s")) and after.startswith(("'s", "’s")):
        after = after[2:]
    return f"{question[:start]}{replacement}{after}"


def _capitalised(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
