"""Say a French question in English."""

from __future__ import annotations

from collections.abc import Sequence

from vault.text.languages.parts.tokens import Token


def french_to_english(tokens: Sequence[Token]) -> tuple[str, list[str]]:
    return " ".join(t.text for t in tokens), []
