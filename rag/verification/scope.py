"""Guards on what a sentence does with its words: denies them, commands, permits, doubts or limits them.

A sentence is not parsed. Cues reach to the end of their clause (negation), to the verb they stand before
(modality) or to the word they qualify (doubt); where the reach is unclear it is taken wide, which makes the
statement and the passage disagree rather than agree.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rag.verification.actors import is_predicate
from rag.verification.lexicon import ROLES, words
from rag.verification.negation import BACKWARD, BE, NEGATIONS, negated, subjects_of_denials
from rag.verification.numbers import counted_in
from rag.verification.words import Kind, Token

_CONDITIONS = re.compile(
    r"\b(?:if|unless|except|excluding|provided that|provided however|subject to|in the event|only|until"
    r"|with (?:\S+ ){0,5}(?:consent|approval|permission)"
    r"|(?:on|in|at|by|from|for|under|after) (?:which|whom)"
    r"|save for|in the absence of|other than|as long as|so long as|notwithstanding)\b"
)
MODALS: dict[str, frozenset[str]] = {
    "must": words("shall must need needs required obliged obligated undertakes undertake will covenants"),
    "may": words(
    """may might could can permitted entitled allowed possible possibly probable probably likely
    suspected suspicious potential potentially optional alleged allegedly alleges alleging
    claims claimed reportedly appears seems suggests suggestive suggesting questionable presumed
    eligible option discretion"""
),
    "should": words("should recommended recommends recommend advised advises consider"),
    "history": words("""history previous previously former formerly family mother father sibling
    sister brother son daughter aunt uncle grandmother grandfather cousin relative relatives"""),
    "plan": words("proposed planned plans intends intended scheduled draft anticipated expected"),
}  # fmt: skip
_ADJECTIVES = words("suspected possible probable likely permitted allowed planned")
_WITH_TO = words("required need needs needed")
"""Modals before "to" and "not" only: to need a majority is no duty."""
_BEFORE_A_WILL = words("the a this that his her their last earlier later former first")
"""Behind these a will is a document."""
_SUBJECT_TO = words("not be been is are was were to also only that of for have has had then")


def polarity_disagrees(statement: tuple[Token, ...], passage: tuple[Token, ...]) -> str | None:
    """Why one denies what the other asserts; None when they do not."""
    if any(negated(statement)) and not any(negated(passage)):
        return "the cited passage denies nothing"
    stated, there = _polarities(statement), _polarities(passage)
    for key, signs in stated.items():
        if key in there and not signs & there[key]:
            word = next(token.text for token in statement if token.key == key)
            verb = "denies" if True in there[key] else "does not deny"
            return f"the cited passage {verb} what is said of “{word}”"
    return None


def modality_disagrees(statement: tuple[Token, ...], passage: tuple[Token, ...]) -> str | None:
    """Why the statement commands, permits or asserts what the passage does not; None when it agrees."""
    stated, there = _modalities(statement), _modalities(passage)
    keys = {token.key for token in passage}
    for key, kinds in stated.items():
        for kind in kinds - {"plan", "history", _PLAINLY}:
            known = there.get(key, set()) if key in keys else set().union(*there.values())
            if kind not in known:
                return f"the cited passage does not say “{_PHRASES[kind]}” of this"
    spoken = {token.key for token in statement if token.content}
    for key, kinds in there.items():
        if key not in spoken or _PLAINLY in kinds:
            continue
        for kind in kinds - {"must", "must not"}:
            if kind not in stated.get(key, set()) and not any(kind in other for other in stated.values()):
                return f"the cited passage says this only as “{_PHRASES[kind]}”"
    return None


_PLAINLY = "plainly"
_PHRASES = {
    "must": "must", "may": "may", "should": "should", "history": "in the past or of someone else",
    "plan": "planned", "must not": "must not", "need not": "need not",
}  # fmt: skip


def conditions_dropped(statement: tuple[Token, ...], passage: tuple[Token, ...]) -> str | None:
    """The condition or exception of the passage that the statement leaves out, if any."""
    said = {token.key for token in statement if token.content or token.kind in (Kind.NUMBER, Kind.DATE)}
    line = " ".join(token.lower.replace(" ", "_") for token in passage)
    for match in _CONDITIONS.finditer(line):
        clause = _content_after(passage, line[: match.start()].count(" ") + 1)
        if clause and len(clause & said) < len(clause) / 2:
            return f"the cited passage limits this with “{match.group()}”"
    return None


def _content_after(tokens: tuple[Token, ...], start: int) -> set[str]:
    found: set[str] = set()
    for token in tokens[start:]:
        if (token.kind is Kind.MARK and token.key in ",.;") or (token.lower == "and" and found):
            break
        if token.content or token.kind in (Kind.NUMBER, Kind.DATE):
            found.add(token.key)
    return found


def _polarities(tokens: tuple[Token, ...]) -> dict[str, set[bool]]:
    """By key of the words that say something, whether they are asserted (False) or denied (True)."""
    signs: dict[str, set[bool]] = {}
    start, subjects = _lead_in(tokens), subjects_of_denials(tokens)
    for index, (token, denied) in enumerate(zip(tokens, negated(tokens), strict=True)):
        cue = token.lower in NEGATIONS | BACKWARD
        actor = token.lower in ROLES and not is_predicate(tokens, index)
        if index >= start and token.content and not cue and not actor:
            signs.setdefault(token.key, set()).update({True, False} if index in subjects else {denied})
    return signs


def _lead_in(tokens: tuple[Token, ...]) -> int:
    """Where the sentence proper begins after an opening like "On weekends, …", which nothing denies."""
    if tokens and tokens[0].lower in ("on", "in", "at", "during", "after", "before", "upon", "for"):
        for index, token in enumerate(tokens[:10]):
            if token.key == ",":
                return index + 1
    return 0


@lru_cache(maxsize=8_192)
def _modalities(tokens: tuple[Token, ...]) -> dict[str, set[str]]:
    """By key of the words that a modal qualifies, in which ways, `_PLAINLY` among them."""
    found: dict[str, set[str]] = {}
    qualified: set[int] = set()
    denied = negated(tokens)
    for index, token in enumerate(tokens):
        for kind, cues in MODALS.items():
            following = tokens[index + 1].lower if index + 1 < len(tokens) else ""
            if token.kind is not Kind.WORD or token.lower not in cues:
                continue
            if token.lower in _WITH_TO and following not in ("to", "not"):
                continue
            if token.lower == "will" and index and tokens[index - 1].lower in _BEFORE_A_WILL:
                continue
            freed = token.lower in ("need", "needs") and following == "not"
            exempt = freed or (
                kind == "must" and denied[index] and token.lower not in ("shall", "must", "will")
            )
            heads = [_next_content(tokens, index, 1)]
            if heads[0] is not None and tokens[heads[0]].lower in ("ensure", "procure"):
                # What is to be ensured is to be: all that the clause says.
                heads += [place for place in range(heads[0], len(tokens)) if tokens[place].content]
            if (
                token.lower in _ADJECTIVES
                and index
                and BE & {t.lower for t in tokens[max(0, index - 3) : index]}
            ):
                heads.append(_next_content(tokens, index, -1))
            for head in heads:
                if head is None:
                    continue
                forbids = kind in ("may", "must") and denied[head]
                name = "need not" if exempt else "must not" if forbids else kind
                found.setdefault(tokens[head].key, set()).add(name)
                qualified.add(head)
    for index, token in enumerate(tokens):
        if index not in qualified and token.key in found:
            found[token.key].add(_PLAINLY)
    return found


def _next_content(tokens: tuple[Token, ...], index: int, step: int) -> int | None:
    counted = counted_in(tokens)
    position = index + step
    while 0 <= position < len(tokens) and tokens[position].key not in ".;":
        token = tokens[position]
        modal = any(token.lower in cues for cues in MODALS.values())
        weak = (
            token.lower in ("time", "times")
            or modal
            or token.lower.endswith("ly")
            or token.lower in _SUBJECT_TO
        )
        if token.content and not weak and position not in counted:
            return position
        position += step
    return None
