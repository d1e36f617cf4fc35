"""Put the profile of a document together."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.annotation.pieces.divide import Piece
from ingest.annotation.profile.definitions import definitions_in
from ingest.annotation.profile.fields import named_values
from ingest.annotation.profile.kinds import kind_of
from ingest.annotation.profile.letters import author_of, correspondents, document_date
from ingest.annotation.profile.people import Person
from ingest.annotation.profile.replaced import replaced_by
from ingest.annotation.profile.subjects import find_subjects
from vault.annotations import Profile
from vault.records import ElementKind
from vault.text.readable import readable


def profile_of(sha256: str, name: str, title: str, pieces: Sequence[Piece]) -> tuple[Profile, list[Person]]:
    """Return the profile of a document, and its subjects as they were collected."""
    values = named_values(pieces)
    mail = bool(pieces) and pieces[0].text.startswith("From:") and len(values) > 2
    headings = [readable(piece.text) for piece in pieces[:12] if piece.kind is ElementKind.HEADING]
    lines = [readable(piece.text)[:120] for piece in pieces[:4] if piece.kind is not ElementKind.HEADING]
    kind = "e-mail" if mail else kind_of([title, *headings[:2], name, *lines])
    sender, recipients, copies = correspondents(pieces, values)
    people = find_subjects(pieces, values, title, name)
    profile = Profile(
        document=sha256,
        subjects=tuple(one.made() for one in people),
        date=document_date(pieces, values, title, name),
        kind=kind,
        author=sender if mail else author_of(pieces, values),
        sender=sender,
        recipients=recipients,
        copies=copies,
        definitions=tuple(definitions_in(pieces)),
        replaces=tuple(replaced_by(pieces, values, title)),
    )
    return profile, people
