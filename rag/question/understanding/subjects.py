"""Say who is meant by the names, numbers and pronouns of a question."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.question.understanding.conversation import possessive
from rag.question.understanding.known import Known, bare_number
from rag.question.understanding.lexicon.titles import gender_of_word
from rag.question.understanding.people.asked_names import FoundName
from rag.question.understanding.people.known_names import KnownName
from rag.question.understanding.people.name_words import name_parts
from rag.question.understanding.relatives import RELATIVE, relative_of
from rag.question.understanding.understood import AskedName
from vault.text.references import FoundReference

_PRONOUN = re.compile(r"\b(?P<pronoun>he|him|his|she|her|hers)\b(?!['’])", re.I)
_OWNED = re.compile(r"^\s+(?!(?:in|on|at|to|for|since|by|with|from|before|after|and|or|now|today)\b)[a-zA-Z]")
_SOMEBODY = re.compile(
    r"\b(?:the|a|each|every|which|any)\s+(?:patient|client|tenant|landlord|lady|man|woman|gentleman|resident|employee|"
    r"claimant|defendant|nurse|doctor|baby|child|girl|boy|mother|father|person)\b",
    re.I,
)
_MOST_READ = 200
"""Sentences."""
_PEOPLE_ROLES = frozenset(
    "patient client resident claimant defendant employee applicant subject person tenant".split()
)


def names_asked(
    written: str,
    found: Sequence[FoundName],
    references: Sequence[FoundReference],
    text: str,
    pronouns: Sequence[AskedName],
    known: Known,
) -> tuple[AskedName, ...]:
    """Return who is asked about: the names `found` in the question as `written`, then numbers and pronouns.

    Of a relative ("Mr Hale's niece") the relative is meant; without a name in the documents `names` is empty,
    and `documents` those of the person.
    """
    asked = [_of_relative(written, one, known) or _named(written, one, known) for one in found]
    for reference in references:
        owner = known.subjects_by_number.get(bare_number(reference.normal))
        if owner is None:
            continue
        subject, documents = owner
        person = _known_as(subject.name, known)
        label = text[reference.start : reference.end]
        if person is not None and not any(person.name in one.names for one in asked):
            asked.append(_asked(label, (person,), True))
        elif person is None:
            asked.append(AskedName(label, (subject.name,), documents, True, ((subject.name,),)))
    distinct = {one.names or one.written: one for one in reversed(asked)}
    return (*reversed(distinct.values()), *(one for one in pronouns if not asked))


def with_relatives(text: str, known: Known) -> str:
    """Return the question with her name in place of "Mr Hale's niece", where sentences tell it."""
    for match in reversed(list(RELATIVE.finditer(text))):
        if match["name"] is None:
            continue
        found = [one for one in known.names_in(text) if one.end == match.end("name")]
        relative = relative_of(match["name"], match["relation"], known) if found else None
        if relative is not None and relative not in found[0].people:
            name = possessive(relative.name) if match["possessive"] else relative.name
            text = f"{text[: found[0].start]}{name}{text[match.end() :]}"
    return text


def only_subject(text: str, known: Known) -> tuple[str, tuple[AskedName, ...]]:
    """Return the question with the one patient or client of the documents in place of "he" or "she".

    Nothing changes where the question names or describes somebody before the pronoun, or where the documents
    are about several people, or about somebody who is known to be of the other gender.
    """
    match = _PRONOUN.search(text)
    if match is None or _SOMEBODY.search(text[: match.start()]):
        return text, ()
    if known.names_in(text):
        return text, ()
    people: dict[str, KnownName] = {}
    for profile in known.profiles.values():
        for subject in profile.subjects[:1]:
            person = _known_as(subject.name, known)
            if person is not None and not person.firm and subject.role in _PEOPLE_ROLES:
                people[person.name] = person
    if len(people) != 1:
        return text, ()
    person = next(iter(people.values()))
    if person.gender not in (gender_of_word(match["pronoun"]), None):
        return text, ()
    word = match["pronoun"].lower()
    owns = word in ("his", "hers") or (word == "her" and _OWNED.match(text[match.end() :]) is not None)
    name = possessive(person.name) if owns else person.name
    asked = _asked(match["pronoun"], (person,), True)
    return f"{text[: match.start()]}{name}{text[match.end() :]}", (asked,)


def _asked(written: str, people: Sequence[KnownName], exact: bool) -> AskedName:
    return AskedName(
        written=written,
        names=tuple(person.name for person in people),
        documents=frozenset(sha256 for person in people for sha256 in person.documents),
        exact=exact,
        spellings=tuple(person.spellings for person in people),
    )


def _named(text: str, found: FoundName, known: Known) -> AskedName:
    """Return who is meant; a name with a title that only the sentences hold is taken as it is written."""
    written = text[found.start : found.end]
    if found.people:
        return _asked(written, found.people, found.exact)
    words = name_parts(written).words
    sentences = known.sentences_with(words, _MOST_READ) if words else []
    if not sentences:
        return AskedName(written, (), exact=False)
    return AskedName(written, (written,), frozenset(one.document for one in sentences), True, ((written,),))


def _of_relative(text: str, found: FoundName, known: Known) -> AskedName | None:
    """Return the relative that is asked about after a name: "Mr Hale's niece"; None where there is none."""
    match = RELATIVE.match(text, found.start) or RELATIVE.match(text, _bare_start(text, found))
    if match is None or match["name"] is None:
        return None
    relative = relative_of(text[found.start : found.end], match["relation"], known)
    written = text[found.start : match.end("relation")]
    if relative is not None:
        return _asked(written, (relative,), True)
    documents = frozenset(sha256 for person in found.people for sha256 in person.documents)
    return AskedName(written, (), documents, found.exact)


def _bare_start(text: str, found: FoundName) -> int:
    last = text.rfind(" ", found.start, found.end)
    return last + 1 if last >= 0 else found.start


def _known_as(name: str, known: Known) -> KnownName | None:
    """Return the person with that name, however it is written; None if it fits several."""
    words = set(name_parts(name).words)
    fitting = [
        person for word in list(words)[:1] for person in known.names.with_word(word) if words <= person.words
    ]
    return fitting[0] if len(fitting) == 1 else None
