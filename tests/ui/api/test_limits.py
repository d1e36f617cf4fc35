"""Limits of the interface for programs: how large, how slow, how often, how long."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest

from ui.api.bodies import CallerGone, flowing_body, whole_body
from ui.api.rates import Rates
from ui.api.time_limit import within
from vault.errors import RequestTookTooLong, RequestTooLarge, RequestTooSlow, TooManyRequests

SCOPE: dict[str, Any] = {"type": "http", "headers": []}
SOON = 0.01
"""A limit of seconds for what never comes, so it is right on a machine of any speed."""


class Clock:
    """A clock that the test moves."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_token_may_ask_so_often_in_a_minute() -> None:
    clock = Clock()
    rates = Rates(60, 8, clock)

    def asked() -> bool:
        try:
            with rates.entered("one"):
                return True
        except TooManyRequests as error:
            assert error.retry_after == 1
            return False

    assert [asked() for _ in range(62)] == [True] * 60 + [False] * 2
    clock.now += 1
    assert [asked(), asked()] == [True, False]
    with rates.entered("another"):
        pass
    clock.now += 3600
    assert sum(asked() for _ in range(100)) == 60


def test_a_token_may_ask_so_much_at_once() -> None:
    rates = Rates(1000, 2, Clock())
    with rates.entered("one"), rates.entered("one"):
        with pytest.raises(TooManyRequests), rates.entered("one"):
            pass
        with rates.entered("another"):
            pass
    with rates.entered("one"):
        pass


def receiving(*messages: dict[str, Any]) -> Any:
    """Return a `receive` that gives these messages, and then nothing for ever."""
    left: Iterator[dict[str, Any]] = iter(messages)

    async def receive() -> dict[str, Any]:
        for message in left:
            return message
        await asyncio.Event().wait()
        raise AssertionError

    return receive


def body(content: bytes, *, more: bool = False) -> dict[str, Any]:
    return {"type": "http.request", "body": content, "more_body": more}


def test_a_body_comes_whole_or_not_at_all() -> None:
    async def taken() -> bytes:
        receive = receiving(body(b"ab", more=True), body(b"cd"))
        given = await whole_body(SCOPE, receive, most=4, seconds=300)
        return bytes((await given())["body"])

    assert asyncio.run(taken()) == b"abcd"


@pytest.mark.parametrize(
    ("receive", "error"),
    [
        (receiving(body(b"abc", more=True), body(b"de")), RequestTooLarge),
        (receiving(body(b"abcde", more=True)), RequestTooLarge),
        (receiving({"type": "http.disconnect"}), CallerGone),
    ],
)
def test_what_is_too_large_or_breaks_off_is_refused(receive: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        asyncio.run(whole_body(SCOPE, receive, most=4, seconds=300))


def test_what_says_that_it_is_too_large_is_not_waited_for() -> None:
    scope = {**SCOPE, "headers": [(b"content-length", b"5")]}
    with pytest.raises(RequestTooLarge):
        asyncio.run(whole_body(scope, receiving(), most=4, seconds=300))


def test_a_body_that_does_not_end_is_given_up() -> None:
    with pytest.raises(RequestTooSlow):
        asyncio.run(whole_body(SCOPE, receiving(body(b"a", more=True)), most=4, seconds=SOON))


def test_a_file_may_take_its_time_but_not_pause() -> None:
    async def taken(*messages: dict[str, Any]) -> int:
        received = flowing_body(receiving(*messages), most=4, seconds=SOON)
        arrived = 0
        while True:
            message = await received()
            arrived += len(message["body"])
            if not message["more_body"]:
                return arrived

    assert asyncio.run(taken(body(b"ab", more=True), body(b"cd"))) == 4
    with pytest.raises(RequestTooSlow):
        asyncio.run(taken(body(b"ab", more=True)))
    with pytest.raises(RequestTooLarge):
        asyncio.run(taken(body(b"ab", more=True), body(b"cde")))


def test_a_request_that_takes_too_long_is_given_up() -> None:
    told: list[str] = []

    async def app(_: Any, receive: Any, __: Any) -> None:
        told.append((await receive())["type"])

    with pytest.raises(RequestTookTooLong):
        asyncio.run(within(SOON, app, SCOPE, receiving(), receiving(), lambda *_: b""))
    assert told == ["http.disconnect"]


def test_a_stream_that_takes_too_long_says_so_in_its_last_line() -> None:
    sent: list[dict[str, Any]] = []

    async def app(_: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"Content-Type", b"x/y")]})
        await send({"type": "http.response.body", "body": b"one\n", "more_body": True})
        await receive()
        await send({"type": "http.response.body", "body": b"too late\n", "more_body": False})

    async def send(message: Any) -> None:
        sent.append(message)

    def last(kind: bytes, error: RequestTookTooLong) -> bytes:
        assert "0.01 seconds" in str(error)
        return kind + b" ends"

    asyncio.run(within(SOON, app, SCOPE, receiving(), send, last))
    assert [message.get("body") for message in sent] == [None, b"one\n", b"x/y ends"]
    assert not sent[-1]["more_body"]


def test_what_is_done_in_time_is_left_alone() -> None:
    sent: list[dict[str, Any]] = []

    async def app(_: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body", "body": (await receive())["body"]})

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(within(300, app, SCOPE, receiving(body(b"asked")), send, lambda *_: b"never"))
    assert sent[-1]["body"] == b"asked"
