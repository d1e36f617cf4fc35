"""Guards on who and what: names, who does it to whom, and which of two opposites is said of which."""

from __future__ import annotations

from collections.abc import Sequence

from rag.verification.actors import (
    acting_in,
    doer_of,
    is_passive,
    is_predicate,
    is_verb,
    nearest_of,
    owners_of,
    voice_of,
)
from rag.verification.binding import bound_to, exchanged
from rag.verification.lexicon import POLES, RELATIONS, STRICT, WEAKENED
from rag.verification.numbers import counted_in
from rag.verification.words import Kind, Token, key_of

_RELATIONS = frozenset(key_of(word) for word in RELATIONS) | {key_of("pay"), key_of("notice")}
_NEARLY = 0.88
"""A paraphrase moves words: an actor of the statement may fit a little worse than another of them."""
_STRICT = tuple((group, frozenset(key_of(word) for word in group)) for group in STRICT)


def names_missing(statement: tuple[Token, ...], passage: tuple[Token, ...]) -> str | None:
    """The name in the statement that the passage does not have; None when it has all."""
    keys = [token.key for token in passage]
    known = set(keys)
    counted = counted_in(statement)
    for index, token in enumerate(statement):
        if not token.capital or token.kind is not Kind.WORD or index in counted:
            continue
        if token.key not in known:
            return f"the name “{token.text}” is not in the cited passage"
        before = statement[index - 1] if index else None
        if before is None or not before.capital or before.key not in known:
            continue
        pairs = (
            (i, j)
            for i, key in enumerate(keys)
            for j in range(max(0, i - 2), min(len(keys), i + 3))
            if key == token.key
        )
        if not any(keys[j] == before.key for _, j in pairs):
            return f"the name “{before.text} {token.text}” is not in the cited passage"
    return None


def sides_exchanged(statement: tuple[Token, ...], passage: tuple[Token, ...]) -> str | None:
    """Why doer and done-to are the other way round in the passage; None when they are not."""
    actors = acting_in(statement) & acting_in(passage)
    for index, verb in enumerate(statement):
        relation = verb.key in _RELATIONS
        places = [
            place
            for place, token in enumerate(passage)
            if token.key == verb.key and token.kind is Kind.WORD and (not relation or is_verb(passage, place))
        ]
        if relation and not is_verb(statement, index):
            continue
        if not places or not verb.content or verb.key in actors:
            continue
        if relation and _behind(statement, index, passage, places):
            return f"who does it is the one it is done to in the cited passage (“{verb.text}”)"
        stated = _sides(statement, index, actors if not relation else None, passage)
        if stated is None:
            continue
        there = [_sides(passage, place, actors if not relation else None, statement) for place in places]
        flipped = [side for side in there if side and side == (stated[1], stated[0])]
        agreed = [side for side in there if side and (side[0] == stated[0] or side[1] == stated[1])]
        if flipped and not any(side == stated for side in agreed):
            return f"who does it and to whom is the other way round in the cited passage (“{verb.text}”)"
    return (
        _actor_of_verb(statement, passage, actors)
        or _owner_exchanged(statement, passage)
        or _actor_elsewhere(statement, passage)
        or _direction(statement, passage)
    )


def opposites_exchanged(statement: tuple[Token, ...], passage: tuple[Token, ...]) -> str | None:
    """The small word of the statement (before, all, only, left…) that the passage has otherwise; or None."""
    counted = counted_in(statement)
    keys, words = {token.key for token in passage}, {token.lower for token in passage}
    for index, token in enumerate(statement):
        if index in counted or token.kind is not Kind.WORD:
            continue
        for group, stems in _STRICT:
            if token.lower in group and not (group & words or stems & keys):
                return f"“{token.text}” is not in the cited passage"
        for one, other in POLES:
            same = one if token.lower in one else other
            if token.lower not in same:
                continue
            places = [place for place, found in enumerate(passage) if found.lower in one | other]
            nearest = bound_to(statement, index, passage, places)
            if places and not any(passage[place].lower in same for place in nearest):
                return f"“{token.text}” is “{passage[min(nearest)].text}” in the cited passage"
    spoken = {token.key for token in statement}
    for index, token in enumerate(passage[:-1]):
        if token.lower in WEAKENED and passage[index + 1].key in spoken and token.key not in spoken:
            return f"the cited passage says “{token.text}”"
    return None


def _behind(
    statement: tuple[Token, ...], index: int, passage: tuple[Token, ...], places: Sequence[int]
) -> bool:
    """Whether what stands before a verb stands only behind it in the passage, in the same voice."""
    keys = {token.key for token in passage if token.content}
    breaks = [place for place in range(index) if statement[place].lower in (",", "and", "but")]
    left = nearest_of(statement, range(index - 1, max(breaks, default=-1), -1), keys)
    alike = [place for place in places if voice_of(passage, place) == voice_of(statement, index)]
    if left is None or not alike:
        return False
    return statement[left].key not in {token.key for place in alike for token in passage[:place]}


def _sides(
    tokens: tuple[Token, ...], verb: int, actors: set[str] | None, other: tuple[Token, ...]
) -> tuple[str, str] | None:
    """The nearest shared words on either side of the verb, doer first: a passive is turned round."""
    shared = actors if actors is not None else {token.key for token in other if token.content}
    left = nearest_of(tokens, range(verb - 1, -1, -1), shared)
    right = nearest_of(tokens, range(verb + 1, len(tokens)), shared)
    if left is None or right is None or tokens[left].key == tokens[right].key:
        return None
    if is_passive(tokens, verb, right):
        left, right = right, left
    return tokens[left].key, tokens[right].key


def _actor_of_verb(statement: tuple[Token, ...], passage: tuple[Token, ...], actors: set[str]) -> str | None:
    """With two actors in the passage, the one the statement puts before a verb is the one there as well."""
    everyone = acting_in(passage)
    for index, verb in enumerate(statement):
        done_by = index + 1 < len(statement) and statement[index + 1].lower == "by"
        if not is_verb(statement, index) or (verb.key not in _RELATIONS and not done_by):
            continue
        places = [
            place for place, token in enumerate(passage) if token.key == verb.key and is_verb(passage, place)
        ]
        doer = doer_of(statement, index, everyone)
        there = {doer_of(passage, place, everyone) for place in places} - {None}
        if doer in actors and there and doer not in there:
            return f"“{verb.text}” is said of someone else in the cited passage"
    return None


def _actor_elsewhere(statement: tuple[Token, ...], passage: tuple[Token, ...]) -> str | None:
    """With several actors in the passage, each must stand there among the words it is stated with."""
    everyone, spoken = acting_in(passage), {token.key for token in statement}
    places = [place for place, token in enumerate(passage) if token.key in everyone]
    for index, token in enumerate(statement):
        if (
            token.key not in everyone
            or not token.content
            or _owns_the_same(statement, index, passage, everyone)
        ):
            continue
        strangers = [
            p
            for p in places
            if passage[p].key == token.key or (passage[p].key not in spoken and not is_predicate(passage, p))
        ]
        for rivals, share in ((strangers, 1.0), (places, _NEARLY)):
            takers = {passage[p].key for p in bound_to(statement, index, passage, rivals, share)}
            if token.key not in takers and any(
                _taken(statement, index, passage, places, taker) for taker in takers
            ):
                return f"the cited passage says this of someone else than “{token.text}”"
    return None


def _taken(
    statement: tuple[Token, ...], index: int, passage: tuple[Token, ...], places: Sequence[int], taker: str
) -> bool:
    """Whether `taker`, who fits better, has the place of `statement[index]`: not when the statement names
    both and each stands where the passage has it."""
    own = [place for place in places if passage[place].key == statement[index].key]
    its = [place for place in places if passage[place].key == taker]
    stated = [other for other, token in enumerate(statement) if token.key == taker]
    return not stated or any(exchanged(statement, index, other, passage, own, its) for other in stated)


def _owns_the_same(
    statement: tuple[Token, ...], index: int, passage: tuple[Token, ...], everyone: set[str]
) -> bool:
    """Whether it is said whose a thing is, and the passage says the same: that binds them."""
    following = range(index + 1, min(len(statement), index + 4)) if statement[index].owner else ()
    things = {statement[place].key for place in following if statement[place].content}
    places = [place for place, token in enumerate(passage) if token.key in things]
    return any(statement[index].key in owners_of(passage, place, everyone) for place in places)


def _owner_exchanged(statement: tuple[Token, ...], passage: tuple[Token, ...]) -> str | None:
    """Why what belongs to one in the statement is another's in the passage."""
    everyone = acting_in(statement) | acting_in(passage)
    for index, thing in enumerate(statement):
        owners = owners_of(statement, index, everyone) if thing.content else set()
        places = [place for place, token in enumerate(passage) if token.key == thing.key]
        there = set[str]().union(*(owners_of(passage, place, everyone) for place in places))
        if owners and there and not owners & there:
            return f"“{thing.text}” is someone else's in the cited passage"
    return None


def _direction(statement: tuple[Token, ...], passage: tuple[Token, ...]) -> str | None:
    """What comes after "from" in one must not come after "to" in the other only, nor what is compared with
    stand on the other side of "than"."""
    for key in _after(statement, "than"):
        places = [place for place, token in enumerate(passage) if token.key == key]
        than = [place for place, token in enumerate(passage) if token.lower == "than"]
        if than and places and max(places) < min(than):
            return f"“than {key}” is the other way round in the cited passage"
    everyone = acting_in(passage) & acting_in(statement)
    for word in ("from", "against"):
        stated, there = _after(statement, word) & everyone, _after(passage, word) & everyone
        if stated and there and not stated & there:
            return f"“{word}” is said of someone else in the cited passage"
    for word, opposite in (("from", "to"), ("to", "from")):
        for key in _after(statement, word):
            if key in _after(passage, opposite) and key not in _after(passage, word):
                return f"“{word}” is “{opposite}” in the cited passage"
    return None


def _after(tokens: tuple[Token, ...], word: str) -> set[str]:
    found: set[str] = set()
    for index, token in enumerate(tokens):
        if token.lower == word:
            following = [token for token in tokens[index + 1 : index + 5] if token.content]
            found |= {token.key for token in following[: 2 if word == "than" else 1]}
    return found
