"""What is a question at all."""

from __future__ import annotations

from vault.errors import QuestionError

_LONGEST_QUESTION = 4000


def checked_question(question: str) -> str:
    """The question without white space around it. Raises QuestionError for what is none."""
    stripped = question.strip()
    if not any(character.isalnum() for character in stripped):
        raise QuestionError(f"{question!r} is no question: type what you want to know.")
    if len(stripped) > _LONGEST_QUESTION:
        raise QuestionError(
            f"The question is {len(stripped)} characters long; {_LONGEST_QUESTION} are allowed. Shorten it."
        )
    return stripped
