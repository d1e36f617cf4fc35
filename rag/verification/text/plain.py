"""Write one text in one way: no accidents of typesetting, no short forms."""

from __future__ import annotations

import re
import unicodedata

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
        (r"\bper\s+cent\b", "percent"),
        (r"\bNos?\.\s*(?=\d)", "number "),
        (r"\bb\.?i\.?d\b\.?|\btwice (?:a|per|each) day\b|\btwo times (?:a|per) day\b", "twice daily"),
        (r"\bt\.?i\.?d\b\.?|\bthree times (?:a|per) day\b|\bthrice daily\b", "3 times daily"),
        (r"\bq\.?i\.?d\b\.?|\bfour times (?:a|per) day\b", "4 times daily"),
        (r"\bq\.d\b\.?|\bonce (?:daily|(?:a|per|each) day)\b", "daily"),
        (r"\bq\.?(\d{1,2})\.?h\b\.?", r"every \1 hours"),
        (r"\bthree times daily\b", "3 times daily"),
        (r"\bfour times daily\b", "4 times daily"),
        (r"\bp\.o\.(?=\s)", "orally"),
        (r"\bBP\b(?=:? ?\d)", "blood pressure"),
        (r"\bSpO2\b", "oxygen saturation"),
        (r"\bHR\b(?=:? ?\d)", "heart rate"),
        (r"\bnon[- ](?=[a-z])|\bnon(?=exclusive|transferable|refundable)", "non "),
        (r"(?<=\w)'s\b|(?<=s)'(?!\w)", POSSESSIVE),
        (r"(?<=[a-z])-(?=\w)|(?<=\d)-(?=[a-z])", " "),
    )
)
_INITIALS = re.compile(r"\b(?:[A-Z]\.){2,}")
_ABBREVIATION = re.compile(
    r"\b(Dr|Mr|Mrs|Ms|Prof|St|Inc|Ltd|Co|Corp|v|vs|Art|Sec|Fig|approx|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept"
    r"|Oct|Nov|Dec)\.(?=\s|,)"
)


def plain(text: str) -> str:
    """Return the text without hyphens at line ends and with one kind of quotation mark, dash and space."""
    text = _HYPHENATED.sub("", text)
    text = unicodedata.normalize("NFKC", text)
    return _replaced(text, _TYPOGRAPHY).strip()


def expanded(text: str) -> str:
    """Return plain text with its short forms written out: "b.i.d." becomes "twice daily"."""
    text = _INITIALS.sub(lambda match: match.group().replace(".", "") + " ", text)
    text = _ABBREVIATION.sub(r"\1", text)
    return _replaced(text, _SHORT_FORMS)


def _replaced(text: str, replacements: _Replacements) -> str:
    for pattern, replacement in replacements:
        text = pattern.sub(replacement, text)
    return text
