"""The pages before the application: signing in by link, password or provider, and changing a temporary
password.

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
from urllib.parse import parse_qs, urlencode

from ui.server import plain_pages as pages
from ui.server.asgi import Receive, Scope
from ui.server.headers import browser_of, cookie, header, set_cookie
from ui.services.session import Sessions, SessionState
from ui.sign_on.sign_on import SignOn
from vault.errors import (
    PasswordOutdated,
    PasswordUnfit,
    SignInDelayed,
    SignInRefused,
    SignOnFailed,
    StorageError,
)
from vault.ledger.passwords import PasswordStore

_SIGN_ON, _SIGNED_ON = "/sign-on", "/sign-on/done"
"""Where a browser leaves for the provider, and where it comes back to."""
PATHS = ("/login", "/password", _SIGN_ON, _SIGNED_ON)
"""What the entrance answers. Every other path needs a session."""
_MOST_BODY_BYTES = 16_384
_BODY_SECONDS = 30.0
"""How long a form may take to arrive."""
_MOST_WAITING = 200
"""People who may wait for their password to be checked, or for the provider."""
_CROWDED = "Too many people sign in at this moment. Try again in a minute."
_LONGEST_QUERY = 8192
_ANSWER = ("code", "state", "iss", "error")
"""What the provider sends through the browser, if it is used here."""


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

    def __init__(
        self, sessions: Sessions, passwords: PasswordStore | None, sign_on: SignOn | None = None
    ) -> None:
        """Without `passwords` and `sign_on`, a link is the only way in."""
        self._sessions = sessions
        self._sign_on = sign_on
        self._provider_name = "" if sign_on is None else sign_on.host
        self._sign_on_cookie = f"{sessions.cookie}_sign_on"
        self._passwords = passwords
        self._form_cookie = f"{sessions.cookie}_form"
        self._key = secrets.token_bytes(32)
        # Threads of its own: many who sign in at once must not hold up those who work.
        self._checking = ThreadPoolExecutor(2, "sign-in")
        # Others: a provider that does not answer must not hold up passwords.
        self._asking = ThreadPoolExecutor(4, "sign-on")
        self._waiting = 0

    def closed(self, scope: Scope) -> Reply:
        """Return the page for a request without an open session: how to sign in."""
        session = cookie(scope, self._sessions.cookie)
        locked = self._sessions.locked_user(session)
        if self._passwords is None or not self._passwords.any():
            if self._sign_on is None:
                return Reply(401, pages.signed_out_page())
            by_link = self._sessions.link_is_enough
            page = pages.sign_on_page(self._provider_name, locked=locked is not None, by_link=by_link)
            return Reply(401, page, [(b"x-incamera-locked", b"1")] if locked is not None else [])
        reply = self._sign_in_form(scope, 401, name=locked or "", locked=locked is not None)
        if locked is not None:
            reply.headers.append((b"x-incamera-locked", b"1"))
        return reply

    async def enter(self, scope: Scope, receive: Receive) -> Reply:
        """Answer a request for one of `PATHS`."""
        try:
            if scope["path"] == "/login" and scope["method"] == "GET":
                return await self._follow_link(scope)
            if scope["path"] in (_SIGN_ON, _SIGNED_ON):
                return await self._use_provider(scope)
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
            return self._sign_in_form(scope, 429, name=form.get("name", ""), problem=_CROWDED)
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

    # --- the provider -------------------------------------------------------------------------

    async def _use_provider(self, scope: Scope) -> Reply:
        if self._sign_on is None or scope["method"] != "GET":
            return self.closed(scope)
        if self._waiting >= _MOST_WAITING or len(scope["query_string"]) > _LONGEST_QUERY:
            return Reply(429, pages.sign_on_failed_page(_CROWDED))
        work = self._leave if scope["path"] == _SIGN_ON else self._come_back
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._asking, work, scope, self._sign_on)
        except SignInRefused as error:
            status = 502 if isinstance(error, SignOnFailed) and work == self._leave else 401
            forgotten = set_cookie(scope, self._sign_on_cookie, "")
            return Reply(status, pages.sign_on_failed_page(str(error)), [forgotten])
        finally:
            self._waiting -= 1

    def _leave(self, scope: Scope, sign_on: SignOn) -> Reply:
        address, secret = sign_on.begin(_return_address(scope))
        kept = set_cookie(scope, self._sign_on_cookie, secret)
        return Reply(303, "", [(b"location", address.encode("ascii")), kept])

    def _come_back(self, scope: Scope, sign_on: SignOn) -> Reply:
        sent = parse_qs(scope["query_string"].decode("latin-1"), max_num_fields=20)
        answer = {name: sent[name][0] for name in _ANSWER if name in sent}
        secret = cookie(scope, self._sign_on_cookie)
        if not secret and "again" not in sent:
            # The provider sent the browser here, which then keeps its strict cookies back. It sends them when
            # a page of ours asks.
            return Reply(200, pages.coming_back_page(f"{_SIGNED_ON}?{urlencode({**answer, 'again': '1'})}"))
        signed_in = self._sessions.user(cookie(scope, self._sessions.cookie))
        user = sign_on.finish(answer, secret, _return_address(scope), signed_in=signed_in)
        reply = self._signed_in_as(scope, user)
        reply.headers.append(set_cookie(scope, self._sign_on_cookie, ""))
        return reply

    # --- forms --------------------------------------------------------------------------------

    def _sign_in_form(
        self, scope: Scope, status: int, *, name: str, problem: str = "", locked: bool = False
    ) -> Reply:
        by_link = self._sessions.link_is_enough
        return self._with_form(
            scope,
            status,
            lambda token: pages.sign_in_page(
                token, name, problem, locked=locked, by_link=by_link, provider=self._provider_name
            ),
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


def _return_address(scope: Scope) -> str:
    """Return where the provider sends the browser back to: here, as the browser calls it."""
    return f"{scope.get('scheme', 'http')}://{header(scope, b'host')}{_SIGNED_ON}"


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
