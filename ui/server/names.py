"""The names of a server: under which hosts it answers, and where it may listen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from vault.errors import ServerError
from vault.settings import Settings

LOOPBACK = ("127.0.0.1", "localhost", "::1")
_ORIGINS = {"ws": "http", "wss": "https"}


@dataclass(frozen=True, slots=True)
class ServerNames:
    """Under which names a server answers at `port`."""

    port: int
    served: tuple[str, ...] = ()
    """Names of the settings, in lower case, some with a port."""

    def __post_init__(self) -> None:
        assert all(name == name.lower() for name in self.served)

    def __contains__(self, host: object) -> bool:
        """Return whether the server answers under this `Host`."""
        return isinstance(host, str) and host.lower() in {*self._all()}

    @property
    def sockets(self) -> tuple[str, ...]:
        """The origins of websockets, for browsers that do not count them as the server's own.

        A policy cannot hold an origin with an IPv6 address.
        """
        own = (f"ws://127.0.0.1:{self.port}", f"ws://localhost:{self.port}")
        return own + tuple(f"wss://{name}" for name in self.served if not name.startswith("["))

    @property
    def without_ports(self) -> list[str]:
        """Every name without its port, for Streamlit, which asks no ports."""
        return [*LOOPBACK, *(name.rpartition(":")[0] if _has_port(name) else name for name in self.served)]

    def link(self, host: str, *, tls: bool) -> str:
        """Return the address to print, of a server that listens at `host`."""
        if self.served:
            name = self.served[0]
            return f"https://{f'{name}:{self.port}' if tls and not _has_port(name) else name}"
        return f"http{'s' if tls else ''}://{'[::1]' if host == '::1' else host}:{self.port}"

    def _all(self) -> Iterator[str]:
        for name in ("127.0.0.1", "localhost", "[::1]"):
            yield f"{name}:{self.port}"
        for name in self.served:
            yield name
            if not _has_port(name):
                yield f"{name}:{self.port}"


def origin(scheme: str, host: str) -> str:
    """Return the origin of the pages that a request with this scheme and `Host` comes from."""
    return f"{_ORIGINS.get(scheme, scheme)}://{host.lower()}"


def check_address(settings: Settings) -> None:
    """Refuse to listen where others could read what is sent, or to serve half of what TLS needs.

    Raises ServerError.
    """
    if (settings.tls_certificate is None) != (settings.tls_key is None):
        raise ServerError(
            "Only one of INCAMERA_TLS_CERTIFICATE and INCAMERA_TLS_KEY is set. Set both, or neither."
        )
    for name in ("tls_certificate", "tls_key"):
        path = getattr(settings, name)
        if path is not None and not path.is_file():
            raise ServerError(f"INCAMERA_{name.upper()} is {str(path)!r}: there is no such file.")
    if settings.host in LOOPBACK:
        return
    if settings.tls_certificate is None and not settings.trusted_proxies:
        raise ServerError(
            f"The page cannot be served at {settings.host!r}: what is sent there could be read on the way. "
            "Serve it by TLS (INCAMERA_TLS_CERTIFICATE, INCAMERA_TLS_KEY) or behind a proxy of your own "
            "(INCAMERA_TRUSTED_PROXIES), see docs/network.md; or only to this machine "
            f"({', '.join(LOOPBACK)})."
        )
    if not settings.served_hosts:
        raise ServerError(
            f"The page is to be served at {settings.host!r}, and no name is set under which browsers reach "
            'it. Set INCAMERA_SERVED_HOSTS, such as ["incamera.firm.example"].'
        )


def _has_port(name: str) -> bool:
    return name.rpartition(":")[2].isdigit() and not name.endswith("]")
