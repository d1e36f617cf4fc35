"""Bodies of requests: none is too large, none is waited for without end."""

from __future__ import annotations

import asyncio

from starlette.types import Message, Receive, Scope

from vault.errors import RequestTooLarge, RequestTooSlow


class CallerGone(Exception):
    """Raised when the other side has gone before its request had arrived whole."""


async def whole_body(scope: Scope, receive: Receive, *, most: int, seconds: float) -> Receive:
    """Take the body of a request, at most `most` bytes within `seconds`, and return what gives it again.

    Raises RequestTooLarge, RequestTooSlow, CallerGone.
    """
    _check_length(scope, most)
    body = bytearray()
    try:
        async with asyncio.timeout(seconds):
            more = True
            while more:
                message = await _next(receive)
                body += message.get("body", b"")
                if len(body) > most:
                    raise _too_large(most)
                more = message.get("more_body", False)
    except TimeoutError:
        raise RequestTooSlow(f"The request did not arrive whole within {seconds:g} seconds.") from None
    given = False

    async def received() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": bytes(body), "more_body": False}

    return received


def flowing_body(receive: Receive, *, most: int, seconds: float) -> Receive:
    """Return what gives a body as it arrives, at most `most` bytes, with no pause longer than `seconds`.

    It raises RequestTooLarge and RequestTooSlow.
    """
    arrived = 0

    async def received() -> Message:
        nonlocal arrived
        try:
            async with asyncio.timeout(seconds):
                message = await receive()
        except TimeoutError:
            raise RequestTooSlow(f"Nothing of the file arrived for {seconds:g} seconds.") from None
        arrived += len(message.get("body", b""))
        if arrived > most:
            raise _too_large(most)
        return message

    return received


async def _next(receive: Receive) -> Message:
    message = await receive()
    if message["type"] == "http.disconnect":
        raise CallerGone
    return message


def _check_length(scope: Scope, most: int) -> None:
    """Refuse what says that it is too large before any of it is taken."""
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit() and int(value) > most:
            raise _too_large(most)


def _too_large(most: int) -> RequestTooLarge:
    return RequestTooLarge(f"The body of the request is larger than {most // 1024:,} KiB.")
