"""Which documents a question is put to, from what a person says of them."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from ui.services.dates import FORMS, Period, periods, said
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
_PERIODS: dict[str, Callable[[Period, Period], bool]] = {
    ">=": lambda given, asked: given.last >= asked.first,
    "<=": lambda given, asked: given.first <= asked.last,
    ">": lambda given, asked: given.last > asked.last,
    "<": lambda given, asked: given.first < asked.first,
    "=": lambda given, asked: given.first >= asked.first and given.last <= asked.last,
}
_IN_WORDS: dict[str, Callable[[Period], str]] = {
    ">=": lambda asked: f"from {said(asked.first)}",
    "<=": lambda asked: f"up to {said(asked.last)}",
    ">": lambda asked: f"after {said(asked.last)}",
    "<": lambda asked: f"before {said(asked.first)}",
    "=": lambda asked: f"in {asked}" if asked.first != asked.last else f"on {asked}",
    "!=": lambda asked: f"not in {asked}" if asked.first != asked.last else f"not on {asked}",
}
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_ALWAYS_DATES = ("date", "added")


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
            same = fnmatchcase(given, _only_stars(self.value)) or _dated(given, "=", self.value) is True
            return same is (self.sign == "=")
        if _NUMBER.fullmatch(given) and _NUMBER.fullmatch(self.value):
            return _ORDER[self.sign](float(given), float(self.value))
        dated = _dated(given, self.sign, self.value)
        if dated is None and not periods(self.value):
            return _ORDER[self.sign](given, self.value)
        return dated is True

    def check(self, documents: Sequence[Document]) -> None:
        """Raises QuestionError for a value that is no date where the field of the documents holds dates, or
        no number where it holds numbers: it would be compared letter by letter, and tell nothing."""
        given = [value for document in documents if (value := _field(document, self.field)) is not None]
        numbers = bool(given) and all(_NUMBER.fullmatch(value) for value in given)
        dates = self.field in _ALWAYS_DATES or (bool(given) and all(periods(value) for value in given))
        meant = periods(self.value)
        if self.sign == "==" or (self.sign in ("=", "!=") and ("*" in self.value or self.value in given)):
            return
        if dates and not numbers and len(meant) > 1:
            first, second = (str(one) for one in meant)
            raise QuestionError(
                f"{self.value!r} can be {first} or {second}. Write it as {meant[0].first.isoformat()} or "
                f"{meant[1].first.isoformat()}."
            )
        if dates and not numbers and not meant:
            raise QuestionError(
                f"{self.value!r} is no date, and the field “{self.field}” holds dates. Write {FORMS}."
            )
        if numbers and self.sign in _ORDER and not (_NUMBER.fullmatch(self.value) or meant):
            raise QuestionError(
                f"{self.value!r} is no number, and the field “{self.field}” holds numbers such as {given[0]}."
            )

    def understood(self) -> str:
        """What is asked, in words: dates as days, "date from 1 May 2024"."""
        meant = periods(self.value)
        if len(meant) == 1 and not (
            self.sign == "==" or (_NUMBER.fullmatch(self.value) and self.sign == "=")
        ):
            return f"{self.field} {_IN_WORDS[self.sign](meant[0])}"
        return f"{self.field} {'=' if self.sign == '==' else self.sign} {self.value}"


def _dated(given: str, sign: str, value: str) -> bool | None:
    """Whether a date fits, one that is said in part standing for all of its days: date<=2024 holds on
    31 December, and of a document of "2024" both date>=2024-05 and date<=2024-05 may be true. None when
    one of them is no date."""
    fits = [_PERIODS[sign](one, asked) for one in periods(given) for asked in periods(value)]
    return any(fits) if fits else None


def narrowed(
    vault: Vault,
    collections: Sequence[str],
    user: str,
    documents: Sequence[str] = (),
    where: Sequence[str] = (),
    *,
    superseded: bool = False,
    say: Callable[[str], None] = lambda _: None,
) -> list[str] | None:
    """sha256 of the documents that begin with one of `documents` and of which every one of `where` holds.

    None when nothing is narrowed: all that are current. A superseded document is among them when it is named
    itself, or with `superseded`. `say` is told what was understood. Raises QuestionError for a condition
    that is none or cannot be compared, DocumentNotFound when nothing is left.
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
    for one in conditions:
        one.check(there)
    chosen = [document.sha256 for document in there if all(one.holds(document) for one in conditions)]
    if chosen and conditions:
        say(
            f"Looking in {len(chosen):,} of {len(there):,} documents: "
            f"{', '.join(one.understood() for one in conditions)}.{left_out(conditions, there)}"
        )
    if not chosen:
        raise DocumentNotFound(
            f"No document of {', '.join(collections)} has {' and '.join(where) or 'any words'}. "
            "`incamera documents --json` shows the fields of each."
        )
    return list(dict.fromkeys(chosen))


def left_out(conditions: Sequence[Condition], documents: Sequence[Document]) -> str:
    """A sentence on the documents whose dates cannot be compared, with a space before it; else nothing."""
    fields = {one.field for one in conditions if one.sign in _ORDER and periods(one.value)}
    without = sum(any(not _is_compared(document, field) for field in fields) for document in documents)
    if not without:
        return ""
    return f" {without:,} of them {'has' if without == 1 else 'have'} no date that can be read."


def _is_compared(document: Document, field: str) -> bool:
    given = _field(document, field)
    return given is not None and bool(periods(given) or _NUMBER.fullmatch(given))


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
