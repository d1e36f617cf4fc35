"""Guards on who does what to whom: the two sides of a verb stand in the passage as in the statement."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from rag.verification.clauses.actors import actors_in, doer_of, is_passive, is_verb, nearest, voice_of
from rag.verification.lexicon.verbs import RELATIONS
from rag.verification.text.keys import key_of
from rag.verification.text.tokens import Kind, Tokens, content_keys

_RELATIONS = frozenset(key_of(word) for word in RELATIONS) | {key_of("pay"), key_of("notice")}


class _SharedWord(NamedTuple):
    """A word of the statement that may have two sides, and where the passage has it."""

    position: int
    places: list[int]
    relation: bool
    """Whether it is a verb that is known to have two sides."""


def subject_is_object(statement: Tokens, passage: Tokens) -> str | None:
    """Return which verb has as subject what is only its object in the passage."""
    for word in _shared_words(statement, passage):
        if word.relation and _stands_after(statement, word, passage):
            verb = statement[word.position].text
            return f"who does it is the one it is done to in the cited passage (“{verb}”)"
    return None


def sides_are_exchanged(statement: Tokens, passage: Tokens) -> str | None:
    """Return which verb has doer and done-to the other way round in the passage."""
    actors = _shared_actors(statement, passage)
    for word in _shared_words(statement, passage):
        stated = _sides(statement, word.position, content_keys(passage) if word.relation else actors)
        if stated is None:
            continue
        shared = content_keys(statement) if word.relation else actors
        found = {_sides(passage, place, shared) for place in word.places}
        if stated[::-1] in found and stated not in found:
            verb = statement[word.position].text
            return f"who does it and to whom is the other way round in the cited passage (“{verb}”)"
    return None


def doer_differs(statement: Tokens, passage: Tokens) -> str | None:
    """Return which verb is done by someone else in the passage."""
    actors, shared = actors_in(passage), _shared_actors(statement, passage)
    for index, verb in enumerate(statement):
        done_by = index + 1 < len(statement) and statement[index + 1].lower == "by"
        if not is_verb(statement, index) or (verb.key not in _RELATIONS and not done_by):
            continue
        doer = doer_of(statement, index, actors)
        doers = {
            doer_of(passage, place, actors)
            for place, token in enumerate(passage)
            if token.key == verb.key and is_verb(passage, place)
        } - {None}
        if doer in shared and doers and doer not in doers:
            return f"“{verb.text}” is said of someone else in the cited passage"
    return None


def _shared_actors(statement: Tokens, passage: Tokens) -> set[str]:
    return actors_in(statement) & actors_in(passage)


def _shared_words(statement: Tokens, passage: Tokens) -> Iterator[_SharedWord]:
    """Yield the content words of both that are not actors; known verbs only where they are verbs."""
    actors = _shared_actors(statement, passage)
    for index, token in enumerate(statement):
        relation = token.key in _RELATIONS
        if not token.content or token.key in actors or (relation and not is_verb(statement, index)):
            continue
        places = [
            place
            for place, found in enumerate(passage)
            if found.key == token.key
            if found.kind is Kind.WORD and (not relation or is_verb(passage, place))
        ]
        if places:
            yield _SharedWord(index, places, relation)


def _stands_after(statement: Tokens, verb: _SharedWord, passage: Tokens) -> bool:
    """Return whether what stands before a verb stands only after it in the passage, in the same voice."""
    breaks = [place for place in range(verb.position) if statement[place].lower in (",", "and", "but")]
    before = range(verb.position - 1, max(breaks, default=-1), -1)
    subject = nearest(statement, before, content_keys(passage))
    voice = voice_of(statement, verb.position)
    alike = [place for place in verb.places if voice_of(passage, place) == voice]
    if subject is None or not alike:
        return False
    return statement[subject].key not in {token.key for token in passage[: max(alike)]}


def _sides(tokens: Tokens, verb: int, shared: Collection[str]) -> tuple[str, str] | None:
    """Return the closest shared words on both sides of the verb, the doer first, also in a passive."""
    left = nearest(tokens, range(verb - 1, -1, -1), shared)
    right = nearest(tokens, range(verb + 1, len(tokens)), shared)
    if left is None or right is None or tokens[left].key == tokens[right].key:
        return None
    if is_passive(tokens, verb, right):
        left, right = right, left
    return tokens[left].key, tokens[right].key
