"""Read a question: what it means, and which of its labels a person took away."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date

from rag.events import QuestionUnderstood
from rag.question.turn import Turn
from rag.question.understanding.labels import labels
from rag.question.understanding.understand import understand
from vault.store.sentences.index import SentenceIndex


def read_question(
    question: str,
    history: Sequence[Turn],
    indexes: Sequence[SentenceIndex],
    without: Collection[str],
    rewrite: Callable[[], str | None],
    say: Callable[[str], None],
) -> QuestionUnderstood:
    """Return how a question is understood, without the labels whose keys are in `without`.

    `rewrite` is called for a follow-up that the rules cannot make standalone; it returns the standalone
    question, or None if it cannot either. `say` receives a note about each key that no label has.
    """
    today = date.today()
    whole = understand(question, history, indexes, today=today)
    if not whole.certain and (rewritten := rewrite()):
        question, history = rewritten, ()
        whole = understand(question, history, indexes, today=today)
    # Understood whole first: only then it is known what the labels that were taken away said.
    all_labels = labels(whole)
    removed = tuple(label for label in all_labels if label.key in without)
    keys = frozenset(label.key for label in removed)
    known = ", ".join(f"“{label.key}”" for label in all_labels) or "none"
    for key in sorted(frozenset(without) - keys):
        say(f"No label of this question has the key “{key}”, so nothing was taken away. Its keys: {known}.")
    kept = understand(question, history, indexes, today=today, without=keys) if keys else whole
    return QuestionUnderstood(kept, tuple(labels(kept)), removed)
