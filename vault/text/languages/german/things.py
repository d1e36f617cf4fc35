"""Read German nouns with what belongs to them: article, adjectives, names, dates, a genitive."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from vault.text.languages.english.forms import ordinal_of
from vault.text.languages.german.lexicon import adjective, english_of, noun, phrase_at
from vault.text.languages.german.words import (
    ACCUSATIVE,
    ARTICLES,
    CLEARLY_SINGULAR,
    GENITIVE,
    HELPERS,
    LINKS,
    MODALS,
    MONTHS,
    NOMINATIVE,
    NUMBERS,
    OPENINGS,
    PLURAL_ARTICLES,
    PREPOSITIONS,
    PRONOUNS,
    SURNAMES,
    TITLES,
    WEEKDAYS,
    WHICH,
)
from vault.text.languages.parts.chunks import Chunk, Kind
from vault.text.languages.parts.tokens import Token

_FEMININE = frozenset(
    "leber mutter tochter dauer steuer nummer kammer schwester schulter regel klausel mauer ader "
    "faser lunge".split()
)
_NUMBERED = frozenset(
    "clause section bed room ward page invoice number paragraph article annex schedule case file "
    "stage type grade "
    "floor bay line row item building street flat apartment unit version policy order claim chapter part day "
    "exhibit sheet table form contract house".split()
)
"""Nouns that a number or code follows: "clause 4.2"."""
_OF = frozenset("dose dosage level amount strength quantity tablets tablet days weeks months hours".split())
_NAMED = frozenset(
    "ward clinic hospital company firm street hotel practice pharmacy property project case".split()
)
_UNITS = frozenset("mg g kg ml l mcg µg mmol cm mm m km % € £ $ mmhg ie".split())
_DAY = re.compile(r"\d{1,2}\.")
_DATE = re.compile(r"\d{1,2}[./]\d{1,2}[./](?:\d{4}|\d{2})?|\d{4}-\d\d-\d\d")
_PARTICLES_OF_NAMES = frozenset("von van de der den zu zur vom el al la le di da".split())
_FUNCTION_WORDS = frozenset(
    (*ARTICLES, *PREPOSITIONS, *PRONOUNS, *OPENINGS, *HELPERS, *MODALS, *LINKS, *WHICH)
)


@dataclass(slots=True)
class Reader:
    """Reads the tokens of one question; collects the words that it does not know."""

    tokens: Sequence[Token]
    passive: bool = False
    """Whether the clause is in the passive: "von" then says by whom."""
    unknown: list[str] = field(default_factory=list)
    words: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self.words = [token.lower for token in self.tokens]

    def word(self, at: int) -> str:
        """Return the word at `at` in lower case, "" after the end."""
        return self.words[at] if at < len(self.words) else ""

    def capital(self, at: int) -> bool:
        """Return whether a word with a capital letter stands at `at`."""
        return at < len(self.tokens) and self.tokens[at].is_word and self.tokens[at].is_capital

    def thing(self, start: int) -> tuple[Chunk, int] | None:
        """Return the noun with what belongs to it that begins at `start`, and where it ends."""
        dated = self.date(start)
        if dated is not None:
            return Chunk(Kind.THING, dated[0]), dated[1]
        article, at = self._article(start)
        if article == "the" and (after := self.date(at)):
            return Chunk(Kind.THING, after[0]), after[1]
        named = self._name(at)
        if named is not None:
            text = named[0] if article in ("", "the") else f"{article} {named[0]}"
            return Chunk(Kind.THING, text, person=True, nominative=self._case(start, article)), named[1]
        before: list[str] = []
        counted = False
        while at < len(self.tokens):
            token = self.tokens[at]
            if token.is_number and not _DAY.fullmatch(token.text):
                before.append(token.text)
                counted = token.text != "1"
                at += 1
            elif _DAY.fullmatch(token.text) and before == [] and at + 1 < len(self.tokens):
                before.append(ordinal_of(token.text))
                at += 1
            elif token.lower in NUMBERS:
                before.append(NUMBERS[token.lower])
                counted = True
                at += 1
            elif before and token.lower in _UNITS:
                before.append(token.text)
                at += 1
            elif (english := self._adjective_at(at)) is not None:
                before.append(english)
                at += 1
            else:
                break
        if article and not before and self._alone(at) and (english := adjective(self.word(at))):
            return Chunk(Kind.THING, f"{article} {english}", nominative=self._case(start, article)), at + 1
        found = self._noun(at, article, self.word(start), counted)
        if found is None:
            if before and (article or any(one[0].isdigit() for one in before)):
                return Chunk(Kind.THING, " ".join([*([article] if article else []), *before]), counted), at
            return None
        english, plural, at = found
        if article == "this" and plural:
            article = "these"
        if article == "a" and re.match(r"[aeiou]|hour", " ".join([*before, english])):
            article = "an"
        text = " ".join(part for part in (article, *before, english) if part)
        text, at = self._extended(text, at)
        return Chunk(Kind.THING, text, plural, nominative=self._case(start, article)), at

    def date(self, at: int) -> tuple[str, int] | None:
        """Return a written date ("3. Mai 2024", "Mai 2024", "Montag") in English, and where it ends."""
        if at >= len(self.tokens) or self.tokens[at].kept:
            return None
        if self.word(at) in WEEKDAYS:
            after = at + 1 + (self.word(at + 1) in (",", "den", "dem"))
            following = self.date(after)
            if following is not None:
                return f"{WEEKDAYS[self.word(at)]} {following[0]}", following[1]
            return WEEKDAYS[self.word(at)], at + 1
        if _DATE.fullmatch(self.tokens[at].text):
            return self.tokens[at].text, at + 1
        day = self.tokens[at].text.rstrip(".") if _DAY.fullmatch(self.tokens[at].text) else ""
        month = at + 1 if day else at
        if self.word(month).rstrip(".") in MONTHS and (day or self.capital(month)):
            year = self.word(month + 1)
            has_year = bool(re.fullmatch(r"(?:19|20)\d\d", year))
            parts = [day, MONTHS[self.word(month)], year if has_year else ""]
            return " ".join(part for part in parts if part), month + 1 + has_year
        return None

    def _article(self, start: int) -> tuple[str, int]:
        if start < len(self.tokens) and self.word(start) in ARTICLES and not self.tokens[start].kept:
            article = ARTICLES[self.word(start)]
            if article == "all" and self.word(start + 1) in ("der", "die"):
                return "all the", start + 2
            return article, start + 1
        return "", start

    def _alone(self, at: int) -> bool:
        """Return whether an adjective stands for its noun: "dem ersten und dem zweiten Vertrag"."""
        return self.word(at + 1) in ("und", "oder") and not self.capital(at) and self.word(at) not in ARTICLES

    def _case(self, start: int, article: str) -> bool | None:
        word = self.word(start)
        if not article:
            return None
        return True if word in NOMINATIVE else False if word in ACCUSATIVE else None

    def _adjective_at(self, at: int) -> str | None:
        token = self.tokens[at]
        if token.kept or token.is_capital or token.lower in _FUNCTION_WORDS or not token.is_word:
            return None
        following = at + 1
        if following >= len(self.tokens):
            return None
        # An adjective before its noun has an ending: "hohe Miete", but "ist hoch".
        if token.lower.endswith(("e", "en", "er", "em", "es")) and (
            self.capital(following) or self.tokens[following].kept or adjective(self.word(following))
        ):
            return adjective(token.lower)
        return None

    def _name(self, at: int) -> tuple[str, int] | None:
        if at >= len(self.tokens):
            return None
        start, parts = at, []
        while self.word(at) in TITLES and self._before_name(at):
            if self.tokens[at].kept and self.word(at) not in ("frau", "herr", "herrn"):
                break
            parts.append(TITLES[self.word(at)])
            at += 1
            if self.word(at) == ".":
                at += 1
        titled = at > start
        first = True
        while at < len(self.tokens):
            token = self.tokens[at]
            is_name = token.kept or (
                titled
                and token.is_word
                and token.is_capital
                and (first or token.lower in SURNAMES or noun(token.text) is None)
            )
            if is_name:
                parts.append(token.text)
            elif titled and not first and len(self.tokens[at - 1].text) == 1 and token.text == ".":
                parts[-1] += "."
            elif titled and token.lower in _PARTICLES_OF_NAMES and self.capital(at + 1):
                parts.append(token.text)
            else:
                break
            first = False
            at += 1
        return (" ".join(part for part in parts if part), at) if at > start and not first else None

    def _before_name(self, at: int) -> bool:
        following = at + 1 + (self.word(at + 1) == ".")
        return self.capital(following) or (following < len(self.tokens) and self.tokens[following].kept)

    def _noun(self, at: int, article: str, written: str, counted: bool) -> tuple[str, bool, int] | None:
        if at >= len(self.tokens) or not self.tokens[at].is_word:
            return None
        token = self.tokens[at]
        if token.is_code:
            return token.text, False, at + 1
        phrase = phrase_at(self.words, at)
        if phrase is not None and phrase[1] == "thing":
            return phrase[0], False, at + phrase[2]
        if not token.is_capital and (token.lower in _FUNCTION_WORDS or at == 0):
            return None
        found = noun(token.text)
        if found is None:
            if not token.is_capital or (at == 0 and adjective(token.lower)):
                return None
            self.unknown.append(token.text)
            name, at = [token.text], at + 1
            while self.capital(at) and self.word(at) not in TITLES and noun(self.tokens[at].text) is None:
                name.append(self.tokens[at].text)
                at += 1
            return " ".join(name), False, at
        plural = found.plural
        if (found.weak and written in CLEARLY_SINGULAR) or written in (
            "dem",
            "des",
            "einem",
            "eines",
            "ein",
            "einen",
            "dieser",
            "jeder",
            "jeden",
        ):
            plural = False
        elif not plural and (counted or self._plural_by_article(token.lower, article, written)):
            plural = True
        return english_of(found, plural), plural, at + 1

    def _plural_by_article(self, word: str, article: str, written: str) -> bool:
        if written in PLURAL_ARTICLES or article in ("both", "several", "some", "many"):
            return True
        endings = ("er", "el", "en")
        return (
            written in ("die", "keine", "diese")
            and word.endswith(endings)
            and not word.endswith(tuple(_FEMININE))
        )

    def _extended(self, text: str, at: int) -> tuple[str, int]:
        """Add what follows a noun and belongs to it: a number, another noun, a genitive, "von ..."."""
        head = text.rpartition(" ")[2]
        if at < len(self.tokens):
            token = self.tokens[at]
            if (
                head in _NUMBERED
                and (token.is_number or token.is_code or len(token.text) == 1)
                and token.text[0].isalnum()
            ):
                text, at = f"{text} {token.text}", at + 1
            elif head in _NAMED and (self.capital(at) or token.kept) and noun(token.text) is None:
                while at < len(self.tokens) and (self.tokens[at].kept or self.capital(at)):
                    text, at = f"{text} {self.tokens[at].text}", at + 1
            elif head in _OF and self.capital(at) and self.word(at) not in TITLES and self.date(at) is None:
                inner = self.thing(at)
                if inner is not None:
                    text, at = f"{text} of {inner[0].english}", inner[1]
        if self.word(at) in GENITIVE and at < len(self.tokens) and not self.tokens[at].kept:
            inner = self.thing(at)
            if inner is not None:
                return f"{text} of {inner[0].english}", inner[1]
        if self.word(at) in ("von", "vom") and not self.word(at + 1).startswith("we"):
            inner = self.thing(at + 1)
            if inner is not None and not (self.passive and inner[0].person):
                the = "the " if self.word(at) == "vom" and self.date(at + 1) is None else ""
                return f"{text} of {the}{inner[0].english}", inner[1]
        return text, at
