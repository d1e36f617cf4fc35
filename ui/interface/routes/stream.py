"""Sends events while work goes on: one JSON value a line, the last one is the result or an error."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from pydantic_core import to_json
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from ui.interface.routes.failures import details_of, status_of
from ui.interface.schemas.base import as_json
from ui.interface.schemas.errors import ErrorBody, ErrorDetails, StreamFailed

NDJSON = "application/x-ndjson"


class CallerLeft(Exception):
    """Raised in the work when the other side has gone, so that it stops."""


class Outlet:
    """Takes the events of one request, from any thread. It never waits for a slow reader."""

    def __init__(
        self,
        put: Callable[[bytes | ErrorDetails | None], None],
        data: Path,
        encode: Callable[[object], bytes],
    ) -> None:
        self._put = put
        self._data = data
        self._encode = encode
        self._left = threading.Event()

    def send(self, event: object) -> None:
        """Send an event. Raises CallerLeft if the other side has gone."""
        if self._left.is_set():
            raise CallerLeft
        self._put(self._encode(event))

    def end(self) -> None:
        """Send nothing more."""
        self._put(None)

    def fail(self, error: Exception) -> None:
        """Send an error as the last event."""
        self._put(details_of(error, self._data))

    def close(self) -> None:
        """Let `send` raise from now on."""
        self._left.set()


Source = Callable[[Outlet], Callable[[], None]]
"""Begins to send events, and returns a function that is called when the other side has gone."""


class EventStream(Response):
    """A response that sends the events of a source until the end, or until the other side has gone.

    An error before the first event is a response of its own with its HTTP status; a later one is the last
    event.
    """

    media_type = NDJSON

    def __init__(self, source: Source, data: Path) -> None:
        super().__init__()
        del self.headers["content-length"]  # it is not known before the end
        self._source = source
        self._data = data

    def encoded(self, event: object) -> bytes:
        """Return an event as it is sent."""
        return to_json(event) + b"\n"

    def failure(self, details: ErrorDetails) -> bytes:
        """Return an error as the last event."""
        return self.encoded(StreamFailed(error=details))

    def refusal(self, details: ErrorDetails) -> Response:
        """Return the response to a request that failed before its first event."""
        return JSONResponse(as_json(ErrorBody(error=details)), status_code=status_of(details))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the response."""
        loop = asyncio.get_running_loop()
        lines: asyncio.Queue[bytes | ErrorDetails | None] = asyncio.Queue()

        def put(line: bytes | ErrorDetails | None) -> None:
            with suppress(RuntimeError):  # the server has ended, and its loop with it
                loop.call_soon_threadsafe(lines.put_nowait, line)

        outlet = Outlet(put, self._data, self.encoded)
        try:
            leave = await asyncio.to_thread(self._source, outlet)
        except Exception as error:
            await self.refusal(details_of(error, self._data))(scope, receive, send)
            return
        sending = asyncio.create_task(self._send_lines(lines, scope, receive, send))
        leaving = asyncio.create_task(_wait_until_gone(receive))
        try:
            await asyncio.wait({sending, leaving}, return_when=asyncio.FIRST_COMPLETED)
            if sending.done():
                sending.result()  # raises what went wrong
        finally:
            outlet.close()
            leave()
            for task in (sending, leaving):
                task.cancel()
            await asyncio.gather(sending, leaving, return_exceptions=True)

    async def _send_lines(
        self, lines: asyncio.Queue[bytes | ErrorDetails | None], scope: Scope, receive: Receive, send: Send
    ) -> None:
        line = await lines.get()
        if isinstance(line, ErrorDetails):
            await self.refusal(line)(scope, receive, send)
            return
        await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
        while line is not None:
            last = isinstance(line, ErrorDetails)
            body = self.failure(line) if isinstance(line, ErrorDetails) else line
            await send({"type": "http.response.body", "body": body, "more_body": True})
            line = None if last else await lines.get()
        await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _wait_until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


class Workers:
    """The threads that work for streams."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._threads: set[threading.Thread] = set()

    def source(self, work: Callable[[Callable[[object], None], threading.Event], object]) -> Source:
        """Return a source that does `work` in a thread of its own; its result is the last event.

        `work` gets a function that sends an event, and what is set when the other side has gone.
        """

        def begin(outlet: Outlet) -> Callable[[], None]:
            left = threading.Event()
            thread = threading.Thread(
                target=self._run, args=(work, outlet, left), name="request", daemon=True
            )
            with self._lock:
                self._threads.add(thread)
            thread.start()
            return left.set

        return begin

    def join(self, seconds: float) -> None:
        """Wait for the work that still goes on, up to `seconds` for each."""
        with self._lock:
            threads = list(self._threads)
        for thread in threads:
            thread.join(seconds)

    def _run(
        self,
        work: Callable[[Callable[[object], None], threading.Event], object],
        outlet: Outlet,
        left: threading.Event,
    ) -> None:
        try:
            outlet.send(work(outlet.send, left))
            outlet.end()
        except CallerLeft:
            pass
        except Exception as error:
            outlet.fail(error)
        finally:
            with self._lock:
                self._threads.discard(threading.current_thread())
