"""Guards on what a sentence does with its words: denies them, commands, permits, doubts or limits them.

A sentence is not parsed. Cues reach to the end of their clause (negation), to the verb they stand
before (modality) or to the word they qualify (doubt); where the reach is unclear it is taken wide,
which makes the statement and the passage disagree rather than agree.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rag.verify_lexicon import ROLES, words
from rag.verify_numbers import counted_in
from rag.verify_words import Kind, Token

_NEGATIONS = words(
    """not no never neither nor none nobody nothing without denies deny denied denying lacks lack
    lacking absence fails fail failed failing refuses refuse refused refusing prohibited
    prohibits prohibit forbidden forbids barred unable nil stop stops stopped stopping cease
    ceases ceased quit quits discontinue discontinued avoid avoids avoided withhold withheld
    refrain excludes exclude excluding except declines declined prevents"""
)
_BACKWARD = words(
    """stopped discontinued avoided withheld denied excluded absent prohibited forbidden negative none
    nil waived revoked withdrawn unknown"""
)
"""After a form of "to be" or a colon these deny what stands before them."""
_BE = words("is are was were be been being remains remained")
_BREAKS = words("but however although though while whereas because since yet")
_CLAUSE_STARTS = words("and the he she it they this these there patient which who provided we you i")
_CONDITIONS = re.compile(
    r"\b(?:if|unless|except|excluding|provided that|provided however|subject to|in the event|only|until"
    r"|with (?:\S+ ){0,5}(?:consent|approval|permission)"
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
    "history": words("history previous previously former formerly family mother father sibling"),
    "plan": words("proposed planned plans intends intended scheduled draft anticipated expected"),
}  # fmt: skip
_ADJECTIVES = words("suspected possible probable likely permitted allowed planned")
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
    said = {token.key for token in statement if token.content}
    line = " ".join(token.lower.replace(" ", "_") for token in passage)
    for match in _CONDITIONS.finditer(line):
        clause = _content_after(passage, line[: match.start()].count(" ") + 1)
        if clause and len(clause & said) < len(clause) / 2:
            return f"the cited passage limits this with “{match.group()}”"
    return None


def _content_after(tokens: tuple[Token, ...], start: int) -> set[str]:
    found: set[str] = set()
    for token in tokens[start:]:
        if token.kind is Kind.MARK and token.key in ",.;":
            break
        if token.content or token.kind in (Kind.NUMBER, Kind.DATE):
            found.add(token.key)
    return found


@lru_cache(maxsize=8_192)
def negated(tokens: tuple[Token, ...]) -> tuple[bool, ...]:
    """For every token whether it is denied; two denials cancel each other."""
    flipped = [False] * len(tokens)
    counted = counted_in(tokens)
    for index, token in enumerate(tokens):
        if index in counted or token.kind is not Kind.WORD:
            continue
        before = [other.lower for other in tokens[max(0, index - 3) : index]]
        following = tokens[index + 1].lower if index + 1 < len(tokens) else ""
        backward = token.lower in _BACKWARD and (bool(_BE & set(before)) or ":" in before[-1:])
        free = token.lower == "free" and following in ("of", "from")
        negative = token.lower == "negative" and following == "for"
        if backward and following not in ("from", "to"):
            reach = range(_clause_start(tokens, index), index)
        elif token.lower == "not" and following == "only":
            continue
        elif (
            token.lower in _NEGATIONS or (token.lower == "other" and following == "than") or free or negative
        ):
            begin = _clause_start(tokens, index) if _denied_passive(tokens, index) else index + 1
            reach = range(begin, _clause_end(tokens, index + 1, wide=token.lower not in ("not", "nor")))
        else:
            continue
        for position in reach:
            flipped[position] = not flipped[position]
    return tuple(flipped)


def _denied_passive(tokens: tuple[Token, ...], index: int) -> bool:
    """Whether "not" stands in a passive: "the results may not be disclosed" denies the results too."""
    around = {token.lower for token in (*tokens[max(0, index - 1) : index], *tokens[index + 1 : index + 2])}
    following = [token.lower for token in tokens[index + 1 : index + 3] if token.lower not in _BE]
    if tokens[index].lower != "not" or not around & _BE or not following:
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
        if token.key == "," and (not wide or following in _CLAUSE_STARTS | _BREAKS):
            return index
        if token.lower == "and" and following in _CLAUSE_STARTS | _BE | {
            "has",
            "had",
            "may",
            "shall",
            "must",
        }:
            return index
    return len(tokens)


def _clause_start(tokens: tuple[Token, ...], end: int) -> int:
    for index in range(end - 1, -1, -1):
        if (tokens[index].kind is Kind.MARK and tokens[index].key in ".;") or tokens[index].lower in _BREAKS:
            return index + 1
    return 0


def _polarities(tokens: tuple[Token, ...]) -> dict[str, set[bool]]:
    """By key of the words that say something, whether they are asserted (False) or denied (True)."""
    signs: dict[str, set[bool]] = {}
    start = _lead_in(tokens)
    for index, (token, denied) in enumerate(zip(tokens, negated(tokens), strict=True)):
        cue = token.lower in _NEGATIONS | _BACKWARD
        if index >= start and token.content and not cue and token.lower not in ROLES:
            signs.setdefault(token.key, set()).add(denied)
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
            if token.lower == "required" and following != "to":
                continue
            freed = token.lower in ("need", "needs") and following == "not"
            exempt = freed or (
                kind == "must" and denied[index] and token.lower not in ("shall", "must", "will")
            )
            heads = [_next_content(tokens, index, 1)]
            if (
                token.lower in _ADJECTIVES
                and index
                and _BE & {t.lower for t in tokens[max(0, index - 3) : index]}
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
        weak = modal or token.lower.endswith("ly") or token.lower in _SUBJECT_TO
        if token.content and not weak and position not in counted:
            return position
        position += step
    return None
