"""Hypotheses on contracts as statements with the passages that decide them."""

from __future__ import annotations

from collections.abc import Iterator

from training.row import Claim, Group

LABELS = {"Entailment": "supported", "Contradiction": "contradicted", "NotMentioned": "not_addressed"}


def hypothesis_claims(group: Group, hypothesis: str, label: str) -> Iterator[Claim]:
    """Yield claims of a hypothesis on a contract with the passages that decide it, and with others.

    If no passage decides it, the claims have the most similar passages. `label` is one of the set's own
    labels.
    """
    right = [one for one in group.candidates if one.answers]
    others = [one for one in group.candidates if not one.answers]
    for about in right[:2]:
        yield Claim(group.set, hypothesis, about.title, about.heading, about.sentences, LABELS[label])
    # The other passages do not address the hypothesis.
    for about in others[: 1 if right else 2]:
        yield Claim(group.set, hypothesis, about.title, about.heading, about.sentences, "not_addressed")
