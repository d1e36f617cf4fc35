"""Statements as queries: the passage that decides one is never among those that do not."""

from __future__ import annotations

import random
from dataclasses import replace

from training.forms import groups_from_headings, groups_from_sentences, groups_from_statements
from training.row import Candidate, Claim, Group
from vault.embedding.embedder import Embedder

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
    groups = {
        group.forms[0]: group
        for group in groups_from_statements((TREATED, DENIED, OPEN), embedder, random.Random(1))
    }
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
        (made,) = groups_from_sentences([group], random.Random(seed))
        right, *wrong = made.candidates
        assert right.relevant
        assert set(right.sentences) < set(about.sentences)
        assert made.forms[0] in set(about.sentences) - set(right.sentences)
        assert [one.title for one in wrong] == ["2"]


def test_nothing_is_lifted_where_too_little_would_be_left() -> None:
    group = Group("some", ("What lowers fever?",), (passage("1", LONG, LONG), passage("2", LONG)))
    assert not list(groups_from_sentences([group], random.Random(1)))


def test_a_heading_asks_for_the_text_below_it_and_is_shown_by_none() -> None:
    below = passage("Lease", "7. Repair of roofs", LONG, LONG, LONG)
    about = replace(below, heading="Lease of Unit 7 › 7. Repair of roofs")
    same = replace(below, heading=about.heading)
    other = replace(passage("Lease", "Rent is due in May."), heading="8.")
    telling = replace(passage("Lease", "He shall see to repair of roofs."), heading="9.")
    (made,) = groups_from_headings([Group("some", ("Who mends?",), (about, same, other))], random.Random(1))
    right, *wrong = made.candidates
    assert made.forms == ("Repair of roofs",)
    assert right.sentences == (LONG, LONG, LONG)
    assert [one.sentences for one in wrong] == [other.sentences]
    assert all(not one.heading for one in made.candidates)
    assert not list(groups_from_headings([Group("some", ("Who?",), (about, telling))], random.Random(1)))


def test_a_heading_that_stands_above_a_whole_document_asks_for_nothing() -> None:
    whole = replace(passage("Lease", LONG, LONG, LONG), heading="LEASE AGREEMENT")
    assert not list(
        groups_from_headings([Group("some", ("Who?",), (whole, passage("Lease", LONG)))], random.Random(1))
    )
