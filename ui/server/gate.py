"""What stands before every request, http and websocket: right host, right origin, a session.

It wraps the whole application from outside, so nothing in it (a route of Streamlit's, an error page, a
route that a later version adds) answers without passing here.
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
"""Tells a page whether its browser is still signed in."""
_HTML = [(b"content-type", b"text/html; charset=utf-8")]
# Files of the program itself, the same for everybody: a browser may keep them.
_STATIC = ("/static/",)


class Gate:
    """An ASGI application around another."""

    def __init__(
        self, app: App, sessions: Sessions, *, port: int, inline_scripts: Iterable[str] = ()
    ) -> None:
        self._app = app
        self._sessions = sessions
        self._cookie = sessions.cookie
        # Told to pages: they load themselves again when the server is not the one that they are of.
        self._start = secrets.token_hex(8).encode("ascii")
        self._hosts = {f"{name}:{port}" for name in ("127.0.0.1", "localhost", "[::1]")}
        self._headers = security_headers(
            content_security_policy((f"ws://127.0.0.1:{port}", f"ws://localhost:{port}"), inline_scripts)
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or let it through."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        guarded = self._guarded(scope, send)
        path = scope["path"]
        if _header(scope, b"host").lower() not in self._hosts:
            # Another name that leads to this machine is a page elsewhere that tries to read this one.
            await _answer(scope, guarded, 403, wrong_host_page())
        elif scope["type"] == "http" and path == "/healthz":
            await _answer(scope, guarded, 204, "")
        elif scope["type"] == "http" and path == "/login":
            await self._login(scope, guarded)
        elif not self._sessions.knows(session := self._session(scope)):
            await _answer(scope, guarded, 401, signed_out_page())
        elif not self._same_origin(scope):
            await _answer(scope, guarded, 403, wrong_host_page())
        elif scope["type"] == "http" and path == SESSION_PATH:
            # A page that is left open asks by itself, which keeps nobody signed in.
            await _answer(scope, guarded, 204, "", [(b"x-incamera-start", self._start)])
        else:
            self._sessions.use(session)
            await self._app(scope, self._while_signed_in(session, receive), guarded)

    async def _login(self, scope: Scope, send: Send) -> None:
        tokens = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])
        # Only GET: a browser that asks what is there (HEAD) must not use the link up.
        before = self._session(scope)
        session = None
        if scope["method"] == "GET":
            try:
                # In a thread: the vault keeps the session, and may be busy with a purge.
                session = await asyncio.to_thread(self._sessions.redeem, tokens[0], before=before)
            except StorageError as error:
                await _answer(scope, send, 507, storage_page(str(error)))
                return
        if session is None:
            # A link that this very browser used, from its history: it is signed in.
            known = self._sessions.knows(before)
            await _answer(scope, send, *((200, signed_in_page()) if known else (401, signed_out_page())))
            return
        cookie = f"{self._cookie}={session}; Path=/; HttpOnly; SameSite=Strict"
        # A page that goes on by itself, not a redirect: when the link was followed from another page, a
        # redirect would still count as coming from there, and the strict cookie would not be sent.
        headers = [*_HTML, (b"set-cookie", cookie.encode("ascii"))]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": signed_in_page().encode("utf-8")})

    def _while_signed_in(self, session: str, receive: Receive) -> Receive:
        """What a page sends through its websocket, until its session ends: then the websocket is closed."""

        async def received() -> Message:
            message = await receive()
            if message["type"] == "websocket.receive" and not self._sessions.use(session):
                return {"type": "websocket.disconnect", "code": 1008, "reason": "signed out"}
            return message

        return received

    def _session(self, scope: Scope) -> str:
        try:
            cookies = SimpleCookie(_header(scope, b"cookie"))
        except CookieError:
            return ""
        return cookies[self._cookie].value if self._cookie in cookies else ""

    def _same_origin(self, scope: Scope) -> bool:
        """Browsers name the origin of every websocket and of every request that changes something."""
        origin = _header(scope, b"origin").lower()
        if not origin:
            return bool(scope["type"] == "http")
        return origin == f"http://{_header(scope, b'host').lower()}"

    def _guarded(self, scope: Scope, send: Send) -> Send:
        static = scope["path"].startswith(_STATIC)

        async def guarded(message: Message) -> None:
            if message["type"] in ("http.response.start", "websocket.http.response.start"):
                ours = [*self._headers, *([] if static else [(b"cache-control", b"no-store")])]
                names = {name for name, _ in ours}
                theirs = [
                    (name, value) for name, value in message.get("headers", []) if name.lower() not in names
                ]
                message = {**message, "headers": [*theirs, *ours]}
            await send(message)

        return guarded


def _header(scope: Scope, wanted: bytes) -> str:
    """The header's value; one that is given twice comes out as no value that anything here accepts."""
    return b"; ".join(value for name, value in scope["headers"] if name == wanted).decode("latin-1")


async def _answer(
    scope: Scope, send: Send, status: int, page: str, headers: Iterable[tuple[bytes, bytes]] = ()
) -> None:
    """A whole answer; to a websocket that was not accepted yet, a refusal."""
    if scope["type"] == "websocket" and "websocket.http.response" not in scope.get("extensions", {}):
        await send({"type": "websocket.close", "code": 1008})
        return
    kind = "websocket.http.response" if scope["type"] == "websocket" else "http.response"
    await send({"type": f"{kind}.start", "status": status, "headers": [*headers, *(_HTML if page else [])]})
    await send({"type": f"{kind}.body", "body": page.encode("utf-8")})
