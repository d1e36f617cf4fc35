"""The server process: vault, job worker and web page in one ASGI application on loopback."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import socket
import threading
import webbrowser
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path
from typing import Any

import streamlit
import uvicorn

from ui.server.csp import inline_scripts
from ui.server.gate import Gate
from ui.server.index_page import WithIndex, own_index
from ui.server.upload_routes import upload_routes
from ui.services.services import Services
from ui.services.session import Sessions
from ui.web import context
from ui.web.streamlit_config import set_streamlit_options
from vault.errors import ServerError
from vault.files.private import write_private

_SCRIPT = Path(__file__).parents[1] / "web" / "app.py"
_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_LAST_SECONDS = 3  # that open connections get when the server ends
_NOTE_SECONDS = 300  # between two writings of which sessions are in use
_log = logging.getLogger(__name__)


def serve(
    services: Services,
    *,
    host: str = "127.0.0.1",
    port: int,
    open_browser: bool = False,
    sign_out: bool = False,
) -> None:
    """Serve the web page until SIGINT or SIGTERM, then close `services`.

    Prints the link that signs a browser in; SIGUSR1 prints another. Port 0 takes any free one. With
    `sign_out` every browser that was signed in before needs a new link.
    Raises ServerError when `host` is not of this machine, or the port cannot be had.
    """
    try:
        with _listening(host, port) as listener:
            _serve(services, listener, host, open_browser, sign_out)
    finally:
        services.close()


def _serve(
    services: Services, listener: socket.socket, host: str, open_browser: bool, sign_out: bool
) -> None:
    port = listener.getsockname()[1]
    address = f"http://{'[::1]' if host == '::1' else host}:{port}"
    settings = services.settings
    sessions = Sessions(services.vault.sessions, user=settings.user, hours=settings.session_hours, port=port)
    if sign_out:
        sessions.end_all()
    data = settings.data

    def print_link(*_: object) -> None:
        print(f"Open {address}/login?token={sessions.new_link()}", flush=True)

    @asynccontextmanager
    async def lifespan(_: Any) -> AsyncIterator[None]:
        link = sessions.new_link()
        print(f"Open {address}/login?token={link}", flush=True)
        print(
            "The link works once. For another one: kill -USR1 "
            f"{os.getpid()}, or start again. Stop with Ctrl-C.",
            flush=True,
        )
        if open_browser:
            threading.Thread(
                target=_open_browser, args=(f"{address}/login?token={link}", data), daemon=True
            ).start()
        noting = asyncio.create_task(_note_use(sessions))
        yield
        noting.cancel()

    page = streamlit.App(_SCRIPT, lifespan=lifespan, routes=upload_routes(context.upload_desk))
    set_streamlit_options(host, port)
    theirs = Path(streamlit.__file__).parent / "static" / "index.html"
    index = own_index(theirs.read_text(encoding="utf-8"))
    gate = Gate(WithIndex(page, index), sessions, port=port, inline_scripts=inline_scripts(index))
    config = uvicorn.Config(
        gate,
        log_level="warning",
        access_log=False,  # addresses of pages name documents
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=_LAST_SECONDS,
    )
    try:
        with context.opened(services, sessions), _signals(print_link):
            uvicorn.Server(config).run(sockets=[listener])
    finally:
        _note_now(sessions)
        (data / "open.html").unlink(missing_ok=True)


async def _note_use(sessions: Sessions) -> None:
    """Write down now and then which sessions are in use: a server that is killed remembers them too."""
    while True:
        await asyncio.sleep(_NOTE_SECONDS)
        await asyncio.to_thread(_note_now, sessions)


def _note_now(sessions: Sessions) -> None:
    try:
        sessions.note_use()
    except Exception:
        # A full disk, say: whoever is signed in stays so, and after a restart a little less long.
        _log.exception("the use of sessions could not be written down")


def _open_browser(link: str, data: Path) -> None:
    """By way of a file of ours: what stands on a browser's command line can be read by every user."""
    page = data / "open.html"
    with suppress(OSError):  # the link is printed as well
        page.unlink(missing_ok=True)
        write_private(page, f'<!doctype html><meta http-equiv="refresh" content="0; url={link}">')
        webbrowser.open(page.as_uri())


@contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    """The socket, bound before anything is loaded, so that a port in use is told at once."""
    if host not in _LOOPBACK:
        raise ServerError(
            f"The page cannot be served at {host!r}: this version serves this machine only "
            f"({', '.join(_LOOPBACK)})."
        )
    family = socket.AF_INET6 if host == "::1" else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
            listener.listen(128)
        except OSError as error:
            raise ServerError(
                f"Port {port} of {host} cannot be used: {(error.strerror or 'unknown error').lower()}. "
                "Stop what uses it, or choose another: incamera serve --port NUMBER"
            ) from error
        yield listener


@contextmanager
def _signals(print_link: Any) -> Iterator[None]:
    """SIGUSR1 prints a link. SIGINT and SIGTERM, which uvicorn raises again after it has shut down, end
    here, so that the vault is closed in order."""
    handlers = {signal.SIGINT: _ended, signal.SIGTERM: _ended, signal.SIGUSR1: print_link}
    before = {number: signal.signal(number, handler) for number, handler in handlers.items()}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _ended(*_: object) -> None:
    """The server has shut down already."""
