"""Put what a web page holds in frames where it stands, such as pages inside the page."""

from __future__ import annotations

import base64
import binascii
import re
from typing import Any
from urllib.parse import unquote_to_bytes

import lxml.html  # type: ignore[import-untyped]

from ingest.formats.structure.decode import decode

_PAGE = re.compile(
    r"\s*data:(text/(?:html|plain)|application/xhtml\+xml)?((?:;[\w=-]+)*),(.*)", re.IGNORECASE | re.DOTALL
)
_DEPTH = 5  # pages inside pages


def put_in_frames(root: Any, depth: int = 0) -> None:
    """Replace frames of a page (of lxml) by the page that they hold, and open what a browser opens.

    A frame whose page lies elsewhere is left. What stands in `noscript` and in an object that cannot be shown
    is what a browser without scripts shows. A template with a shadow root is shown.
    """
    for frame in list(root.iter("iframe", "frame", "object", "embed")):
        inside = _inside(frame) if depth < _DEPTH else None
        if inside is None:
            if frame.tag == "object":
                frame.tag = "div"
            continue
        put_in_frames(inside, depth + 1)
        inside.tag = "div"
        inside.tail = None
        frame.addprevious(inside)
        frame.drop_tree()
    for element in root.iter("noscript"):
        element.tag = "div"
    for element in root.iter("template"):
        if element.get("shadowrootmode") or element.get("shadowroot"):
            element.tag = "div"


def _inside(frame: Any) -> Any:
    """Return the body of the page in a frame; None if the frame holds none."""
    text = frame.get("srcdoc") or ""
    held = _PAGE.match(frame.get("src") or frame.get("data") or "")
    if not text.strip() and held is not None:
        try:
            packed = "base64" in (held[2] or "").lower()
            content = base64.b64decode(unquote_to_bytes(held[3])) if packed else unquote_to_bytes(held[3])
        except (binascii.Error, ValueError):
            return None
        text = decode(content)
    if not text.strip():
        return None
    parser = lxml.html.HTMLParser(no_network=True, huge_tree=False)
    page = lxml.html.document_fromstring(text, parser=parser, ensure_head_body=True)
    return page.find("body")
