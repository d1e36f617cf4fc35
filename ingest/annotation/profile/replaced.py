"""What a document says that it replaces, varies or supersedes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ingest.annotation.pieces.divide import Piece
from ingest.annotation.profile.fields import NamedValue
from vault.text.readable import readable

_WORDS = (
    "replac", "upersed", "varies", "varying", "varied", "mend", "ancel", "evok", "eleted", "ithdrawn",
    "in place of", "instead of", "emoved", "ubstituted", "given up", "no longer",
)  # fmt: skip
"""A piece without any of them replaces nothing."""
_PART = r"(?:clause|section|paragraph|article|schedule|annex|appendix|part|table|version|edition)s?"
_PARTS = rf"{_PART}\s+[\w.()]+(?:\s?(?:,|and|to)\s+\d[\w.()]*)*"
_QUOTED = r"[\"“][^\"”]{2,80}[\"”]"
REPLACED = re.compile(
    rf"(?P<what>(?:in\s+{_PARTS},?\s+{_QUOTED}|{_QUOTED}(?:\s+in\s+{_PARTS})?|{_PARTS}"
    r"|the [\w ]{3,40}? dated [\w ]{4,20}))\s+(?:shall be|is|are|has been|have been|was"
    r"|were)\s+(?:hereby\s+)?"
    r"(?:deleted(?: and replaced)?|replaced|superseded|varied|amended|cancelled|revoked|withdrawn|removed"
    r"|substituted|given up|no longer)",
    re.IGNORECASE,
)
_REPLACES = re.compile(
    r"\b(?:replac(?:es|ing)|supersed(?:es|ing)|var(?:ies|ying)|amend(?:s|ing)|cancel(?:s|ling)|revok(?:es|ing)"
    r"|in place of|instead of version)\s+(?P<what>(?:the\s+|all\s+|any\s+)?"
    r"(?:previous\s+|earlier\s+|first\s+|second\s+|prior\s+)?(?:version|edition|lease|agreement|deed|contract|policy|procedure|protocol|letter|order|schedule"
    r"|list|plan|statement|will|licen[cs]e|clause|[A-Z]{1,3}-\d+)[^.;:]{0,110})",
    re.IGNORECASE,
)
_REPLACES_FIELD = re.compile(r"(?:replaces|supersedes|previous version|varies|amends)", re.IGNORECASE)
_AMENDMENT_TO = re.compile(
    r"(?i:\b(?:amendment|variation|addendum|supplement|deed of variation|side letter)\b.{0,30}?\b(?:to"
    r"|of))\s+(?P<what>(?:the\s+)?[A-Z][^.;:]{4,100})"
)


def replaced_by(pieces: Iterable[Piece], values: Iterable[NamedValue], title: str) -> list[str]:
    """Return what a document replaces, varies or supersedes, as written, each once."""
    found = dict.fromkeys(one.value for one in values if _REPLACES_FIELD.fullmatch(one.name))
    amended = _AMENDMENT_TO.search(title)
    if amended is not None:
        found[readable(amended["what"])] = None
    for piece in pieces:
        if any(word in piece.text for word in _WORDS):
            found |= dict.fromkeys(_written(piece.text))
    return list(found)


def _written(text: str) -> Iterator[str]:
    for pattern in (REPLACED, _REPLACES):
        for match in pattern.finditer(text):
            yield readable(match["what"]).strip(" ,")
