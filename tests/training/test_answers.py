"""Statements made of answers: what is called false is not what the passage says."""

from __future__ import annotations

import random

from training.answers import rows_from_answers
from training.row import Candidate, Claim, Group


def candidate(sentence: str, answer: str = "") -> Candidate:
    start = sentence.index(answer)
    return Candidate(
        "Lease", "", (sentence,), relevant=bool(answer), answers=bool(answer),
        words=(0, start, start + len(answer)) if answer else None,
    )  # fmt: skip


ROOF = candidate("In March the roof was mended by Harrow.", "Harrow")
DOOR = candidate("The door was painted by Tolvane in May.", "Tolvane")
GARDEN = candidate("The garden is large.")
GROUPS = [
    Group("some", ("Who mended the roof?",), (ROOF, GARDEN)),
    Group("some", ("Who painted the door?",), (DOOR, GARDEN)),
    Group("some", ("Why is the garden large?",), (GARDEN,)),
]


def test_each_answer_makes_a_query_and_statements_that_are_true_false_and_of_elsewhere() -> None:
    made = list(rows_from_answers(GROUPS, random.Random(1)))
    queries = {one.forms[0]: one.candidates for one in made if isinstance(one, Group)}
    assert queries == {"Harrow mended the roof.": (ROOF, GARDEN), "Tolvane painted the door.": (DOOR, GARDEN)}
    claims = {(one.statement, one.sentences): one.label for one in made if isinstance(one, Claim)}
    assert claims == {
        ("Harrow mended the roof.", ROOF.sentences): "supported",
        ("Tolvane mended the roof.", ROOF.sentences): "contradicted",
        ("Harrow mended the roof.", GARDEN.sentences): "not_addressed",
        ("Tolvane painted the door.", DOOR.sentences): "supported",
        ("Harrow painted the door.", DOOR.sentences): "contradicted",
        ("Tolvane painted the door.", GARDEN.sentences): "not_addressed",
    }


def test_an_answer_that_the_passage_names_as_well_is_not_called_false() -> None:
    both = candidate("Harrow and Tolvane mended the roof.", "Harrow")
    groups = [Group("some", ("Who mended the roof?",), (both,)), GROUPS[1]]
    labels = [one.label for one in rows_from_answers(groups, random.Random(1)) if isinstance(one, Claim)
              if "roof" in one.statement]  # fmt: skip
    assert labels == ["supported"]
