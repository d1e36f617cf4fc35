"""The result of a request that sends events."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import closing
from typing import Any, TypeVar

from vault.errors import OwnerEnded

End = TypeVar("End")


def last_event(events: Generator[Any], end: type[End], on_event: Callable[[Any], None]) -> End:
    """Call `on_event` with each event before the last one, which is an `end`, and return that.

    Raises what `events` raises, and OwnerEnded when they break off. An exception in `on_event`, such as
    Ctrl-C, closes the connection, and with it the work stops.
    """
    with closing(events):
        for event in events:
            if isinstance(event, end):
                return event
            on_event(event)
    raise OwnerEnded("The process that owns the vault broke off its reply. Run the command again.")
