"""Text to tokens for the verifier: words with their stems, quantities, and marks.

The words are compared by `key`: a stem, or the word that stands for its synonyms.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from rag.verification.forms import one_form
from rag.verification.lexicon import APART, ROLES, SOFT, STOPWORDS, SYNONYMS
from vault.text.words import stem


class Kind(Enum):
    """What a token is."""

    WORD = "word"
    NUMBER = "number"
    DATE = "date"
    MARK = "mark"


@dataclass(frozen=True, slots=True)
class Token:
    """One token of a statement or sentence."""

    kind: Kind
    text: str
    key: str = ""
    """What words are compared by; for a number its digits, for a mark the mark."""
    capital: bool = False
    """Written with a capital although no sentence begins there."""
    first: bool = False
    """A sentence begins here."""
    owner: bool = False
    """It has an apostrophe: what follows is of it."""

    @property
    def lower(self) -> str:
        """The word in lower case."""
        return self.text.lower()

    @property
    def content(self) -> bool:
        """Whether it is a word that says something by itself, as the letter in "group A" does."""
        letter = len(self.text) == 1 and self.capital and self.text != "I"
        return self.kind is Kind.WORD and (self.lower not in STOPWORDS or letter)

    @property
    def soft(self) -> bool:
        """Whether a passage may lack it."""
        return (self.lower in SOFT or self.lower.removesuffix("s") in SOFT) and not self.capital


_OWNED = "\u02bc"
"""Written behind an owner in place of its apostrophe."""
_HYPHENATED = re.compile(r"(?<=\w)[-\u00ad\u2010]\s*\n\s*(?=[a-z])|[\u00ad\u0002\ufffe]\s*")
_REPLACED: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"[\u2018\u2019\u201b`]", "'"),
        (r"[\u201c\u201d\u201e\u00ab\u00bb]", '"'),
        (r"[\u2010-\u2015\u2212]", "-"),
        (r"\u03bcg|\u00b5g", "mcg"),
        (r"\s+", " "),
    )
)
_EXPANDED: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), replacement)
    for pattern, replacement in (
        (r"\bcan't\b|\bcannot\b", "can not"),
        (r"\bwon't\b", "will not"),
        (r"\b(\w+)n't\b", r"\1 not"),
        (r"\bper\s+cent\b", "percent"),
        (r"\bNos?\.\s*(?=\d)", "number "),
        (r"\bb\.?i\.?d\b\.?|\btwice (?:a|per|each) day\b|\btwo times (?:a|per) day\b", "twice daily"),
        (r"\bt\.?i\.?d\b\.?|\bthree times (?:a|per) day\b|\bthrice daily\b", "3 times daily"),
        (r"\bq\.?i\.?d\b\.?|\bfour times (?:a|per) day\b", "4 times daily"),
        (r"\bq\.d\b\.?|\bonce (?:daily|(?:a|per|each) day)\b", "daily"),
        (r"\bq\.?(\d{1,2})\.?h\b\.?", r"every \1 hours"),
        (r"\bthree times daily\b", "3 times daily"),
        (r"\bfour times daily\b", "4 times daily"),
        (r"\bp\.o\.(?=\s)", "orally"),
        (r"\bBP\b(?=:? ?\d)", "blood pressure"),
        (r"\bSpO2\b", "oxygen saturation"),
        (r"\bHR\b(?=:? ?\d)", "heart rate"),
        (r"\bnon[- ](?=[a-z])|\bnon(?=exclusive|transferable|refundable)", "non "),
        (r"(?<=\w)'s\b|(?<=s)'(?!\w)", _OWNED),
        (r"(?<=[a-z])-(?=\w)|(?<=\d)-(?=[a-z])", " "),
    )
)  # fmt: skip
_ABBREVIATED = re.compile(r"\b(?:[A-Z]\.){2,}")
_ABBREVIATION = re.compile(
    r"\b(Dr|Mr|Mrs|Ms|Prof|St|Inc|Ltd|Co|Corp|v|vs|Art|Sec|Fig|approx|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept"
    r"|Oct|Nov|Dec)\.(?=\s|,)"
)

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_MONTH = rf"(?:{'|'.join(MONTHS)}|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|{'|'.join(MONTHS).upper()})"
_TOKEN = re.compile(
    rf"""(?P<date>
        \d{{1,2}}(?:st|nd|rd|th)?\ (?:day\ of\ |of\ )?{_MONTH}\b(?:,?\ \d{{4}}\b)?
      | {_MONTH}\ \d{{1,2}}(?:st|nd|rd|th)?\b(?!\ ?%)(?:,?\ \d{{4}}\b)?
      | {_MONTH},?\ (?:of\ )?\d{{4}}\b
      | \b\d{{4}}-\d{{2}}-\d{{2}}\b | \b\d{{1,2}}[./]\d{{1,2}}[./](?:\d{{4}}|\d{{2}})\b )
    | (?P<code> \b\d+(?:\.\d+){{2,}}\b | \b\d{{1,2}}:\d{{2}}\b | \b\d+/\d+\b | \b[A-Za-z]+\d[\w]*\b )
    | (?P<number> (?:US\$|[$€£])\ ?(?:\d{{1,3}}(?:,\d{{3}})+|\d+)(?:\.\d+)?
      | (?:\d{{1,3}}(?:[,\ ]\d{{3}})+(?![\d])|\d+)(?:\.\d+)?(?:(?:st|nd|rd|th)\b)? | \.\d+ )
    | (?P<word> [^\W\d_]+(?:'[^\W\d_]+)? )
    | (?P<mark> [^\w\s] )""",
    re.VERBOSE,
)


_APART = {word: min(group) for group in APART for word in group}


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    """The stem; a role keeps its ending, for there it tells who is who."""
    if word in _APART:
        return _APART[word]
    singular = word[:-1] if word.endswith("s") and word[:-1] in ROLES else word
    return singular if singular in ROLES else stem(one_form(word))


_CANONICAL = {_stem(word): _stem(group[0]) for group in SYNONYMS for word in group}


def key_of(word: str) -> str:
    """What `word` is compared by."""
    stem = _stem(word.lower())
    return _CANONICAL.get(stem, stem)


def plain(text: str) -> str:
    """The text with the accidents of typesetting gone: hyphenation, curly quotes, kinds of dash and space."""
    text = _HYPHENATED.sub("", text)
    text = unicodedata.normalize("NFKC", text)
    for pattern, replacement in _REPLACED:
        text = pattern.sub(replacement, text)
    return text.strip()


def _expanded(text: str) -> str:
    text = _ABBREVIATED.sub(lambda match: match.group().replace(".", "") + " ", text)
    text = _ABBREVIATION.sub(r"\1", text)
    for pattern, replacement in _EXPANDED:
        text = pattern.sub(replacement, text)
    return text


@lru_cache(maxsize=8_192)
def tokens_of(text: str) -> tuple[Token, ...]:
    """The tokens of `text`; cached, for the same sentences are looked at for every statement."""
    found: list[Token] = []
    first = True
    for match in _TOKEN.finditer(_expanded(plain(text))):
        owner = match.group().endswith(_OWNED)
        piece = match.group().removesuffix(_OWNED)
        if not piece:
            continue
        if match.lastgroup == "word":
            acronym = len(piece) > 1 and piece.isupper()
            capital = piece[0].isupper() and (acronym or not first)
            found.append(Token(Kind.WORD, piece, key_of(piece), capital, first, owner))
        elif match.lastgroup == "code":
            found.append(Token(Kind.WORD, piece, piece.lower(), capital=True, first=first))
        elif match.lastgroup == "mark":
            found.append(Token(Kind.MARK, piece, piece))
        else:
            found.append(Token(Kind.DATE if match.lastgroup == "date" else Kind.NUMBER, piece, piece))
        if piece not in "\"'([-•*":
            first = piece in ".!?"
    return tuple(found)


def content_keys(tokens: tuple[Token, ...]) -> frozenset[str]:
    """The keys of the words that say something."""
    return frozenset(token.key for token in tokens if token.content)
