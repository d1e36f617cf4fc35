"""Notice whether a question asks about a relative of the patient."""

from __future__ import annotations

import re
from collections.abc import Set
from itertools import takewhile

from vault.text.lists.relatives import RELATIVES
from vault.text.words import stems

_RELATIVE = re.compile(
    rf"\b(?:(?:{'|'.join(sorted(RELATIVES))})s?|children|wives|in-laws?|famil(?:y|ies)|next of kin)\b", re.I
)

_TELLS = re.compile(
    r"\s+(?:\w+\s+)?(?:say|said|report|told|tell|think|thought|note|state|ask|feel|worr)\w*\b", re.I
)


_CLAUSE = re.compile(r"[;?!]\s|,\s(?:but|and|while|whereas)\s|\s(?:but|whereas)\s")


def own_clauses(text: str) -> list[str]:
    """Return the clauses of a sentence before the first one that names a relative.

    "She is not diabetic; her brother is" speaks of two people. Whoever is spoken of after the relative may be
    the relative.
    """
    return list(takewhile(lambda clause: not names_a_relative(clause), clauses(text)))


def clauses(text: str) -> list[str]:
    """Return all clauses of a sentence."""
    return _CLAUSE.split(text)


def says_it_of_the_patient(text: str, topic: Set[str]) -> bool:
    """Return whether all that `text` says of the topic (stems) stands in clauses before a relative."""
    own = own_clauses(text)
    said = stems(text) & topic
    return bool(said) and len(own) < len(clauses(text)) and said <= stems(" ".join(own))


def is_about_a_relative(text: str, topic: Set[str]) -> bool:
    """Return whether what is asked about (stems) stands after a relative: "her late husband had gout".

    A relative who only tells something does not count.
    """
    found = _RELATIVE.search(text)
    if found is None or _TELLS.match(text, found.end()):
        return False
    before = text[: found.start()]
    return not stems(before) & topic and bool(stems(text[found.end() :]) & topic)


def names_a_relative(question: str) -> bool:
    """Return whether the question speaks of somebody's relative, friend or carer."""
    return _RELATIVE.search(question) is not None
