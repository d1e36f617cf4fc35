"""Find the people and parties that a question names, also misspelt, and say who may be meant."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rag.question.understanding.lexicon.english import is_common, is_everyday
from rag.question.understanding.lexicon.titles import TITLES, Gender, gender_of_title, gender_of_word
from rag.question.understanding.people.candidates import Candidate, candidate_at
from rag.question.understanding.people.known_names import KnownName, KnownNames
from rag.question.understanding.people.name_words import NameWord, is_legal_form, is_link, words_in
from rag.question.understanding.people.strangers import misspelt_before, surname_after, titled_name
from vault.text.lists.stop_words import STOP_WORDS

_NEAR = 0.7
"""Worth of a misspelt word of a name, where an exact one has 1."""
_JOINED = 0.95
"""Worth of one half of a double name: "Hale" is rather Mrs Hale than Mrs Hale-Marsh."""
_INITIAL = 0.5
_PERSON_WORDS = frozenset("lady gentleman man woman girl boy".split())


@dataclass(frozen=True, slots=True)
class FoundName:
    """A name in a question: `question[start:end]`, with its title."""

    start: int
    end: int
    people: tuple[KnownName, ...]
    """Who may be meant; several where the words fit equally, none where nobody of that name is known."""
    exact: bool
    gender: Gender | None
    """What title or people say; None if they say nothing or contradict each other."""


def names_in_question(
    question: str, known: KnownNames, in_documents: Callable[[str], bool]
) -> list[FoundName]:
    """Return the names in a question, in order; no two overlap.

    An exact word of a name beats a near one. A word that is no name of anybody is read as a near one only if
    it is neither English nor in the documents (`in_documents`, for a word in lower case). Everyday words,
    months and medicines name somebody only beside a title or another word of the same name.
    """
    words = words_in(question)
    # Where most words have capitals, as in a heading, a capital says nothing.
    capitals = sum(word.capital for word in words)
    speaking = bool(words) and 2 * capitals <= len(words) + 2
    candidates = [candidate_at(words, place, known, in_documents, speaking) for place in range(len(words))]
    found: list[FoundName] = []
    place = 0
    while place < len(words):
        run = _run(question, words, candidates, place)
        name = _named(question, words, candidates, run, speaking, in_documents) if run else None
        if name is None:
            name = _stranger(titled_name(question, words, place))
        if name is None:
            place += 1
            continue
        found.append(name)
        place = next((at for at in range(place, len(words)) if words[at].start >= name.end), len(words))
    return found


def _run(question: str, words: Sequence[NameWord], candidates: Sequence[Candidate], place: int) -> list[int]:
    """Return the places of the words from `place` on that may be one name, titles and initials included."""
    run: list[int] = []
    at = place
    while at < len(words):
        word = words[at]
        if run:
            gap = question[words[run[-1]].end : word.start]
            if gap.strip(" .&-'’") or words[run[-1]].possessive:
                break
        fits = (
            candidates[at]
            or word.text in TITLES
            or (len(word.text) == 1 and word.capital and _is_initial(question, words, at))
            or (run and is_legal_form(word.text) and (word.capital or len(word.text) < 4))
            or (run and is_link(word.text) and at + 1 < len(words) and candidates[at + 1])
        )
        if not fits:
            break
        run.append(at)
        at += 1
    while run and not (
        candidates[run[-1]] or is_legal_form(words[run[-1]].text) or len(words[run[-1]].text) == 1
    ):
        run.pop()
    # "may Mark": beside words with a capital, a usual word without one is none of the name.
    if any(words[at].capital for at in run):
        while run and not words[run[0]].capital and is_everyday(words[run[0]].text):
            run = run[1:]
        while run and not words[run[-1]].capital and is_everyday(words[run[-1]].text):
            run.pop()
    return run if any(candidates[at] for at in run) else []


def _is_initial(question: str, words: Sequence[NameWord], at: int) -> bool:
    """Return whether a single capital stands beside a word that may be a name: not "K of Hale"."""
    beside = words[at + 1] if at + 1 < len(words) else None
    if beside is not None and not is_link(beside.text) and beside.text not in STOP_WORDS:
        return True
    return at > 0 and words[at - 1].capital and question[words[at - 1].end : words[at].start].isspace()


def _named(
    question: str,
    words: Sequence[NameWord],
    candidates: Sequence[Candidate],
    run: Sequence[int],
    speaking: bool,
    in_documents: Callable[[str], bool],
) -> FoundName | None:
    """Return who is meant by the words of a run, or by as many of them as belong to one name."""
    title = next((words[at].text for at in run if words[at].text in TITLES), None)
    after = words[run[-1] + 1].text if run[-1] + 1 < len(words) else ""
    gender = gender_of_title(title) if title else gender_of_word(after) if after in _PERSON_WORDS else None
    name_places = [at for at in run if candidates[at]]
    people = {person for at in name_places for person in (*candidates[at].exact, *candidates[at].near)}
    if gender is not None:
        fitting_title = {person for person in people if person.gender is gender}
        people = fitting_title or {person for person in people if person.gender is None}
    initials = [words[at].text for at in run if len(words[at].text) == 1 and not candidates[at]]
    texts = [word.text for word in words]
    scores = {person: _score(person, texts, name_places, initials, candidates) for person in people}
    best = max((sum(score) for score in scores.values()), default=0.0)
    if not best:
        return None
    meant = sorted(
        (person for person, score in scores.items() if sum(score) == best), key=lambda person: person.name
    )
    # Where the words are of different people ("may the bakery"), those before are looked at first.
    coverage = {person: _covered(scores[person], name_places) for person in meant}
    first = min(min(places) for places in coverage.values())
    meant = [person for person in meant if coverage[person][0] == first]
    covered = sorted({at for person in meant for at in coverage[person]})
    own = [
        at
        for at in run
        if covered[0] <= at <= covered[-1] or (not candidates[at] and not is_link(words[at].text))
    ]
    firsts = {word[0] for person in meant for word in person.words} | {
        initial for person in meant for initial in person.initials
    }
    own = [
        at
        for at in own
        if len(words[at].text) > 1 or words[at].text in firsts or covered[0] < at < covered[-1]
    ]
    own = [at for at in own if at <= covered[-1] or at == own[own.index(covered[-1]) + 1]]
    if title is None and not _names_alone(words, candidates, covered, meant, speaking):
        return None
    # "A. Hale" where the documents know Greta Hale only is perhaps somebody else.
    fitting = all(words[at].text in firsts for at in run if len(words[at].text) == 1 and at < covered[-1])
    exact = (
        fitting
        and len(covered) == len(name_places)
        and all(meant[0] in candidates[at].exact for at in covered)
    )
    genders = {person.gender for person in meant}
    start = words[own[0]].start
    other = surname_after(question, words, own[-1], in_documents)
    firm = all(person.firm for person in meant)
    if other is not None and not firm and all(at == own[-1] or words[at].text in TITLES for at in own):
        # "Linda Harlow" is nobody known, though there is a Linda.
        return FoundName(start, other.end, (), False, gender)
    return FoundName(
        misspelt_before(question, words, own[0], in_documents),
        other.end if other is not None and firm else words[own[-1]].end,
        tuple(meant),
        exact,
        gender or (next(iter(genders)) if len(genders) == 1 else None),
    )


def _score(
    person: KnownName,
    texts: Sequence[str],
    places: Sequence[int],
    initials: Sequence[str],
    candidates: Sequence[Candidate],
) -> list[float]:
    """Return how well each word of a name fits a person, and then each initial; 0 where it does not."""
    worths = [
        (_JOINED if texts[at] in person.joined else 1.0)
        if person in candidates[at].exact
        else _NEAR
        if person in candidates[at].near
        else 0.0
        for at in places
    ]
    firsts = {word[0] for word in person.words} | person.initials
    return [*worths, *(_INITIAL if initial in firsts else 0.0 for initial in initials)]


def _covered(score: Sequence[float], places: Sequence[int]) -> list[int]:
    return [at for at, worth in zip(places, score, strict=False) if worth]


def _names_alone(
    words: Sequence[NameWord],
    candidates: Sequence[Candidate],
    covered: Sequence[int],
    meant: Sequence[KnownName],
    speaking: bool,
) -> bool:
    """Return whether the words name somebody without a title."""
    if any(candidates[at].alone for at in covered):
        return True
    if len(covered) < 2:
        return False
    # Everyday words, "Quarry Bank" or "may rose": all words of the name, or capitals, tell.
    whole = any(len(covered) >= len(person.words) for person in meant)
    capitals = speaking and all(words[at].capital for at in covered)
    telling = any(not is_common(words[at].text) for at in covered)
    return capitals or (whole and telling and not meant[0].firm)


def _stranger(own: Sequence[NameWord]) -> FoundName | None:
    """Return the name of somebody with a title whom the documents are not known to name."""
    return FoundName(own[0].start, own[-1].end, (), False, gender_of_title(own[0].text)) if own else None
