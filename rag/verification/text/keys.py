"""The key of a word: words with one key count as the same word."""

from __future__ import annotations

import re
from functools import lru_cache

from rag.verification.lexicon.forms import IRREGULAR_VERBS, PEOPLES, SPELLINGS
from rag.verification.lexicon.people import ROLES
from rag.verification.lexicon.synonyms import FALSE_FRIENDS, SYNONYMS
from vault.text.words import stem

_FIRST_FORMS = {
    form: line.split()[0]
    for lines in (IRREGULAR_VERBS, PEOPLES, SPELLINGS)
    for line in lines.strip().splitlines()
    for form in line.split()
}
_SPELLING_RULES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"(?:ae|oe)(?=[a-z]{3})", "e"),
        (r"(?<=[a-z]{3})our(?=$|s$|ed$|ing$|al$|able$|er$|ers$)", "or"),
        # To an s and not to a z: "revise" stays close to "revision".
        (r"(?<=[a-z]{3})iz(?=e$|es$|ed$|ing$|ation$|ations$)", "is"),
        (r"(?<=[a-z]{3})yz(?=e$|es$|ed$|ing$)", "ys"),
        # After a second vowel only: "filled" is not "filed".
        (r"^([a-z]*[aeiou][a-z]+[aeiou])ll(?=ed$|ing$|er$|ers$)", r"\1l"),
    )
)
_FALSE_FRIENDS = {word: min(group) for group in FALSE_FRIENDS for word in group}


def key_of(word: str) -> str:
    """Return what `word` is compared by: the stem of the word that stands for its synonyms.

    >>> key_of("Vendors") == key_of("seller")
    True
    """
    found = _stem(word.lower())
    return _SYNONYM_STEMS.get(found, found)


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    """Return the stem of a lower-case word. A role keeps its ending, which says who is meant."""
    if word in _FALSE_FRIENDS:
        return _FALSE_FRIENDS[word]
    singular = word[:-1] if word.endswith("s") and word[:-1] in ROLES else word
    return singular if singular in ROLES else stem(_first_form(word))


def _first_form(word: str) -> str:
    """Return the form that stands for a lower-case word. Most words stand for themselves."""
    if word in _FIRST_FORMS:
        return _FIRST_FORMS[word]
    for pattern, replacement in _SPELLING_RULES:
        word = pattern.sub(replacement, word)
    return word


_SYNONYM_STEMS = {_stem(word): _stem(group[0]) for group in SYNONYMS for word in group}
