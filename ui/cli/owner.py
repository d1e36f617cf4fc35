"""The process that has the vault, as a command sees it: its own, or the one that has it already."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from ui.cli.console import say
from ui.interface import channel
from ui.interface.requests import OnEvent, Requests
from ui.services.services import Services
from vault.errors import VaultInUse
from vault.settings import Settings


class Owner:
    """Takes requests of `ui.interface.requests`, in the name of the user of the settings."""

    def __init__(self, settings: Settings, do: Callable[[dict[str, Any], OnEvent], Any]) -> None:
        self._user = settings.user
        self._do = do

    def do(self, verb: str, on_event: OnEvent = lambda _: None, **given: object) -> Any:
        """The result of one request, as JSON. Raises what the work raises, or HandoverFailed for it."""
        return self._do({"verb": verb, "user": self._user, **given}, on_event)


@contextmanager
def vault_owner(settings: Settings, purpose: str) -> Iterator[Owner]:
    """The owner of the vault, for the time of the block; this process when no other has it.

    Raises VaultNotFound, and VaultInUse when the process that has it takes no requests.
    """
    try:
        services = Services(settings, purpose=purpose, say=say)
    except VaultInUse:
        if not channel.is_served(settings.data):
            raise
        yield Owner(settings, lambda asked, on_event: _handed_over(settings, asked, on_event))
        return
    with services:
        requests = Requests(services.vault, settings, lambda: services.embedder, lambda: services.answerer)
        yield Owner(settings, requests.do)


def _handed_over(settings: Settings, asked: dict[str, Any], on_event: OnEvent) -> Any:
    result = None
    for message in channel.request(settings.data, asked):
        if message["event"] == "end":
            result = message.get("result")
        else:
            on_event(message)
    return result
