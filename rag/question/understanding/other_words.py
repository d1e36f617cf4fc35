"""The other words for what a question says, as stems that sentences are compared with."""

from __future__ import annotations

from rag.question.understanding.understood import Understood
from vault.text.words import content_words, stem, stems


def other_words(understood: Understood) -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    """Return (stems of the question, stems of other words that say the same), one pair for each other word.

    Example: "water tablet" with the other words "diuretic" and "furosemide" gives two pairs.
    """
    return tuple(
        (own, frozenset(stem(word) for word in content_words(other)))
        for said, others in understood.expansions.items()
        for own in [frozenset(stems(said))]
        for other in others
        if own
    )
