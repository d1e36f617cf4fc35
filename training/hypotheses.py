"""Hypotheses on contracts as statements with the passages that decide them."""

from __future__ import annotations

from collections.abc import Iterator

from training.row import Claim, Group

LABELS = {"Entailment": "supported", "Contradiction": "contradicted", "NotMentioned": "not_addressed"}


def hypothesis_claims(group: Group, hypothesis: str, label: str) -> Iterator[Claim]:
    """A hypothesis on a contract with the passages that decide it; one that nothing decides, with those that
    come nearest. `label` is in the words of the set."""
    right = [one for one in group.candidates if one.answers]
    others = [one for one in group.candidates if not one.answers]
    for about in right[:2]:
        yield Claim(group.set, hypothesis, about.title, about.heading, about.sentences, LABELS[label])
    # What stands beside the clause that decides says nothing of it.
    for about in others[: 1 if right else 2]:
        yield Claim(group.set, hypothesis, about.title, about.heading, about.sentences, "not_addressed")
