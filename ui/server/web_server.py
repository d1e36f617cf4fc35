"""How uvicorn serves: TLS, proxies, connections that say nothing, and what it answers by itself."""

from __future__ import annotations

import asyncio
import resource
import ssl

import h11
import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from ui.server.asgi import App
from ui.server.csp import content_security_policy, security_headers
from vault.errors import ServerError
from vault.settings import Settings

BACKLOG = 1024
"""Connections that may wait until they are accepted."""
_HEADER_BYTES = 64 << 10
_OPEN_FILES = 16384
_REFUSED = security_headers(content_security_policy(()))


def web_server_config(app: App, settings: Settings, *, shutdown_seconds: int) -> uvicorn.Config:
    """Return how uvicorn serves `app`. Raises ServerError for a certificate that cannot be used."""
    _allow_files()
    config = uvicorn.Config(
        app,
        http=_protocol(settings.request_seconds),
        log_level="warning",
        access_log=False,  # addresses of pages name documents
        server_header=False,
        # Without a trusted proxy, anybody could say whatever they like of themselves.
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=list(settings.trusted_proxies) or "",
        h11_max_incomplete_event_size=_HEADER_BYTES,
        timeout_graceful_shutdown=shutdown_seconds,
        ssl_certfile=settings.tls_certificate,
        ssl_keyfile=settings.tls_key,
        backlog=BACKLOG,
    )
    try:
        config.load()
    except (OSError, ssl.SSLError) as error:
        if settings.tls_certificate is None:
            raise
        raise ServerError(
            f"The certificate {settings.tls_certificate} cannot be used with the key {settings.tls_key} "
            f"({getattr(error, 'reason', None) or error}). Both must be PEM files that belong together."
        ) from error
    if config.ssl is not None:
        config.ssl.minimum_version = ssl.TLSVersion.TLSv1_2
    return config


def _protocol(seconds: float) -> type[H11Protocol]:
    """Return a protocol that ends connections whose next request has not begun within `seconds`."""

    class PatientProtocol(H11Protocol):
        """uvicorn waits without end for a request whose headers come one byte at a time."""

        _deadline: asyncio.TimerHandle | None = None

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            super().connection_made(transport)
            self._deadline = self.loop.call_later(seconds, self._end_unless_asked)

        def data_received(self, data: bytes) -> None:
            before = self.cycle
            if self._deadline is None and (before is None or before.response_complete):
                self._deadline = self.loop.call_later(seconds, self._end_unless_asked)
            super().data_received(data)
            upgraded = self.transport.get_protocol() is not self
            if (upgraded or self.cycle is not before) and self._deadline is not None:
                self._deadline.cancel()
                self._deadline = None

        def connection_lost(self, exc: Exception | None) -> None:
            if self._deadline is not None:
                self._deadline.cancel()
            super().connection_lost(exc)

        def send_400_response(self, msg: str) -> None:
            """Answer what is no HTTP, with the headers that every response has."""
            headers = [*_REFUSED, (b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
            parts = (
                h11.Response(status_code=400, headers=headers, reason=b"Bad Request"),
                h11.Data(data=msg.encode("ascii")),
                h11.EndOfMessage(),
            )
            self.transport.write(b"".join(self.conn.send(part) or b"" for part in parts))
            self.transport.close()

        def _end_unless_asked(self) -> None:
            self._deadline = None
            self.transport.close()

    return PatientProtocol


def _allow_files() -> None:
    """Let this process open more files, connections among them, than the thousand that are usual."""
    now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _OPEN_FILES if most == resource.RLIM_INFINITY else min(most, _OPEN_FILES)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(now, wanted), most))
