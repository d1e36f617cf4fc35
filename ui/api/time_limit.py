"""Ends a request that takes longer than it may."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from vault.errors import RequestTookTooLong

_NOTICE_SECONDS = 1.0
"""How long the application may take to notice that the caller has gone."""
LastEvent = Callable[[bytes, RequestTookTooLong], bytes]
"""Returns how a stream of this content type says that it ends with an error."""


async def within(
    seconds: float, app: ASGIApp, scope: Scope, receive: Receive, send: Send, last_event: LastEvent
) -> None:
    """Let `app` answer within `seconds`; after that it is told that the caller has gone, so that it stops.

    Raises RequestTookTooLong unless a response has begun; that ends with `last_event`.
    """
    limit = RequestTookTooLong(f"This was not done within {seconds:g} seconds, and was given up.")
    over = asyncio.Event()
    content_type: bytes | None = None
    ended = False

    async def received() -> Message:
        message, timer = asyncio.ensure_future(receive()), asyncio.ensure_future(over.wait())
        try:
            await asyncio.wait({message, timer}, return_when=asyncio.FIRST_COMPLETED)
            return {"type": "http.disconnect"} if over.is_set() else message.result()
        finally:
            message.cancel()
            timer.cancel()

    async def sending(message: Message) -> None:
        nonlocal content_type, ended
        if over.is_set():
            return
        if message["type"] == "http.response.start":
            headers = {name.lower(): value for name, value in message.get("headers", [])}
            content_type = headers.get(b"content-type", b"")
        elif message["type"] == "http.response.body" and not message.get("more_body", False):
            ended = True
        await send(message)

    timer = asyncio.get_running_loop().call_later(seconds, over.set)
    try:
        await _until(app(scope, received, sending), over)
    finally:
        timer.cancel()
    if over.is_set() and not ended:
        if content_type is None:
            raise limit
        await send(
            {"type": "http.response.body", "body": last_event(content_type, limit), "more_body": False}
        )


async def _until(work: Awaitable[None], over: asyncio.Event) -> None:
    """Wait for `work`, and once it is `over`, only until it has taken notice."""
    running = asyncio.ensure_future(work)
    waiting = asyncio.ensure_future(over.wait())
    try:
        await asyncio.wait({running, waiting}, return_when=asyncio.FIRST_COMPLETED)
        if not running.done():
            # What runs in a thread cannot be stopped; nobody waits for it any more.
            await asyncio.wait({running}, timeout=_NOTICE_SECONDS)
        if running.done():
            running.result()
    finally:
        waiting.cancel()
        running.cancel()
