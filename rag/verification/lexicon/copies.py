"""Small words that make the difference between a near copy and its source."""

from __future__ import annotations

SMALL_WORDS: dict[str, frozenset[str]] = {
    "not": frozenset("not no never neither nor without forbidden".split()),
    "must": frozenset("shall must required obliged obligated".split()),
    "may": frozenset("may can might could entitled permitted allowed".split()),
    "should": frozenset({"should"}),
    "all": frozenset("all every each".split()),
    "some": frozenset("some several certain".split()),
    "most": frozenset({"most"}),
    "few": frozenset({"few"}),
    "only": frozenset("only solely".split()),
}
"""By kind, the words that count as the same."""
