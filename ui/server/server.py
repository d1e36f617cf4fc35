"""The server process: the vault, the job worker and the web page in one ASGI application on loopback."""

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
from ui.server.index_page import IndexReplacement, incamera_index
from ui.server.upload_routes import upload_routes
from ui.services.services import Services
from ui.services.session import Sessions
from ui.web import context
from ui.web.streamlit_config import set_streamlit_options
from vault.errors import ServerError
from vault.files.private import write_private

_SCRIPT = Path(__file__).parents[1] / "web" / "app.py"
_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_SHUTDOWN_SECONDS = 3
"""How long open connections may take to finish when the server ends."""
_SAVE_USE_SECONDS = 300
"""Time after which the use of sessions is stored again."""
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

    Prints the link that signs a browser in; SIGUSR1 prints another one. Port 0 means any free port. With
    `sign_out`, all browsers are signed out and need a new link.

    Raises ServerError when `host` is not an address of this machine, or when the port cannot be used.
    """
    try:
        with _open_socket(host, port) as listener:
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
            f"The link works once. For another one: kill -USR1 {os.getpid()}, or restart. Stop with Ctrl-C.",
            flush=True,
        )
        if open_browser:
            threading.Thread(
                target=_open_browser, args=(f"{address}/login?token={link}", data), daemon=True
            ).start()
        saving = asyncio.create_task(_save_use_regularly(sessions))
        yield
        saving.cancel()

    page = streamlit.App(_SCRIPT, lifespan=lifespan, routes=upload_routes(context.upload_receiver))
    set_streamlit_options(host, port)
    index_file = Path(streamlit.__file__).parent / "static" / "index.html"
    index = incamera_index(index_file.read_text(encoding="utf-8"))
    gate = Gate(IndexReplacement(page, index), sessions, port=port, inline_scripts=inline_scripts(index))
    config = uvicorn.Config(
        gate,
        log_level="warning",
        access_log=False,  # addresses of pages name documents
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=_SHUTDOWN_SECONDS,
    )
    try:
        with context.opened(services, sessions), _signal_handlers(print_link):
            uvicorn.Server(config).run(sockets=[listener])
    finally:
        _save_use(sessions)
        (data / "open.html").unlink(missing_ok=True)


async def _save_use_regularly(sessions: Sessions) -> None:
    """Store regularly when sessions were last used, so that a server that is killed knows it too."""
    while True:
        await asyncio.sleep(_SAVE_USE_SECONDS)
        await asyncio.to_thread(_save_use, sessions)


def _save_use(sessions: Sessions) -> None:
    try:
        sessions.save_use()
    except Exception:
        # For example a full disk. Sessions go on; after a restart they just expire somewhat earlier.
        _log.exception("the use of sessions could not be stored")


def _open_browser(link: str, data: Path) -> None:
    """Open the link in a browser, through a private file: every user can read a browser's command line."""
    page = data / "open.html"
    with suppress(OSError):  # the link is printed as well
        page.unlink(missing_ok=True)
        write_private(page, f'<!doctype html><meta http-equiv="refresh" content="0; url={link}">')
        webbrowser.open(page.as_uri())


@contextmanager
def _open_socket(host: str, port: int) -> Iterator[socket.socket]:
    """Yield the listening socket. It is bound before anything is loaded, to report a used port at once."""
    if host not in _LOOPBACK:
        raise ServerError(
            f"The page cannot be served at {host!r}: this version serves only this machine "
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
                "Stop the program that uses it, or choose another port: incamera serve --port NUMBER"
            ) from error
        yield listener


@contextmanager
def _signal_handlers(print_link: Any) -> Iterator[None]:
    """Print a link on SIGUSR1, and ignore SIGINT and SIGTERM outside of uvicorn.

    uvicorn raises SIGINT and SIGTERM again after it has shut down; the vault must still be closed then.
    """
    handlers = {signal.SIGINT: _ignore, signal.SIGTERM: _ignore, signal.SIGUSR1: print_link}
    previous = {number: signal.signal(number, handler) for number, handler in handlers.items()}
    try:
        yield
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)


def _ignore(*_: object) -> None:
    """Do nothing: the server has shut down already."""
