"""Take a name apart: title, words, initials."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from rag.question.understanding.lexicon.titles import TITLES, Gender, gender_of_title
from vault.text.lists.names import COMPANY_FORMS, LOOSE_COMPANY_FORMS

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_POSSESSIVE = re.compile(r"['’]s?$", re.I)
_LEGAL_FORMS = frozenset(
    [form.lower() for form in (*COMPANY_FORMS, *LOOSE_COMPANY_FORMS)]
    + "incorporated sa sarl bv nv pty kg se".split()
)
_LINKS = frozenset("and of the de la le van von der den di da du und et for in at".split())
_QUALIFICATIONS = frozenset(
    "md mbbs mbchb frcp frcs mrcp mrcgp frca frcgp rgn rn bsc msc phd ma ba llb llm kc qc jp obe "
    "mbe cbe esq jr sr "
    "junior senior".split()
)


@dataclass(frozen=True, slots=True)
class NameWord:
    """A word of a text, as names are compared: in lower case, without accents and possessive."""

    text: str
    start: int
    end: int
    """Without the possessive."""
    capital: bool
    possessive: bool = False


@dataclass(frozen=True, slots=True)
class NameParts:
    """A name, taken apart."""

    words: tuple[str, ...]
    """Of two letters or more, without title, legal form and words such as "of"."""
    initials: tuple[str, ...]
    gender: Gender | None
    titled: bool
    firm: bool
    """Whether it has a legal form, such as "Ltd"."""
    joined: frozenset[str] = frozenset()
    """Words that a hyphen joins: by one of them alone somebody is hardly called."""


def folded(text: str) -> str:
    """Return the text in lower case, without accents, with straight apostrophes."""
    decomposed = unicodedata.normalize("NFD", text.lower().replace("’", "'"))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def words_in(text: str) -> list[NameWord]:
    """Return the words of letters in `text`, in order."""
    found: list[NameWord] = []
    for match in _WORD.finditer(text):
        written = match.group()
        bare = _POSSESSIVE.sub("", written) or written
        found.append(
            NameWord(
                folded(bare),
                match.start(),
                match.start() + len(bare),
                written[0].isupper(),
                bare != written or text[match.end() : match.end() + 1] in ("'", "’"),
            )
        )
    return found


def is_link(word: str) -> bool:
    """Return whether the word only joins the words of a name."""
    return word in _LINKS


def is_legal_form(word: str) -> bool:
    """Return whether the word is the legal form of a company, such as "ltd"."""
    return word in _LEGAL_FORMS


def name_parts(name: str) -> NameParts:
    """Take a name apart, in whichever order it is written: "TOLLAND, Mrs Marie J." or "Mrs M. J. Tolland"."""
    words: list[str] = []
    initials: list[str] = []
    joined: set[str] = set()
    gender: Gender | None = None
    titled = firm = False
    for word in words_in(name):
        if word.text in TITLES:
            titled = True
            gender = gender or gender_of_title(word.text)
        elif word.text in _LEGAL_FORMS:
            firm = True
        elif len(word.text) == 1:
            initials.append(word.text)
        elif word.text not in _LINKS and word.text not in _QUALIFICATIONS:
            words.append(word.text)
            if "-" in (name[word.end : word.end + 1], name[max(0, word.start - 1) : word.start]):
                joined.add(word.text)
    return NameParts(tuple(dict.fromkeys(words)), tuple(initials), gender, titled, firm, frozenset(joined))
