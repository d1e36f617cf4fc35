"""Guard on conditions: a statement does not leave out the condition or exception of the passage."""

from __future__ import annotations

import re

from rag.verification.text.tokens import Kind, Token, Tokens

_CONDITIONS = re.compile(
    r"\b(?:if|unless|except|excluding|provided that|provided however|subject to|in the event|only|until"
    r"|with (?:\S+ ){0,5}(?:consent|approval|permission)"
    r"|(?:on|in|at|by|from|for|under|after) (?:which|whom)"
    r"|save for|in the absence of|other than|as long as|so long as|notwithstanding)\b"
)


def condition_is_dropped(statement: Tokens, passage: Tokens) -> str | None:
    """Return which condition or exception of the passage the statement leaves out."""
    said = {token.key for token in statement if _says_something(token)}
    # One word per token, so that the spaces before a match count the tokens.
    line = " ".join(token.lower.replace(" ", "_") for token in passage)
    for match in _CONDITIONS.finditer(line):
        clause = _clause_keys(passage, line[: match.start()].count(" ") + 1)
        if clause and len(clause & said) < len(clause) / 2:
            return f"the cited passage limits this with “{match.group()}”"
    return None


def _clause_keys(tokens: Tokens, start: int) -> set[str]:
    """Return the keys of what a condition says, from `start` to the end of its clause."""
    found: set[str] = set()
    for token in tokens[start:]:
        if token.is_mark(",.;") or (token.lower == "and" and found):
            break
        if _says_something(token):
            found.add(token.key)
    return found


def _says_something(token: Token) -> bool:
    return token.content or token.kind in (Kind.NUMBER, Kind.DATE)
