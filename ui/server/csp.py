"""The security headers of every response."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable

_INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def content_security_policy(
    sockets: Iterable[str], inline_scripts: Iterable[str] = (), *, forms: bool = False
) -> str:
    """Return a policy by which pages load from, send to and are framed by nothing but this server.

    `sockets` are the websocket origins of the server, because not every browser counts them as 'self'. (A
    policy cannot hold an origin with an IPv6 address.)

    Inline styles are allowed, because Streamlit's components use them. Inline scripts are not, except
    `inline_scripts`, which are allowed by their hash. Code may not be made from text. With `forms`, the page
    may send forms to this server.
    """
    hashes = " ".join(f"'{_script_hash(script)}'" for script in inline_scripts)
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' {hashes}".rstrip(),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            f"connect-src 'self' {' '.join(sockets)}".rstrip(),
            "worker-src 'self' blob:",
            "manifest-src 'self'",
            "base-uri 'none'",
            "form-action 'self'" if forms else "form-action 'none'",
            "frame-src 'none'",
            "frame-ancestors 'none'",
            "object-src 'none'",
        )
    )


def security_headers(policy: str) -> list[tuple[bytes, bytes]]:
    """Return the headers that every response gets; they replace headers of the same name."""
    return [
        (b"content-security-policy", policy.encode("ascii")),
        (b"x-content-type-options", b"nosniff"),
        (b"x-frame-options", b"DENY"),
        (b"referrer-policy", b"no-referrer"),
        (b"cross-origin-opener-policy", b"same-origin"),
        (b"cross-origin-resource-policy", b"same-origin"),
        (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ]


def inline_scripts(html: str) -> list[str]:
    """Return the text of the inline scripts of a page of ours, so that their hashes can be allowed."""
    return _INLINE_SCRIPT.findall(html)


def _script_hash(script: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")
