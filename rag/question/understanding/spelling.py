"""Read misspelt words of a question as words that the documents hold."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from rag.question.understanding.known import Known
from rag.question.understanding.lexicon.english import english_near, is_common, is_english
from rag.question.understanding.lexicon.medicines import MEDICINES
from rag.question.understanding.lexicon.near_words import Near, most_mistakes
from rag.question.understanding.lexicon.titles import TITLES
from rag.question.understanding.people.name_words import folded
from vault.text.english import english_counts
from vault.text.lists.stop_words import STOP_WORDS

_WORD = re.compile(r"(?<![\w.@/-])[^\W\d_]+(?:['’][^\W\d_]+)?(?![\w@/]|\.\w)")
_HYPHENATED = re.compile(r"(?<![\w.@/-])[^\W\d_]{2,}(?:-[^\W\d_]{2,})+(?![\w@/-]|\.\w)")
_POSSESSIVE = re.compile(r"['’]s?$", re.I)
_SHORTEST = 4
"""Letters: shorter words have too many neighbours."""
_REAL_WORD_RATIO = 40
"""How much more usual a word must be than the written one, to be meant by it: "manger" for "manager"."""


@dataclass(frozen=True, slots=True)
class MisspeltWord:
    """A word of a question that the documents do not hold: `question[start:end]`."""

    start: int
    end: int
    written: str
    read_as: str
    """In the case of the written word."""
    certain: bool
    """False for a word that is English itself: then the other one is searched for as well, not instead."""


def misspelt_words(
    question: str, known: Known, taken: Sequence[tuple[int, int]], also_known: Collection[str]
) -> list[MisspeltWord]:
    """Return the words of a question that are misspelt, in order.

    Words inside `taken` (names, dates, references), with figures, in short capitals, and those `also_known`
    (abbreviations, everyday words; in lower case) are left alone. So are English words and medicines,
    whether or not the documents hold them. Numbers and references never change.
    """
    found: list[MisspeltWord] = []
    for match in _HYPHENATED.finditer(question):
        start, end = match.span()
        if not any(start < other_end and other_start < end for other_start, other_end in taken):
            joined = match.group().replace("-", "")
            parts = folded(match.group()).split("-")
            # One word in the documents, or hyphenated only where a line ends: they hold no such parts.
            if known.holds(folded(joined)) and not all(map(known.holds, parts)):
                found.append(MisspeltWord(start, end, match.group(), joined, True))
    taken = [*taken, *((one.start, one.end) for one in found)]
    for start, end in _words(question):
        if any(start < other_end and other_start < end for other_start, other_end in taken):
            continue
        written = question[start:end]
        read_as, certain = _read(written, known, also_known)
        if read_as:
            found.append(MisspeltWord(start, end, written, _in_case_of(written, read_as), certain))
    return sorted(found, key=lambda one: one.start)


def _words(question: str) -> Iterator[tuple[int, int]]:
    for match in _WORD.finditer(question):
        bare = _POSSESSIVE.sub("", match.group()) or match.group()
        yield match.start(), match.start() + len(bare)


def _read(written: str, known: Known, also_known: Collection[str]) -> tuple[str, bool]:
    word = folded(written)
    if len(word) < _SHORTEST or "'" in word or (written.isupper() and len(word) < 7):
        return "", False
    if word in STOP_WORDS or word in TITLES or word in MEDICINES or word in also_known or is_common(word):
        return "", False
    if known.holds(word):
        return "", False
    if is_english(word):
        return _real_word(word, known), False
    return _best(word, _candidates(word, known), known), True


def _candidates(word: str, known: Known) -> list[Near]:
    """Return the near words that the documents hold, in this or another form, the nearest first."""
    held = known.near_words.near(word)
    seen = {one.word for one in held}
    # "medicaton" is nearest to "medication", even where the documents only have "medications".
    nearest = held[0].distance if held else most_mistakes(word)
    others = [
        one
        for one in english_near().near(word)
        if one.word not in seen and one.distance < nearest and is_common(one.word) and known.holds(one.word)
    ]
    return [*held, *others]


def _best(word: str, candidates: Sequence[Near], known: Known) -> str:
    if not candidates:
        return ""
    nearest = min(one.distance for one in candidates)
    best = max(
        (one for one in candidates if one.distance == nearest),
        key=lambda one: (
            one.word[0] == word[0],
            is_english(one.word) or one.word in MEDICINES or known.vocabulary.get(one.word, 0) > 1,
            round(one.similarity, 2),
            known.vocabulary.get(one.word, 0),
            one.word,
        ),
    )
    # Two letters of seven may make another word altogether: the rest must agree well.
    return best.word if nearest < 2 or best.similarity >= _least_similarity(word) else ""


def _least_similarity(word: str) -> float:
    return 0.9 if len(word) < 9 else 0.86


def _real_word(word: str, known: Known) -> str:
    """Return the far more usual word of the documents that differs in one letter, if there is one."""
    if len(word) < 6:
        return ""
    counts = english_counts()
    usual = [
        one.word
        for one in known.near_words.near(word, 1)
        if one.word[0] == word[0]
        and one.word[-1] == word[-1]
        and counts.get(one.word, 0) > _REAL_WORD_RATIO * counts.get(word, 0)
    ]
    return usual[0] if len(usual) == 1 else ""


def _in_case_of(written: str, word: str) -> str:
    if written.isupper():
        return word.upper()
    return word.capitalize() if written[0].isupper() else word
