"""What a request says in its headers."""

from __future__ import annotations

from http.cookies import CookieError, SimpleCookie

from ui.server.asgi import Scope

_BROWSERS = (
    ("Firefox/", "Firefox"),
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("Windows", "Windows"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"),
    ("Mac OS X", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux"),
)  # fmt: skip


def header(scope: Scope, wanted: bytes) -> str:
    """Return the value of a header. Values of a repeated header are joined, which no check here accepts."""
    return b"; ".join(value for name, value in scope["headers"] if name == wanted).decode("latin-1")


def cookie(scope: Scope, name: str) -> str:
    """Return the value of a cookie; empty without one."""
    try:
        cookies = SimpleCookie(header(scope, b"cookie"))
    except CookieError:
        return ""
    return cookies[name].value if name in cookies else ""


def is_private(scope: Scope) -> bool:
    """Return whether nobody on the way can read the request."""
    return scope.get("scheme") in ("https", "wss")


def set_cookie(scope: Scope, name: str, value: str) -> tuple[bytes, bytes]:
    """Return the header that gives a browser a cookie, which no script reads and no other site sends.

    Over an encrypted connection, the browser sends it over nothing else.
    """
    secure = "; Secure" if is_private(scope) else ""
    return b"set-cookie", f"{name}={value}; Path=/; HttpOnly; SameSite=Strict{secure}".encode("ascii")


def browser_of(scope: Scope) -> str:
    """Return what the browser says that it is, in a few words of ours: "Firefox on Windows"."""
    said = header(scope, b"user-agent")
    browser = next((name for mark, name in _BROWSERS if mark in said), "")
    system = next((name for mark, name in _SYSTEMS if mark in said), "")
    return " on ".join(part for part in (browser or ("A browser" if system else ""), system) if part)
