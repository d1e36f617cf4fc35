"""Errors of asking a question and answering it."""

from vault.errors.base import IncameraError


class QuestionError(IncameraError):
    """The question is empty or too long, or it is limited by a condition that cannot be used."""

    exit_code = 2


class ReaderWeightsError(IncameraError):
    """The weights of the reader (`rag/reader/reader.py`) are missing, or not the expected ones."""
