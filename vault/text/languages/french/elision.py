"""Cut apart what French writes together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from vault.text.languages.french.verbs import verbs
from vault.text.languages.french.words import HELPERS, MODALS, PRONOUNS
from vault.text.languages.parts.tokens import Token

_ELIDED = re.compile(r"((?:l|d|qu|j|s|n|c|m|t|jusqu|lorsqu|puisqu)['’])(.+)", re.I)
_INVERTED = re.compile(r"(.+?)(?:-t)?-(il|elle|on|ils|elles|je|nous|vous|ce)(?:-ci)?", re.I)


def french_tokens(tokens: Sequence[Token]) -> list[Token]:
    """Cut what is written together: "l'énoxaparine", "prend-elle", "y a-t-il"."""
    return [part for token in tokens for part in _parts(token)]


def _parts(token: Token) -> Iterator[Token]:
    text = token.text
    elided = _ELIDED.fullmatch(text)
    if elided and (not token.kept) and text.lower() not in PRONOUNS:
        middle = token.start + len(elided[1])
        yield Token(elided[1].replace("’", "'"), token.start, middle)
        yield from _parts(Token(elided[2], middle, token.end))
        return
    inverted = _INVERTED.fullmatch(text)
    if (
        inverted
        and not token.kept
        and (inverted[1].lower() in {*HELPERS, *MODALS, *verbs().finite} or inverted[1].lower() == "y")
    ):
        middle = token.start + len(inverted[1])
        yield Token(inverted[1], token.start, middle)
        yield Token(f"-{inverted[2].lower()}", middle, token.end)
        return
    yield token
