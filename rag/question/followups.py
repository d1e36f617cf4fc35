"""Make a question stand alone that leans on what was asked before: "And when is it due?"

Without a model by rule: what "it" or "she" stands for is put in its place where the last question names it,
and else the last question is put beside. With a model by the model, within bounds: it may use words of the
conversation and no others, so that it cannot ask something that nobody asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.question.turn import Turn
from vault.text.words import content_words, stem

_THINGS = "it its they them their theirs this that these those".split()
_PEOPLE = "he him his she her hers".split()
_LEADS = re.compile(r"^\s*(?:and|but|or|also|then|so)\b[\s,]*|^\s*(?:what|how) about\b\s*", re.I)
_PRONOUN = re.compile(rf"\b({'|'.join([*_THINGS, *_PEOPLE])})\b", re.I)
_DETERMINER = re.compile(
    r"\b(?:this|that|these|those)\s+(?=[a-z]{3,})(?!is\b|was\b|are\b|were\b|has\b|have\b)", re.I
)
_RELATIVE = re.compile(r"\b(?:[a-z]{3,}\s+that|that\s+(?:the|a|an|he|she|it|they|[a-z]+ed))\b", re.I)
_ASKS_FOR = re.compile(
    r"^\s*(?:(?:and|but|so)\s+)?(?:what|who|where|when|which|how (?:much|many|long|often|high|large|old))\s+"
    r"(?:is|are|was|were)\s+(.+?)\s*\?*\s*$",
    re.I,
)
_ACTS = re.compile(
    r"\b(?:do|does|did|has|have|had|must|shall|may|can|could|will|would|should|be|been)\b", re.I
)
_PERSON = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Dr|Prof|Professor|Sister|Judge|Justice|Sir|Lady|Lord)\.? [A-Z][\w’'-]+"
    r"|\b[A-Z][a-z’'-]+ [A-Z][a-z’'-]+\b"
)
_TAIL = re.compile(r"\b(?:of|in|under|with|for|from|between|at|to)\s+(?:the|a|an|this|[A-Z]).*$")
_FEW_WORDS = 4
_LONGEST_THING = 12

INSTRUCTION = (
    "Rewrite the last question so that it can be understood without the conversation. Use only words of the "
    "conversation. Write the question and nothing else."
)


def leans(question: str) -> bool:
    """Whether the question cannot be understood without what was asked before."""
    if _LEADS.match(question):
        return True
    plain = _RELATIVE.sub(" ", question)
    return bool(_PRONOUN.search(plain)) or bool(re.search(r"\bthe same\b|\bthe other one\b", question, re.I))


@dataclass(frozen=True, slots=True)
class Standing:
    """A question as it is searched."""

    text: str
    certain: bool = True
    """False where the last question was only put beside: a model may do better."""


def stand_alone(question: str, history: Sequence[Turn]) -> Standing:
    """The question as it is searched: itself when it leans on nothing."""
    if not history or not leans(question):
        return Standing(question)
    last = history[-1]
    rest = _LEADS.sub("", question, count=1).strip()
    if rest != question.strip() and len(content_words(rest)) <= _FEW_WORDS and not _PRONOUN.search(rest):
        return Standing(_of_the_same(rest, last.question))
    lead = f"{rest[:1].upper()}{rest[1:]}"
    person = _person(last)
    if person and (found := re.search(rf"\b({'|'.join(_PEOPLE)})\b", lead, re.I)):
        return Standing(_replaced(lead, found, person))
    thing = _thing(last.question)
    if thing and (found := re.search(rf"\b({'|'.join(_THINGS)})\b", _DETERMINER.sub(_blank, lead), re.I)):
        return Standing(_replaced(lead, found, thing))
    return Standing(f"{lead} ({last.question.strip()})", certain=False)


def within_bounds(rewritten: str, question: str, history: Sequence[Turn]) -> bool:
    """Whether a model's rewriting may be searched: one question, of the conversation's words, that keeps what
    the question itself says."""
    text = rewritten.strip()
    if not text.endswith("?") or "\n" in text or len(text) > 400:
        return False
    said = " ".join([question, *(f"{turn.question} {turn.answer}" for turn in history)])
    known = {stem(word) for word in content_words(said)}
    used = {stem(word) for word in content_words(text)}
    own = {stem(word) for word in content_words(_LEADS.sub("", question, count=1))}
    own -= {stem(word) for word in (*_THINGS, *_PEOPLE)}
    return used <= known and own <= used


def _of_the_same(what: str, before: str) -> str:
    """ "And the deposit?" after "What is the rent of the flat?": the deposit, of the flat."""
    tail = _TAIL.search(before.rstrip(" ?"))
    about = what.rstrip(" ?")
    if tail and not re.search(r"\b(?:of|in|under|with|for|from|between|at)\b", about):
        about = f"{about} {tail.group()}"
    elif not tail:
        return f"What about {about}? ({before.strip()})"
    return f"What about {about}?"


def _thing(question: str) -> str | None:
    """What the question asks for, as it can be named: "the rent of the flat"."""
    found = _ASKS_FOR.match(question)
    if found is None:
        return None
    thing = found.group(1)
    if _ACTS.search(thing) or _PRONOUN.search(thing) or len(thing.split()) > _LONGEST_THING:
        return None
    return thing


def _person(turn: Turn) -> str | None:
    """Who the last turn was about: the one person whom its question names, else its answer."""
    for text in (turn.question, turn.answer):
        names = list(dict.fromkeys(_PERSON.findall(text)))
        if names:
            return str(names[0]) if len(names) == 1 else None
    return None


def _replaced(question: str, found: re.Match[str], name: str) -> str:
    word = found.group().lower()
    belongs = word in ("its", "their", "theirs", "his") or (
        word in ("her", "hers") and re.match(r"\s+[a-z]", question[found.end() :]) is not None
    )
    put = f"{name}'s" if belongs else name
    if found.start() == 0:
        put = put[:1].upper() + put[1:]
    return question[: found.start()] + put + question[found.end() :]


def _blank(found: re.Match[str]) -> str:
    return " " * len(found.group())
