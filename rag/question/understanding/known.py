"""What the collections that are asked know: their words, names, numbers and definitions.

Reading it takes some hundred milliseconds for a large collection, so it is kept for as long as the documents
stay the same.
"""

from __future__ import annotations

import itertools
import threading
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from weakref import WeakKeyDictionary

from rag.question.understanding.lexicon.near_words import NearWords
from rag.question.understanding.people.asked_names import FoundName, names_in_question
from rag.question.understanding.people.known_names import KnownName, KnownNames, known_names
from rag.question.understanding.people.name_words import folded, name_parts
from vault.annotations import AnnotatedSentence, Profile, Subject
from vault.normal_forms import date_forms
from vault.store.sentences.index import SentenceIndex
from vault.text.dates.found import FoundDate, Reading
from vault.text.terms import expression

_THINGS = frozenset(("matter", "file"))
"""Roles of subjects that are neither people nor parties."""
_INCIDENTAL = frozenset("matter file practitioner author relative recipient sender person".split())
"""Roles of subjects whom a document is not about."""
_MOST_COMPARED = 6
"""People of one name."""
_MOST_ROWS = 20
"""Sentences that are read to see whether any is about a person."""
_MOST_TEXTS = 512
"""Texts whose names are kept."""
_MOST_KEPT = 8
"""Sets of collections whose knowledge is kept."""


class Known:
    """What the sentence indexes of some collections know, read when it is first asked for."""

    def __init__(self, sentences: Sequence[SentenceIndex]) -> None:
        self._sentences = tuple(sentences)
        self._held: dict[str, bool] = {}
        self._dated: dict[tuple[date, date], bool] = {}
        self._names_found: dict[str, list[FoundName]] = {}
        self._subject: dict[KnownName, bool] = {}

    @cached_property
    def profiles(self) -> Mapping[str, Profile]:
        """The profiles of all documents, by sha256."""
        return {sha256: one for index in self._sentences for sha256, one in index.profiles().items()}

    @cached_property
    def names(self) -> KnownNames:
        """The people and parties of all documents."""
        return known_names(self._named())

    def _named(self) -> Iterator[tuple[str, str]]:
        for index in self._sentences:
            yield from index.names()
        for sha256, profile in self.profiles.items():
            for subject in profile.subjects:
                if subject.role not in _THINGS:
                    yield subject.name, sha256

    @cached_property
    def subjects_by_number(self) -> Mapping[str, tuple[Subject, frozenset[str]]]:
        """Whose a hospital, case or account number is, with the documents that say so, by the bare number."""
        found: dict[str, tuple[Subject, frozenset[str]]] = {}
        for sha256, profile in self.profiles.items():
            for subject in profile.subjects:
                for number in subject.identifiers:
                    before = found.get(bare_number(number), (subject, frozenset()))
                    found[bare_number(number)] = (before[0], before[1] | {sha256})
        return found

    @cached_property
    def definitions(self) -> Mapping[str, tuple[str, ...]]:
        """What documents define, both ways: short forms with long ones, long forms with short ones."""
        found: dict[str, dict[str, None]] = {}
        for profile in self.profiles.values():
            for short, long in profile.definitions:
                found.setdefault(plain(short), {})[plain(long)] = None
                found.setdefault(plain(long), {})[plain(short)] = None
        return {word: tuple(others) for word, others in found.items()}

    @cached_property
    def vocabulary(self) -> Mapping[str, int]:
        """The words of the documents, without accents, with how many documents hold each."""
        found: dict[str, int] = {}
        for index in self._sentences:
            for word, count in index.words().items():
                found[word] = found.get(word, 0) + count
        return found

    @cached_property
    def near_words(self) -> NearWords:
        """The words of the documents that consist of letters, ready to be searched for near ones."""
        return NearWords(word for word in self.vocabulary if word.isalpha())

    def holds(self, word: str) -> bool:
        """Return whether the documents hold the word, or another form of it."""
        plain_word = folded(word)
        if plain_word not in self._held:
            self._held[plain_word] = plain_word in self.vocabulary or any(
                index.any_match(expression([plain_word])) for index in self._sentences
            )
        return self._held[plain_word]

    def names_in(self, text: str) -> list[FoundName]:
        """Return the names in a question or sentence, in order (`people/asked_names.py`)."""
        found = self._names_found.get(text)
        if found is None:
            if len(self._names_found) >= _MOST_TEXTS:
                self._names_found.clear()
            named = names_in_question(text, self.names, self.holds)
            found = self._names_found[text] = [
                replace(one, people=self._leading(one.people)) if len(one.people) > 1 else one
                for one in named
            ]
        return found

    def _leading(self, people: tuple[KnownName, ...]) -> tuple[KnownName, ...]:
        """Return those of several people of one name whom documents or rows are about; all if none is.

        "Hartwell" is the patient and not her husband, whom a letter mentions.
        """
        if len(people) > _MOST_COMPARED:
            return people
        leading = tuple(one for one in people if self._is_subject(one))
        return leading or people

    def _is_subject(self, person: KnownName) -> bool:
        if person not in self._subject:
            names = [one.subject for one in self.sentences_with(sorted(person.words), _MOST_ROWS)]
            names += [
                subject.name
                for sha256 in person.documents
                if sha256 in self.profiles
                for subject in self.profiles[sha256].subjects
                if subject.role not in _INCIDENTAL
            ]
            self._subject[person] = any(person.words <= set(name_parts(name).words) for name in names if name)
        return self._subject[person]

    def has_dates(self, first: date, last: date) -> bool:
        """Return whether a sentence of the documents has that day, or a day of these months."""
        if (first, last) not in self._dated:
            forms = _date_forms(first, last)
            self._dated[first, last] = any(index.any_match(expression(forms)) for index in self._sentences)
        return self._dated[first, last]

    def sentences_with(self, words: Sequence[str], limit: int) -> list[AnnotatedSentence]:
        """Return at most `limit` sentences of each collection that hold all of the words."""
        together = " AND ".join(f"({expression([word])})" for word in words)
        found: list[AnnotatedSentence] = []
        for index in self._sentences:
            ids = [one for one, _ in index.match(together, limit)]
            read = index.by_id(ids)
            found += [read[one] for one in ids if one in read]
        return found


def _date_forms(first: date, last: date) -> list[str]:
    """Return the normal forms that the sentences of one day, or of whole months, have."""
    kind = "d" if first == last else "m"
    readings = FoundDate(0, 0, (Reading(first, last),))
    return [form for form in date_forms([readings]) if form[0] == kind and len(form) > 5]


def bare_number(text: str) -> str:
    """Return a number as it is compared: capitals and figures only."""
    return "".join(letter for letter in text.upper() if letter.isalnum())


def plain(text: str) -> str:
    """Return a phrase as it is compared: in lower case, without article, with single spaces."""
    words = folded(text).split()
    return " ".join(words[1:] if len(words) > 1 and words[0] in ("the", "a", "an") else words)


class _Kept:
    """Knows what was read already. Safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._numbers: WeakKeyDictionary[SentenceIndex, int] = WeakKeyDictionary()
        self._next = itertools.count()
        self._known: OrderedDict[tuple[tuple[int, tuple[int, ...]], ...], Known] = OrderedDict()

    def of(self, sentences: Sequence[SentenceIndex]) -> Known:
        versions = [index.version() for index in sentences]
        with self._lock:
            key = tuple(
                (self._numbers.setdefault(index, next(self._next)), version)
                for index, version in zip(sentences, versions, strict=True)
            )
            known = self._known.pop(key, None) or Known(sentences)
            self._known[key] = known
            while len(self._known) > _MOST_KEPT:
                self._known.popitem(last=False)
            return known


_kept = _Kept()


def known_of(sentences: Sequence[SentenceIndex]) -> Known:
    """Return what these indexes know, read again only after their documents have changed."""
    return _kept.of(sentences)
