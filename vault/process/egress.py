"""The socket guard: this process reaches loopback, and nothing else that is not in the settings.

It is an interpreter audit hook, which sees every Python socket whichever library made it and cannot
be taken out again. Native code that opens sockets by itself is not seen; none that we load does, and
a test runs the product without any network interface to show it.
"""

from __future__ import annotations

import ipaddress
import sys
from collections.abc import Iterable
from typing import Any

from vault.errors import EgressRefused

_allowed: set[str] = set()
_installed = False

_RESOLVING = frozenset({"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"})
_REACHING = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg"})


def guard_egress(allowed_hosts: Iterable[str] = ()) -> None:
    """Refuse every address but loopback and `allowed_hosts` from now on; may be called again to add.

    Raises (later, in whoever connects): EgressRefused.
    """
    global _installed
    _allowed.update(host.lower() for host in allowed_hosts)
    if not _installed:
        sys.addaudithook(_refuse_egress)
        _installed = True


def is_allowed(host: str) -> bool:
    """Whether the guard lets `host` (a name or an address) through."""
    name = host.lower().strip("[]").split("%")[0]
    if name in _allowed or name in ("localhost", ""):
        return True
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def _refuse_egress(event: str, args: tuple[Any, ...]) -> None:
    if event in _REACHING:
        host = _host_of(args[1] if len(args) > 1 else None)
    elif event in _RESOLVING:
        host = _text(args[0]) if args else None
    else:
        return
    if host is not None and not is_allowed(host):
        raise EgressRefused(
            f"A connection to {host!r} was refused: Incamera reaches only this machine. "
            "If the address is the house's own server, add it to INCAMERA_ALLOWED_HOSTS."
        )


def _host_of(address: object) -> str | None:
    """The host of an internet address; None for local (AF_UNIX) and other non-internet addresses."""
    if isinstance(address, tuple) and len(address) >= 2 and isinstance(address[1], int):
        return _text(address[0])
    return None


def _text(host: object) -> str | None:
    if isinstance(host, bytes):
        return host.decode("ascii", "replace")
    return host if isinstance(host, str) else None
