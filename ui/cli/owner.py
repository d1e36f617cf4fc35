"""The owner of the vault, as a command sees it: the command's own process, or one that owns it already."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from ui.cli.console import say
from ui.interface import channel
from ui.interface.messages import Message, OnEvent
from ui.interface.requests import Requests
from ui.services.services import Services
from vault.errors import VaultInUse
from vault.settings import Settings


class Owner:
    """Sends requests of `ui.interface.requests` in the name of the user of the settings."""

    def __init__(self, settings: Settings, do: Callable[[Message, OnEvent], Any]) -> None:
        """`do` answers a request, as `Requests.do` does."""
        self._user = settings.user
        self._do = do

    def do(self, verb: str, on_event: OnEvent = lambda _: None, **given: object) -> Any:
        """Return the result of one request, as JSON; `given` are the fields of the request besides its verb.

        Raises what the work raises, or HandoverFailed when another process does it.
        """
        return self._do({"verb": verb, "user": self._user, **given}, on_event)


@contextmanager
def vault_owner(settings: Settings, purpose: str) -> Iterator[Owner]:
    """Yield the owner of the vault: this process, if no other owns the vault.

    Raises VaultNotFound, and VaultInUse when the process that owns the vault accepts no requests.
    """
    try:
        services = Services(settings, purpose=purpose, say=say)
    except VaultInUse:
        if not channel.is_served(settings.data):
            raise
        yield Owner(settings, lambda request, on_event: _send_to_owner(settings, request, on_event))
        return
    with services:
        requests = Requests(services.vault, settings, lambda: services.embedder, lambda: services.answerer)
        yield Owner(settings, requests.do)


def _send_to_owner(settings: Settings, request: Message, on_event: OnEvent) -> Any:
    """Send a request to the process that owns the vault, and return the result."""
    result = None
    for message in channel.request(settings.data, request):
        if message["event"] == "end":
            result = message.get("result")
        else:
            on_event(message)
    return result
