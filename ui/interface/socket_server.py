"""Serves the interface on the Unix socket in the data folder.

Only the same user of the operating system may connect. The socket accepts connections at once; the web server
is loaded when the first one comes, because most commands that hold a vault end before anybody asks.
"""

from __future__ import annotations

import os
import select
import socket
import threading
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Self

from ui.interface.address import socket_address, socket_path
from ui.interface.operations.workplace import Workplace
from vault.files.storage import translate_disk_errors

if TYPE_CHECKING:
    import uvicorn

_CLOSE_SECONDS = 10
"""How long `close` waits for each request that is still being answered."""
_BACKLOG = 1024
"""Connections that may wait until they are accepted."""


class SocketServer:
    """The owner's end of the socket. Requests are answered in threads of this process."""

    def __init__(self, workplace: Workplace) -> None:
        """Open the socket in the data folder and accept requests to work with `workplace`."""
        self._workplace = workplace
        self._path = socket_path(workplace.settings.data)
        self._listener = _listen(self._path)
        self._stopping, self._stop = os.pipe()
        self._lock = threading.Lock()
        self._server: uvicorn.Server | None = None
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="interface", daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

    def close(self) -> None:
        """Stop accepting requests, and give running ones a few seconds to finish."""
        if self._closed:
            return
        self._path.unlink(missing_ok=True)
        with self._lock:
            self._closed = True
            os.close(self._stop)  # wakes the thread if no request has come
            if self._server is not None:
                self._server.should_exit = True
        self._thread.join()
        os.close(self._stopping)
        self._listener.close()

    def _run(self) -> None:
        ready, _, _ = select.select([self._listener.fileno(), self._stopping], [], [])
        if self._stopping not in ready:
            self._serve()

    def _serve(self) -> None:
        # Imported here: it takes half a second, and only a process that is asked something needs it.
        import uvicorn

        from ui.interface.routes.application import application
        from ui.interface.routes.stream import Workers
        from ui.interface.socket_protocol import OwnUserProtocol

        workers = Workers()
        config = uvicorn.Config(
            application(self._workplace, workers),
            http=OwnUserProtocol,
            loop="asyncio",
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,  # addresses of requests name collections
            server_header=False,
            proxy_headers=False,
            backlog=_BACKLOG,
            timeout_graceful_shutdown=_CLOSE_SECONDS,
        )
        with self._lock:
            if self._closed:
                return
            self._server = uvicorn.Server(config)
        self._server.run(sockets=[self._listener])
        workers.join(_CLOSE_SECONDS)


def _listen(path: Path) -> socket.socket:
    """Return a socket that accepts connections at `path`."""
    with ExitStack() as unless_complete, translate_disk_errors(path.parent):
        listener = unless_complete.enter_context(socket.socket(socket.AF_UNIX, socket.SOCK_STREAM))
        # The folder is closed to other users, so nobody can connect before the socket has its own mode.
        path.parent.mkdir(mode=0o700, exist_ok=True)
        path.parent.chmod(0o700)
        path.unlink(missing_ok=True)
        with socket_address(path) as address:
            listener.bind(address)
        path.chmod(0o600)
        listener.listen(_BACKLOG)
        unless_complete.pop_all()
    return listener
