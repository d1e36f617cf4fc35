"""Annotate a document from its stored pages."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.annotation.clauses import number_clauses
from ingest.annotation.found import find_in
from ingest.annotation.pieces.divide import Piece, pieces_of
from ingest.annotation.pieces.fields import read_fields
from ingest.annotation.profile.named import named_in
from ingest.annotation.profile.profile import profile_of
from ingest.annotation.stance import stance_of
from ingest.annotation.subjects import assign_subjects
from ingest.annotation.tables.assemble import MadeTable, assemble_tables
from vault.annotations import AnnotatedSentence, Annotation, Table
from vault.records import Page


def annotate(sha256: str, name: str, title: str, pages: Sequence[Page]) -> Annotation:
    """Return everything that is known of a document beyond its words.

    `name` is its file name; `title` as in `Document.title`.
    """
    pieces = list(pieces_of(pages))
    tables = assemble_tables(pieces)
    for piece in pieces:
        if not piece.cells:
            piece.cells = read_fields(piece)
    number_clauses(pieces)
    profile, people = profile_of(sha256, name, title, pieces)
    about = assign_subjects(pieces, tables, people)
    return Annotation(
        profile=profile,
        sentences=tuple(_sentence(sha256, number, piece) for number, piece in enumerate(pieces)),
        tables=tuple(_table(sha256, made, about.get(made.number, "")) for made in tables),
        names=named_in(profile, pieces),
    )


def _sentence(sha256: str, number: int, piece: Piece) -> AnnotatedSentence:
    facts = find_in(piece.text, piece.clause)
    return AnnotatedSentence(
        id=0,
        document=sha256,
        number=number,
        span=piece.span,
        text=piece.text,
        kind=piece.kind,
        heading=piece.heading,
        table=piece.table,
        row=piece.row,
        cells=piece.cells,
        subject=piece.subject,
        clause=piece.clause,
        dates=facts.dates,
        quantities=facts.quantities,
        references=facts.references,
        stance=stance_of(piece),
    )


def _table(sha256: str, made: MadeTable, subject: str) -> Table:
    return Table(sha256, made.number, made.heading, tuple(made.columns), made.rows, subject)
