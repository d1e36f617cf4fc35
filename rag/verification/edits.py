"""Guard on near copies: the closer a statement is to the words of a passage, the more its few changes say.

Where both run side by side, a "not", a "may", an "all" or a number that one has and the other lacks is the
difference between them, whatever the rest agrees in.
"""

from __future__ import annotations

from collections import Counter
from difflib import SequenceMatcher

from rag.verification.lexicon import words
from rag.verification.numbers import counted_in
from rag.verification.words import Kind, Token

_NEAR = 0.7
"""The share of the statement's words that stand in the passage in the same order."""
_KINDS: dict[str, str] = {
    word: kind
    for kind, group in {
        "not": words("not no never neither nor without forbidden"),
        "must": words("shall must required obliged obligated"),
        "may": words("may can might could entitled permitted allowed"),
        "should": words("should"),
        "all": words("all every each"),
        "some": words("some several certain"),
        "most": words("most"),
        "few": words("few"),
        "only": words("only solely"),
    }.items()
    for word in group
}
_FORBIDDEN = ("must", "may")
_LEFT_OUT = ("may", "should", "some", "most", "few")
"""What makes a statement say more when it is left out. That something is to be done may be said plainly."""
_Unit = tuple[str, Token]


def edited(statement: tuple[Token, ...], passage: tuple[Token, ...]) -> str | None:
    """The small word or number in which a statement differs from the words that it copies; or None."""
    said, there = [unit for unit in _units(statement) if unit[0] != "."], _units(passage)
    matcher = SequenceMatcher(None, [key for key, _ in said], [key for key, _ in there], autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    if not said or sum(block.size for block in blocks) < _NEAR * len(said):
        return None
    end = blocks[-1].b + blocks[-1].size
    copied = there[blocks[0].b : end]
    opened = max((place for place in range(blocks[0].b) if there[place][0] == "."), default=-1)
    ours, theirs, before = _kinds(said), _kinds(copied), _kinds(there[opened + 1 : end])
    more = [kind for kind in ours if ours[kind] > before[kind]]
    less = [kind for kind in _LEFT_OUT if theirs[kind] > ours[kind]]
    if ours["not"] != before["not"]:
        more.append("not")
    for change, i, j, k, m in matcher.get_opcodes():
        if change == "equal" or k > end or (m < opened):
            continue
        found = _of_kinds(said[i:j], more) or _of_kinds(
            there[k:m], [*less, *(("not",) if "not" in more else ())]
        )
        found = found or _number_exchanged(said[i:j], there[k:m])
        if found:
            return f"“{found}” is the difference from the cited passage"
    return None


def _units(tokens: tuple[Token, ...]) -> list[_Unit]:
    """Words, numbers and full stops with what they are compared by; "shall not" and "may not" forbid alike,
    and of "not this but that" only that counts."""
    units: list[_Unit] = []
    counted = counted_in(tokens)  # "not less than 30" is one quantity
    for index, token in enumerate(tokens):
        if token.kind is Kind.MARK and token.key not in ".;":
            continue
        before = _KINDS.get(units[-1][0]) if units else None
        if token.kind is Kind.MARK:
            units.append((".", token))
        elif token.lower == "not" and before in _FORBIDDEN:
            units[-1] = ("forbidden", token)
        elif token.lower == "but" and "not" in [key for key, _ in units[-4:]]:
            while units.pop()[0] != "not":
                pass
        else:
            # "May" within a sentence is a month.
            small = token.lower in _KINDS and not token.capital and index not in counted
            units.append(
                (token.lower if small else token.key.upper() if token.key in _KINDS else token.key, token)
            )
    return units


def _kinds(units: list[_Unit]) -> Counter[str]:
    return Counter(_KINDS[key] for key, _ in units if key in _KINDS)


def _of_kinds(units: list[_Unit], kinds: list[str]) -> str:
    return next((token.text for key, token in units if _KINDS.get(key) in kinds), "")


def _number_exchanged(said: list[_Unit], there: list[_Unit]) -> str:
    numbers = [[token for _, token in part if token.kind is Kind.NUMBER] for part in (said, there)]
    if all(numbers) and not {token.key for token in numbers[0]} & {token.key for token in numbers[1]}:
        return numbers[0][0].text
    return ""
