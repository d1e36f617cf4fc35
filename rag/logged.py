"""Log questions that get no answer; those that get one are logged with its record."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import wraps
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from rag.events import Done, Event
from vault.errors import IncameraError
from vault.ledger.records import RecordStore

P = ParamSpec("P")


class Recording(Protocol):
    """Something that answers questions and keeps records of them."""

    records: RecordStore


A = TypeVar("A", bound=Recording)
Ask = Callable[Concatenate[A, str, Sequence[str], str, P], Iterator[Event]]
"""A method that answers: with a question, names of collections, a user, and more."""


def logged(ask: Ask[A, P]) -> Ask[A, P]:
    """Return `ask` such that the log has every question that ends before `Done`.

    That is a question that an error ends, and one that its caller gives up: evidence may have been shown by
    then.
    """

    @wraps(ask)
    def logged_ask(
        self: A, question: str, collections: Sequence[str], user: str, *more: P.args, **named: P.kwargs
    ) -> Iterator[Event]:
        done = False
        try:
            for event in ask(self, question, collections, user, *more, **named):
                done = isinstance(event, Done)
                yield event
        except (IncameraError, GeneratorExit) as error:
            if not done:
                reason = "given up" if isinstance(error, GeneratorExit) else type(error).__name__
                self.records.add_failure(user=user, question=question, collections=collections, reason=reason)
            raise

    return logged_ask
