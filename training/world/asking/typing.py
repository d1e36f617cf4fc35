"""How people type: lower case, no question mark, a letter too few or two turned round."""

from __future__ import annotations

import re

from training.world.chance import Chance

_LONG = 6
"""Letters of the shortest word that is misspelt."""
_SOUNDS = (("ph", "f"), ("th", "t"), ("ie", "ei"), ("ll", "l"), ("rr", "r"), ("ss", "s"), ("ough", "o"),
           ("ae", "e"), ("oe", "e"), ("y", "i"), ("x", "ks"), ("c", "s"), ("ei", "ie"), ("mm",
               "m"))  # fmt: skip


def typed(question: str, chance: Chance) -> str:
    """Return the question as somebody in a hurry may type it, or as it is."""
    way = chance.number(1, 20)
    if way <= 8:
        return question
    if way <= 13:
        return question.lower()
    if way <= 17:
        return question.lower().rstrip("?.")
    if way <= 19:
        return question.rstrip("?.")
    return question.upper() if len(question) < 40 else question


def misspelt(word: str, chance: Chance) -> str:
    """Return a word with one slip, or as it is where none fits; the first letter stays."""
    if len(word) < _LONG or not word.isalpha():
        return word
    ways = [word.replace(right, wrong, 1) for right, wrong in _SOUNDS if right in word[1:]]
    place = chance.number(1, len(word) - 2)
    ways += [
        word[:place] + word[place + 1] + word[place] + word[place + 2 :],
        word[:place] + word[place + 1 :],
        word[:place] + word[place] + word[place:],
    ]
    ways = [one for one in ways if one != word and one[0] == word[0]]
    return chance.one(ways) if ways else word


def with_a_slip(question: str, words: set[str], chance: Chance) -> str:
    """Return the question with one of `words` misspelt; as it is if none is there."""
    found = [one for one in re.findall(r"[^\W\d_]+", question) if one.lower() in words and len(one) >= _LONG]
    if not found:
        return question
    word = chance.one(found)
    return re.sub(rf"\b{word}\b", misspelt(word, chance), question, count=1)
