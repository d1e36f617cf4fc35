"""Guards on what the numbers of a statement are said of: the passage says them of the same thing."""

from __future__ import annotations

from rag.verification.clauses.surroundings import best_places, fits_exchanged
from rag.verification.guards.matches import Match, agreed_matches, has_same_value
from rag.verification.quantities.quantity import Quantity, quantities_in
from rag.verification.text.tokens import Kind, Tokens, content_keys


def something_else_is_counted(statement: Tokens, passage: Tokens) -> str | None:
    """Return which number without a unit counts something else in the passage: directors, not employees."""
    for match in agreed_matches(statement, passage):
        thing = _counted(statement, match.stated)
        counting = [found for found in match.same if _counted(passage, found)]
        if thing is None or match.stated.unit or not counting:
            continue
        if not any(thing in _possibly_counted(passage, found) for found in counting):
            return f"{match.stated} counts something else in the cited passage"
    return None


def thing_has_another_number(statement: Tokens, passage: Tokens) -> str | None:
    """Return which number is said of a thing that stands right after another number in the passage."""
    for match in agreed_matches(statement, passage):
        thing = _counted(statement, match.stated)
        places = match.agreeing_indices
        agreeing, others = set[str | None](), set[str | None]()
        for found in quantities_in(passage):
            (agreeing if found.index in places else others).add(_counted(passage, found))
        if thing is not None and thing in others - agreeing:
            return f"{match.stated} is said of something else in the cited passage"
    return None


def next_word_follows_another_number(statement: Tokens, passage: Tokens) -> str | None:
    """Return which number is followed by a word that follows another number in the passage.

    In "54 % with both and 37 % with one" the one is not at 54 %.
    """
    for match in agreed_matches(statement, passage):
        word = _next_word(statement, match.stated)
        places = [place for place, token in enumerate(passage) if token.key == word]
        if word is None or not places or len(match.comparable) < 2:
            continue
        if all(_follows_another(passage, place, match) for place in places):
            return f"{match.stated} is said of something else in the cited passage"
    return None


def another_number_fits_better(statement: Tokens, passage: Tokens) -> str | None:
    """Return which number has words around it that stand around another number in the passage."""
    for match in agreed_matches(statement, passage):
        rivals = [found.index for found in match.comparable]
        best = best_places(statement, match.stated.index, passage, rivals)
        if match.agreeing_indices & best:
            continue
        if any(
            _takes_its_place(statement, match, passage, found)
            for found in quantities_in(passage)
            if found.index in best
        ):
            return f"{match.stated} is said of something else in the cited passage"
    return None


def _counted(tokens: Tokens, quantity: Quantity) -> str | None:
    """Return what is counted or measured if it stands right after the number: "two units of blood"."""
    for token in tokens[quantity.end : quantity.end + 3]:
        if token.content:
            return token.key
        if token.lower not in ("of", "the", "a"):
            break
    return None


def _possibly_counted(tokens: Tokens, quantity: Quantity) -> set[str]:
    """Return what the number may count: "twelve independent directors" are directors too."""
    return {token.key for token in tokens[quantity.end : quantity.end + 4] if token.content}


def _next_word(tokens: Tokens, quantity: Quantity) -> str | None:
    """Return the next content word of the same clause."""
    for token in tokens[quantity.end : quantity.end + 4]:
        if token.content:
            return token.key
        if token.kind is not Kind.WORD or token.lower in ("and", "or", "but", "as"):
            break
    return None


def _follows_another(passage: Tokens, place: int, match: Match) -> bool:
    """Return whether the word at `place` belongs to a number before it that does not agree."""
    agreeing = match.agreeing_indices
    before = [found for found in match.comparable if found.end <= place]
    after = [found for found in match.comparable if found.index > place]
    if not before or before[-1].index in agreeing:
        return False
    between = passage[place + 1 : after[0].index] if after else ()
    if after and after[0].index in agreeing and not any(token.content for token in between):
        return False
    return not any(token.is_mark(".;") for token in passage[before[-1].end : place])


def _takes_its_place(statement: Tokens, match: Match, passage: Tokens, rival: Quantity) -> bool:
    """Return whether `rival`, which fits better, has the place of the stated number.

    It does not if the statement says both and each stands where the passage has it: "0.5 %, up to 5 %" has
    both near the penalty.
    """
    keys = content_keys(statement)
    others = [other for other in quantities_in(statement) if has_same_value(other, rival, keys, passage)]
    agreeing = sorted(match.agreeing_indices)
    return not others or any(
        fits_exchanged(statement, match.stated.index, other.index, passage, agreeing, [rival.index])
        for other in others
    )
