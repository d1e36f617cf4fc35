"""A document of a staff set: what is written in it, from which a real file is made."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import PurePath
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

SUFFIXES = (".pdf", ".docx", ".xlsx", ".csv", ".eml", ".txt", ".html")
_PAGED = (".pdf", ".docx", ".xlsx")
_STRICT = ConfigDict(extra="forbid", strict=True, frozen=True, populate_by_name=True)


class Block(BaseModel):
    """One part of a page: exactly one field is given. `sheet` names the sheet of a workbook."""

    model_config = _STRICT

    heading: str | None = None
    lines: list[str] | None = Field(default=None, min_length=1)
    text: str | None = None
    items: list[str] | None = Field(default=None, alias="list", min_length=1)
    table: list[list[str]] | None = Field(default=None, min_length=1)
    form: dict[str, str] | None = Field(default=None, alias="fields", min_length=1)
    checks: dict[str, bool] | None = Field(default=None, min_length=1)
    sheet: str | None = None

    @model_validator(mode="after")
    def _has_one_part(self) -> Block:
        given = self.model_fields_set - {"sheet"}
        if len(given) > 1 or not self.model_fields_set:
            raise ValueError(
                "a part of a page has exactly one of heading, lines, text, list, table, fields, checks: "
                "begin a new one with `-` for each"
            )
        return self

    @field_validator("table")
    @classmethod
    def _is_even(cls, table: list[list[str]] | None) -> list[list[str]] | None:
        for number, row in enumerate(table or [], 1):
            if table and len(row) != len(table[0]):
                raise ValueError(
                    f"row {number} has {len(row)} cells and the first row {len(table[0])}: give all rows the "
                    'same number, with "" for an empty cell'
                )
        return table

    def words(self) -> Iterator[str]:
        """Yield the texts of the part, as they are written, a row of a table as one text."""
        yield from [text for text in (self.heading, self.text) if text]
        yield from self.lines or []
        yield from self.items or []
        yield from (" | ".join(row) for row in self.table or [])
        yield from (f"{label}: {value}" for label, value in (self.form or {}).items())
        yield from self.checks or {}


class Mail(BaseModel):
    """The head of a message."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    sender: str = Field(alias="from")
    to: str | list[str]
    cc: str | list[str] = []
    date: str
    subject: str

    @field_validator("date")
    @classmethod
    def _is_date(cls, date: str) -> str:
        try:
            datetime.fromisoformat(date)
        except ValueError:
            raise ValueError(f"{date!r} is no date: write it as 2024-05-17T09:31:00+01:00") from None
        return date

    def receivers(self, field: str) -> list[str]:
        """Return the addresses in the field `to` or `cc`."""
        given = self.to if field == "to" else self.cc
        return [given] if isinstance(given, str) else given


class StaffDocument(BaseModel):
    """One document: its file name, whose suffix decides the format, and its pages."""

    model_config = _STRICT

    file: str
    title: str = ""
    pages: list[list[Block]] = Field(min_length=1)
    mail: Mail | None = None

    @property
    def suffix(self) -> str:
        """The suffix of the file, such as `.pdf`."""
        return PurePath(self.file).suffix.lower()

    def words(self) -> Iterator[str]:
        """Yield all texts that a reader of the file sees, in order."""
        if self.mail:
            yield from [self.mail.sender, *self.mail.receivers("to"), *self.mail.receivers("cc")]
            yield self.mail.subject
        for page in self.pages:
            for block in page:
                yield from block.words()

    def rows(self) -> Iterator[str]:
        """Yield the rows of all tables, each as one text."""
        for page in self.pages:
            for block in page:
                yield from (" | ".join(row) for row in block.table or [])

    @field_validator("file")
    @classmethod
    def _is_file_name(cls, file: str) -> str:
        if PurePath(file).name != file or PurePath(file).suffix.lower() not in SUFFIXES:
            raise ValueError(
                f"{file!r} must be a file name without a folder, with one of {', '.join(SUFFIXES)}"
            )
        return file

    @field_validator("pages", mode="before")
    @classmethod
    def _with_sheets(cls, pages: Any) -> Any:
        """Accept a page of a workbook as a mapping of its sheet's name and its parts."""
        return [_parts(page) for page in pages] if isinstance(pages, list) else pages

    @model_validator(mode="after")
    def _fits_its_format(self) -> StaffDocument:
        if (self.suffix == ".eml") != (self.mail is not None):
            raise ValueError("mail: a message (.eml) has it and no other format does: add or remove it")
        if len(self.pages) > 1 and self.suffix not in _PAGED:
            raise ValueError(f"pages: {self.suffix} has one page, but there are {len(self.pages)}: join them")
        parts = [block for page in self.pages for block in page]
        if self.suffix == ".csv" and (len(parts) != 1 or parts[0].table is None):
            raise ValueError("pages: a csv has exactly one table and nothing else: remove the rest")
        return self


def _parts(page: Any) -> Any:
    if not isinstance(page, dict) or "sheet" not in page:
        return page
    rest = {key: value for key, value in page.items() if key != "sheet"}
    for key in ("blocks", "page", "parts"):
        if isinstance(rest.get(key), list):
            return [{"sheet": page["sheet"]}, *rest[key]]
    return [{"sheet": page["sheet"]}, *({key: value} for key, value in rest.items())]
