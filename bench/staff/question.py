"""A question of a staff set, with what a right answer says and what a wrong one would."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

Kind = Literal[
    "plain fact",
    "value by date",
    "current value",
    "value before a date",
    "person",
    "negation or family",
    "clause by number",
    "identifier",
    "list",
    "count",
    "computed",
    "comparison",
    "abbreviation",
    "misspelt",
    "everyday word",
    "follow-up",
    "other language",
    "vague",
    "date arithmetic",
    "unanswerable",
]
KINDS: tuple[str, ...] = Kind.__args__  # type: ignore[attr-defined]
WORKED_OUT = frozenset({"count", "computed", "comparison", "date arithmetic"})
"""Kinds whose answer need not stand in any document as it is given."""


class StaffQuestion(BaseModel):
    """One question."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    id: str = Field(min_length=1)
    question: str = Field(min_length=1)
    kind: Kind
    answerable: bool
    must: list[str] = []
    """What the answer says, all of it; `|` stands between spellings of which one is enough."""
    must_not: list[str] = []
    """What only a wrong answer says."""
    document: str | list[str] = []
    page: int | None = Field(default=None, ge=1)
    """Of the first document."""
    because: str = ""
    history: list[str] = []
    """The questions that were asked before it in the conversation."""

    @property
    def documents(self) -> list[str]:
        """The names of the documents that hold the answer."""
        return [self.document] if isinstance(self.document, str) else self.document

    @field_validator("must", "must_not")
    @classmethod
    def _not_blank(cls, strings: list[str]) -> list[str]:
        for string in strings:
            if not all(spelling.strip() for spelling in string.split("|")):
                raise ValueError(f"{string!r} is blank, or a spelling beside its | is: write it out")
        return strings

    @model_validator(mode="after")
    def _fits_its_kind(self) -> StaffQuestion:
        if self.answerable and not self.must:
            raise ValueError("must: an answerable question needs it: say what the answer must hold")
        if self.answerable and not self.documents:
            raise ValueError("document: an answerable question needs it: name where the answer stands")
        if not self.answerable and (self.must or self.documents or self.page):
            raise ValueError("answerable: false goes without must, document and page: remove them")
        if self.answerable and self.kind == "unanswerable":
            raise ValueError("kind: unanswerable needs `answerable: false`: correct one of the two")
        if self.kind == "follow-up" and not self.history:
            raise ValueError("history: a follow-up needs the questions before it: add them")
        return self
