"""Statements as queries: the passage that decides one is never among those that do not."""

from __future__ import annotations

import random

from training.forms import lifted, stated
from training.row import Candidate, Claim, Group
from vault.embedder import Embedder

TREATED = Claim(
    "some", "Aspirin lowers fever.", "Aspirin", "", ("Aspirin lowered fever in 40 adults.",), "supported"
)
DENIED = Claim(
    "some", "Statins raise cholesterol.", "Statins", "", ("Statins lowered cholesterol.",), "contradicted"
)
OPEN = Claim("some", "Aspirin is cheap.", "Aspirin", "", ("Aspirin was bought in bulk.",), "not_addressed")
LONG = "The trial of forty adults found that aspirin lowered fever within two hours."


def passage(title: str, *sentences: str) -> Candidate:
    return Candidate(title, "", sentences, relevant=False, answers=None)


def test_a_statement_is_held_against_its_passage_and_those_of_other_subjects(embedder: Embedder) -> None:
    groups = {group.forms[0]: group for group in stated((TREATED, DENIED, OPEN), embedder, random.Random(1))}
    assert groups.keys() == {TREATED.statement, DENIED.statement}
    for claim in (TREATED, DENIED):
        right, *wrong = groups[claim.statement].candidates
        assert (right.sentences, right.relevant, right.answers) == (claim.sentences, True, True)
        assert wrong
        assert all(not one.relevant and one.title != claim.title for one in wrong)


def test_a_sentence_lifted_out_is_not_in_the_passage_that_it_has_to_find() -> None:
    about = passage("1", *(f"{LONG[:-1]} in ward {number}." for number in range(5)))
    group = Group("some", ("What lowers fever?",), (about, passage("1", LONG), passage("2", LONG, LONG)))
    for seed in range(20):
        (made,) = lifted([group], random.Random(seed))
        right, *wrong = made.candidates
        assert right.relevant
        assert set(right.sentences) < set(about.sentences)
        assert made.forms[0] in set(about.sentences) - set(right.sentences)
        assert [one.title for one in wrong] == ["2"]


def test_nothing_is_lifted_where_too_little_would_be_left() -> None:
    group = Group("some", ("What lowers fever?",), (passage("1", LONG, LONG), passage("2", LONG)))
    assert not list(lifted([group], random.Random(1)))
