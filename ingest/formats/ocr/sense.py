"""Tell text that spells words from text that does not, such as a wrong or badly recognised text layer.

Most text has words of grammar, and needs no more than this. Codes and numbers are not judged: a table of
them is no nonsense. What is left is compared with a list of English words, and its groups of three letters
with those of 55 languages, which come with langdetect: of a natural text six to nine in ten are usual in its
language, of text with exchanged letters two to four.
"""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from vault.text.english import english_counts
from vault.text.lists.short_words import SHORT_WORDS

_TOKEN = re.compile(r"\S+")
_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_SHAPED = re.compile(
    r"""(?<!\S)["'“‘„«(\[]*([^\W\d_]+(?:['’\-][^\W\d_]+)*|\d[\d.,:/%-]*)[\"'”’“»)\].,;:!?…]*(?!\S)"""
)  # a word or a number, with what may stand around it
_EDGES = "\"'“”‘’«»„()[]{}<>,.;:!?…*-–—/|•§&=+#©®™\u00ad\ufffe"
_CODE = re.compile(r"[A-Z0-9#§$€£%+±~≤≥<>().,:;/_*°^µ\-–—]+|\S*[@/\\=_]\S*|\S*\w\.\w\S*")
_AFFIXED = re.compile(r"[^\W\d_]{1,4}[.-]?\d[\d.,:/-]*[^\W\d_]{0,4}|\d[\d.,:/-]*[^\W\d_]{1,5}", re.UNICODE)
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
_LETTERS = 60  # letters of the words that are judged: fewer say nothing
_GRAMMAR_SHARE = 0.10  # share of words of grammar from which a text makes sense, if few words are misshapen
_GRAMMAR_WORDS = 4  # different ones: exchanged letters may turn "the" into a word of some language
_GRAMMAR_SHARE_OF_PROSE, _GRAMMAR_WORDS_OF_PROSE = 0.2, 3
_MISSHAPEN_SHARE, _MISSHAPEN_SHARE_OF_SCAN = 0.12, 0.04
_MOST_KNOWN = 0.5  # share of letters in known words below which a text is nonsense
_MOST_KNOWN_OF_SCAN = 0.75
_LETTER_GROUPS_SHARE = 0.62  # share of groups of three letters that are usual in a language
_MOST_GROUPS = 2_000  # groups of a text that are looked up
_LONGEST_ABBREVIATION = 4  # letters
_CLEARER = 0.2  # how much larger the share of known words must be to take one text for another


def is_nonsense(text: str, *, scanned: bool = False) -> bool:
    """Return whether most words of `text` are no words of any language.

    `scanned` text was recognised by another program, so that words with single wrong letters are expected.
    """
    if _is_plain_prose(text):
        return False
    words, misshapen = _judged(text)
    total = len(words) + misshapen
    if sum(map(len, words)) + 4 * misshapen < _LETTERS:
        return False
    grammar = [word.lower() for word in words if word.lower() in SHORT_WORDS]
    most_misshapen = (_MISSHAPEN_SHARE_OF_SCAN if scanned else _MISSHAPEN_SHARE) * total
    enough = len(grammar) >= _GRAMMAR_SHARE * total and len({*grammar}) >= min(_GRAMMAR_WORDS, total // 10)
    if misshapen < most_misshapen and enough:
        return False
    if share_of_words(text) >= (_MOST_KNOWN_OF_SCAN if scanned else _MOST_KNOWN):
        return False
    return misshapen >= most_misshapen or not _spells_a_language(words)


def _is_plain_prose(text: str) -> bool:
    """Return whether nearly all of a text are words, enough of them words of grammar: the quick answer."""
    shaped = _SHAPED.findall(text.lower())
    common = SHORT_WORDS.intersection(shaped)
    return (
        len(common) >= _GRAMMAR_WORDS_OF_PROSE
        and sum(map(common.__contains__, shaped)) >= _GRAMMAR_SHARE_OF_PROSE * len(shaped)
        and len(text.split()) - len(shaped) < _MISSHAPEN_SHARE_OF_SCAN * len(shaped)
    )


def reads_better(new: str, old: str) -> bool:
    """Return whether clearly more of the words of `new` are words than of those of `old`."""
    return share_of_words(new) >= max(share_of_words(old) + _CLEARER, _MOST_KNOWN)


def share_of_words(text: str) -> float:
    """Return the share of what looks like words in `text` that are English words, weighted by length.

    Names are left out where they stand with a capital letter. 0.0 if there is nothing to judge.
    """
    words, misshapen = _judged(text)
    known = unknown = 0
    counts = english_counts()
    for word in words:
        lower = word.lower().replace("’", "'")
        parts = re.split(r"['\-]", lower)
        if lower in counts or lower in SHORT_WORDS or all(part in counts for part in parts if len(part) > 1):
            known += len(word)
        elif not word[0].isupper() or not word[1:].islower():
            unknown += len(word)
        else:
            unknown += len(word) // 3  # a name as often as not
    return known / max(known + unknown + 5 * misshapen, 1)


def _spells_a_language(words: list[str]) -> bool:
    """Return whether most groups of three letters in `words` are usual in one of the languages."""
    groups = [
        spelt[at : at + 3]
        for word in words
        for spelt in (f" {word.lower()} ",)
        for at in range(len(spelt) - 2)
    ][:_MOST_GROUPS]
    most = max((sum(map(usual.__contains__, groups)) for usual in _usual_groups()), default=0)
    return most >= _LETTER_GROUPS_SHARE * max(len(groups), 1)


@cache
def _usual_groups() -> tuple[frozenset[str], ...]:
    """Return the usual groups of three letters of each language. They are read once, in about 0.15 s."""
    # Found without importing the package: only its lists are needed.
    spec = find_spec("langdetect")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("langdetect is not installed. Install the packages of constraints.txt.")
    profiles = sorted((Path(spec.submodule_search_locations[0]) / "profiles").iterdir())
    return tuple(
        frozenset(group for group in json.loads(path.read_text(encoding="utf-8"))["freq"] if len(group) == 3)
        for path in profiles
        if path.is_file()
    )


def _judged(text: str) -> tuple[list[str], int]:
    """Return the words of a text that have the shape of one, and how many have not; codes are left out."""
    words: list[str] = []
    misshapen = 0
    for match in _TOKEN.finditer(text):
        token = match.group()
        word = token.strip(_EDGES)
        if not word or not _LATIN.search(token):
            continue
        if _WORD.fullmatch(word):
            if len(word) > 1 and not (word.isupper() and len(word) <= _LONGEST_ABBREVIATION):
                words.append(word)
        elif not _CODE.fullmatch(word) and not _AFFIXED.fullmatch(word) and len(word) > 2:
            misshapen += 1
    return words, misshapen
