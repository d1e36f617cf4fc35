"""The page that a browser loads first: Streamlit's page with our words, and with our script before its own.

Streamlit's page shows Streamlit's name and its own message for browsers without JavaScript. Our script
watches whether the server can be reached (see `web/reach.js`).
"""

from __future__ import annotations

import re
from pathlib import Path

from ui.server.asgi import App, Message, Receive, Scope, Send

SCRIPT_PATH = "/incamera.js"
_SCRIPT = Path(__file__).parents[1] / "web" / "reach.js"
_HEAD = re.compile(r"<head>", re.IGNORECASE)
_TITLE = re.compile(r"<title>.*?</title>", re.IGNORECASE | re.DOTALL)
_NOSCRIPT = re.compile(r"<noscript>.*?</noscript>", re.IGNORECASE | re.DOTALL)
_SERVICE_LINK = re.compile(r'<link rel="service-desc"[^>]*>', re.IGNORECASE)
"""A link for programs to an interface that is switched off here."""
_OWN_NOSCRIPT = "<noscript><p>Incamera needs JavaScript: allow it for this address.</p></noscript>"


def incamera_index(streamlit_index: str) -> str:
    """Return the first page, made from Streamlit's."""
    index = _NOSCRIPT.sub(_OWN_NOSCRIPT, _SERVICE_LINK.sub("", streamlit_index))
    index = _TITLE.sub("<title>Incamera</title>", index)
    index, heads = _HEAD.subn(f'<head><script src="{SCRIPT_PATH}"></script>', index, count=1)
    if not heads:
        raise RuntimeError("Streamlit's index.html has no head any more. Find another place for our script.")
    return index


class IndexReplacement:
    """An ASGI application that replaces Streamlit's HTML pages, which are all the same, by our first page."""

    def __init__(self, app: App, index: str) -> None:
        """`app` is Streamlit's application, `index` our first page."""
        self._app = app
        self._index = index.encode("utf-8")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif scope["path"] == SCRIPT_PATH:
            await _send_page(send, b"text/javascript", _SCRIPT.read_bytes())
        else:
            await self._app(scope, receive, self._replacing(send))

    def _replacing(self, send: Send) -> Send:
        replaced = False

        async def sending(message: Message) -> None:
            nonlocal replaced
            if message["type"] == "http.response.start" and _is_page(message):
                replaced = True
                await _send_page(send, b"text/html", self._index)
            elif not replaced:
                await send(message)

        return sending


def _is_page(message: Message) -> bool:
    kinds = [value for name, value in message.get("headers", []) if name.lower() == b"content-type"]
    return message["status"] in (200, 206) and any(kind.startswith(b"text/html") for kind in kinds)


async def _send_page(send: Send, kind: bytes, body: bytes) -> None:
    headers = [
        (b"content-type", kind + b"; charset=utf-8"),
        (b"content-length", str(len(body)).encode("ascii")),
    ]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})
