"""The headers that every response carries, whatever produced it."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable

_INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def content_security_policy(sockets: Iterable[str], inline_scripts: Iterable[str] = ()) -> str:
    """The policy: nothing is loaded from, sent to or framed by anything but this server.

    `sockets` are the websocket origins of the server, which not every browser counts as 'self' (one by
    an IPv6 address cannot be written in a policy).
    Styles may be inline because Streamlit's components write them so; scripts may not, but for those
    given, which are allowed by their hash. Nothing may be compiled from text but WebAssembly.
    """
    hashes = " ".join(f"'{_hash_of(script)}'" for script in inline_scripts)
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
            "form-action 'none'",
            "frame-src 'none'",
            "frame-ancestors 'none'",
            "object-src 'none'",
        )
    )


def security_headers(policy: str) -> list[tuple[bytes, bytes]]:
    """Every header that is put on every response, over one of the same name."""
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
    """The scripts that stand in a page of ours, exactly, so that their hashes can be allowed."""
    return _INLINE_SCRIPT.findall(html)


def _hash_of(script: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")
