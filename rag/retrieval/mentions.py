"""Find every place of a word or phrase, not only the best few, and count them.

The search reads the page texts themselves: the lexical index leaves out running headers and footers, and does
not see a word that is hyphenated at the end of a line.
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
from vault.records import Citation, Document, PageName
from vault.store.catalogue.catalogue import Catalogue
from vault.text.readable import readable
from vault.vault import Vault

_LONGEST_TERM = 200
"""Characters."""
_CONTEXT = 70
"""Characters of text that are shown before and after a mention."""
_WORD = re.compile(r"[^\W_]+\*?|\*(?=[^\W_])")
_LINE_BREAK = r"(?:-\r?\n[ \t]*|\u2010[ \t]*(?:\r?\n[ \t]*)?)?"
"""A hyphenation that may stand between two letters of a word."""
_GAP = r"[\W_]+"
_HYPHENATION = "\u2010"
"""In folded text, every mark of a word that is hyphenated at the end of a line."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One place of the term, with the words around it."""

    citation: Citation
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Mentions:
    """All places of the term in the documents of a scope."""

    term: str
    documents: int
    """How many documents were read."""
    pages: int
    """How many pages they have."""
    failed: int
    """Documents without legible text: what they hold is not counted."""
    found: tuple[tuple[Document, tuple[Mention, ...]], ...]
    """Documents that hold the term, sorted by name, each with its mentions in the order of the text."""
    partial: int = 0
    """Documents that were read but hold something that could not be read."""

    @property
    def count(self) -> int:
        """How many mentions there are."""
        return sum(len(mentions) for _, mentions in self.found)

    def as_json(self) -> dict[str, object]:
        """Return the JSON value that programs may rely on."""
        return {
            "term": self.term,
            "count": self.count,
            "searched": {
                "documents": self.documents,
                "pages": self.pages,
                "failed": self.failed,
                "partial": self.partial,
            },
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
                            "page_name": one.citation.page_name.as_json(),
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
    """Return every mention of `term` in the documents of `scope`.

    Case, accents and what separates the words (spaces, line ends, punctuation) make no difference. Only whole
    words count, unless a word ends in `*` ("terminat*"). A phrase that continues on the next page is not
    found. Raises QuestionError for a term without a word, CollectionNotFound, AccessDenied.
    """
    pattern = TermPattern(term)
    documents = pages = failed = partial = 0
    found: list[tuple[Document, tuple[Mention, ...]]] = []
    for name in scope.collections:
        with vault.open_collection(name, user=scope.user, action=Action.SEARCH) as collection:
            totals = collection.catalogue.totals(scope.documents)
            documents += totals.documents
            pages += totals.pages
            failed += totals.failed
            partial += totals.partial
            for document in _in_scope(collection.catalogue, scope):
                mentions = tuple(
                    _mention(name, document, (number, page_name.at(lines, *place)), text, place)
                    for number, page_name, lines, text in collection.catalogue.pages.texts_of(document.sha256)
                    for place in pattern.places(text)
                )
                if mentions:
                    found.append((document, mentions))
    result = Mentions(readable(term), documents, pages, failed, tuple(found), partial)
    vault.records.add_search(
        user=scope.user, term=result.term, collections=scope.collections, places=result.count,
        documents=[document.sha256 for document, _ in found],
    )  # fmt: skip
    return result


class TermPattern:
    """A word or phrase, compiled for the search in page texts."""

    def __init__(self, term: str) -> None:
        """Raises QuestionError for a term that holds no word, or is too long."""
        parts = _WORD.findall(fold(readable(term)))
        if not any(part != "*" for part in parts):
            raise QuestionError(f"{term!r} holds no word: type a word or a phrase.")
        if len(term) > _LONGEST_TERM:
            raise QuestionError(f"The term is {len(term)} characters long; {_LONGEST_TERM} are allowed.")
        if "*" in parts:
            raise QuestionError(f"{term!r} begins a word with *: it may stand at the end of a word only.")
        self._plain = _compile(parts, "")
        self._hyphenated = _compile(parts, _LINE_BREAK)

    def places(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield (start, end) of each mention in `text`, in order; they do not overlap."""
        folded = fold(text)
        # The pattern with hyphenation is slower, so it is used only for text that may hold any.
        hyphenated = "-\n" in folded or "-\r" in folded or _HYPHENATION in folded
        origins: list[int] = []
        for match in (self._hyphenated if hyphenated else self._plain).finditer(folded):
            origins = origins or _origins(text)
            yield origins[match.start()], origins[match.end() - 1] + 1


def _compile(parts: list[str], between: str) -> re.Pattern[str]:
    """Return a pattern for the words `parts` in a row; `between` may stand between two letters."""
    words = [
        between.join(map(re.escape, part.rstrip("*"))) + (r"[^\W_]*" if part.endswith("*") else "")
        for part in parts
    ]
    return re.compile(rf"(?<![^\W_]){_GAP.join(words)}(?![^\W_])")


def fold(text: str) -> str:
    """Return `text` without case and accents; marks of hyphenated words become `_HYPHENATION`."""
    return text.lower() if text.isascii() and "\x02" not in text else text.translate(_FOLDED)


def _origins(text: str) -> list[int]:
    """Return, for each character of `fold(text)`, the index of its character in `text`."""
    return [index for index, character in enumerate(text) for _ in fold(character)]


class _Folded(dict[int, str]):
    """What each character is folded to, computed at its first use."""

    def __missing__(self, code: int) -> str:
        if code in (0x02, 0xAD, 0xFFFE):  # what PDFium writes for a hyphenation, and the soft hyphen
            folded = _HYPHENATION
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


def _mention(
    collection: str, document: Document, page: tuple[int, PageName], text: str, place: tuple[int, int]
) -> Mention:
    (number, name), (start, end) = page, place
    quote = text[start:end]
    citation = Citation(document.name, document.sha256, number, start, end, quote, collection, name)
    before, after = text[max(0, start - _CONTEXT) : start], text[end : end + _CONTEXT]
    if start > _CONTEXT:
        before = before.partition(" ")[2] or before
    if end + _CONTEXT < len(text):
        after = after.rpartition(" ")[0] or after
    return Mention(citation, readable(before), readable(after))
