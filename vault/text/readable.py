"""Convert page text to the form that is searched, embedded and shown. Offsets never refer to this form."""

from __future__ import annotations

import re

# PDFium writes U+FFFE or U+0002 where a word is hyphenated at the end of a line.
_BROKEN_WORD = re.compile("[\ufffe\x02][ \t]*\r?\n?")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_BLANK = re.compile(r"\s+")


def readable(text: str) -> str:
    """Return `text` on one line, with hyphenated words joined, no control characters and single spaces."""
    return _BLANK.sub(" ", _CONTROL.sub("", _BROKEN_WORD.sub("", text))).strip()
