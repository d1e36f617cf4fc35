"""Words of one family: "store", "stored" and "storage"; "allergy" and "allergic"; "keep" and "kept".

The stems of the index tell these apart. A family says that two words may mean the same, where a sentence is
compared with a question. It is not for names.
"""

from __future__ import annotations

from functools import cache, lru_cache

from vault.text.languages.english.forms import irregular_forms
from vault.text.words import stem

_ENDINGS = sorted(
    "ag al ance ant at ation e ed enc ent er i ic in ion ist iti ity iv ment or ori s sion ur y".split(),
    key=len,
    reverse=True,
)
_SHORTEST = 4
"""Letters that a family shares: less is shared by chance."""


@lru_cache(maxsize=1 << 16)
def family(word_stem: str) -> str:
    """Return what the words of a family share, of the stem of one of them.

    >>> [family(stem(word)) for word in ("storage", "stored", "allergic", "allergies", "kept")]
    ['stor', 'stor', 'allerg', 'allerg', 'keep']
    """
    if not word_stem.isalpha() or not word_stem.isascii():
        return word_stem
    base = _irregular().get(word_stem, word_stem)
    for ending in _ENDINGS:
        if base.endswith(ending) and len(base) - len(ending) >= _SHORTEST:
            return base.removesuffix(ending)
    return base


@cache
def _irregular() -> dict[str, str]:
    return {stem(form): stem(verb) for form, verb in irregular_forms().items() if form != verb}
