"""Which documents a question is put to, from what a person says of them."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from vault.access import Action
from vault.errors import DocumentNotFound, QuestionError
from vault.records import Document, DocumentState
from vault.vault import Vault

_CONDITION = re.compile(
    r"\s*(?P<field>[^=<>!]+?)\s*(?P<sign>!=|>=|<=|==|=|>|<)\s*(?P<value>.*?)\s*", re.DOTALL
)
_ORDER: dict[str, Callable[[Any, Any], bool]] = {
    ">=": operator.ge, "<=": operator.le, ">": operator.gt, "<": operator.lt,
}  # fmt: skip
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_DATE = re.compile(r"\d{4}-\d\d(?:-\d\d)?")


@dataclass(frozen=True, slots=True)
class Condition:
    """What is asked of one field of a document: `ward=7`, `court!=High*`, `date>=2024-05`. The sign `==`
    takes the value as it stands, stars too."""

    field: str
    sign: str
    value: str

    @staticmethod
    def parse(text: str) -> Condition:
        """Raises QuestionError for what is no condition."""
        found = _CONDITION.fullmatch(text)
        if not found:
            raise QuestionError(
                f"{text!r} is no condition. Write it as field=value, such as ward=7, date>=2024-05 or "
                "name=*.pdf."
            )
        return Condition(found["field"].casefold(), found["sign"], found["value"].casefold())

    def holds(self, document: Document) -> bool:
        """Whether it holds of the document; without the field only `!=` does."""
        given = _field(document, self.field)
        if given is None:
            return self.sign == "!="
        if self.sign == "==":
            return given == self.value
        if self.sign in ("=", "!="):
            return fnmatchcase(given, _only_stars(self.value)) is (self.sign == "=")
        if _NUMBER.fullmatch(given) and _NUMBER.fullmatch(self.value):
            return _ORDER[self.sign](float(given), float(self.value))
        # A date that is said in part stands for all of its days: date<=2024 holds on 31 December.
        return _ORDER[self.sign](given[: len(self.value)] if _DATE.match(given) else given, self.value)


def narrowed(
    vault: Vault,
    collections: Sequence[str],
    user: str,
    documents: Sequence[str] = (),
    where: Sequence[str] = (),
    *,
    superseded: bool = False,
) -> list[str] | None:
    """sha256 of the documents that begin with one of `documents` and of which every one of `where` holds.

    None when nothing is narrowed: all that are current. A superseded document is among them when it is named
    itself, or with `superseded`. Raises QuestionError for a condition that is none, DocumentNotFound when
    nothing is left.
    """
    if not documents and not where and not superseded:
        return None
    conditions = [Condition.parse(one) for one in where]
    there: list[Document] = []
    for name in collections:
        with vault.open_collection(name, user=user, action=Action.SEARCH) as collection:
            there += collection.catalogue.documents()
    if documents:
        named = {_named(there, beginning).sha256 for beginning in documents}
        there = [document for document in there if document.sha256 in named]
    else:
        there = [document for document in there if is_searched(document, superseded=superseded)]
    chosen = [document.sha256 for document in there if all(one.holds(document) for one in conditions)]
    if not chosen:
        raise DocumentNotFound(
            f"No document of {', '.join(collections)} has {' and '.join(where) or 'any words'}. "
            "`incamera documents --json` shows the fields of each."
        )
    return list(dict.fromkeys(chosen))


def is_searched(document: Document, *, superseded: bool) -> bool:
    """Whether answers may rest on the document, when it is not asked by name."""
    return document.state.searchable or (superseded and document.state is DocumentState.SUPERSEDED)


def _named(documents: Sequence[Document], beginning: str) -> Document:
    found = {d.sha256: d for d in documents if d.sha256.startswith(beginning.lower())}
    if len(beginning) < 8 or len(found) != 1:
        raise DocumentNotFound(
            f"{len(found) or 'No'} documents have a sha256 that begins with {beginning!r}. "
            "Give at least 8 digits, as `incamera documents` shows them."
        )
    return next(iter(found.values()))


def _field(document: Document, field: str) -> str | None:
    """What a manifest said of the field, else what the document itself says; None when neither does."""
    own = {
        "name": document.name,
        "title": document.title,
        "added": document.added,
        "type": document.media_type,
    }
    fields = {**own, **{name.casefold(): value for name, value in document.metadata}}
    value = fields.get(field)
    return None if value is None else value.strip().casefold()


def _only_stars(value: str) -> str:
    """`value` as a pattern in which * alone is special."""
    return re.sub(r"([\[\]?])", r"[\1]", value)
