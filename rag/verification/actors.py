"""Who acts in a sentence: roles and names, the doer of a verb, the owner of a thing."""

from __future__ import annotations

from collections.abc import Sequence

from rag.verification.lexicon import ROLES, TITLES, words
from rag.verification.negation import BE
from rag.verification.numbers import counted_in
from rag.verification.words import Kind, Token, key_of

_ENDS_OF_NOUNS = ("ion", "ions", "ment", "ments", "ance", "ence", "ery", "ing", "ness", "ity", "ure", "ices")
"""A word that opens a sentence and ends so is a thing with a capital ("Delivery", "Payment") and no name."""
_BEFORE_NOUNS = words(
    """the a an this that any each no its his her their of in on at by for from with without after before upon
    under prior further"""
)
_DETERMINERS = words("the this a an such any")
_NOTICE = key_of("notice")
_PARTICIPLES = ("ed", "en", "wn", "id", "ld", "nt", "ught")
_REPLACED = key_of("replaced")


def acting_in(tokens: tuple[Token, ...]) -> set[str]:
    """Who may act: roles and names. "The Goods" is a defined term, not a name."""
    found: set[str] = set()
    counted = counted_in(tokens)
    for index, token in enumerate(tokens):
        if index in counted:
            continue
        thing = token.first and token.lower.endswith(_ENDS_OF_NOUNS)
        before = index - 1
        while before > 0 and tokens[before].capital:
            before -= 1
        defined = thing or (before >= 0 and tokens[before].lower in _DETERMINERS)
        if token.lower in TITLES:
            continue
        if token.content and (token.lower in ROLES or ((token.capital or token.first) and not defined)):
            found.add(token.key)
    return found


def doer_of(tokens: tuple[Token, ...], verb: int, everyone: set[str]) -> str | None:
    """Who of `everyone` does what the verb says; None where it is not told."""
    after = nearest_of(tokens, range(verb + 1, min(len(tokens), verb + 8)), everyone)
    if after is not None and is_passive(tokens, verb, after):
        return tokens[after].key
    if _done_by_nobody(tokens, verb, everyone):
        return None
    before = nearest_of(tokens, range(verb - 1, -1, -1), everyone)
    if before is None:
        return None
    if before > 1 and tokens[before - 1].lower == "of" and tokens[before - 2].key in everyone:
        before -= 2  # the Court of Appeal, the director of Pike
    return tokens[before].key


def _done_by_nobody(tokens: tuple[Token, ...], verb: int, everyone: set[str]) -> bool:
    """Whether it is a participle whose doer is not told: "shall be paid", "the fees paid in May"."""
    if not tokens[verb].lower.endswith(_PARTICIPLES):
        return False
    before = [token for token in tokens[max(0, verb - 3) : verb] if not token.lower.endswith("ly")][-2:]
    if any(token.lower in BE for token in before):
        return True
    return bool(before) and before[-1].content and before[-1].key not in everyone


def is_verb(tokens: tuple[Token, ...], index: int) -> bool:
    """Whether a word that may be a verb is one: not in "the end of", "its written consent", "notice"."""
    if tokens[index].key == _NOTICE and not tokens[index].lower.startswith("notif"):
        return False
    before = tokens[index - 1] if index else None
    return before is None or not (before.owner or before.lower in _BEFORE_NOUNS)


def is_predicate(tokens: tuple[Token, ...], index: int) -> bool:
    """Whether it says what somebody is, and not who: "acts as a contractor", "is no employee"."""
    before = [token.lower for token in tokens[max(0, index - 4) : index]]
    named = [place for place, word in enumerate(before) if word in ("a", "an", "no")]
    return bool(named) and bool({"as", "not", *BE} & set(before[: named[-1]][-2:]))


def owners_of(tokens: tuple[Token, ...], thing: int, everyone: set[str]) -> set[str]:
    """Whose the thing is, as far as it is told: "the Supplier's total liability", "the liability of Pike"."""
    found: set[str] = set()
    for place in range(thing - 1, max(-1, thing - 4), -1):
        if tokens[place].kind is Kind.MARK:
            break
        if tokens[place].owner:
            found.add(tokens[place].key)
            break
    if thing + 1 < len(tokens) and tokens[thing + 1].lower == "of":
        owner = nearest_of(tokens, range(thing + 2, min(len(tokens), thing + 4)), everyone)
        if owner is not None:
            found.add(tokens[owner].key)
    return found


def voice_of(tokens: tuple[Token, ...], verb: int) -> tuple[bool, bool]:
    """Whether a form of "to be" stands before the verb, and "by" behind it."""
    before, behind = tokens[max(0, verb - 3) : verb], tokens[verb + 1 : verb + 5]
    return bool(BE & {token.lower for token in before}), "by" in {token.lower for token in behind}


def nearest_of(tokens: tuple[Token, ...], places: Sequence[int], wanted: set[str]) -> int | None:
    """The first of `places` with a word of `wanted`, in the same sentence."""
    for place in places:
        if tokens[place].kind is Kind.MARK and tokens[place].key in ".;":
            return None
        if tokens[place].content and tokens[place].key in wanted:
            return place
    return None


def is_passive(tokens: tuple[Token, ...], verb: int, actor: int) -> bool:
    """Whether the verb is done by the actor behind it: "was signed by Pike", not "rose by 3 percent"."""
    if not tokens[verb].lower.endswith(_PARTICIPLES):
        return False
    between = {token.lower for token in tokens[max(verb, actor - 3) : actor]}
    # "Was replaced with" is "was replaced by"; "we replaced it with" is not.
    was = tokens[verb].key == _REPLACED and bool(BE & {t.lower for t in tokens[max(0, verb - 3) : verb]})
    return "by" in between or (was and "with" in between)
