"""The people and parties that a document names anywhere."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.annotation.pieces.divide import Piece
from ingest.annotation.pieces.names import organisations_in, people_in, plain_names_in
from vault.annotations import Profile

_MOST = 2_000
_LONGEST = 120


def named_in(profile: Profile, pieces: Sequence[Piece]) -> tuple[str, ...]:
    """Return the names in the profile, the subjects of rows, and those in the text, each once."""
    found: dict[str, None] = {}
    for subject in profile.subjects:
        if subject.role == "matter":
            continue
        found |= dict.fromkeys((subject.name, *subject.aliases))
    people = (profile.author, profile.sender, *profile.recipients, *profile.copies)
    found |= dict.fromkeys(people)
    for piece in pieces:
        if piece.subject:
            found[piece.subject] = None
        found |= dict.fromkeys(people_in(piece.text))
        found |= dict.fromkeys(plain_names_in(piece.text))
        found |= dict.fromkeys(organisations_in(piece.text))
        if len(found) > _MOST:
            break
    return tuple(name for name in found if 1 < len(name) <= _LONGEST)
