"""Write one text in one way: no accidents of typesetting, no short forms."""

from __future__ import annotations

import re
import unicodedata

from vault.text.abbreviations.written_out import written_out

POSSESSIVE = "\u02bc"
"""Stands in expanded text for the apostrophe of a possessor."""
_Replacements = tuple[tuple[re.Pattern[str], str], ...]
_HYPHENATED = re.compile(r"(?<=\w)[-\u00ad\u2010]\s*\n\s*(?=[a-z])|[\u00ad\u0002\ufffe]\s*")
_TYPOGRAPHY: _Replacements = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"[\u2018\u2019\u201b`]", "'"),
        (r"[\u201c\u201d\u201e\u00ab\u00bb]", '"'),
        (r"[\u2010-\u2015\u2212]", "-"),
        (r"\u03bcg|\u00b5g", "mcg"),
        (r"\s+", " "),
    )
)
_SHORT_FORMS: _Replacements = tuple(
    (re.compile(pattern, re.IGNORECASE), replacement)
    for pattern, replacement in (
        (r"\bcan't\b|\bcannot\b", "can not"),
        (r"\bwon't\b", "will not"),
        (r"\b(\w+)n't\b", r"\1 not"),
        (r"\bnon[- ](?=[a-z])|\bnon(?=exclusive|transferable|refundable)", "non "),
        (r"(?<=\w)'s\b|(?<=s)'(?!\w)", POSSESSIVE),
        (r"(?<=[a-z])-(?=\w)|(?<=\d)-(?=[a-z])", " "),
    )
)


def plain(text: str) -> str:
    """Return the text without hyphens at line ends and with one kind of quotation mark, dash and space."""
    text = _HYPHENATED.sub("", text)
    text = unicodedata.normalize("NFKC", text)
    return _replaced(text, _TYPOGRAPHY).strip()


def expanded(text: str) -> str:
    """Return plain text with its short forms written out: "b.i.d." becomes "twice daily"."""
    return _replaced(written_out(text), _SHORT_FORMS)


def _replaced(text: str, replacements: _Replacements) -> str:
    for pattern, replacement in replacements:
        text = pattern.sub(replacement, text)
    return text
