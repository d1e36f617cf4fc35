"""The server process: the vault, the job worker and the web page in one ASGI application on loopback."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import socket
import threading
import webbrowser
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path
from typing import Any

import streamlit
import uvicorn

from ui.api.on_request import Programs
from ui.server.csp import inline_scripts
from ui.server.gate import Gate
from ui.server.index_page import IndexReplacement, incamera_index
from ui.server.names import ServerNames, check_address
from ui.server.upload_routes import upload_routes
from ui.server.web_server import BACKLOG, web_server_config
from ui.services.services import Services
from ui.services.session import Sessions
from ui.services.signing_in import sessions_of
from ui.sign_on.sign_on import sign_on_of
from ui.web import context
from ui.web.streamlit_config import set_streamlit_options
from vault.errors import ServerError
from vault.files.private import write_private

_SCRIPT = Path(__file__).parents[1] / "web" / "app.py"
_SHUTDOWN_SECONDS = 3
"""How long open connections may take to finish when the server ends."""
_SAVE_USE_SECONDS = 300
"""Time after which the use of sessions is stored again."""
_log = logging.getLogger(__name__)


def serve(
    services: Services,
    *,
    port: int,
    open_browser: bool = False,
    sign_out: bool = False,
) -> None:
    """Serve the web page until SIGINT or SIGTERM, then close `services`.

    Prints the link that signs a browser in; SIGUSR1 prints another one. Port 0 means any free port. With
    `sign_out`, all browsers are signed out and need a new link.

    Raises ServerError when the settings name an address where others could read what is sent, a certificate
    that cannot be used, or a port that is used.
    """
    try:
        check_address(services.settings)
        with _open_socket(services.settings.host, port) as listener:
            _serve(services, listener, open_browser, sign_out)
    finally:
        services.close()


def _serve(services: Services, listener: socket.socket, open_browser: bool, sign_out: bool) -> None:
    settings, port = services.settings, listener.getsockname()[1]
    names = ServerNames(port, settings.served_hosts)
    address = names.link(settings.host, tls=settings.tls_certificate is not None)
    sessions = sessions_of(services, port)
    if sign_out:
        sessions.end_all()
    data = settings.data

    def print_link(*_: object) -> None:
        _print(_invitation(address, sessions))

    @asynccontextmanager
    async def lifespan(_: Any) -> AsyncIterator[None]:
        invitation = _invitation(address, sessions)
        _print(invitation)
        _print(
            f"The link works once. For another one: kill -USR1 {os.getpid()}, or restart. Stop with Ctrl-C."
            if sessions.link_is_enough
            else "Stop with Ctrl-C."
        )
        if open_browser:
            link = next(word for word in invitation.split() if word.startswith(address))
            threading.Thread(target=_open_browser, args=(link, data), daemon=True).start()
        saving = asyncio.create_task(_save_use_regularly(sessions))
        yield
        saving.cancel()

    page = streamlit.App(_SCRIPT, lifespan=lifespan, routes=upload_routes(context.upload_receiver))
    set_streamlit_options(settings.host, port, names.without_ports)
    index_file = Path(streamlit.__file__).parent / "static" / "index.html"
    index = incamera_index(index_file.read_text(encoding="utf-8"))
    programs = Programs(lambda: context.current().workplace, lambda: context.current().upload_receiver)
    gate = Gate(
        IndexReplacement(page, index),
        sessions,
        names=names,
        inline_scripts=inline_scripts(index),
        passwords=services.vault.passwords,
        programs=programs,
        sign_on=sign_on_of(settings, services.vault.accounts.sign_on),
    )
    server = uvicorn.Server(web_server_config(gate, settings, shutdown_seconds=_SHUTDOWN_SECONDS))
    try:
        # The handlers first: a signal must not cut off the start of what works in the background.
        with _signal_handlers(server, print_link) as restore_handlers, context.opened(services, sessions):
            try:
                if not server.should_exit:
                    server.run(sockets=[listener])
                programs.close(_SHUTDOWN_SECONDS)
            finally:
                restore_handlers()  # what works in the background may take long to end
    finally:
        _save_use(sessions)
        (data / "open.html").unlink(missing_ok=True)


def _print(text: str) -> None:
    """Print a line; a server goes on when nobody reads what it prints."""
    with suppress(OSError):
        print(text, flush=True)


def _invitation(address: str, sessions: Sessions) -> str:
    """Return the line that says how to open the page: with a new link, where a link is enough."""
    if sessions.link_is_enough:
        return f"Open {address}/login?token={sessions.new_link()}"
    return f"Open {address}/ and sign in with your name and password."


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
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
            listener.listen(BACKLOG)
        except OSError as error:
            raise ServerError(
                f"Port {port} of {host} cannot be used: {(error.strerror or 'unknown error').lower()}. "
                "Stop the program that uses it, or choose another port: incamera serve --port NUMBER"
            ) from error
        yield listener


@contextmanager
def _signal_handlers(server: uvicorn.Server, print_link: Any) -> Iterator[Callable[[], None]]:
    """Print a link on SIGUSR1, and end the server on SIGINT and SIGTERM also before uvicorn does that.

    uvicorn raises SIGINT and SIGTERM again after it has shut down; the vault must still be closed then.
    Yields a function that ends all this.
    """

    def end(*_: object) -> None:
        server.should_exit = True

    handlers = {signal.SIGINT: end, signal.SIGTERM: end, signal.SIGUSR1: print_link}
    previous = {number: signal.signal(number, handler) for number, handler in handlers.items()}

    def restore() -> None:
        for number, handler in previous.items():
            signal.signal(number, handler)

    try:
        yield restore
    finally:
        restore()
