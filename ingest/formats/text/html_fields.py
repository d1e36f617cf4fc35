"""Write out what a web page shows without text: values of form fields, words in drawings, and pictures."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote_to_bytes

_TICKED, _EMPTY = "☒", "☐"
_NOT_SHOWN = ("hidden", "password", "file", "image")
_DATA = re.compile(r"\s*data:image/[\w.+-]+((?:;[\w=-]+)*),(.*)", re.IGNORECASE | re.DOTALL)


def write_out_fields(root: Any) -> None:
    """Replace the fields of forms and the drawings of a page (of lxml) by what they show."""
    for field in list(root.iter("input", "select", "svg")):
        if field.getparent() is None:
            continue
        if field.tag == "svg":
            words = (" ".join(text.text_content().split()) for text in field.iter("text"))
            _replace(field, " ".join(filter(None, words)), "p")
        elif field.tag == "select":
            options = list(field.iter("option"))
            chosen = [option for option in options if option.get("selected") is not None] or options[:1]
            _replace(field, ", ".join(" ".join(option.text_content().split()) for option in chosen), "span")
        else:
            _replace(field, _shown(field), "span")


def pictures_in(root: Any) -> Iterator[bytes | str]:
    """Yield the pictures of a page: their bytes where the page holds them, else where they are."""
    for image in root.iter("img", "image"):
        source = image.get("src") or image.get("href") or image.get("xlink:href") or ""
        held = _DATA.match(source)
        if held is None:
            yield source
        elif "base64" in held[1].lower():
            try:
                yield base64.b64decode(re.sub(r"\s+|%0[ad]", "", held[2], flags=re.IGNORECASE))
            except (binascii.Error, ValueError):
                yield b""
        else:
            yield unquote_to_bytes(held[2])


def _shown(field: Any) -> str:
    """Return what an input field shows."""
    kind = (field.get("type") or "text").lower()
    if kind in ("checkbox", "radio"):
        return _TICKED if field.get("checked") is not None else _EMPTY
    return "" if kind in _NOT_SHOWN else (field.get("value") or field.get("placeholder") or "")


def _replace(field: Any, text: str, tag: str) -> None:
    """Put text in place of a field; without text, the field goes away."""
    if text:
        made = field.makeelement(tag, {})
        made.text = f" {text} "
        field.addprevious(made)
    field.drop_tree()
