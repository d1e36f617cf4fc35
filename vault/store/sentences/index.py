"""Find sentences by their words and normal forms, dates, clauses and references, and rows by their table."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import date

from vault.annotations import AnnotatedSentence, Annotation, Profile, Table
from vault.database.database import Database
from vault.database.scope import within_documents
from vault.line_numbers import LineNumbers, load_lines
from vault.records import PageName, Span
from vault.store.sentences.changes import ANNOTATION_VERSION, delete_annotation, insert_annotation
from vault.store.sentences.rows import load_profile, sentence_from_row, table_from_row
from vault.text.dates.found import NO_YEAR

_MOST_SEARCHED_SINGLY = 32
"""Up to this many chosen documents, each is searched by itself."""
_MOST_AT_ONCE = 500
"""How many sentences are read with one statement."""
_COLUMNS = (
    "s.id, s.document, s.number, s.page, s.start, s.end, s.kind, s.heading, s.table_number, s.table_row,"
    " s.cells, s.subject, s.clause, s.found, s.stance, d.sha256"
)


class SentenceIndex:
    """Reads the annotated sentences of a collection. Safe to use from several threads.

    Without `documents`, a method answers from the current documents (ready or partial). With `documents`
    (sha256) it answers from these, superseded ones too; but `match` finds current documents only, because no
    others are in the index of words.
    """

    def __init__(self, db: Database) -> None:
        self._db = db

    # --- annotate documents -------------------------------------------------------------------

    def missing(self) -> list[str]:
        """Return the sha256 of current documents that are not annotated, or by an older version only."""
        with self._db.read() as db:
            rows = db.execute(
                "SELECT d.sha256 FROM documents d LEFT JOIN annotated a ON a.document = d.id"
                " WHERE d.state IN ('ready', 'partial') AND coalesce(a.version, 0) < ? ORDER BY d.id",
                (ANNOTATION_VERSION,),
            ).fetchall()
        return [row["sha256"] for row in rows]

    def replace(self, annotation: Annotation) -> None:
        """Store what is known of a current document, in place of what was, in one transaction.

        Nothing happens if the document is not in the collection, or no longer current.
        """
        with self._db.write() as db:
            row = db.execute(
                "SELECT id FROM documents WHERE sha256 = ? AND state IN ('ready', 'partial')",
                (annotation.profile.document,),
            ).fetchone()
            if row is not None:
                delete_annotation(db, row["id"])
                insert_annotation(db, row["id"], annotation)

    def annotation(self, sha256: str) -> Annotation | None:
        """Return everything that is known of a document, or None if it is not annotated."""
        profile = self.profiles([sha256]).get(sha256)
        if profile is None:
            return None
        names = tuple(name for name, _ in self.names([sha256]))
        return Annotation(profile, tuple(self.of(sha256)), tuple(self.tables([sha256])), names)

    # --- find sentences -----------------------------------------------------------------------

    def match(
        self, expression: str, limit: int, documents: Sequence[str] | None = None
    ) -> list[tuple[int, float]]:
        """Return (sentence id, BM25 score; higher is better) of the best sentences for an FTS5 expression.

        `expression` must quote every word, as `vault.text.terms.expression` does. Normal forms are words too
        (`vault.normal_forms`). An empty expression finds nothing.
        """
        if not expression:
            return []
        with self._db.read() as db:
            if documents is None:
                return _best(db, expression, limit)
            if len(documents) <= _MOST_SEARCHED_SINGLY:
                # FTS5 seeks to the start of a range of ids, but reads every match for a list of ids.
                hits = {
                    hit
                    for sha256 in documents
                    for hit in _best(
                        db, expression, limit, "AND rowid BETWEEN ? AND ?", _id_range(db, sha256)
                    )
                }
                return sorted(hits, key=lambda hit: (-hit[1], hit[0]))[:limit]
            condition, values = within_documents("d.sha256", documents)
            scope = (
                "AND rowid IN (SELECT s.id FROM sentences s JOIN documents d ON d.id = s.document"
                f" WHERE 1 {condition})"
            )
            return _best(db, expression, limit, scope, values)

    def any_match(self, expression: str) -> bool:
        """Return whether `match` would find anything, which takes no time however much it would find."""
        if not expression:
            return False
        with self._db.read() as db:
            found = db.execute(
                "SELECT 1 FROM sentences_fts WHERE sentences_fts MATCH ? LIMIT 1", [expression]
            ).fetchone()
        return found is not None

    def dated(self, first: date, last: date, documents: Sequence[str] | None = None) -> list[int]:
        """Return the ids of sentences with a date that may fall on a day from `first` to `last`, ascending.

        Dates without a year are left out, unless `first` and `last` have the year `NO_YEAR` themselves.
        """
        # A year without one is the earliest: it would lie before every `first`, and long ranges reach over.
        floor = date(NO_YEAR if first.year <= NO_YEAR + 1 else NO_YEAR + 2, 1, 1)
        condition, values = _current_or_in(documents)
        with self._db.read() as db:
            rows = db.execute(
                "SELECT DISTINCT t.sentence AS id FROM sentence_dates t JOIN sentences s ON s.id = t.sentence"
                " JOIN documents d ON d.id = s.document"
                f" WHERE t.first BETWEEN ? AND ? AND t.last >= ? {condition} ORDER BY t.sentence",
                [floor.isoformat(), last.isoformat(), first.isoformat(), *values],
            ).fetchall()
        return [row["id"] for row in rows]

    def by_clause(self, clause: str, documents: Sequence[str] | None = None) -> list[int]:
        """Return the ids of the sentences of a numbered clause and of those inside it, ascending.

        "4.2" is the clause itself, and 4.2(b) and 4.2.1 are inside it; 4.21 is not.
        """
        condition, values = _current_or_in(documents)
        pattern = clause.replace("[", "[[]").replace("*", "[*]").replace("?", "[?]")
        with self._db.read() as db:
            rows = db.execute(
                "SELECT s.id FROM sentences s JOIN documents d ON d.id = s.document"
                " WHERE s.clause <> '' AND (s.clause = ? OR s.clause GLOB ? OR s.clause GLOB ?)"
                f" {condition} ORDER BY s.id",
                [clause, f"{pattern}.*", f"{pattern}(*", *values],
            ).fetchall()
        return [row["id"] for row in rows]

    def by_reference(self, form: str, documents: Sequence[str] | None = None) -> list[int]:
        """Return the ids of the sentences that hold a reference with this normal form, ascending."""
        condition, values = _current_or_in(documents)
        with self._db.read() as db:
            rows = db.execute(
                "SELECT t.sentence AS id FROM sentence_references t JOIN sentences s ON s.id = t.sentence"
                f" JOIN documents d ON d.id = s.document WHERE t.form = ? {condition} ORDER BY t.sentence",
                [form, *values],
            ).fetchall()
        return [row["id"] for row in rows]

    # --- read sentences -----------------------------------------------------------------------

    def by_id(self, ids: Iterable[int]) -> dict[int, AnnotatedSentence]:
        """Return the sentences with these ids that exist."""
        wanted = list(dict.fromkeys(ids))
        found: dict[int, AnnotatedSentence] = {}
        for first in range(0, len(wanted), _MOST_AT_ONCE):
            block = wanted[first : first + _MOST_AT_ONCE]
            found |= {
                one.id: one for one in self._sentences(f"s.id IN ({','.join('?' * len(block))})", block)
            }
        return found

    def at(self, sha256: str, page: int) -> list[AnnotatedSentence]:
        """Return the sentences of one page of a document, in order."""
        return self._sentences("d.sha256 = ? AND s.page = ?", [sha256, page])

    def within(self, sha256: str, span: Span) -> list[AnnotatedSentence]:
        """Return the sentences of a document that begin in a part of a page, in order."""
        return self._sentences(
            "d.sha256 = ? AND s.page = ? AND s.start >= ? AND s.start < ?",
            [sha256, span.page, span.start, span.end],
        )

    def of(self, sha256: str) -> list[AnnotatedSentence]:
        """Return all sentences of a document, in order."""
        return self._sentences("d.sha256 = ?", [sha256])

    def rows(self, sha256: str, table: int, *, found: bool = True) -> list[AnnotatedSentence]:
        """Return the rows of a table of a document, in order, without its headers.

        Without `found` they have no dates, quantities and references, and a long table takes half the time.
        """
        condition = "d.sha256 = ? AND s.table_number = ? AND s.table_row IS NOT NULL"
        return self._sentences(condition, [sha256, table], found=found)

    def _sentences(
        self, condition: str, values: Sequence[object], *, found: bool = True
    ) -> list[AnnotatedSentence]:
        pages: dict[tuple[int, int], tuple[str, PageName, LineNumbers]] = {}
        with self._db.read() as db:
            rows = db.execute(
                f"SELECT {_COLUMNS} FROM sentences s JOIN documents d ON d.id = s.document"
                f" WHERE {condition} ORDER BY s.id",
                values,
            ).fetchall()
            for place in dict.fromkeys((row["document"], row["page"]) for row in rows):
                page = db.execute(
                    "SELECT text, printed, bates, lines FROM pages WHERE document = ? AND number = ?", place
                ).fetchone()
                name = PageName(page["printed"], page["bates"])
                pages[place] = page["text"], name, load_lines(page["lines"])
        return [sentence_from_row(row, *pages[row["document"], row["page"]], found=found) for row in rows]

    # --- tables, profiles, names, words -------------------------------------------------------

    def tables(self, documents: Sequence[str] | None = None) -> list[Table]:
        """Return the tables, by document and then in order."""
        condition, values = _current_or_in(documents)
        with self._db.read() as db:
            rows = db.execute(
                "SELECT t.*, d.sha256 FROM sentence_tables t JOIN documents d ON d.id = t.document"
                f" WHERE 1 {condition} ORDER BY t.document, t.number",
                values,
            ).fetchall()
        return [table_from_row(row) for row in rows]

    def profiles(self, documents: Sequence[str] | None = None) -> dict[str, Profile]:
        """Return the profiles of documents by sha256; those that are not annotated yet have none."""
        condition, values = _current_or_in(documents)
        with self._db.read() as db:
            rows = db.execute(
                "SELECT a.profile, d.sha256 FROM annotated a JOIN documents d ON d.id = a.document"
                f" WHERE 1 {condition} ORDER BY d.id",
                values,
            ).fetchall()
        return {row["sha256"]: load_profile(row["sha256"], row["profile"]) for row in rows}

    def names(self, documents: Sequence[str] | None = None) -> list[tuple[str, str]]:
        """Return (name, sha256) of the people and parties named in documents, sorted."""
        condition, values = _current_or_in(documents)
        with self._db.read() as db:
            rows = db.execute(
                "SELECT n.name, d.sha256 FROM document_names n JOIN documents d ON d.id = n.document"
                f" WHERE 1 {condition} ORDER BY n.name, d.sha256",
                values,
            ).fetchall()
        return [(row["name"], row["sha256"]) for row in rows]

    def words(self) -> dict[str, int]:
        """Return the words of the current documents, in lower case, with how many documents hold each."""
        with self._db.read() as db:
            return {row["term"]: row["doc"] for row in db.execute("SELECT term, doc FROM words_in_documents")}

    def version(self) -> tuple[int, ...]:
        """Return numbers that change whenever the current documents, or what is known of them, change."""
        with self._db.read() as db:
            row = db.execute(
                "SELECT count(*), coalesce(sum(id), 0), (SELECT count(*) FROM annotated),"
                " coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'sentences'), 0)"
                " FROM documents WHERE state IN ('ready', 'partial')"
            ).fetchone()
        return tuple(row)


def _best(
    db: sqlite3.Connection, expression: str, limit: int, scope: str = "", values: Sequence[object] = ()
) -> list[tuple[int, float]]:
    rows = db.execute(
        "SELECT rowid, bm25(sentences_fts, 1.0, 0.5, 1.0) AS score FROM sentences_fts"
        f" WHERE sentences_fts MATCH ? {scope} ORDER BY score, rowid LIMIT ?",
        [expression, *values, limit],
    ).fetchall()
    return [(row["rowid"], -row["score"]) for row in rows]


def _id_range(db: sqlite3.Connection, sha256: str) -> tuple[int | None, int | None]:
    """Return the first and last id of a document's sentences, which are consecutive; None without any."""
    first, last = (
        db.execute(
            "SELECT s.id FROM sentences s WHERE s.document = (SELECT id FROM documents WHERE sha256 = ?)"
            f" ORDER BY s.number {order} LIMIT 1",
            (sha256,),
        ).fetchone()
        for order in ("ASC", "DESC")
    )
    return (first["id"], last["id"]) if first else (None, None)


def _current_or_in(documents: Sequence[str] | None) -> tuple[str, list[str]]:
    """Return an SQL condition on `documents` as `d`: the current ones, or those that are named."""
    if documents is None:
        return "AND d.state IN ('ready', 'partial')", []
    return within_documents("d.sha256", documents)
