"""The gate before every request, without a server around it."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

from ui.server.asgi import Message, Receive, Scope, Send
from ui.server.gate import Gate
from ui.server.names import ServerNames
from ui.services.session import Sessions
from vault.vault import Vault


class Echo:
    """An application that records what comes through its websocket."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        while (message := await receive())["type"] != "websocket.disconnect":
            self.heard.append(str(message.get("text", message["type"])))
        self.heard.append(f"closed {message['code']}")


def test_an_open_websocket_ends_with_its_session(vault: Vault) -> None:
    now = [datetime(2026, 3, 6, tzinfo=UTC)]
    sessions = Sessions(vault.sessions, user="local", hours=72, port=8765, clock=lambda: now[0])
    session = sessions.redeem(sessions.new_link())
    app = Echo()
    messages: list[Message] = [
        {"type": "websocket.connect"},
        {"type": "websocket.receive", "text": "first"},
        {"type": "websocket.receive", "text": "after two days"},
        {"type": "websocket.receive", "text": "after four more"},
        {"type": "websocket.receive", "text": "later"},
    ]

    async def receive() -> Message:
        message = messages.pop(0)
        now[0] += timedelta(days={"after two days": 2, "after four more": 4}.get(message.get("text", ""), 0))
        return message

    async def send(message: Message) -> None:
        """Nobody listens."""

    scope: Scope = {
        "type": "websocket",
        "path": "/_stcore/stream",
        "headers": [
            (b"host", b"127.0.0.1:8765"),
            (b"origin", b"http://127.0.0.1:8765"),
            (b"cookie", f"incamera_8765={session}".encode()),
        ],
    }
    asyncio.run(Gate(app, sessions, names=ServerNames(8765))(scope, receive, send))
    assert app.heard == ["websocket.connect", "first", "after two days", "closed 1008"]
