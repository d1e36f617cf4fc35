"""Words of one family are recognised by their stems; others are not."""

from __future__ import annotations

import pytest

from vault.text.families import family
from vault.text.words import stem


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("storage", "stored"),
        ("allergic", "allergies"),
        ("keep", "kept"),
        ("drive", "driver"),
        ("transfusion", "transfused"),
    ],
)
def test_words_of_one_family_are_the_same(one: str, other: str) -> None:
    assert family(stem(one)) == family(stem(other))


@pytest.mark.parametrize(
    ("one", "other"), [("lease", "least"), ("penicillin", "penicillamine"), ("B12", "B1")]
)
def test_words_that_only_look_alike_stay_apart(one: str, other: str) -> None:
    assert family(stem(one)) != family(stem(other))
