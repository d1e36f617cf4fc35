"""The stance of a piece: what it does not simply state."""

from __future__ import annotations

import re

from ingest.annotation.pieces.divide import TABLE_KINDS, Piece
from vault.annotations import Stance
from vault.records import ElementKind
from vault.text.stance.find import stances_of

_NONE: frozenset[Stance] = frozenset()
_SUPERSEDED = frozenset((Stance.SUPERSEDED,))
_STRUCK_OUT = re.compile(r"Deleted by [^:]{1,80}: ")
_SUPERSEDED_PART = re.compile(
    r"\b(?:superseded|obsolete|withdrawn|no longer (?:valid|in force|in use|applies)|out of date"
    r"|cancelled|void"
    r"|old version|previous version|former version)\b",
    re.IGNORECASE,
)


def stance_of(piece: Piece) -> frozenset[Stance]:
    """Return the stances of any part of a piece (`vault.text.stance` says of which).

    A row of a table with columns has none: each of its cells says something by itself. A heading has none
    either, but what stands under one that says so, or was struck out, is superseded.
    """
    if piece.kind is ElementKind.HEADING or (piece.kind in TABLE_KINDS and len(piece.cells) != 1):
        return _SUPERSEDED if _SUPERSEDED_PART.search(piece.heading) else _NONE
    stances = stances_of(piece.text)
    if _STRUCK_OUT.match(piece.text) or _SUPERSEDED_PART.search(piece.heading):
        stances |= _SUPERSEDED
    return stances
