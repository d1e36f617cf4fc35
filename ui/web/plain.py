"""Text of documents, models and file names on its way into the page: shown as it stands, never as markup."""

from __future__ import annotations

import re
from html import escape

import streamlit as st

from vault.text.readable import readable

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
# What Streamlit's Markdown makes something of even when it is escaped: :emoji:, :material/icons:, addresses.
_LIVELY = re.compile(r"(:|@|www)", re.IGNORECASE)
_JOINER = "\u2060"  # no width, breaks no line


def label(text: str) -> str:
    """`text` for the label of a button or the like, which Streamlit reads as Markdown."""
    calm = _LIVELY.sub(lambda found: found.group(1) + _JOINER, readable(text))
    return _PUNCTUATION.sub(r"\\\1", calm)


def shown(text: str) -> str:
    """`text` on one line, escaped for HTML."""
    return escape(readable(text), quote=True)


def marked(text: str, start: int, end: int) -> str:
    """`text` on one line, escaped for HTML, with what stands from `start` to `end` in it marked."""
    before, inside, after = text[:start], text[start:end], text[end:]
    if not shown(inside):
        return shown(text)
    # `shown` takes the white space at the ends away; what separates words must stay.
    left = " " if shown(before) and (before[-1:].isspace() or inside[:1].isspace()) else ""
    right = " " if shown(after) and (inside[-1:].isspace() or after[:1].isspace()) else ""
    return f'{shown(before)}{left}<mark class="ic-words">{shown(inside)}</mark>{right}{shown(after)}'


def shorten(text: str, most: int) -> str:
    """`text`, its middle left out when it is longer than `most`: names differ at their ends."""
    if len(text) <= most:
        return text
    tail = most // 3
    return f"{text[: most - tail - 1]}…{text[-tail:]}"


def notice(text: str, kind: str = "info") -> None:
    """A message in a frame: "info", "warn" or "error"."""
    role = "alert" if kind == "error" else "status"
    st.html(f'<div class="ic-notice ic-{kind}" role="{role}">{shown(text)}</div>')


def count(number: int, noun: str) -> str:
    """ "1 page", "2 pages", "1,200 pages"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
