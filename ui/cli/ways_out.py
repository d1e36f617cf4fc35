"""Every way by which something could leave this machine, and whether it is closed. Each is tried or read.

Nothing is sent in order to find out: a way that is closed is refused before anything is sent, and the
addresses that are tried exist in documentation only.
"""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path

from vault.errors import EgressRefused
from vault.process.offline import OFFLINE_ENVIRONMENT, TELEMETRY_PACKAGES
from vault.settings import Settings

_NOBODY = ("192.0.2.1", "2001:db8::1")
"""Addresses that no machine has."""
_PROXIES = ("http_proxy", "https_proxy", "all_proxy")


class WayState(StrEnum):
    """Whether something can leave."""

    CLOSED = "closed"
    SET = "opened by a setting"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class WayOut:
    """A way out of this machine."""

    name: str
    state: WayState
    detail: str
    """What was found, and what to do if it is open."""


def ways_out(settings: Settings) -> list[WayOut]:
    """Return every way out with its state. Call it in a process that has the socket guard, as commands do."""
    return [
        *_guard(), *_telemetry(), _packages(), _web_framework(), _page(), _parser(), *_of_settings(settings),
        _proxies(), _listening(settings),
    ]  # fmt: skip


def _guard() -> Iterator[WayOut]:
    """Try to connect, and to look a name up. For a datagram, to connect sends nothing."""
    for address in _NOBODY:
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        with socket.socket(family, socket.SOCK_DGRAM) as peer:
            yield _refused(f"connections to {address}", partial(peer.connect, (address, 9)))
    yield _refused("lookups of names", partial(socket.getaddrinfo, "incamera.invalid", 9))


def _refused(name: str, attempt: Callable[[], object]) -> WayOut:
    try:
        attempt()
    except EgressRefused:
        return WayOut(name, WayState.CLOSED, "refused by the socket guard")
    except OSError as error:
        detail = f"the socket guard let it through; it failed by itself ({error.strerror or error})"
    else:
        detail = "the socket guard let it through"
    return WayOut(name, WayState.OPEN, detail)


def _telemetry() -> Iterator[WayOut]:
    for name, value in OFFLINE_ENVIRONMENT.items():
        found = os.environ.get(name)
        if found == value:
            yield WayOut(f"library switch {name}", WayState.CLOSED, f"set to {value}")
        else:
            yield WayOut(f"library switch {name}", WayState.OPEN, f"is {found!r} and must be {value!r}")


def _packages() -> WayOut:
    loaded = [name for name in TELEMETRY_PACKAGES if sys.modules.get(name, "") is not None]
    state = WayState.OPEN if loaded else WayState.CLOSED
    detail = f"{', '.join(loaded or TELEMETRY_PACKAGES)} {'can' if loaded else 'cannot'} be imported"
    return WayOut("packages that only send data", state, detail)


def _web_framework() -> WayOut:
    # Imported here, as Streamlit below: only this command needs both.
    from ui.interface.routes.application import NO_TELEMETRY

    sends = [name for name, sent in NO_TELEMETRY.items() if sent]
    state = WayState.OPEN if sends else WayState.CLOSED
    return WayOut("telemetry of the interface", state, ", ".join(sends) or "switched off where it is made")


def _page() -> WayOut:
    from ui.server.csp import content_security_policy
    from ui.web.streamlit_config import OPTIONS

    policy = content_security_policy(())
    closed = (
        OPTIONS["browser.gatherUsageStats"] is False
        and policy.startswith("default-src 'none'")
        and "connect-src 'self';" in policy
    )
    detail = "usage statistics off; the page may load from and send to its own server only"
    return WayOut("the page in a browser", WayState.CLOSED if closed else WayState.OPEN, detail)


def _parser() -> WayOut:
    from ingest.parsing.sandbox import try_sandbox

    if "network" in try_sandbox():
        return WayOut("the parser of files", WayState.CLOSED, "the kernel refuses it the network; it tried")
    detail = "this system does not refuse it the network (INCAMERA_SANDBOX=required reads no file then)"
    return WayOut("the parser of files", WayState.OPEN, detail)


def _of_settings(settings: Settings) -> Iterator[WayOut]:
    allowed = ", ".join(settings.allowed_hosts)
    yield WayOut(
        "INCAMERA_ALLOWED_HOSTS", WayState.SET if allowed else WayState.CLOSED,
        f"connections to {allowed} are allowed" if allowed else "names no host",
    )  # fmt: skip
    server = settings.model_server
    yield WayOut(
        "INCAMERA_MODEL_SERVER", WayState.SET if server else WayState.CLOSED,
        f"questions and passages are sent to {server}" if server else "no model server",
    )  # fmt: skip
    issuer = settings.oidc_issuer
    yield WayOut(
        "INCAMERA_OIDC_ISSUER", WayState.SET if issuer else WayState.CLOSED,
        f"{issuer} is asked who signs on" if issuer else "no provider",
    )  # fmt: skip


def _proxies() -> WayOut:
    found = [name for name in (*_PROXIES, *map(str.upper, _PROXIES)) if os.environ.get(name)]
    detail = f"{', '.join(found)} set: the socket guard refuses them as every other host" if found else "none"
    return WayOut("proxies of the environment", WayState.CLOSED, detail)


def _listening(settings: Settings) -> WayOut:
    from ui.server.names import LOOPBACK

    if settings.host in LOOPBACK and not settings.trusted_proxies:
        return WayOut("the served address", WayState.CLOSED, f"{settings.host}: this machine only")
    reached = f"behind {', '.join(settings.trusted_proxies)}" if settings.trusted_proxies else "by TLS"
    detail = f"{settings.host}, {reached}: others can come in, by a link or a token"
    return WayOut("the served address", WayState.SET, detail)


def has_route() -> bool | None:
    """Return whether this machine could reach others at all; None where the system does not say."""
    try:
        lines = Path("/proc/net/route").read_text().splitlines()[1:]
    except OSError:
        return None
    return any(line.split()[1] == "00000000" for line in lines if line.strip())
