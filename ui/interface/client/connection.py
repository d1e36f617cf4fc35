"""Sends requests to the owner of a vault through its socket, and reads what comes back."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Self, TypeVar
from urllib.parse import quote

import httpx
from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import to_json

from ui.interface.address import is_served, socket_address, socket_path
from ui.interface.schemas.errors import ErrorBody, StreamFailed
from ui.interface.schemas.headers import USER_HEADER, VERSION_HEADER
from vault.errors import HandoverFailed, IncameraError, OwnerEnded, PasswordNeeded
from vault.process.lock import owner_of

_BASE = "http://incamera"
"""The host means nothing: every request goes to the socket."""
_UNPROVED = 401
"""The status of a request whose user has a password, which was not given."""
_NOT_UNDERSTOOD = ("RouteNotFound", "RequestInvalid")
"""Errors that a command never causes in an owner of its own version."""

Query = Mapping[str, str | bool | list[str]]
T = TypeVar("T")


class Connection:
    """Makes requests in the name of one user. Use it as a context manager."""

    def __init__(self, data: Path, user: str, ask_password: Callable[[], str] | None = None) -> None:
        """`data` is the data folder whose owner is asked.

        `ask_password` is called, once, when the owner wants the password of the user.
        """
        self._data = data
        self._user = user
        self._ask_password = ask_password
        self._password: str | None = None
        self._open = ExitStack()

    def __enter__(self) -> Self:
        self._owner = owner_of(self._data)
        with self._translate_failures():
            uds = self._open.enter_context(socket_address(socket_path(self._data)))
        self._client = self._open.enter_context(
            httpx.Client(
                # There are no certificates here. To load them takes longer than most requests.
                transport=httpx.HTTPTransport(uds=uds, verify=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)),
                base_url=_BASE,
                headers={USER_HEADER: quote(self._user)},
                timeout=httpx.Timeout(None),  # answers and jobs take as long as they take
                trust_env=False,
            )
        )
        return self

    def __exit__(self, *raised: object) -> None:
        self._open.close()

    def call(
        self,
        method: str,
        path: str,
        kind: TypeAdapter[T],
        body: BaseModel | None = None,
        query: Query | None = None,
    ) -> T:
        """Make a request and return its result, of the type `kind`.

        Raises the error that the owner reports, OwnerEnded when the owner ends before it has replied, and
        HandoverFailed when it cannot be reached or runs another version.
        """
        with self._translate_failures(), self._response(method, path, body, query) as response:
            content = response.read()
            return self._parsed(kind, content or b"null", response)

    def events(
        self,
        method: str,
        path: str,
        kind: TypeAdapter[T],
        body: BaseModel | None = None,
        query: Query | None = None,
    ) -> Generator[T]:
        """Make a request and yield its events, of the type `kind`; the last one is the result.

        To close the iterator stops the work. Raises what `call` raises.
        """
        with self._translate_failures(), self._response(method, path, body, query) as response:
            for line in _lines(response.iter_raw()):
                event = self._parsed(kind, line, response)
                if isinstance(event, StreamFailed):
                    raise event.error.error()
                yield event

    @contextmanager
    def _response(
        self, method: str, path: str, body: BaseModel | None, query: Query | None
    ) -> Iterator[httpx.Response]:
        """Yield the response to a request. Raises the error in it, if it is one."""
        content = None if body is None else to_json(body)
        headers = {} if body is None else {"Content-Type": "application/json"}
        with ExitStack() as opened:

            def sent() -> httpx.Response:
                proof = None if self._password is None else (self._user, self._password)
                request = self._client.stream(
                    method, f"/api{path}", content=content, params=query, headers=headers,
                    auth=None if proof is None else httpx.BasicAuth(*proof),
                )  # fmt: skip
                return opened.enter_context(request)

            try:
                response = sent()
                if response.status_code == _UNPROVED and self._ask_password and self._password is None:
                    error = self._error_in(response)
                    if not isinstance(error, PasswordNeeded):
                        raise error
                    self._password = self._ask_password()
                    response = sent()
            except httpx.RemoteProtocolError as error:
                if self._owner_has_ended():
                    raise
                # It still runs, and does not speak HTTP.
                raise self._not_understood("This command was not understood.") from error
            if not response.is_success:
                raise self._error_in(response)
            yield response

    def _error_in(self, response: httpx.Response) -> IncameraError:
        try:
            details = ErrorBody.model_validate_json(response.read()).error
        except ValidationError:
            return self._not_understood("It refused the request.", response)
        if details.type in _NOT_UNDERSTOOD:
            return self._not_understood(details.message, response)
        return details.error()

    def _parsed(self, kind: TypeAdapter[T], content: bytes, response: httpx.Response) -> T:
        try:
            return kind.validate_json(content)
        except ValidationError as error:
            raise self._not_understood("Its reply cannot be understood.", response) from error

    def _not_understood(self, what: str, response: httpx.Response | None = None) -> HandoverFailed:
        theirs, ours = response and response.headers.get(VERSION_HEADER), version("incamera")
        versions = f" ({theirs}; this command is {ours})" if theirs and theirs != ours else ""
        return HandoverFailed(
            f"{what} The process that owns the vault in {self._data} runs another version of Incamera"
            f"{versions}. Stop it and start it again.",
            1,
        )

    @contextmanager
    def _translate_failures(self) -> Iterator[None]:
        """Raise OwnerEnded when the owner has ended, and HandoverFailed when it cannot be reached."""
        try:
            yield
        except (httpx.TransportError, OSError) as error:
            message = (
                f"The process that owns the vault in {self._data} cannot be reached or has ended ({error}). "
                "Run the same command again: it continues where the job stopped."
            )
            if self._owner_has_ended():
                raise OwnerEnded(message) from error
            raise HandoverFailed(message, 1) from error

    def _owner_has_ended(self) -> bool:
        """Return whether the process that was asked no longer owns the vault, or accepts no more requests."""
        return owner_of(self._data) != self._owner or not is_served(self._data)


def _lines(parts: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the lines of a stream without their ends. Only "\\n" ends one: text may hold other line ends."""
    waiting: list[bytes] = []
    for part in parts:
        *complete, rest = part.split(b"\n")
        for line in complete:
            yield b"".join((*waiting, line))
            waiting.clear()
        waiting.append(rest)
