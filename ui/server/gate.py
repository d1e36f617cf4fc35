"""Checks every request, HTTP and websocket: the host, the origin and the session.

The gate wraps the whole application, so that nothing in it answers an unchecked request: no route of
Streamlit's, no error page, and no route that a later version adds.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from ui.server.asgi import App, Message, Receive, Scope, Send
from ui.server.csp import content_security_policy, security_headers
from ui.server.entrance import PATHS as ENTRANCE_PATHS
from ui.server.entrance import Entrance, Reply
from ui.server.headers import cookie, header, is_private
from ui.server.names import ServerNames, origin
from ui.server.plain_pages import wrong_host_page
from ui.services.session import USER_KEY, Sessions
from ui.sign_on.sign_on import SignOn
from vault.ledger.passwords import PasswordStore

SESSION_PATH = "/session"
"""A page asks here whether its browser is still signed in."""
_ACTIVE_HEADER = b"x-incamera-active"
"""With it, a page says that its user touched a key or moved something since it asked last."""
_UNATTENDED = ("/_stcore/", "/static/")
"""Paths that a page asks for by itself: they do not show that anybody sits before it."""
_HTML = [(b"content-type", b"text/html; charset=utf-8")]
_FOR_PROGRAMS = ("/api/", "/v1/")
_STATIC = ("/static/",)
"""Files of the program itself, the same for everybody, which a browser may cache."""


class Gate:
    """An ASGI application that wraps another one."""

    def __init__(
        self,
        app: App,
        sessions: Sessions,
        *,
        names: ServerNames,
        inline_scripts: Iterable[str] = (),
        passwords: PasswordStore | None = None,
        sign_on: SignOn | None = None,
        programs: App | None = None,
    ) -> None:
        """Without `passwords` and `sign_on`, browsers are signed in by links only. `programs` answers
        programs, which show tokens instead of sessions."""
        self._app = app
        self._programs = programs
        self._entrance = Entrance(sessions, passwords, sign_on)
        self._sessions = sessions
        self._cookie = sessions.cookie
        # Sent to pages, which reload themselves when they find another server than the one they came from.
        self._server_id = secrets.token_hex(8).encode("ascii")
        self._names = names
        self._headers = security_headers(content_security_policy(names.sockets, inline_scripts))
        self._form_headers = security_headers(content_security_policy((), forms=True))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or pass it on to the application."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        send_with_headers = self._with_headers(scope, send, self._headers)
        path, session = scope["path"], cookie(scope, self._cookie)
        if header(scope, b"host") not in self._names:
            # A page elsewhere may reach this server under another name, in order to read what it answers.
            await _respond(scope, send_with_headers, Reply(403, wrong_host_page()))
        elif scope["type"] == "http" and path == "/healthz":
            await _respond(scope, send_with_headers, Reply(204, ""))
        elif scope["type"] == "http" and self._programs is not None and path.startswith(_FOR_PROGRAMS):
            await self._programs(scope, receive, send_with_headers)
        elif scope["type"] == "http" and path in ENTRANCE_PATHS and self._may_enter(scope):
            await self._reply(scope, send, await self._entrance.enter(scope, receive))
        elif (user := self._sessions.user(session)) is None:
            await self._reply(scope, send, self._entrance.closed(scope))
        elif not self._same_origin(scope):
            await _respond(scope, send_with_headers, Reply(403, wrong_host_page()))
        elif scope["type"] == "http" and path == SESSION_PATH:
            # An open page asks this by itself, so it must not extend the session.
            if header(scope, _ACTIVE_HEADER):
                self._sessions.note_active(session)
            await _respond(scope, send_with_headers, Reply(204, "", [(b"x-incamera-start", self._server_id)]))
        else:
            attended = scope["type"] == "http" and not path.startswith(_UNATTENDED)
            self._sessions.use(session, active=attended)
            scope = {**scope, USER_KEY: user}
            await self._app(scope, self._while_signed_in(session, receive), send_with_headers)

    async def _reply(self, scope: Scope, send: Send, reply: Reply) -> None:
        headers = self._form_headers if reply.has_form else self._headers
        await _respond(scope, self._with_headers(scope, send, headers), reply)

    def _while_signed_in(self, session: str, receive: Receive) -> Receive:
        """Return a `receive` that closes the websocket when the session has ended."""

        async def received() -> Message:
            message = await receive()
            if message["type"] == "websocket.receive" and not self._sessions.use(session):
                return {"type": "websocket.disconnect", "code": 1008, "reason": "signed out"}
            return message

        return received

    def _may_enter(self, scope: Scope) -> bool:
        """Return whether a request for the entrance is not sent by a page of another site.

        Our plain pages give no referrer, and browsers then send forms with the origin "null".
        """
        return header(scope, b"origin").lower() in ("", "null") or self._same_origin(scope)

    def _same_origin(self, scope: Scope) -> bool:
        """Return whether the request comes from our own page.

        Browsers give the origin with every websocket and with every request that changes something.
        """
        sent = header(scope, b"origin").lower()
        if not sent:
            return bool(scope["type"] == "http")
        return sent == origin(scope.get("scheme", "http"), header(scope, b"host"))

    def _with_headers(self, scope: Scope, send: Send, headers: list[tuple[bytes, bytes]]) -> Send:
        static = scope["path"].startswith(_STATIC)

        async def send_with_headers(message: Message) -> None:
            if message["type"] in ("http.response.start", "websocket.http.response.start"):
                own = [*headers, *([] if static else [(b"cache-control", b"no-store")])]
                own += [(b"strict-transport-security", b"max-age=31536000")] if is_private(scope) else []
                names = {name for name, _ in own}
                others = [
                    (name, value) for name, value in message.get("headers", []) if name.lower() not in names
                ]
                message = {**message, "headers": [*others, *own]}
            await send(message)

        return send_with_headers


async def _respond(scope: Scope, send: Send, reply: Reply) -> None:
    """Send a complete response; refuse a websocket that has not been accepted yet."""
    if scope["type"] == "websocket" and "websocket.http.response" not in scope.get("extensions", {}):
        await send({"type": "websocket.close", "code": 1008})
        return
    kind = "websocket.http.response" if scope["type"] == "websocket" else "http.response"
    headers = [*reply.headers, *(_HTML if reply.page else [])]
    await send({"type": f"{kind}.start", "status": reply.status, "headers": headers})
    await send({"type": f"{kind}.body", "body": reply.page.encode("utf-8")})
