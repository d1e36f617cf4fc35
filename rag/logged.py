"""Log questions that get no answer; those that get one are logged with its record."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import wraps
from inspect import signature
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from rag.events import Done, Event
from vault.errors import IncameraError
from vault.ledger.records import RecordStore

P = ParamSpec("P")


class Recording(Protocol):
    """Something that answers questions and keeps records of them."""

    records: RecordStore


A = TypeVar("A", bound=Recording)


def logged(ask: Callable[Concatenate[A, P], Iterator[Event]]) -> Callable[Concatenate[A, P], Iterator[Event]]:
    """Return the method `ask` such that the log has every question that ends before `Done`.

    That is a question that an error ends, and one that its caller gives up: evidence may have been shown by
    then. `ask` has arguments `question`, `collections` (names) and `user`.
    """
    form = signature(ask)

    @wraps(ask)
    def logged_ask(self: A, /, *given: P.args, **named: P.kwargs) -> Iterator[Event]:
        done = False
        try:
            for event in ask(self, *given, **named):
                done = isinstance(event, Done)
                yield event
        except (IncameraError, GeneratorExit) as error:
            if not done:
                asked = form.bind(self, *given, **named).arguments
                reason = "given up" if isinstance(error, GeneratorExit) else type(error).__name__
                self.records.add_failure(
                    user=asked["user"],
                    question=asked["question"],
                    collections=asked["collections"],
                    reason=reason,
                )
            raise

    return logged_ask
