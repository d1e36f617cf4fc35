"""Which addresses of a provider may be used."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from vault.errors import SettingsError, SignOnFailed
from vault.process.egress import is_allowed


def require_reachable(address: str, *, by_us: bool = True, setting: bool = False) -> None:
    """Refuse an address that is not one, is not encrypted on the way, or that this process may not connect
    to; one that only the browser opens (`by_us=False`) may lie elsewhere.

    Raises SettingsError for the `setting` of the issuer, SignOnFailed for an address that the provider gave.
    """
    problem = _problem(address, by_us)
    if problem and setting:
        raise SettingsError(f"INCAMERA_OIDC_ISSUER is {address!r}: {problem}")
    if problem:
        raise SignOnFailed(f"The provider gives the address {address!r}: {problem}")


def _problem(address: str, by_us: bool) -> str:
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
        _ = parts.port
    except ValueError:
        return "it is no address."
    plain = parts.scheme == "http" and _is_this_machine(host)
    if not address.isascii() or not address.isprintable() or " " in address or not host:
        return "it is no address such as https://login.firm.example."
    if parts.scheme != "https" and not plain:
        return "it must begin with https://, unless the provider runs on this machine."
    if by_us and not is_allowed(host):
        return f"{host!r} is not in INCAMERA_ALLOWED_HOSTS. Add it there if it is your own."
    return ""


def _is_this_machine(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
