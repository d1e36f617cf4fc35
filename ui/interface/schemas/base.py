"""What all requests and results have in common."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict
from pydantic_core import to_jsonable_python


class Result(BaseModel):
    """Base of what the owner returns. A field that this version does not know is left out."""

    # Built on first use: a command uses few of them, and each costs about a millisecond.
    model_config = ConfigDict(frozen=True, defer_build=True, extra="ignore")


class Request(BaseModel):
    """Base of what is sent to the owner. An unknown field is an error, because it would do nothing."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def as_json(value: object) -> Any:
    """Return a result, or a list of results, as JSON values: the shape that programs may rely on."""
    return to_jsonable_python(value)
