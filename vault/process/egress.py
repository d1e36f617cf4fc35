"""The socket guard: this process can connect to this machine and to the hosts in the settings, nothing else.

It is an audit hook of the interpreter, which sees the Python sockets of all libraries and cannot be removed.
It does not see native code that opens sockets itself. None of the libraries we load does, and a test shows
that by running the product without a network interface.
"""

from __future__ import annotations

import ipaddress
import sys
from collections.abc import Iterable
from typing import Any

from vault.errors import EgressRefused

_allowed: set[str] = set()
_installed = False

_LOOKUPS = frozenset({"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"})
_CONNECTIONS = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg"})


def guard_egress(allowed_hosts: Iterable[str] = ()) -> None:
    """From now on refuse every address except loopback and `allowed_hosts`.

    Calling it again adds hosts. Code that connects to a refused address gets EgressRefused.
    """
    global _installed
    _allowed.update(host.lower() for host in allowed_hosts)
    if not _installed:
        sys.addaudithook(_refuse_egress)
        _installed = True


def is_allowed(host: str) -> bool:
    """Return whether the guard allows `host`, a name or an address."""
    name = host.lower().strip("[]").split("%")[0]
    if name in _allowed or name in ("localhost", ""):
        return True
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def _refuse_egress(event: str, args: tuple[Any, ...]) -> None:
    if event in _CONNECTIONS:
        host = _host_of(args[1] if len(args) > 1 else None)
    elif event in _LOOKUPS:
        host = _text(args[0]) if args else None
    else:
        return
    if host is not None and not is_allowed(host):
        raise EgressRefused(
            f"A connection to {host!r} was refused: Incamera connects only to this machine. "
            "If this is a server of your own, add it to INCAMERA_ALLOWED_HOSTS."
        )


def _host_of(address: object) -> str | None:
    """Return the host of an internet address; None for local (AF_UNIX) and other addresses."""
    if isinstance(address, tuple) and len(address) >= 2 and isinstance(address[1], int):
        return _text(address[0])
    return None


def _text(host: object) -> str | None:
    if isinstance(host, bytes):
        return host.decode("ascii", "replace")
    return host if isinstance(host, str) else None
