"""Page text in the form that is matched, embedded and shown; offsets always count the exact text."""

from __future__ import annotations

import re

# PDFium leaves U+FFFE or U+0002 where a word was hyphenated at the end of a line.
_BROKEN_WORD = re.compile("[\ufffe\x02][ \t]*\r?\n?")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_BLANK = re.compile(r"\s+")


def readable(text: str) -> str:
    """`text` on one line: broken words joined, control characters out, white space folded."""
    return _BLANK.sub(" ", _CONTROL.sub("", _BROKEN_WORD.sub("", text))).strip()
