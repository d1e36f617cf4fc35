"""Guards on who and what: names, who does it to whom, and which of two opposites is said of which."""

from __future__ import annotations

from collections.abc import Sequence

from rag.verify_binding import bound_to
from rag.verify_lexicon import POLES, RELATIONS, ROLES, STRICT, TITLES, WEAKENED
from rag.verify_numbers import counted_in
from rag.verify_words import Kind, Token, key_of

_RELATIONS = frozenset(key_of(word) for word in RELATIONS) | {key_of("pay"), key_of("notice")}
_BE = frozenset({"is", "are", "was", "were", "be", "been", "being"})
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
    actors = _actors(statement) & _actors(passage)
    for index, verb in enumerate(statement):
        relation = verb.key in _RELATIONS
        places = [
            place for place, token in enumerate(passage) if token.key == verb.key and token.kind is Kind.WORD
        ]
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


def _actors(tokens: tuple[Token, ...]) -> set[str]:
    """Who may act: roles and names. "The Goods" is a defined term, not a name."""
    found: set[str] = set()
    counted = counted_in(tokens)
    for index, token in enumerate(tokens):
        if index in counted:
            continue
        defined = index > 0 and tokens[index - 1].lower in ("the", "this", "a", "an", "such", "any")
        if token.lower in TITLES:
            continue
        if token.content and (token.lower in ROLES or ((token.capital or token.first) and not defined)):
            found.add(token.key)
    return found


def _behind(
    statement: tuple[Token, ...], index: int, passage: tuple[Token, ...], places: Sequence[int]
) -> bool:
    """Whether what stands before a verb stands only behind it in the passage, in the same voice."""
    keys = {token.key for token in passage if token.content}
    breaks = [place for place in range(index) if statement[place].lower in (",", "and", "but")]
    left = _nearest(statement, range(index - 1, max(breaks, default=-1), -1), keys)
    alike = [place for place in places if _voice(passage, place) == _voice(statement, index)]
    if left is None or not alike:
        return False
    return statement[left].key not in {token.key for place in alike for token in passage[:place]}


def _voice(tokens: tuple[Token, ...], verb: int) -> tuple[bool, bool]:
    """Whether a form of "to be" stands before the verb, and "by" behind it."""
    before, behind = tokens[max(0, verb - 3) : verb], tokens[verb + 1 : verb + 5]
    return bool(_BE & {token.lower for token in before}), "by" in {token.lower for token in behind}


def _sides(
    tokens: tuple[Token, ...], verb: int, actors: set[str] | None, other: tuple[Token, ...]
) -> tuple[str, str] | None:
    """The nearest shared words on either side of the verb, doer first: a passive is turned round."""
    shared = actors if actors is not None else {token.key for token in other if token.content}
    left = _nearest(tokens, range(verb - 1, -1, -1), shared)
    right = _nearest(tokens, range(verb + 1, len(tokens)), shared)
    if left is None or right is None or tokens[left].key == tokens[right].key:
        return None
    if _passive(tokens, verb, right):
        left, right = right, left
    return tokens[left].key, tokens[right].key


def _nearest(tokens: tuple[Token, ...], places: Sequence[int], wanted: set[str]) -> int | None:
    for place in places:
        if tokens[place].kind is Kind.MARK and tokens[place].key in ".;":
            return None
        if tokens[place].content and tokens[place].key in wanted:
            return place
    return None


def _passive(tokens: tuple[Token, ...], verb: int, actor: int) -> bool:
    """Whether the verb is done by the actor behind it: "was signed by Pike", not "rose by 3 percent"."""
    participle = tokens[verb].lower.endswith(("ed", "en", "wn", "id", "ld", "nt", "ht"))
    return participle and "by" in {token.lower for token in tokens[max(verb, actor - 3) : actor]}


def _actor_of_verb(statement: tuple[Token, ...], passage: tuple[Token, ...], actors: set[str]) -> str | None:
    """With two actors in the passage, the one the statement puts before a verb is the one there as well."""
    everyone = _actors(passage)
    for index, verb in enumerate(statement):
        done_by = index + 1 < len(statement) and statement[index + 1].lower == "by"
        noun = verb.key == key_of("notice") and not verb.lower.startswith("notif")
        if noun or (verb.key not in _RELATIONS and not done_by):
            continue
        places = [place for place, token in enumerate(passage) if token.key == verb.key]
        doer = _doer(statement, index, everyone)
        there = {_doer(passage, place, everyone) for place in places} - {None}
        if doer in actors and there and doer not in there:
            return f"“{verb.text}” is said of someone else in the cited passage"
    return None


def _actor_elsewhere(statement: tuple[Token, ...], passage: tuple[Token, ...]) -> str | None:
    """With several actors in the passage, each must stand there among the words it is stated with."""
    everyone, spoken = _actors(passage), {token.key for token in statement}
    places = [place for place, token in enumerate(passage) if token.key in everyone]
    for index, token in enumerate(statement):
        if token.key not in everyone or not token.content:
            continue
        strangers = [p for p in places if passage[p].key == token.key or passage[p].key not in spoken]
        for rivals, share in ((strangers, 1.0), (places, _NEARLY)):
            nearest = bound_to(statement, index, passage, rivals, share)
            if not any(passage[place].key == token.key for place in nearest):
                return f"the cited passage says this of someone else than “{token.text}”"
    return None


def _doer(tokens: tuple[Token, ...], verb: int, actors: set[str]) -> str | None:
    after = _nearest(tokens, range(verb + 1, min(len(tokens), verb + 8)), actors)
    if after is not None and _passive(tokens, verb, after):
        return tokens[after].key
    before = _nearest(tokens, range(verb - 1, -1, -1), actors)
    return None if before is None else tokens[before].key


def _direction(statement: tuple[Token, ...], passage: tuple[Token, ...]) -> str | None:
    """What comes after "from" in one must not come after "to" in the other only."""
    for word, opposite in (("from", "to"), ("to", "from")):
        for key in _after(statement, word):
            if key in _after(passage, opposite) and key not in _after(passage, word):
                return f"“{word}” is “{opposite}” in the cited passage"
    return None


def _after(tokens: tuple[Token, ...], word: str) -> set[str]:
    found: set[str] = set()
    for index, token in enumerate(tokens):
        if token.lower == word:
            found |= {other.key for other in [t for t in tokens[index + 1 : index + 5] if t.content][:1]}
    return found
