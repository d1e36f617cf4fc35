"""Checks every request, HTTP and websocket: the host, the origin and the session.

The gate wraps the whole application, so that nothing in it answers an unchecked request: no route of
Streamlit's, no error page, and no route that a later version adds.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Iterable
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

from ui.server.asgi import App, Message, Receive, Scope, Send
from ui.server.csp import content_security_policy, security_headers
from ui.server.plain_pages import signed_in_page, signed_out_page, storage_page, wrong_host_page
from ui.services.session import Sessions
from vault.errors import StorageError

SESSION_PATH = "/session"
"""A page asks here whether its browser is still signed in."""
_HTML = [(b"content-type", b"text/html; charset=utf-8")]
_STATIC = ("/static/",)
"""Files of the program itself, the same for everybody, which a browser may cache."""


class Gate:
    """An ASGI application that wraps another one."""

    def __init__(
        self, app: App, sessions: Sessions, *, port: int, inline_scripts: Iterable[str] = ()
    ) -> None:
        self._app = app
        self._sessions = sessions
        self._cookie = sessions.cookie
        # Sent to pages, which reload themselves when they find another server than the one they came from.
        self._server_id = secrets.token_hex(8).encode("ascii")
        self._hosts = {f"{name}:{port}" for name in ("127.0.0.1", "localhost", "[::1]")}
        self._headers = security_headers(
            content_security_policy((f"ws://127.0.0.1:{port}", f"ws://localhost:{port}"), inline_scripts)
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or pass it on to the application."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        send_with_headers = self._with_headers(scope, send)
        path = scope["path"]
        if _header(scope, b"host").lower() not in self._hosts:
            # A page elsewhere may reach this server under another name, in order to read what it answers.
            await _respond(scope, send_with_headers, 403, wrong_host_page())
        elif scope["type"] == "http" and path == "/healthz":
            await _respond(scope, send_with_headers, 204, "")
        elif scope["type"] == "http" and path == "/login":
            await self._login(scope, send_with_headers)
        elif not self._sessions.knows(session := self._session(scope)):
            await _respond(scope, send_with_headers, 401, signed_out_page())
        elif not self._same_origin(scope):
            await _respond(scope, send_with_headers, 403, wrong_host_page())
        elif scope["type"] == "http" and path == SESSION_PATH:
            # An open page asks this by itself, so it must not extend the session.
            await _respond(scope, send_with_headers, 204, "", [(b"x-incamera-start", self._server_id)])
        else:
            self._sessions.use(session)
            await self._app(scope, self._while_signed_in(session, receive), send_with_headers)

    async def _login(self, scope: Scope, send: Send) -> None:
        tokens = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])
        previous = self._session(scope)
        session = None
        # Only GET: some programs send HEAD first, which must not use up the link.
        if scope["method"] == "GET":
            try:
                # In a thread: the vault stores the session, and may be busy with a purge.
                session = await asyncio.to_thread(self._sessions.redeem, tokens[0], previous=previous)
            except StorageError as error:
                await _respond(scope, send, 507, storage_page(str(error)))
                return
        if session is None:
            # The browser may open a used link from its history while it is still signed in.
            known = self._sessions.knows(previous)
            await _respond(scope, send, *((200, signed_in_page()) if known else (401, signed_out_page())))
            return
        cookie = f"{self._cookie}={session}; Path=/; HttpOnly; SameSite=Strict"
        # This page continues by itself. After a redirect, a browser that followed the link from another page
        # would count the request as that page's, and would not send the strict cookie.
        headers = [*_HTML, (b"set-cookie", cookie.encode("ascii"))]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": signed_in_page().encode("utf-8")})

    def _while_signed_in(self, session: str, receive: Receive) -> Receive:
        """Return a `receive` that closes the websocket when the session has ended."""

        async def received() -> Message:
            message = await receive()
            if message["type"] == "websocket.receive" and not self._sessions.use(session):
                return {"type": "websocket.disconnect", "code": 1008, "reason": "signed out"}
            return message

        return received

    def _session(self, scope: Scope) -> str:
        """Return the id of the session in the request's cookie; empty without one."""
        try:
            cookies = SimpleCookie(_header(scope, b"cookie"))
        except CookieError:
            return ""
        return cookies[self._cookie].value if self._cookie in cookies else ""

    def _same_origin(self, scope: Scope) -> bool:
        """Return whether the request comes from our own page.

        Browsers give the origin with every websocket and with every request that changes something.
        """
        origin = _header(scope, b"origin").lower()
        if not origin:
            return bool(scope["type"] == "http")
        return origin == f"http://{_header(scope, b'host').lower()}"

    def _with_headers(self, scope: Scope, send: Send) -> Send:
        static = scope["path"].startswith(_STATIC)

        async def send_with_headers(message: Message) -> None:
            if message["type"] in ("http.response.start", "websocket.http.response.start"):
                own = [*self._headers, *([] if static else [(b"cache-control", b"no-store")])]
                names = {name for name, _ in own}
                others = [
                    (name, value) for name, value in message.get("headers", []) if name.lower() not in names
                ]
                message = {**message, "headers": [*others, *own]}
            await send(message)

        return send_with_headers


def _header(scope: Scope, wanted: bytes) -> str:
    """Return the value of a header. Values of a repeated header are joined, which no check here accepts."""
    return b"; ".join(value for name, value in scope["headers"] if name == wanted).decode("latin-1")


async def _respond(
    scope: Scope, send: Send, status: int, page: str, headers: Iterable[tuple[bytes, bytes]] = ()
) -> None:
    """Send a complete response; refuse a websocket that has not been accepted yet."""
    if scope["type"] == "websocket" and "websocket.http.response" not in scope.get("extensions", {}):
        await send({"type": "websocket.close", "code": 1008})
        return
    kind = "websocket.http.response" if scope["type"] == "websocket" else "http.response"
    await send({"type": f"{kind}.start", "status": status, "headers": [*headers, *(_HTML if page else [])]})
    await send({"type": f"{kind}.body", "body": page.encode("utf-8")})
