"""What of a sentence is denied. A denial reaches to the end of its clause, and back to the beginning of it
in a passive; where the reach is unclear it is taken wide, which makes two sentences disagree."""

from __future__ import annotations

from functools import lru_cache

from rag.verification.lexicon import words
from rag.verification.numbers import counted_in
from rag.verification.words import Kind, Token

NEGATIONS = words(
    """not no never neither nor none nobody nothing without denies deny denied denying lacks lack
    lacking absence fails fail failed failing refuses refuse refused refusing prohibited
    prohibits prohibit forbidden forbids barred unable nil stop stops stopped stopping cease
    ceases ceased quit quits discontinue discontinued avoid avoids avoided withhold withheld
    refrain excludes exclude excluding except declines declined prevents"""
)
BACKWARD = words(
    """stopped discontinued avoided withheld denied excluded absent prohibited forbidden negative none
    nil waived revoked withdrawn unknown"""
)
"""After a form of "to be" or a colon these deny what stands before them."""
BE = words("is are was were be been being remains remained")
_BREAKS = words(
    """but however although though while whereas because since yet if unless when until owing due"""
)
_PLACES = words("on in at")
_PREPOSITIONS = words("at in on within for to from during after before by with")
_AGAIN = words("no not nor neither never without")
"""Where one of these follows a comma or an "or", it denies what comes next; the one before it does not."""
_HAVING = words("has had may shall must")
_CLAUSE_STARTS = words("and the he she it they this these there patient which who provided we you i")


@lru_cache(maxsize=8_192)
def negated(tokens: tuple[Token, ...]) -> tuple[bool, ...]:
    """For every token whether it is denied; two denials cancel each other."""
    flipped = [False] * len(tokens)
    counted = counted_in(tokens)
    for index, token in enumerate(tokens):
        if index in counted or token.kind is not Kind.WORD:
            continue
        if token.lower == "non":
            flipped[index + 1 : index + 2] = [not flag for flag in flipped[index + 1 : index + 2]]
            continue
        before = [other.lower for other in tokens[max(0, index - 3) : index]]
        following = tokens[index + 1].lower if index + 1 < len(tokens) else ""
        backward = token.lower in BACKWARD and (bool(BE & set(before)) or ":" in before[-1:])
        free = token.lower == "free" and following in ("of", "from")
        negative = token.lower == "negative" and following == "for"
        if backward and following not in ("from", "to"):
            reach = range(_clause_start(tokens, index), index)
        elif token.lower == "not" and following == "only":
            continue
        elif token.lower in NEGATIONS or (token.lower == "other" and following == "than") or free or negative:
            passive = _denied_passive(tokens, index)
            begin = _clause_start(tokens, index) if passive else index + 1
            end = _clause_end(tokens, index + 1, wide=token.lower not in ("not", "nor"))
            # "Not covered by this policy" says nothing against the policy.
            agent = [place for place in range(index, end) if passive and tokens[place].lower == "by"]
            reach = range(begin, min(agent, default=end))
        else:
            continue
        for position in reach:
            flipped[position] = not flipped[position]
    return tuple(flipped)


@lru_cache(maxsize=8_192)
def subjects_of_denials(tokens: tuple[Token, ...]) -> frozenset[int]:
    """Indices of what is said not to be something: "the difference was not significant" denies no difference,
    and says the same as "no significant difference"."""
    found: set[int] = set()
    for index, token in enumerate(tokens):
        if token.lower == "not" and index and tokens[index - 1].lower in BE:
            found.update(range(_clause_start(tokens, index), index))
    return frozenset(found)


def _denied_passive(tokens: tuple[Token, ...], index: int) -> bool:
    """Whether "not" stands in a passive: "the results may not be disclosed" denies the results too."""
    around = {token.lower for token in (*tokens[max(0, index - 1) : index], *tokens[index + 1 : index + 2])}
    following = [token.lower for token in tokens[index + 1 : index + 3] if token.lower not in BE]
    if tokens[index].lower != "not" or not around & BE or not following:
        return False
    return following[0].endswith("ed") and "but" not in {token.lower for token in tokens[index:]}


def _clause_end(tokens: tuple[Token, ...], start: int, *, wide: bool) -> int:
    for index in range(start, len(tokens)):
        token = tokens[index]
        following = tokens[index + 1].lower if index + 1 < len(tokens) else ""
        if token.kind is Kind.MARK and token.key in ".;:!?":
            return index
        if token.lower in _BREAKS and index > start:
            return index
        if (token.key == "," or token.lower in ("and", "or")) and following in _AGAIN:
            return index
        place = token.lower in _PLACES and BE & {word.lower for word in tokens[start:index]}
        if wide and (place or token.lower == "during"):
            return index  # "no haemorrhage was seen on the MRI": there is an MRI
        if token.key == "," and (not wide or following in _CLAUSE_STARTS | _BREAKS):
            return index
        if token.lower == "and" and following in _CLAUSE_STARTS | BE | _HAVING | _PREPOSITIONS:
            return index
    return len(tokens)


def _clause_start(tokens: tuple[Token, ...], end: int) -> int:
    for index in range(end - 1, -1, -1):
        if tokens[index].kind is Kind.MARK and tokens[index].key in ".;":
            return index + 1
        if tokens[index].lower in _BREAKS:
            # The cause that opens a clause is not denied with it: "Because of bradycardia it was stopped".
            cause = tokens[index + 1].lower in ("of", "to")
            return min(end, index + 3) if cause else index + 1
    return 0
