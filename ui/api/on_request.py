"""The interface for programs as the server has it: made when the first program asks."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from starlette.types import ASGIApp, Receive, Scope, Send

from ui.services.upload_receiver import UploadReceiver

if TYPE_CHECKING:
    from ui.interface.operations.workplace import Workplace
    from ui.interface.routes.stream import Workers


class Programs:
    """An ASGI application. Its libraries take half a second to load, and few servers need them."""

    def __init__(self, workplace: Callable[[], Workplace], receiver: Callable[[], UploadReceiver]) -> None:
        """Both are called once, by the first request."""
        self._workplace = workplace
        self._receiver = receiver
        self._making = threading.Lock()
        self._made: tuple[ASGIApp, Workers] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request of a program."""
        made = self._made
        if made is None:
            made = await asyncio.to_thread(self._make)
        await made[0](scope, receive, send)

    def close(self, seconds: float) -> None:
        """Wait for the work that still goes on, up to `seconds` for each request."""
        if self._made is not None:
            self._made[1].join(seconds)

    def _make(self) -> tuple[ASGIApp, Workers]:
        from ui.api.programs import programs
        from ui.interface.routes.stream import Workers

        with self._making:
            if self._made is None:
                workers = Workers()
                self._made = programs(self._workplace(), self._receiver(), workers), workers
            return self._made
