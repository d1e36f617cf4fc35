"""Write a misspelt name as the documents write it."""

from __future__ import annotations

from rag.question.understanding.people.asked_names import FoundName
from rag.question.understanding.people.known_names import KnownName, KnownNames
from rag.question.understanding.people.name_words import words_in


def respelled(question: str, found: FoundName, known: KnownNames) -> list[tuple[int, int, str]]:
    """Return (start, end, new word) for each misspelt word of a name that fits one person; none if several.

    A first name that is too misspelt to be recognised is written as the one that is left.
    """
    if found.exact or len(found.people) != 1:
        return []
    person = found.people[0]
    own = [word for word in words_in(question) if found.start <= word.start and word.end <= found.end]
    missing = [word for word in own if word.text not in person.words and len(word.text) > 2]
    changes: list[tuple[int, int, str]] = []
    left = sorted(person.words - {word.text for word in own})
    for word in missing:
        near = [other for other in known.near(word.text) if other in left]
        if near:
            left.remove(near[0])
            changes.append(
                (word.start, word.end, _as_written(near[0], person, question[word.start].isupper()))
            )
    return changes


def _as_written(word: str, person: KnownName, capital: bool) -> str:
    """Return the word in the spelling of the documents, without shouting: "O'Brien", but not "BRACK"."""
    for spelling in person.spellings:
        for written in words_in(spelling):
            if written.text == word:
                form = spelling[written.start : written.end]
                return form.capitalize() if form.isupper() and len(form) > 2 and capital else form
    return word
