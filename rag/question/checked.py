"""Check that a text is a question."""

from __future__ import annotations

from vault.errors import QuestionError

_LONGEST_QUESTION = 4000
"""Characters."""


def checked_question(question: str) -> str:
    """Return the question without white space around it.

    Raises QuestionError for a text without a letter or digit, and for one that is too long.
    """
    stripped = question.strip()
    if not any(character.isalnum() for character in stripped):
        raise QuestionError(f"{question!r} is not a question. Type what you want to know.")
    if len(stripped) > _LONGEST_QUESTION:
        raise QuestionError(
            f"The question is {len(stripped)} characters long; {_LONGEST_QUESTION} are allowed. Shorten it."
        )
    return stripped
