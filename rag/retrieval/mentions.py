"""Every place where a word or phrase stands: all of them, counted, and not the best few.

The page texts themselves are read, and not the lexical index: that one leaves out running headers and
footers, and knows nothing of a word that is broken at the end of a line.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from rag.retrieval.search import Scope
from vault.access import Action
from vault.errors import QuestionError
from vault.records import Citation, Document
from vault.store.catalogue import Catalogue
from vault.text.readable import readable
from vault.vault import Vault

_LONGEST = 200
_AROUND = 70
_WORD = re.compile(r"[^\W_]+\*?|\*(?=[^\W_])")
_BREAK = r"(?:-\r?\n[ \t]*|\u2010[ \t]*(?:\r?\n[ \t]*)?)?"
_GAP = r"[\W_]+"
_PARTED = "\u2010"
"""Stands, in folded text, for every mark of a word that is broken at the end of a line."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One place, with the words around it."""

    citation: Citation
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Mentions:
    """All places in all documents of a scope."""

    term: str
    documents: int
    """How many documents were read, and how many of their pages:"""
    pages: int
    failed: int
    """Documents without a word that can be read: what they hold is not counted."""
    found: tuple[tuple[Document, tuple[Mention, ...]], ...]
    """Documents that hold the term, in the order of their names, and the places in the order of the text."""

    @property
    def count(self) -> int:
        """How many places there are."""
        return sum(len(mentions) for _, mentions in self.found)

    def as_json(self) -> dict[str, object]:
        """The shape that programs may rely on."""
        return {
            "term": self.term,
            "count": self.count,
            "searched": {"documents": self.documents, "pages": self.pages, "failed": self.failed},
            "documents": [
                {
                    "document": document.name,
                    "sha256": document.sha256,
                    "collection": mentions[0].citation.collection,
                    "count": len(mentions),
                    "pages": {
                        str(page): len(list(some))
                        for page, some in groupby(mentions, key=lambda one: one.citation.page)
                    },
                    "mentions": [
                        {
                            "page": one.citation.page,
                            "start": one.citation.start,
                            "end": one.citation.end,
                            "quote": one.citation.quote,
                            "before": one.before,
                            "after": one.after,
                        }
                        for one in mentions
                    ],
                }
                for document, mentions in self.found
            ],
        }


def find_mentions(vault: Vault, scope: Scope, term: str) -> Mentions:
    """Every place where `term` stands in the documents of `scope`.

    Case, accents and what stands between the words (spaces, line ends, punctuation) make no difference; words
    are whole, unless `*` stands at their end ("terminat*"). A phrase that goes over the end of a page is not
    found. Raises QuestionError for a term without a word, CollectionNotFound, AccessDenied.
    """
    pattern = Pattern(term)
    read = pages = failed = 0
    found: list[tuple[Document, tuple[Mention, ...]]] = []
    for name in scope.collections:
        with vault.open_collection(name, user=scope.user, action=Action.SEARCH) as collection:
            totals = collection.catalogue.totals(scope.documents)
            read, pages, failed = read + totals.documents, pages + totals.pages, failed + totals.failed
            for document in _in_scope(collection.catalogue, scope):
                mentions = tuple(
                    _mention(name, document, number, text, place)
                    for number, text in collection.catalogue.texts(document.sha256)
                    for place in pattern.places(text)
                )
                if mentions:
                    found.append((document, mentions))
    return Mentions(readable(term), read, pages, failed, tuple(found))


class Pattern:
    """A word or phrase, ready to be looked for in page texts."""

    def __init__(self, term: str) -> None:
        """Raises QuestionError for a term that holds no word, or is too long."""
        parts = _WORD.findall(fold(readable(term)))
        if not any(part != "*" for part in parts):
            raise QuestionError(f"{term!r} holds no word: type a word or a phrase.")
        if len(term) > _LONGEST:
            raise QuestionError(f"The term is {len(term)} characters long; {_LONGEST} are allowed.")
        if "*" in parts:
            raise QuestionError(f"{term!r} begins a word with *: it may stand at the end of a word only.")
        self._plain = _compiled(parts, "")
        self._broken = _compiled(parts, _BREAK)

    def places(self, text: str) -> Iterator[tuple[int, int]]:
        """(start, end) in `text`, in order; they do not overlap."""
        folded = fold(text)
        # Letters that may be parted at a line's end cost time: only where there is a mark of it.
        broken = "-\n" in folded or "-\r" in folded or _PARTED in folded
        origins: list[int] = []
        for match in (self._broken if broken else self._plain).finditer(folded):
            origins = origins or _origins(text)
            yield origins[match.start()], origins[match.end() - 1] + 1


def _compiled(parts: list[str], between: str) -> re.Pattern[str]:
    worded = [
        between.join(map(re.escape, part.rstrip("*"))) + (r"[^\W_]*" if part.endswith("*") else "")
        for part in parts
    ]
    return re.compile(rf"(?<![^\W_]){_GAP.join(worded)}(?![^\W_])")


def fold(text: str) -> str:
    """`text` without case and accents; the marks of broken words are `_PARTED`."""
    return text.lower() if text.isascii() and "\x02" not in text else text.translate(_FOLDED)


def _origins(text: str) -> list[int]:
    """For each character of `fold(text)`, which character of `text` it comes from."""
    return [index for index, character in enumerate(text) for _ in fold(character)]


class _Folded(dict[int, str]):
    """What each character is folded to, found out when it is first met."""

    def __missing__(self, code: int) -> str:
        if code in (0x02, 0xAD, 0xFFFE):  # what PDFium leaves, and the soft hyphen
            folded = _PARTED
        elif code in (0x2010, 0x2011):
            folded = "-"
        else:
            folded = "".join(
                part
                for part in unicodedata.normalize("NFKD", chr(code)).casefold()
                if not unicodedata.combining(part)
            )
        self[code] = folded
        return folded


_FOLDED = _Folded()


def _in_scope(catalogue: Catalogue, scope: Scope) -> list[Document]:
    if scope.documents is None:
        return [document for document in catalogue.documents() if document.state.searchable]
    wanted = set(scope.documents)
    return [document for document in catalogue.documents() if document.sha256 in wanted]


def _mention(collection: str, document: Document, page: int, text: str, place: tuple[int, int]) -> Mention:
    start, end = place
    citation = Citation(document.name, document.sha256, page, start, end, text[start:end], collection)
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    if start > _AROUND:
        before = before.partition(" ")[2] or before
    if end + _AROUND < len(text):
        after = after.rpartition(" ")[0] or after
    return Mention(citation, readable(before), readable(after))
