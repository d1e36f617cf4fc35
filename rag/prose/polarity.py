"""Whether a sentence says that something is so, or that it is not."""

from __future__ import annotations

import re
from collections.abc import Set

from rag.verification.clauses.negation import negated
from rag.verification.text.tokens import Kind, Tokens, tokens_of
from vault.text.words import stem

_ENDED = re.compile(
    r"\b(?:released|deleted|ended|ceased|terminated|revoked|withdrawn|cancelled|rescinded|removed|resigned"
    r"|retired|expired|lapsed|surrendered|struck out|no longer|until \d)\b",
    re.I,
)
_CLAUSE_END = ";:."


def says_no(text: str, topic: Set[str], *, still: bool) -> bool:
    """Return whether `text` denies what is asked about; `topic` holds its stems, with other words for it.

    With `still`, an end denies as well: "the guarantor is released" says that he is none now.
    """
    tokens = tokens_of(text)
    denied = negated(tokens)
    about = [
        index for index, token in enumerate(tokens) if token.kind is Kind.WORD and stem(token.lower) in topic
    ]
    if any(denied[index] for index in about):
        return True
    if _denies_outright(tokens, about):
        return True
    return still and says_an_end(text)


def says_an_end(text: str) -> bool:
    """Return whether `text` says that something ended: "is released", "clause 11 is deleted"."""
    return _ENDED.search(text) is not None


def _denies_outright(tokens: Tokens, about: list[int]) -> bool:
    """Return whether a "no" or "none" answers a label: "Diabetes: no", "Allergies: none known"."""
    for index in about:
        following = [token.lower for token in tokens[index + 1 : index + 5]]
        if following and following[0] in _CLAUSE_END + "|" and set(following[1:3]) & {"no", "none", "nil"}:
            return True
    return False
