"""Choose the sentences of a row: those that answer, their neighbours, and others that a search found."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rag.writing.short.prompt import ShortSentence
from training.row import Candidate, Group
from vault.text.words import stems

_MOST_QUESTIONS = 6
"""Questions that share a row."""
_MOST_SENTENCES = 8
"""As many as the product shows a small model."""
_OWN, _OTHER = 560, 280
"""Characters of the passage that the questions are about, and of the others."""
_ANY_ORDER = 0.6
"""The share of rows in which the passages stand in any order."""
_ON_TOP, _FURTHEST = 0.7, 4
"""How often the sentence that answers is on top of a ranking, and how far down it is otherwise."""
_MOST_OWN = 6
"""Sentences of that passage."""
_LONGEST = 420
"""Characters of a sentence that is shown although it does not answer."""
_SHORTEST = 3
"""Words of such a sentence."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """Questions of a set on one passage."""

    home: Candidate
    """As the first of the groups has it; the labels of the others differ."""
    groups: tuple[Group, ...]

    def home_of(self, group: Group) -> Candidate:
        """Return the passage with the labels of a group."""
        return next(one for one in group.candidates if _place(one) == _place(self.home))

    def gold(self) -> set[int]:
        """Return the sentences of the passage that answer any of the questions."""
        return {
            index
            for group in self.groups
            for index, weight in self.home_of(group).evidence
            if weight == 1 and self.home_of(group).relevant
        }


@dataclass(frozen=True, slots=True)
class Shown:
    """A numbered sentence, and where it stands in its passage."""

    sentence: ShortSentence
    place: tuple[str, str, tuple[str, ...]]
    """Title, heading and sentences of the passage."""
    index: int


def bundles_of(groups: Sequence[Group], chance: random.Random, *, alone: bool) -> Iterator[Bundle]:
    """Yield the groups by the passage that answers, or that was found first where none does; each by itself
    if `alone`."""
    if alone:
        yield from (Bundle(_home(group), (group,)) for group in groups)
        return
    homes: dict[tuple[str, str, tuple[str, ...]], list[Group]] = defaultdict(list)
    for group in groups:
        homes[_place(_home(group))].append(group)
    for some in homes.values():
        chance.shuffle(some)
        for start in range(0, len(some), _MOST_QUESTIONS):
            part = tuple(some[start : start + _MOST_QUESTIONS])
            yield Bundle(_home(part[0]), part)


def shown_sentences(bundle: Bundle, chance: random.Random, *, without_gold: bool) -> list[Shown]:
    """Return the numbered sentences of a row; `without_gold` shows nothing of a passage that answers.

    Sentences of a passage stand together, in its order; the passages in any order.
    """
    asked = {stem for group in bundle.groups for form in group.forms[:2] for stem in stems(form)}
    relevant = {_place(one) for group in bundle.groups for one in group.candidates if one.relevant}
    chosen: list[tuple[Candidate, list[int]]] = []
    if not without_gold:
        chosen.append((bundle.home, _own(bundle, asked, chance)))
        chosen += [(one, [0]) for one in _also_relevant(bundle)]
    pool = {
        _place(one): one
        for group in bundle.groups
        for one in group.candidates
        if _place(one) not in relevant and _place(one) != _place(bundle.home)
    }
    taken = {one.sentences[index] for one, indices in chosen for index in indices}
    left = _MOST_SENTENCES - sum(len(indices) for _, indices in chosen)
    most = _OWN + _OTHER if without_gold else _OTHER
    chosen += _others(list(pool.values()), asked, most, left, taken)
    # The product shows the passage that seems best first; that is not always the one that answers.
    if chance.random() < _ANY_ORDER:
        chance.shuffle(chosen)
    return [
        Shown(ShortSentence(number, label(one), one.sentences[index]), _place(one), index)
        for number, (one, index) in enumerate(
            ((one, index) for one, indices in chosen for index in indices), start=1
        )
    ]


def ranked_sentences(shown: Sequence[Shown], bundle: Bundle, chance: random.Random) -> list[Shown]:
    """Return the sentences in the order of a ranking, with new numbers, for the one question of a bundle.

    The product's ranking has the sentence that answers at the top of most questions, so it is there in most
    rows; the others stand by the words that they share with the question.
    """
    asked = {stem for form in bundle.groups[0].forms[:2] for stem in stems(form)}
    gold, home = bundle.gold(), _place(bundle.home)
    order = sorted(shown, key=lambda one: -_shared(one.sentence.text, asked))
    answering = [one for one in order if one.place == home and one.index in gold]
    if answering:
        order = [one for one in order if one not in answering]
        place = 0 if chance.random() < _ON_TOP else chance.randint(1, _FURTHEST)
        order[place:place] = answering
    return [
        replace(one, sentence=replace(one.sentence, number=number))
        for number, one in enumerate(order, start=1)
    ]


def label(candidate: Candidate) -> str:
    """Return the title and heading of a passage in one line."""
    return ", ".join(part for part in (candidate.title, candidate.heading) if part)


def _own(bundle: Bundle, asked: set[str], chance: random.Random) -> list[int]:
    """Return the sentences of the passage that are shown: the gold, its neighbours, then what comes."""
    sentences = bundle.home.sentences
    gold = bundle.gold()
    near = {index + step for index in gold for step in (-1, 1)} & set(range(len(sentences)))
    rest = sorted(set(range(len(sentences))) - gold - near, key=lambda i: -_shared(sentences[i], asked))
    chosen, length = list(gold), sum(len(sentences[index]) for index in gold)
    taken = {sentences[index] for index in gold}
    for index in [*chance.sample(sorted(near), len(near)), *rest]:
        text = sentences[index]
        if len(chosen) == _MOST_OWN:
            break
        if text not in taken and len(text) <= _LONGEST and length + len(text) <= _OWN:
            chosen.append(index)
            taken.add(text)
            length += len(text)
    return sorted(chosen)


def _also_relevant(bundle: Bundle) -> list[Candidate]:
    """Return other passages of one short sentence that answer: abstracts are found in such pieces."""
    (first, *more) = bundle.groups
    if more:
        return []
    return [
        one
        for one in first.candidates
        if one.relevant and _place(one) != _place(bundle.home) and len(one.sentences) == 1
        and len(one.sentences[0]) <= _LONGEST
    ]  # fmt: skip


def _others(
    pool: Sequence[Candidate], asked: set[str], most: int, left: int, taken: set[str]
) -> list[tuple[Candidate, list[int]]]:
    """Return the sentences of other passages that share most with the questions, in at most `most`
    characters and `left` sentences; those that are `taken` are shown already, because passages overlap."""
    seen = {*taken}
    ranked = sorted(
        ((_shared(text, asked), place, index) for place, one in enumerate(pool)
         for index, text in enumerate(one.sentences)
         if len(text) <= _LONGEST and len(text.split()) >= _SHORTEST),
        key=lambda found: (-found[0], found[1], found[2]),
    )  # fmt: skip
    chosen: dict[int, list[int]] = defaultdict(list)
    length = 0
    for _, place, index in ranked:
        text = pool[place].sentences[index]
        if len(seen) - len(taken) >= left:
            break
        if length + len(text) <= most and text not in seen:
            seen.add(text)
            chosen[place].append(index)
            length += len(text)
    return [(pool[place], sorted(indices)) for place, indices in chosen.items()]


def _shared(text: str, asked: set[str]) -> float:
    """Return how much a sentence shares with the questions; a long one shares something with any."""
    own = set(stems(text))
    return len(own & asked) / (len(own) + 8) if own else 0.0


def _home(group: Group) -> Candidate:
    return next((one for one in group.candidates if one.relevant), group.candidates[0])


def _place(candidate: Candidate) -> tuple[str, str, tuple[str, ...]]:
    return candidate.title, candidate.heading, candidate.sentences
