"""The people and parties of the collections, each with all the ways in which its name is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rag.question.understanding.lexicon.near_words import NearWords
from rag.question.understanding.lexicon.titles import Gender
from rag.question.understanding.people.name_words import NameParts, name_parts


@dataclass(frozen=True, slots=True)
class KnownName:
    """A person or party that documents name."""

    name: str
    """The fullest form that the documents have, in the spelling that they use most."""
    words: frozenset[str]
    initials: frozenset[str]
    """First letters that stand for words which no document spells out."""
    gender: Gender | None
    documents: frozenset[str]
    """sha256"""
    spellings: tuple[str, ...]
    firm: bool
    titled: bool = False
    """Whether a form of it has a title, such as "Dr"."""
    joined: frozenset[str] = frozenset()
    """Words that a hyphen joins in every form of it."""


@dataclass(slots=True)
class _Group:
    """Forms that belong to one person, while the forms are sorted."""

    words: set[str]
    initials: set[str] = field(default_factory=set)
    forms: Counter[str] = field(default_factory=Counter)
    documents: set[str] = field(default_factory=set)
    genders: set[Gender] = field(default_factory=set)
    firm: bool = False

    def add(self, name: str, parts: NameParts, documents: Iterable[str]) -> None:
        found = set(documents)
        self.forms[name] += len(found)
        self.documents |= found
        self.firm |= parts.firm
        if parts.gender is not None:
            self.genders.add(parts.gender)

    def fits(self, parts: NameParts) -> bool:
        """Return whether a shorter form may be of this person: nothing in it speaks against it."""
        if not set(parts.words) <= self.words:
            return False
        if parts.gender is not None and self.genders and parts.gender not in self.genders:
            return False
        left = {word[0] for word in self.words - set(parts.words)} | self.initials
        return not left or not parts.initials or any(initial in left for initial in parts.initials)


class KnownNames:
    """People and parties by the words of their names."""

    def __init__(self, people: Sequence[KnownName]) -> None:
        self.people = tuple(people)
        self._by_word: dict[str, list[KnownName]] = {}
        for person in people:
            for word in person.words:
                self._by_word.setdefault(word, []).append(person)
        self._near = NearWords(self._by_word)

    def with_word(self, word: str) -> list[KnownName]:
        """Return those whose name holds exactly this word."""
        return self._by_word.get(word, [])

    def near(self, word: str) -> list[str]:
        """Return the words of names nearest to this one, itself left out; several at the same distance."""
        found = [one for one in self._near.near(word) if one.distance]
        return [one.word for one in found if one.distance == found[0].distance]


def known_names(names: Iterable[tuple[str, str]]) -> KnownNames:
    """Put together the forms of each name. `names` holds (name, sha256) pairs.

    Two forms are one person if one has all the words of the other, in any order, or the initials of what it
    lacks; a form that fits several people ("Mrs Tolland" where there are two) belongs to each of them.
    """
    documents: dict[str, set[str]] = {}
    for name, sha256 in names:
        documents.setdefault(" ".join(name.split()), set()).add(sha256)
    parts = {name: found for name in documents if (found := name_parts(name)).words}
    groups: list[_Group] = []
    by_word: dict[str, list[_Group]] = {}
    # The fullest forms make the groups; shorter ones then find theirs.
    order = sorted(parts, key=lambda name: (-len(parts[name].words), -len(parts[name].initials), name))
    for name in order:
        found = parts[name]
        fitting = [group for group in by_word.get(found.words[0], []) if group.fits(found)]
        if not fitting:
            group = _Group(set(found.words), set(found.initials))
            groups.append(group)
            for word in found.words:
                by_word.setdefault(word, []).append(group)
            fitting = [group]
        elif found.gender is not None:
            # "Mr Hale" is of the Hale who is a man, not of the one of whom nothing is said.
            fitting = [group for group in fitting if found.gender in group.genders] or fitting
        for group in fitting:
            group.add(name, found, documents[name])
    return KnownNames([_person(group, parts) for group in groups])


def _person(group: _Group, parts: dict[str, NameParts]) -> KnownName:
    def rank(name: str) -> tuple[int, int, bool, bool, int, str]:
        found = parts[name]
        shouted = name.isupper() or any(word.isupper() and len(word) > 3 for word in name.split())
        return (
            -len(found.words), -len(found.initials), shouted, not found.titled, -group.forms[name], name
        )  # fmt: skip

    spellings = sorted(group.forms, key=rank)
    return KnownName(
        name=spellings[0],
        words=frozenset(group.words),
        initials=frozenset(group.initials),
        gender=next(iter(group.genders)) if len(group.genders) == 1 else None,
        documents=frozenset(group.documents),
        spellings=tuple(spellings),
        firm=group.firm,
        titled=any(parts[name].titled for name in spellings),
        joined=frozenset.intersection(*(parts[name].joined for name in spellings)),
    )
