"""The pages before the application: signing in by link or password, and changing a temporary password.

A form carries a token that belongs to a cookie of the browser, so that no other site can send it: a browser
sends the strict cookie with requests of our own pages only.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from urllib.parse import parse_qs

from ui.server import plain_pages as pages
from ui.server.asgi import Receive, Scope
from ui.server.headers import browser_of, cookie, header, set_cookie
from ui.services.session import Sessions, SessionState
from vault.errors import PasswordOutdated, PasswordUnfit, SignInDelayed, SignInRefused, StorageError
from vault.ledger.passwords import PasswordStore

PATHS = ("/login", "/password")
"""What the entrance answers. Every other path needs a session."""
_MOST_BODY_BYTES = 16_384
_BODY_SECONDS = 30.0
"""How long a form may take to arrive."""
_MOST_WAITING = 200
"""Passwords that may wait to be checked."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A complete response."""

    status: int
    page: str
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    has_form: bool = False
    """Whether the page may send a form to this server."""


class Entrance:
    """Signs browsers in."""

    def __init__(self, sessions: Sessions, passwords: PasswordStore | None) -> None:
        """Without `passwords`, a link is the only way in."""
        self._sessions = sessions
        self._passwords = passwords
        self._form_cookie = f"{sessions.cookie}_form"
        self._key = secrets.token_bytes(32)
        # Threads of its own: many who sign in at once must not hold up those who work.
        self._checking = ThreadPoolExecutor(2, "sign-in")
        self._waiting = 0

    def closed(self, scope: Scope) -> Reply:
        """Return the page for a request without an open session: how to sign in."""
        session = cookie(scope, self._sessions.cookie)
        if self._passwords is None or not self._passwords.any():
            return Reply(401, pages.signed_out_page())
        locked = self._sessions.locked_user(session)
        reply = self._sign_in_form(scope, 401, name=locked or "", locked=locked is not None)
        if locked is not None:
            reply.headers.append((b"x-incamera-locked", b"1"))
        return reply

    async def enter(self, scope: Scope, receive: Receive) -> Reply:
        """Answer a request for one of `PATHS`."""
        try:
            if scope["path"] == "/login" and scope["method"] == "GET":
                return await self._follow_link(scope)
            if self._passwords is None or not self._passwords.any():
                return self.closed(scope)
            if scope["method"] == "GET":
                return self._change_form(scope, 200)
            if scope["method"] != "POST":
                return self.closed(scope)
            return await self._take_form(scope, receive)
        except StorageError as error:
            return Reply(507, pages.storage_page(str(error)))

    async def _follow_link(self, scope: Scope) -> Reply:
        token = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0]
        previous = cookie(scope, self._sessions.cookie)
        # In a thread: the vault stores the session, and may be busy with a purge.
        session = await asyncio.to_thread(
            self._sessions.redeem, token, previous=previous, browser=browser_of(scope)
        )
        if session is not None:
            return self._signed_in(scope, session)
        # The browser may open a used link from its history while it is still signed in.
        if self._sessions.state(previous) is SessionState.OPEN:
            return Reply(200, pages.signed_in_page())
        return self.closed(scope)

    async def _take_form(self, scope: Scope, receive: Receive) -> Reply:
        form = await _form(scope, receive)
        if form is None:
            return Reply(413, pages.refused_page("The form is too long, or took too long to arrive."))
        if not self._is_own(scope, form.get("form", "")):
            return self._sign_in_form(
                scope, 403, name=form.get("name", ""), problem="This page was open too long. Try again."
            )
        if self._waiting >= _MOST_WAITING:
            return self._sign_in_form(
                scope, 429, name=form.get("name", ""),
                problem="Too many people sign in at this moment. Try again in a minute.",
            )  # fmt: skip
        work = self._change if scope["path"] == "/password" else self._sign_in
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._checking, work, scope, form)
        finally:
            self._waiting -= 1

    def _sign_in(self, scope: Scope, form: dict[str, str]) -> Reply:
        assert self._passwords is not None
        name = form.get("name", "")
        try:
            user = self._passwords.check(name, form.get("password", ""))
        except PasswordOutdated:
            return self._change_form(scope, 200, name=name)
        except SignInRefused as error:
            status = 429 if isinstance(error, SignInDelayed) else 401
            return self._sign_in_form(scope, status, name=name, problem=str(error))
        return self._signed_in_as(scope, user)

    def _change(self, scope: Scope, form: dict[str, str]) -> Reply:
        assert self._passwords is not None
        name, new = form.get("name", ""), form.get("new", "")
        try:
            if new != form.get("again", ""):
                raise PasswordUnfit("The two new passwords are not the same.")
            user = self._passwords.change(name, form.get("password", ""), new)
        except (PasswordUnfit, SignInRefused) as error:
            status = 429 if isinstance(error, SignInDelayed) else 401
            return self._change_form(scope, status, name=name, problem=str(error))
        return self._signed_in_as(scope, user)

    def _signed_in_as(self, scope: Scope, user: str) -> Reply:
        previous = cookie(scope, self._sessions.cookie)
        return self._signed_in(
            scope, self._sessions.sign_in(user, previous=previous, browser=browser_of(scope))
        )

    def _signed_in(self, scope: Scope, session: str) -> Reply:
        # This page continues by itself. After a redirect, a browser that followed the link from another page
        # would count the request as that page's, and would not send the strict cookie.
        return Reply(200, pages.signed_in_page(), [set_cookie(scope, self._sessions.cookie, session)])

    # --- forms --------------------------------------------------------------------------------

    def _sign_in_form(
        self, scope: Scope, status: int, *, name: str, problem: str = "", locked: bool = False
    ) -> Reply:
        by_link = self._sessions.link_is_enough
        return self._with_form(
            scope,
            status,
            lambda token: pages.sign_in_page(token, name, problem, locked=locked, by_link=by_link),
        )

    def _change_form(self, scope: Scope, status: int, *, name: str = "", problem: str = "") -> Reply:
        shortest = 0 if self._passwords is None else self._passwords.shortest
        return self._with_form(
            scope, status, lambda token: pages.change_password_page(token, name, problem, shortest)
        )

    def _with_form(self, scope: Scope, status: int, page: Callable[[str], str]) -> Reply:
        own = cookie(scope, self._form_cookie) or secrets.token_urlsafe(32)
        return Reply(
            status, page(self._token(own)), [set_cookie(scope, self._form_cookie, own)], has_form=True
        )

    def _token(self, own: str) -> str:
        return hmac.new(self._key, own.encode("utf-8", "replace"), hashlib.sha256).hexdigest()

    def _is_own(self, scope: Scope, token: str) -> bool:
        """Return whether a form came from a page that this server gave to this browser."""
        own = cookie(scope, self._form_cookie)
        return bool(own) and hmac.compare_digest(self._token(own).encode(), token.encode("utf-8", "replace"))


async def _form(scope: Scope, receive: Receive) -> dict[str, str] | None:
    """Return the fields of a form; None if it is too long, too slow, or no form."""
    if not header(scope, b"content-type").startswith("application/x-www-form-urlencoded"):
        return {}
    body = bytearray()
    try:
        async with asyncio.timeout(_BODY_SECONDS):
            more = True
            while more:
                message = await receive()
                if message["type"] != "http.request":
                    return None
                body += message.get("body", b"")
                more = message.get("more_body", False)
                if len(body) > _MOST_BODY_BYTES:
                    return None
        fields = parse_qs(body.decode("ascii", "replace"), keep_blank_values=True, max_num_fields=10)
    except (TimeoutError, ValueError):
        return None
    return {name: values[0] for name, values in fields.items()}
