"""Read French nouns with what belongs to them: article, adjectives, names, dates, "de ..."."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from vault.text.languages.english.forms import superlative_of
from vault.text.languages.french.dates import date_at
from vault.text.languages.french.lexicon import (
    Noun,
    adjective,
    english_of,
    noun,
    participle,
    participle_english,
    phrase_at,
)
from vault.text.languages.french.verbs import verbs
from vault.text.languages.french.words import (
    ARTICLES,
    CLITICS,
    HELPERS,
    LINKS,
    MODALS,
    NUMBERS,
    OF,
    PLURAL_ARTICLES,
    PREPOSITIONS,
    PRONOUNS,
    QUESTION_WORDS,
    TITLES,
    TO,
    WHICH,
)
from vault.text.languages.parts.chunks import Chunk, Kind
from vault.text.languages.parts.tokens import Token

_UNITS = frozenset("mg g kg ml l mcg µg mmol cm mm m km % € £ $ ui".split())
_PARTICLES_OF_NAMES = frozenset("de du des la le van von d'".split())
_WHOLE = frozenset("number list quantity part rest majority".split())
"""Nouns before which "of" stays: "number of beds"."""
_FUNCTION_WORDS = frozenset(
    (
        *ARTICLES,
        *OF,
        *TO,
        *PREPOSITIONS,
        *PRONOUNS,
        *QUESTION_WORDS,
        *WHICH,
        *HELPERS,
        *MODALS,
        *CLITICS,
        *LINKS,
    )
)


@dataclass(slots=True)
class Reader:
    """Reads the tokens of one question; collects the words that it does not know."""

    tokens: Sequence[Token]
    unknown: list[str] = field(default_factory=list)
    words: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self.words = [token.lower for token in self.tokens]

    def word(self, at: int) -> str:
        """Return the word at `at` in lower case, "" after the end."""
        return self.words[at] if 0 <= at < len(self.words) else ""

    def is_name(self, at: int) -> bool:
        """Return whether a word at `at` is a name: kept, or with a capital inside the question."""
        if at >= len(self.tokens):
            return False
        token = self.tokens[at]
        first = at == 0 or self.word(at - 1) in (".", "?", "!", ":")
        return token.kept or (
            token.is_word
            and token.is_capital
            and not first
            and token.lower not in TITLES
            and not token.is_code
            and noun(token.text) is None
        )  # fmt: skip

    def date(self, at: int) -> tuple[str, int] | None:
        """Return a written date ("3 mai 2024", "mai 2024", "lundi") in English, and where it ends."""
        return date_at(self.tokens, at)

    def thing(self, start: int) -> tuple[Chunk, int] | None:
        """Return the noun with what belongs to it that begins at `start`, and where it ends."""
        dated = self.date(start)
        if dated is not None:
            return Chunk(Kind.THING, dated[0]), dated[1]
        article, at = self._article(start)
        plural_article = any(self.word(one) in PLURAL_ARTICLES for one in range(start, at))
        named = self._name(at)
        if named is not None:
            text = named[0] if article in ("", "the") else f"{article} {named[0]}"
            return Chunk(Kind.THING, text, person=True), named[1]
        before: list[str] = []
        counted = False
        while at < len(self.tokens) and not self.tokens[at].kept:
            token = self.tokens[at]
            if token.is_number:
                before.append(token.text)
                counted = token.text != "1"
            elif token.lower in NUMBERS:
                before.append(NUMBERS[token.lower])
                counted = True
            elif before and token.lower in _UNITS:
                before.append(token.text)
            elif article == "the" and not before and (superlative := self._superlative(at)) is not None:
                before.append(superlative)
                at += 1
            elif (
                token.lower not in _FUNCTION_WORDS
                and (english := adjective(token.lower)) is not None
                and (noun(token.lower) is None or noun(self.word(at + 1)) is not None)
                and (noun(self.word(at + 1)) is not None or adjective(self.word(at + 1)) is not None)
            ):
                before.append(english)
            else:
                break
            at += 1
        if (
            article
            and not before
            and self.word(at + 1) in ("et", "ou")
            and self.word(at) not in _FUNCTION_WORDS
            and (noun(self.word(at)) is None and (alone := adjective(self.word(at))))
        ):
            return Chunk(Kind.THING, f"{article} {alone}"), at + 1
        found = self._noun(at, plural_article or counted)
        if found is None:
            if before and (article or before[0][0].isdigit()):
                if self.word(at) in ("de", "d'") and (of := self.thing(at + 1)):
                    return Chunk(Kind.THING, f"{' '.join(before)} of {of[0].english}", counted), of[1]
                return Chunk(Kind.THING, " ".join(part for part in (article, *before) if part), counted), at
            return None
        english, plural, at = found
        after: list[str] = []
        superlative = self._superlative(at + 1) if self.word(at) in ("le", "la", "les") else None
        if superlative is not None:
            after, at = [superlative], at + 3
        while at < len(self.tokens) and (quality := self._after_noun(at)) is not None:
            after.insert(0, quality)
            at += 1
        if self.word(at).startswith("prévu") and self.word(at + 1) in (*PREPOSITIONS, *TO):
            # "Le loyer prévu pour la cave" is the rent for the cellar.
            at += 1
        text, at = self._of(" ".join([*after, english]), at)
        text = " ".join(part for part in (*before, text) if part)
        if article == "a" and (text[:1] in "aeiou" or text.startswith("hour")):
            article = "an"
        text = f"{article} {text}" if article else text
        return Chunk(Kind.THING, text, plural), at

    def _article(self, start: int) -> tuple[str, int]:
        word = self.word(start)
        if start >= len(self.tokens) or self.tokens[start].kept:
            return "", start
        if word in ("tous", "toutes", "tout", "toute") and self.word(start + 1) in ("les", "le", "la", "l'"):
            return "all the", start + 2
        if word in ("de", "d'") and self.word(start + 1) in ("la", "l'"):
            return "", start + 2
        if word in OF:
            return "", start + 1
        return (ARTICLES[word], start + 1) if word in ARTICLES else ("", start)

    def _name(self, at: int) -> tuple[str, int] | None:
        start, parts = at, []
        while self.word(at) in TITLES and self._before_name(at):
            parts.append(TITLES[self.word(at)])
            at += 1
            if self.word(at) == ".":
                at += 1
        titled, count = at > start, len(parts)
        while at < len(self.tokens):
            token = self.tokens[at]
            capital = token.is_word and token.is_capital and token.lower not in TITLES
            if self.is_name(at) or (titled and capital and (len(parts) == count or noun(token.text) is None)):
                parts.append(token.text)
            elif titled and len(parts) > count and token.text == "." and len(parts[-1]) == 1:
                parts[-1] += "."
            elif (
                (len(parts) > count or titled)
                and self.word(at) in _PARTICLES_OF_NAMES
                and titled
                and (at + 1 < len(self.tokens) and self.tokens[at + 1].is_capital and len(parts) == count)
            ):
                parts.append(token.text)
            else:
                break
            at += 1
        return (" ".join(parts), at) if len(parts) > count else None

    def _before_name(self, at: int) -> bool:
        following = at + 1 + (self.word(at + 1) == ".")
        return following < len(self.tokens) and (
            self.tokens[following].is_capital
            or self.tokens[following].kept
            or self.word(following) in ("de", "d'")
        )

    def _noun(self, at: int, plural: bool) -> tuple[str, bool, int] | None:
        if at >= len(self.tokens) or not self.tokens[at].is_word or self.tokens[at].kept:
            return None
        token = self.tokens[at]
        phrase = phrase_at(self.words, at)
        if phrase is not None and phrase[1] == "thing":
            many = plural or token.lower.endswith("s")
            return english_of(Noun(phrase[0], False), many), many, at + phrase[2]
        if token.lower in _FUNCTION_WORDS:
            return None
        found = noun(token.text)
        if found is not None:
            many = found.plural or plural
            return english_of(found, many), many, at + 1
        return (token.text, False, at + 1) if token.is_code else None

    def _after_noun(self, at: int) -> str | None:
        """Return the adjective or participle after a noun that stands before it in English."""
        word = self.word(at)
        if self.tokens[at].kept or word in _FUNCTION_WORDS or self.tokens[at].is_capital:
            return None
        quality = adjective(word)
        if quality is not None:
            return None if noun(word) is not None and word in verbs().finite else quality
        if participle(word) is not None and word not in verbs().finite:
            follows = self.word(at + 1)
            bound = (
                follows in PREPOSITIONS or follows in TO or self.date(at + 1 + (follows == "le")) is not None
            )
            return None if bound else participle_english(word)
        return None

    def _superlative(self, at: int) -> str | None:
        """Return the English superlative where "plus élevée" or "moins cher" stands at `at`."""
        quality = adjective(self.word(at + 1)) if self.word(at) in ("plus", "moins") else None
        if quality is None:
            return None
        return superlative_of(quality) if self.word(at) == "plus" else f"least {quality}"

    def _of(self, text: str, at: int) -> tuple[str, int]:
        """Add what follows a noun and belongs to it: a number, a name, "de ..."."""
        if (
            at < len(self.tokens)
            and (
                self.tokens[at].is_number
                or self.tokens[at].is_code
                or (len(self.tokens[at].text) == 1 and self.tokens[at].is_capital)
            )
            and not (self.word(at) in TITLES and self._before_name(at))
            and self.date(at) is None
        ):
            text, at = f"{text} {self.tokens[at].text}", at + 1
        elif self.is_name(at):
            while self.is_name(at):
                text, at = f"{text} {self.tokens[at].text}", at + 1
        while self.word(at) in OF:
            bare = self.word(at) in ("de", "d'") and self.word(at + 1) not in ARTICLES
            article = OF[self.word(at)]
            infinitive = self.word(at + 1) in verbs().infinitives and noun(self.word(at + 1)) is None
            inner = None if infinitive or self.word(at + 1) in ("avoir", "être") else self.thing(at + 1)
            if inner is None:
                break
            named = inner[0].person or self.date(at + 1 + (self.word(at + 1) in ARTICLES)) is not None
            if (
                bare
                and not named
                and not inner[0].plural
                and text.split()[-1] not in _WHOLE
                and not inner[0].english[0].isdigit()
            ):
                text = f"{inner[0].english} {text}"
            else:
                the = f"{article} " if article and not named else ""
                text = f"{text} of {the}{inner[0].english}"
            at = inner[1]
        return text, at
