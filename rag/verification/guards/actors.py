"""Guards on people and parties: what is said of one, or belongs to one, is not another's in the passage."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from rag.verification.clauses.actors import actors_in, is_predicate, owners_of
from rag.verification.clauses.surroundings import best_places, fits_exchanged
from rag.verification.text.tokens import Tokens

_NEARLY_BEST = 0.88
"""A paraphrase moves words: an actor may fit a little worse than another one whom the statement names too."""


def owner_differs(statement: Tokens, passage: Tokens) -> str | None:
    """Return which thing belongs to one in the statement and to another in the passage."""
    actors = actors_in(statement) | actors_in(passage)
    for index, thing in enumerate(statement):
        owners = owners_of(statement, index, actors) if thing.content else set()
        places = [place for place, token in enumerate(passage) if token.key == thing.key]
        found = set[str]().union(*(owners_of(passage, place, actors) for place in places))
        if owners and found and not owners & found:
            return f"“{thing.text}” is someone else's in the cited passage"
    return None


def actor_differs(statement: Tokens, passage: Tokens) -> str | None:
    """Return whom of the statement someone else replaces in the passage, among the same words."""
    actors = actors_in(passage)
    for index, token in enumerate(statement):
        if token.key not in actors or not token.content or _owns_the_same(statement, index, passage, actors):
            continue
        if _is_replaced(statement, index, passage, actors):
            return f"the cited passage says this of someone else than “{token.text}”"
    return None


def _is_replaced(statement: Tokens, index: int, passage: Tokens, actors: Collection[str]) -> bool:
    """Return whether another actor of the passage fits the words around `statement[index]` better."""
    key, stated = statement[index].key, {token.key for token in statement}
    places = [place for place, token in enumerate(passage) if token.key in actors]
    unstated = [
        place for place in places if passage[place].key not in stated and not is_predicate(passage, place)
    ]
    own = [place for place in places if passage[place].key == key]
    for rivals, share in ((sorted([*own, *unstated]), 1.0), (places, _NEARLY_BEST)):
        best = {passage[place].key for place in best_places(statement, index, passage, rivals, share)}
        if key not in best and any(
            _takes_its_place(statement, index, passage, places, rival) for rival in best
        ):
            return True
    return False


def _takes_its_place(
    statement: Tokens, index: int, passage: Tokens, places: Sequence[int], rival: str
) -> bool:
    """Return whether `rival`, who fits better, has the place of `statement[index]`.

    Not if the statement names both and each stands where the passage has it.
    """
    own = [place for place in places if passage[place].key == statement[index].key]
    rivals = [place for place in places if passage[place].key == rival]
    stated = [other for other, token in enumerate(statement) if token.key == rival]
    return not stated or any(
        fits_exchanged(statement, index, other, passage, own, rivals) for other in stated
    )


def _owns_the_same(statement: Tokens, index: int, passage: Tokens, actors: Collection[str]) -> bool:
    """Return whether statement and passage both say that the actor owns a thing: that binds the two."""
    following = range(index + 1, min(len(statement), index + 4)) if statement[index].possessive else ()
    things = {statement[place].key for place in following if statement[place].content}
    places = [place for place, token in enumerate(passage) if token.key in things]
    return any(statement[index].key in owners_of(passage, place, actors) for place in places)
