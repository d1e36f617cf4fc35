"""Say a German or French question in English; an English one stays as it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from vault.text.languages.french.question import french_to_english
from vault.text.languages.german.question import german_to_english
from vault.text.languages.language import language_of
from vault.text.languages.parts.tokens import Token, tokens_of
from vault.text.languages.translated import Translated

_SAID: dict[str, Callable[[Sequence[Token]], tuple[str, list[str]]]] = {
    "de": german_to_english,
    "fr": french_to_english,
}
_BEFORE_MARK = re.compile(r"\s+(?=[?!,;:.)\]])|(?<=[(\[])\s+")
_FIRST_OF_QUESTION = re.compile(r"^\W*\w|(?<=[?!] )\w")


def translate(question: str, kept: Sequence[tuple[int, int]] = ()) -> Translated:
    """Return the question in English.

    `kept` are places of names that are known; they stay as they are. So do numbers, references and words that
    no glossary holds.
    """
    language = language_of(question)
    if language not in _SAID:
        return Translated(question)
    text, unknown = _SAID[language](tokens_of(question, kept))
    text = _BEFORE_MARK.sub("", " ".join(text.split()))
    text = _FIRST_OF_QUESTION.sub(lambda match: match[0].upper(), text)
    return Translated(text, language, tuple(dict.fromkeys(unknown)))
