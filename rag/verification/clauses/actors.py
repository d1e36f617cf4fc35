"""Who acts in a sentence: roles and names, the doer of a verb, the owner of a thing."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from rag.verification.lexicon.people import ROLES
from rag.verification.lexicon.verbs import (
    BE,
    BEFORE_NOUNS,
    DETERMINERS,
    NOUN_ENDINGS,
    PARTICIPLE_ENDINGS,
)
from rag.verification.quantities.quantity import quantity_indices
from rag.verification.text.keys import key_of
from rag.verification.text.tokens import Kind, Tokens
from vault.text.lists.names import TITLES

_NOTICE = key_of("notice")
_REPLACED = key_of("replaced")


def actors_in(tokens: Tokens) -> set[str]:
    """Return the keys of those who may act: roles and names. "The Goods" is a defined term, not a name."""
    in_quantity = quantity_indices(tokens)
    return {
        token.key
        for index, token in enumerate(tokens)
        if index not in in_quantity
        and token.content
        and token.lower not in TITLES
        and (token.lower in ROLES or _is_name(tokens, index))
    }


def doer_of(tokens: Tokens, verb: int, actors: Collection[str]) -> str | None:
    """Return which of `actors` does what the verb at index `verb` says; None if the text does not say."""
    following = nearest(tokens, range(verb + 1, min(len(tokens), verb + 8)), actors)
    if following is not None and is_passive(tokens, verb, following):
        return tokens[following].key
    if _is_participle_without_doer(tokens, verb, actors):
        return None
    before = nearest(tokens, range(verb - 1, -1, -1), actors)
    if before is None:
        return None
    if before > 1 and tokens[before - 1].lower == "of" and tokens[before - 2].key in actors:
        before -= 2  # the Court of Appeal, the director of Pike
    return tokens[before].key


def is_verb(tokens: Tokens, index: int) -> bool:
    """Return whether a word that may be a verb is one; it is not in "the end of", "its written consent"."""
    if tokens[index].key == _NOTICE and not tokens[index].lower.startswith("notif"):
        return False
    before = tokens[index - 1] if index else None
    return before is None or not (before.possessive or before.lower in BEFORE_NOUNS)


def is_predicate(tokens: Tokens, index: int) -> bool:
    """Return whether a word says what someone is, not who: "acts as a contractor", "is no employee"."""
    before = [token.lower for token in tokens[max(0, index - 4) : index]]
    articles = [place for place, word in enumerate(before) if word in ("a", "an", "no")]
    return bool(articles) and bool({"as", "not", *BE} & set(before[: articles[-1]][-2:]))


def owners_of(tokens: Tokens, thing: int, actors: Collection[str]) -> set[str]:
    """Return who owns the thing at index `thing`: "the Supplier's total liability", "the liability of Pike".

    Empty if the text does not say.
    """
    found: set[str] = set()
    for place in range(thing - 1, max(-1, thing - 4), -1):
        if tokens[place].kind is Kind.MARK:
            break
        if tokens[place].possessive:
            found.add(tokens[place].key)
            break
    if thing + 1 < len(tokens) and tokens[thing + 1].lower == "of":
        owner = nearest(tokens, range(thing + 2, min(len(tokens), thing + 4)), actors)
        if owner is not None:
            found.add(tokens[owner].key)
    return found


def voice_of(tokens: Tokens, verb: int) -> tuple[bool, bool]:
    """Return whether a form of "to be" stands before the verb, and "by" after it."""
    before, after = tokens[max(0, verb - 3) : verb], tokens[verb + 1 : verb + 5]
    return bool(BE & {token.lower for token in before}), "by" in {token.lower for token in after}


def nearest(tokens: Tokens, places: Sequence[int], keys: Collection[str]) -> int | None:
    """Return the first of `places` with a content word of `keys`; None if the sentence ends before one."""
    for place in places:
        if tokens[place].is_mark(".;"):
            return None
        if tokens[place].content and tokens[place].key in keys:
            return place
    return None


def is_passive(tokens: Tokens, verb: int, actor: int) -> bool:
    """Return whether the actor after the verb does it: "was signed by Pike", not "rose by 3 percent"."""
    if not tokens[verb].lower.endswith(PARTICIPLE_ENDINGS):
        return False
    between = {token.lower for token in tokens[max(verb, actor - 3) : actor]}
    # "Was replaced with" is "was replaced by"; "we replaced it with" is not.
    was_replaced = tokens[verb].key == _REPLACED and voice_of(tokens, verb)[0]
    return "by" in between or (was_replaced and "with" in between)


def _is_name(tokens: Tokens, index: int) -> bool:
    """Return whether a capital marks a name here, not a defined term or the start of a sentence."""
    token = tokens[index]
    if not token.capital and not token.first:
        return False
    if token.first and token.lower.endswith(NOUN_ENDINGS):
        return False
    before = index - 1
    while before > 0 and tokens[before].capital:
        before -= 1
    return before < 0 or tokens[before].lower not in DETERMINERS


def _is_participle_without_doer(tokens: Tokens, verb: int, actors: Collection[str]) -> bool:
    """Return whether no one is said to do it: "shall be paid", "the fees paid in May"."""
    if not tokens[verb].lower.endswith(PARTICIPLE_ENDINGS):
        return False
    before = [token for token in tokens[max(0, verb - 3) : verb] if not token.lower.endswith("ly")][-2:]
    if any(token.lower in BE for token in before):
        return True
    return bool(before) and before[-1].content and before[-1].key not in actors
