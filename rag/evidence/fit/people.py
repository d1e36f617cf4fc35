"""Compare whom a sentence is about with whom the question names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set

from rag.question.understanding.lexicon.titles import TITLES
from rag.question.understanding.understood import AskedName
from vault.annotations import AnnotatedSentence, Profile
from vault.text.words import stem, stems

_TITLES = frozenset(stem(word) for word in (*TITLES, "the", "and", "of"))
_PEOPLE = frozenset({"patient", "client", "claimant", "resident", "employee", "defendant", "applicant"})
"""Roles of those whom a document about one person is about."""


def fit_of_people(asked: Sequence[AskedName], sentence: AnnotatedSentence, profile: Profile | None) -> float:
    """Return 1 if the sentence is about somebody asked for, -1 if about somebody else, 0 if nobody knows.

    Its own words count most, then the subject of its row or section, then that of its document.
    """
    known = [name for name in asked if name.names]
    if not known:
        return 0.0
    words = stems(sentence.text)
    if any(is_named(name, words) for name in known):
        return 1.0
    if sentence.subject:
        subject = stems(sentence.subject)
        return 1.0 if any(is_named(name, subject) for name in known) else -1.0
    if profile is None:
        return 0.0
    main = [one for one in profile.subjects if one.role in _PEOPLE]
    if any(is_named(name, stems(one.name)) for name in known for one in main[:1]):
        return 1.0
    if main and not any(profile.document in name.documents for name in known):
        return -1.0
    if any(profile.document in name.documents for name in known):
        return 0.5
    return -0.5


def is_named(asked: AskedName, words: set[str]) -> bool:
    """Return whether the words hold one of the names: all of it, or a title with the last name."""
    forms: Iterable[str] = (*asked.names, *(form for forms in asked.spellings for form in forms))
    return any(parts and parts <= words for parts in map(_name_parts, forms))


def _name_parts(name: str) -> Set[str]:
    """Return the stems of a name without titles; all of them where nothing else is left ("Mr Lord")."""
    parts = stems(name)
    return parts - _TITLES or parts
