"""Statements that change the index of sentences. The caller runs them inside a transaction."""

from __future__ import annotations

import json
import sqlite3

from vault.annotations import Annotation
from vault.store.sentences.indexed import IndexedForms
from vault.store.sentences.rows import dump_cells, dump_found, dump_profile, dump_stance
from vault.text.readable import readable

ANNOTATION_VERSION = 1
"""Increased when annotating the same pages gives something else: older annotations are then made again."""

_INSERT = (
    "INSERT INTO sentences (id, document, number, page, start, end, kind, heading, table_number, table_row,"
    " cells, subject, clause, found, stance, about, forms)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_INDEX = "INSERT INTO sentences_fts (rowid, body, about, forms) VALUES (?, ?, ?, ?)"
_UNINDEX = (
    "INSERT INTO sentences_fts (sentences_fts, rowid, body, about, forms) VALUES ('delete', ?, ?, ?, ?)"
)


def insert_annotation(db: sqlite3.Connection, row_id: int, annotation: Annotation) -> None:
    """Store and index what is known of the document with that row id, which has no annotation yet.

    The ids of its sentences are consecutive, in order.
    """
    profile = annotation.profile
    db.execute("INSERT INTO annotated VALUES (?, ?, ?)", (row_id, ANNOTATION_VERSION, dump_profile(profile)))
    last = db.execute("SELECT seq FROM sqlite_sequence WHERE name = 'sentences'").fetchone()
    first = last["seq"] + 1 if last else 1
    indexed = IndexedForms(profile)
    rows, dates, references = [], [], []
    for sentence_id, sentence in enumerate(annotation.sentences, start=first):
        span = sentence.span
        rows.append(
            (
                sentence_id, row_id, sentence.number, span.page, span.start, span.end, sentence.kind.value,
                sentence.heading, sentence.table, sentence.row, dump_cells(sentence.cells), sentence.subject,
                sentence.clause, dump_found(sentence), dump_stance(sentence.stance),
                indexed.about(sentence), indexed.forms(sentence),
            )
        )  # fmt: skip
        days = {(reading.first, reading.last) for one in sentence.dates for reading in one.readings}
        references += [(one.normal, sentence_id) for one in set(sentence.references)]
        dates += [(first.isoformat(), last.isoformat(), sentence_id) for first, last in days]
    db.executemany(_INSERT, rows)
    db.executemany("INSERT INTO sentence_dates VALUES (?, ?, ?)", dates)
    db.executemany("INSERT OR IGNORE INTO sentence_references VALUES (?, ?)", references)
    db.executemany(
        "INSERT INTO sentence_tables VALUES (?, ?, ?, ?, ?, ?)",
        [
            (
                row_id,
                one.table,
                one.heading,
                json.dumps(one.columns, ensure_ascii=False),
                one.rows,
                one.subject,
            )
            for one in annotation.tables
        ],
    )
    db.executemany("INSERT INTO document_names VALUES (?, ?)", [(row_id, name) for name in annotation.names])
    db.executemany(
        _INDEX,
        [
            (row[0], readable(sentence.text), row[-2], row[-1])
            for row, sentence in zip(rows, annotation.sentences, strict=True)
        ],
    )
    db.execute("INSERT INTO words_fts (rowid, word) VALUES (?, ?)", (row_id, _vocabulary(db, row_id)))


def delete_annotation(db: sqlite3.Connection, row_id: int) -> None:
    """Delete what is known of the current document with that row id, if anything is."""
    unindex_sentences(db, row_id)
    for table in ("annotated", "sentences", "sentence_tables", "document_names"):
        db.execute(f"DELETE FROM {table} WHERE document = ?", (row_id,))


def unindex_sentences(db: sqlite3.Connection, row_id: int) -> None:
    """Take the sentences of the document with that row id out of the indexes of words.

    Call it while its pages and sentences are stored: a contentless index removes an entry only when it gets
    exactly the text that it indexed. Without an annotation nothing happens.
    """
    if not db.execute("SELECT 1 FROM annotated WHERE document = ?", (row_id,)).fetchone():
        return
    texts = {
        page["number"]: page["text"]
        for page in db.execute("SELECT number, text FROM pages WHERE document = ?", (row_id,))
    }
    entries = [
        (row["id"], readable(texts[row["page"]][row["start"] : row["end"]]), row["about"], row["forms"])
        for row in db.execute(
            "SELECT id, page, start, end, about, forms FROM sentences WHERE document = ? ORDER BY number",
            (row_id,),
        )
    ]
    db.executemany(_UNINDEX, entries)
    db.execute(
        "INSERT INTO words_fts (words_fts, rowid, word) VALUES ('delete', ?, ?)",
        (row_id, _vocabulary(db, row_id)),
    )


def scrub_sentence_index(db: sqlite3.Connection) -> None:
    """Rewrite the indexes, inside a transaction, so that they keep no words of removed sentences."""
    db.execute("INSERT INTO sentences_fts (sentences_fts) VALUES ('optimize')")
    db.execute("INSERT INTO words_fts (words_fts) VALUES ('optimize')")


def _as_json(names: tuple[str, ...]) -> str:
    return json.dumps(names, ensure_ascii=False)


def _vocabulary(db: sqlite3.Connection, row_id: int) -> str:
    """Return the readable text of the document with that row id, whose words go into the vocabulary."""
    pages = db.execute("SELECT text FROM pages WHERE document = ? ORDER BY number", (row_id,))
    return " ".join(readable(page["text"]) for page in pages)
