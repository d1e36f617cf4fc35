"""Chooses the documents that are searched, by conditions on their fields: `ward=7`, `date>=2024-05`."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from fnmatch import fnmatchcase
from typing import Any

from vault.access import Action
from vault.errors import DocumentNotFound, QuestionError
from vault.records import Document, DocumentState
from vault.text.counted import agreeing, counted
from vault.text.dates.found import Reading, format_day
from vault.text.dates.whole import DATE_FORMS, parse_date
from vault.vault import Vault

_CONDITION = re.compile(
    r"\s*(?P<field>[^=<>!]+?)\s*(?P<sign>!=|>=|<=|==|=|>|<)\s*(?P<value>.*?)\s*", re.DOTALL
)
_ORDER: dict[str, Callable[[Any, Any], bool]] = {
    ">=": operator.ge, "<=": operator.le, ">": operator.gt, "<": operator.lt,
}  # fmt: skip
_PERIOD_ORDER: dict[str, Callable[[Reading, Reading], bool]] = {
    ">=": lambda given, asked: given.last >= asked.first,
    "<=": lambda given, asked: given.first <= asked.last,
    ">": lambda given, asked: given.last > asked.last,
    "<": lambda given, asked: given.first < asked.first,
    "=": lambda given, asked: given.first >= asked.first and given.last <= asked.last,
}
_SIGN_IN_WORDS: dict[str, Callable[[Reading], str]] = {
    ">=": lambda asked: f"from {format_day(asked.first)}",
    "<=": lambda asked: f"up to {format_day(asked.last)}",
    ">": lambda asked: f"after {format_day(asked.last)}",
    "<": lambda asked: f"before {format_day(asked.first)}",
    "=": lambda asked: f"in {asked}" if asked.first != asked.last else f"on {asked}",
    "!=": lambda asked: f"not in {asked}" if asked.first != asked.last else f"not on {asked}",
}
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_DATE_FIELDS = ("date", "added")
_OWN_FIELDS: dict[str, Callable[[Document], str]] = {
    "name": lambda document: document.name,
    "title": lambda document: document.title,
    "added": lambda document: document.added,
    "type": lambda document: document.media_type,
}
"""The fields that every document has, whether or not a manifest gives it more."""
_MOST_FIELDS_NAMED = 20
"""Fields that an error names: a manifest may have hundreds of columns."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition on one field of a document, such as `ward=7`, `court!=High*` or `date>=2024-05`.

    A `*` in the value matches any letters, except with the sign `==`, which compares the value literally.
    """

    field: str
    sign: str
    value: str

    @staticmethod
    def parse(text: str) -> Condition:
        """Return the condition that `text` states. Raises QuestionError if it states none."""
        found = _CONDITION.fullmatch(text)
        if not found:
            raise QuestionError(
                f"{text!r} is not a condition. Write it as field=value, such as ward=7, date>=2024-05 or "
                "name=*.pdf."
            )
        return Condition(found["field"].casefold(), found["sign"], found["value"].casefold())

    def matches(self, document: Document) -> bool:
        """Return whether the document meets the condition; without the field only `!=` is met."""
        given = _field_value(document, self.field)
        if given is None:
            return self.sign == "!="
        if self.sign == "==":
            return given == self.value
        if self.sign in ("=", "!="):
            same = (
                fnmatchcase(given, _star_pattern(self.value)) or _date_matches(given, "=", self.value) is True
            )
            return same is (self.sign == "=")
        if _NUMBER.fullmatch(given) and _NUMBER.fullmatch(self.value):
            return _ORDER[self.sign](float(given), float(self.value))
        by_date = _date_matches(given, self.sign, self.value)
        if by_date is None and not parse_date(self.value):
            return _ORDER[self.sign](given, self.value)
        return by_date is True

    def check(self, documents: Sequence[Document]) -> None:
        """Check that the value can be compared with the field's values in `documents`.

        Raises QuestionError when the field holds dates and the value is not a date, or numbers and it is not
        a number. Such values would be compared letter by letter, which means nothing.
        """
        given = [value for document in documents if (value := _field_value(document, self.field)) is not None]
        numbers = bool(given) and all(_NUMBER.fullmatch(value) for value in given)
        dates = self.field in _DATE_FIELDS or (bool(given) and all(parse_date(value) for value in given))
        meant = parse_date(self.value)
        if self.sign == "==" or (self.sign in ("=", "!=") and ("*" in self.value or self.value in given)):
            return
        if dates and not numbers and len(meant) > 1:
            first, second = (str(period) for period in meant)
            raise QuestionError(
                f"{self.value!r} can be {first} or {second}. Write it as {meant[0].first.isoformat()} or "
                f"{meant[1].first.isoformat()}."
            )
        if dates and not numbers and not meant:
            raise QuestionError(
                f"{self.value!r} is not a date, but the field “{self.field}” holds dates. Write {DATE_FORMS}."
            )
        if numbers and self.sign in _ORDER and not (_NUMBER.fullmatch(self.value) or meant):
            raise QuestionError(
                f"{self.value!r} is not a number, but the field “{self.field}” holds numbers such as "
                f"{given[0]}."
            )

    def in_words(self) -> str:
        """Return the condition in words, with dates as days: "date from 1 May 2024"."""
        meant = parse_date(self.value)
        if len(meant) == 1 and not (
            self.sign == "==" or (_NUMBER.fullmatch(self.value) and self.sign == "=")
        ):
            return f"{self.field} {_SIGN_IN_WORDS[self.sign](meant[0])}"
        return f"{self.field} {'=' if self.sign == '==' else self.sign} {self.value}"


def _date_matches(given: str, sign: str, value: str) -> bool | None:
    """Return whether the date `given` meets `sign` and `value`; None when one of them is not a date.

    A year or a month means all of its days: date<=2024 includes 31 December, and a document dated "2024"
    may meet both date>=2024-05 and date<=2024-05.
    """
    results = [_PERIOD_ORDER[sign](own, asked) for own in parse_date(given) for asked in parse_date(value)]
    return any(results) if results else None


def filter_documents(
    vault: Vault,
    collections: Sequence[str],
    user: str,
    documents: Sequence[str] = (),
    where: Sequence[str] = (),
    *,
    superseded: bool = False,
    say: Callable[[str], None] = lambda _: None,
) -> list[str] | None:
    """Return the sha256 of the documents to search, or None for all current documents.

    `documents` are beginnings of sha256; if given, only those documents are searched. `where` are conditions
    that must all be met. Superseded documents are searched when `documents` names them, or with
    `superseded`. `say` receives a sentence that states how the conditions were understood.

    Raises QuestionError for a condition that cannot be parsed or compared, or whose field no document of the
    collections has; DocumentNotFound when no document is left.
    """
    if not documents and not where and not superseded:
        return None
    conditions = [Condition.parse(text) for text in where]
    candidates: list[Document] = []
    for name in collections:
        with vault.open_collection(name, user=user, action=Action.SEARCH) as collection:
            candidates += collection.catalogue.documents()
    _check_fields(conditions, candidates, collections)
    if documents:
        named = {_find_document(candidates, beginning).sha256 for beginning in documents}
        candidates = [document for document in candidates if document.sha256 in named]
    else:
        candidates = [document for document in candidates if is_searched(document, superseded=superseded)]
    for condition in conditions:
        condition.check(candidates)
    chosen = [
        document.sha256
        for document in candidates
        if all(condition.matches(document) for condition in conditions)
    ]
    if chosen and conditions:
        say(
            f"Searching {len(chosen):,} of {counted(len(candidates), 'document')}: "
            f"{', '.join(condition.in_words() for condition in conditions)}."
            f"{undated_note(conditions, candidates)}"
        )
    if not chosen:
        matching = f"matches {' and '.join(where)}" if where else "can be searched"
        raise DocumentNotFound(
            f"No document in {', '.join(collections)} {matching}. "
            "`incamera documents --json` shows the fields of each document."
        )
    return list(dict.fromkeys(chosen))


def _check_fields(
    conditions: Sequence[Condition], documents: Sequence[Document], collections: Sequence[str]
) -> None:
    """Check that some document has each field of the conditions. Raises QuestionError.

    A misspelled field would select nothing, or everything with the sign `!=`.
    """
    known = {*_OWN_FIELDS, *(name.casefold() for document in documents for name, _ in document.metadata)}
    for condition in conditions:
        if condition.field not in known:
            alike = get_close_matches(condition.field, known, n=1)
            raise QuestionError(
                f"No document in {', '.join(collections)} has a field “{condition.field}”. "
                + (f"Did you mean “{alike[0]}”? " if alike else "")
                + f"The fields are {_listed(sorted(known))}."
            )


def _listed(names: Sequence[str]) -> str:
    """Return names as a list in words, of at most `_MOST_FIELDS_NAMED`."""
    if len(names) > _MOST_FIELDS_NAMED:
        return f"{', '.join(names[:_MOST_FIELDS_NAMED])} and {len(names) - _MOST_FIELDS_NAMED} more"
    return f"{', '.join(names[:-1])} and {names[-1]}"


def undated_note(conditions: Sequence[Condition], documents: Sequence[Document]) -> str:
    """Return a sentence that counts the documents whose date cannot be compared, after a space.

    Empty if there are none, or if no condition compares dates.
    """
    fields = {one.field for one in conditions if one.sign in _ORDER and parse_date(one.value)}
    undated = sum(any(not _is_comparable(document, field) for field in fields) for document in documents)
    if not undated:
        return ""
    return f" {undated:,} of them {'has' if undated == 1 else 'have'} no date that can be read."


def _is_comparable(document: Document, field: str) -> bool:
    given = _field_value(document, field)
    return given is not None and bool(parse_date(given) or _NUMBER.fullmatch(given))


def is_searched(document: Document, *, superseded: bool) -> bool:
    """Return whether a document is searched when no document is named; `superseded` adds older versions."""
    return document.state.searchable or (superseded and document.state is DocumentState.SUPERSEDED)


def _find_document(documents: Sequence[Document], beginning: str) -> Document:
    """Return the document whose sha256 begins with `beginning`, of at least 8 digits."""
    found = {d.sha256: d for d in documents if d.sha256.startswith(beginning.lower())}
    if len(beginning) < 8 or len(found) != 1:
        raise DocumentNotFound(
            f"{len(found) or 'None'} of the documents {agreeing(len(found), 'has', 'have')} a sha256 that "
            f"begins with {beginning!r}. "
            "Give at least 8 digits, as `incamera documents` shows them."
        )
    return next(iter(found.values()))


def _field_value(document: Document, field: str) -> str | None:
    """Return the value of a field from the manifest, else from the document itself, else None.

    Values come in small letters and without surrounding space.
    """
    fields = {name.casefold(): value for name, value in document.metadata}
    value = fields.get(field)
    if value is None and field in _OWN_FIELDS:
        value = _OWN_FIELDS[field](document)
    return None if value is None else value.strip().casefold()


def _star_pattern(value: str) -> str:
    """Return `value` as a pattern for `fnmatchcase` in which only `*` is special."""
    return re.sub(r"([\[\]?])", r"[\1]", value)
