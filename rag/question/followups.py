"""Turn a follow-up ("And when is it due?") into a standalone question.

By rule: what "it" or "she" refers to is put in its place if the last question names it; otherwise the last
question is appended. A language model may rewrite the question instead, with the words of the conversation
only, so that it cannot ask something that nobody asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.question.turn import Turn
from vault.text.lists.names import TITLE_BEFORE
from vault.text.words import content_words, stem

_THINGS = "it its they them their theirs this that these those".split()
_PEOPLE = "he him his she her hers".split()
_LEAD = re.compile(r"^\s*(?:and|but|or|also|then|so)\b[\s,]*|^\s*(?:what|how) about\b\s*", re.I)
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
_AUXILIARY = re.compile(
    r"\b(?:do|does|did|has|have|had|must|shall|may|can|could|will|would|should|be|been)\b", re.I
)
_PERSON = re.compile(
    rf"\b{TITLE_BEFORE}\.? [A-Z][\w’'-]+"
    r"|\b[A-Z][a-z’'-]+ [A-Z][a-z’'-]+\b"
)
_PREPOSITION = re.compile(r"\b(?:of|in|under|with|for|from|between|at)\b")
_TAIL = re.compile(r"\b(?:of|in|under|with|for|from|between|at|to)\s+(?:the|a|an|this|[A-Z]).*$")
_SHORT_QUESTION = 4
"""Content words."""
_LONGEST_THING = 12
"""Words."""
_LONGEST_REWRITE = 400
"""Characters."""

INSTRUCTION = (
    "Rewrite the last question so that it can be understood without the conversation. Use only words of the "
    "conversation. Write the question and nothing else."
)


def is_follow_up(question: str) -> bool:
    """Return whether the question cannot be understood without the questions before it."""
    if _LEAD.match(question):
        return True
    plain = _RELATIVE.sub(" ", question)
    return bool(_PRONOUN.search(plain)) or bool(re.search(r"\bthe same\b|\bthe other one\b", question, re.I))


@dataclass(frozen=True, slots=True)
class StandaloneQuestion:
    """A question as it is searched."""

    text: str
    certain: bool = True
    """False where the last question was only appended: a language model may do better."""


def standalone_question(question: str, history: Sequence[Turn]) -> StandaloneQuestion:
    """Return the question as it is searched; one that is not a follow-up stays as it is.

    Example: "And when is it due?" after "What is the rent?" gives "When is the rent due?".
    """
    if not history or not is_follow_up(question):
        return StandaloneQuestion(question)
    last = history[-1]
    rest = _LEAD.sub("", question, count=1).strip()
    if rest != question.strip() and len(content_words(rest)) <= _SHORT_QUESTION and not _PRONOUN.search(rest):
        return StandaloneQuestion(_question_about(rest, last.question))
    capitalised = f"{rest[:1].upper()}{rest[1:]}"
    person = _person(last)
    if person and (found := re.search(rf"\b({'|'.join(_PEOPLE)})\b", capitalised, re.I)):
        return StandaloneQuestion(_replace_pronoun(capitalised, found, person))
    thing = _thing(last.question)
    searched = _DETERMINER.sub(_blank, capitalised)
    if thing and (found := re.search(rf"\b({'|'.join(_THINGS)})\b", searched, re.I)):
        return StandaloneQuestion(_replace_pronoun(capitalised, found, thing))
    return StandaloneQuestion(f"{capitalised} ({last.question.strip()})", certain=False)


def is_safe_rewrite(rewritten: str, question: str, history: Sequence[Turn]) -> bool:
    """Return whether a model's rewrite may be searched.

    It must be one question, use only words of the conversation, and keep the words of the question itself.
    """
    text = rewritten.strip()
    if not text.endswith("?") or "\n" in text or len(text) > _LONGEST_REWRITE:
        return False
    conversation = " ".join([question, *(f"{turn.question} {turn.answer}" for turn in history)])
    known = {stem(word) for word in content_words(conversation)}
    used = {stem(word) for word in content_words(text)}
    own = {stem(word) for word in content_words(_LEAD.sub("", question, count=1))}
    own -= {stem(word) for word in (*_THINGS, *_PEOPLE)}
    return used <= known and own <= used


def _question_about(thing: str, last_question: str) -> str:
    """Return the question about a thing.

    "the deposit" after "What is the rent of the flat?" gives "What about the deposit of the flat?".
    """
    tail = _TAIL.search(last_question.rstrip(" ?"))
    about = thing.rstrip(" ?")
    if tail and not _PREPOSITION.search(about):
        about = f"{about} {tail.group()}"
    elif not tail:
        return f"What about {about}? ({last_question.strip()})"
    return f"What about {about}?"


def _thing(question: str) -> str | None:
    """Return what the question asks for, such as "the rent of the flat"; None if it cannot be named."""
    found = _ASKS_FOR.match(question)
    if found is None:
        return None
    thing = found.group(1)
    if _AUXILIARY.search(thing) or _PRONOUN.search(thing) or len(thing.split()) > _LONGEST_THING:
        return None
    return thing


def _person(turn: Turn) -> str | None:
    """Return the one person that the turn's question names, or else its answer; None for several or none."""
    for text in (turn.question, turn.answer):
        names = list(dict.fromkeys(_PERSON.findall(text)))
        if names:
            return str(names[0]) if len(names) == 1 else None
    return None


def _replace_pronoun(question: str, found: re.Match[str], name: str) -> str:
    word = found.group().lower()
    possessive = word in ("its", "their", "theirs", "his") or (
        word in ("her", "hers") and re.match(r"\s+[a-z]", question[found.end() :]) is not None
    )
    replacement = f"{name}'s" if possessive else name
    if found.start() == 0:
        replacement = replacement[:1].upper() + replacement[1:]
    return question[: found.start()] + replacement + question[found.end() :]


def _blank(found: re.Match[str]) -> str:
    return " " * len(found.group())
