"""Prepares text of documents, models and file names for the page, so that it is never read as markup."""

from __future__ import annotations

import re
from html import escape

import streamlit as st

from vault.text.readable import readable

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
# Streamlit's Markdown reads these even when they are escaped: :emoji:, :material/icons:, addresses.
_ACTIVE = re.compile(r"(:|@|www)", re.IGNORECASE)
_WORD_JOINER = "\u2060"  # has no width and does not break the line


def escape_label(text: str) -> str:
    """Return `text` on one line, escaped for the label of a button or field, which is Markdown."""
    inactive = _ACTIVE.sub(lambda match: match.group(1) + _WORD_JOINER, readable(text))
    return _PUNCTUATION.sub(r"\\\1", inactive)


def escape_text(text: str) -> str:
    """Return `text` on one line, escaped for HTML."""
    return escape(readable(text), quote=True)


def mark_words(text: str, start: int, end: int) -> str:
    """Return `text` on one line, escaped for HTML, with the characters from `start` to `end` marked."""
    before, inside, after = text[:start], text[start:end], text[end:]
    if not escape_text(inside):
        return escape_text(text)
    # `escape_text` strips white space at the ends, but words must stay apart.
    left = " " if escape_text(before) and (before[-1:].isspace() or inside[:1].isspace()) else ""
    right = " " if escape_text(after) and (inside[-1:].isspace() or after[:1].isspace()) else ""
    mark = f'<mark class="ic-words">{escape_text(inside)}</mark>'
    return f"{escape_text(before)}{left}{mark}{right}{escape_text(after)}"


def shorten(text: str, limit: int) -> str:
    """Return `text` of at most `limit` characters, its middle left out: names often differ at their ends."""
    if len(text) <= limit:
        return text
    tail = limit // 3
    return f"{text[: limit - tail - 1]}…{text[-tail:]}"


def show_notice(text: str, kind: str = "info") -> None:
    """Show a message in a frame; `kind` is "info", "warn" or "error"."""
    role = "alert" if kind == "error" else "status"
    st.html(f'<div class="ic-notice ic-{kind}" role="{role}">{escape_text(text)}</div>')
