"""Forms of address, and what they say of a person."""

from __future__ import annotations

from enum import StrEnum

from vault.text.lists import names


class Gender(StrEnum):
    """Whether a person is spoken of as he or she."""

    MALE = "male"
    FEMALE = "female"


_MALE = frozenset("mr mister sir lord master herr monsieur father brother".split())
_FEMALE = frozenset("mrs ms miss lady dame madam frau mme madame mlle".split())
_MORE = frozenset("doctor nurse matron major colonel rev reverend sgt".split())
TITLES = _MALE | _FEMALE | _MORE | names.TITLES | names.OFFICES
"""In lower case, without a full stop."""

_MALE_WORDS = frozenset(
    "he him his himself man gentleman husband father son brother nephew uncle grandfather grandson boyfriend "
    "widower stepson stepfather stepbrother".split()
)
_FEMALE_WORDS = frozenset(
    "she her hers herself woman lady wife mother daughter sister niece aunt grandmother "
    "granddaughter girlfriend "
    "widow stepdaughter stepmother stepsister".split()
)


def gender_of_title(title: str) -> Gender | None:
    """Return the gender that a form of address tells; None for "Dr"."""
    word = title.lower().rstrip(".")
    return Gender.MALE if word in _MALE else Gender.FEMALE if word in _FEMALE else None


def gender_of_word(word: str) -> Gender | None:
    """Return the gender that a pronoun or a word for a relative tells."""
    lower = word.lower()
    return Gender.MALE if lower in _MALE_WORDS else Gender.FEMALE if lower in _FEMALE_WORDS else None
