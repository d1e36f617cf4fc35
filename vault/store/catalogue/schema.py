"""The schema of `catalogue.db` as a sequence of steps. A released step is never edited: add a new one."""

from __future__ import annotations

CATALOGUE_STEPS: tuple[str, ...] = (
    """
    CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE documents (
        id INTEGER PRIMARY KEY,
        sha256 TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL,
        path TEXT NOT NULL,
        media_type TEXT NOT NULL,
        title TEXT NOT NULL,
        state TEXT NOT NULL,
        reason TEXT NOT NULL,
        pages INTEGER NOT NULL,
        chunks INTEGER NOT NULL,
        ocr_pages INTEGER NOT NULL,
        warnings TEXT NOT NULL,
        added TEXT NOT NULL,
        size INTEGER NOT NULL,
        parent TEXT NOT NULL,
        vectors_written INTEGER NOT NULL DEFAULT 0
    );
    CREATE INDEX documents_path ON documents (path) WHERE path <> '';
    CREATE INDEX documents_parent ON documents (parent) WHERE parent <> '';
    CREATE TABLE pages (
        document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
        number INTEGER NOT NULL,
        label TEXT NOT NULL,
        text TEXT NOT NULL,
        elements TEXT NOT NULL,
        PRIMARY KEY (document, number)
    ) WITHOUT ROWID;
    CREATE TABLE chunks (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
        ordinal INTEGER NOT NULL,
        heading TEXT NOT NULL,
        spans TEXT NOT NULL,
        tokens INTEGER NOT NULL,
        embedding BLOB NOT NULL,
        UNIQUE (document, ordinal)
    );
    CREATE VIRTUAL TABLE chunks_fts USING fts5 (
        title, heading, body, content = '', tokenize = "porter unicode61 remove_diacritics 2"
    );
    """,
    # Messages with attachments that are still to be added. A message is marked before it is added, so that a
    # crash between the two cannot lose attachments for ever.
    "CREATE TABLE unfinished (sha256 TEXT PRIMARY KEY) WITHOUT ROWID",
    """
    ALTER TABLE pages ADD COLUMN ocr INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE pages ADD COLUMN words BLOB NOT NULL DEFAULT x'';
    """,
    # The metadata of a document from a manifest: [name, value] pairs as JSON.
    "ALTER TABLE documents ADD COLUMN metadata TEXT NOT NULL DEFAULT '[]'",
    # The document index (`vault.store.catalogue.document_index`): `head` is the opening of a document. For
    # documents of an older vault that is the beginning of the first page.
    """
    CREATE TABLE heads (
        document INTEGER PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE,
        head TEXT NOT NULL
    );
    CREATE VIRTUAL TABLE heads_fts USING fts5 (
        title, name, head, metadata, content = '', tokenize = "porter unicode61 remove_diacritics 2"
    );
    CREATE INDEX documents_state ON documents (state);
    INSERT INTO heads SELECT d.id, coalesce((
        SELECT substr(p.text, 1, 1500) FROM pages p WHERE p.document = d.id ORDER BY p.number LIMIT 1
    ), '') FROM documents d;
    INSERT INTO heads_fts (rowid, title, name, head, metadata)
    SELECT d.id, d.title, d.name, h.head, d.metadata FROM documents d JOIN heads h ON h.document = d.id;
    """,
    # The path of a document that was uploaded is its name.
    "UPDATE documents SET path = name WHERE path = '' AND parent = ''",
    # The index of sentences (`vault.store.sentences`). A document is in `annotated` once it is annotated;
    # those of an older vault are annotated from their stored pages, one at a time.
    """
    CREATE TABLE annotated (
        document INTEGER PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE,
        version INTEGER NOT NULL,
        profile TEXT NOT NULL
    );
    CREATE TABLE sentences (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
        number INTEGER NOT NULL,
        page INTEGER NOT NULL,
        start INTEGER NOT NULL,
        end INTEGER NOT NULL,
        kind TEXT NOT NULL,
        heading TEXT NOT NULL,
        table_number INTEGER,
        table_row INTEGER,
        cells TEXT NOT NULL,
        subject TEXT NOT NULL,
        clause TEXT NOT NULL,
        found TEXT NOT NULL,
        stance INTEGER NOT NULL,
        about TEXT NOT NULL,
        forms TEXT NOT NULL,
        UNIQUE (document, number)
    );
    CREATE INDEX sentences_clause ON sentences (clause) WHERE clause <> '';
    CREATE TABLE sentence_dates (
        first TEXT NOT NULL,
        last TEXT NOT NULL,
        sentence INTEGER NOT NULL REFERENCES sentences (id) ON DELETE CASCADE,
        PRIMARY KEY (first, last, sentence)
    ) WITHOUT ROWID;
    CREATE INDEX sentence_dates_sentence ON sentence_dates (sentence);
    CREATE TABLE sentence_references (
        form TEXT NOT NULL,
        sentence INTEGER NOT NULL REFERENCES sentences (id) ON DELETE CASCADE,
        PRIMARY KEY (form, sentence)
    ) WITHOUT ROWID;
    CREATE INDEX sentence_references_sentence ON sentence_references (sentence);
    CREATE TABLE sentence_tables (
        document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
        number INTEGER NOT NULL,
        heading TEXT NOT NULL,
        columns TEXT NOT NULL,
        rows INTEGER NOT NULL,
        subject TEXT NOT NULL,
        PRIMARY KEY (document, number)
    ) WITHOUT ROWID;
    CREATE TABLE document_names (
        document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
        name TEXT NOT NULL,
        PRIMARY KEY (document, name)
    ) WITHOUT ROWID;
    CREATE VIRTUAL TABLE sentences_fts USING fts5 (
        body, about, forms, content = '', tokenize = "porter unicode61 remove_diacritics 2"
    );
    CREATE VIRTUAL TABLE words_fts USING fts5 (
        word, content = '', detail = none, tokenize = "unicode61 remove_diacritics 0"
    );
    CREATE VIRTUAL TABLE words_in_documents USING fts5vocab (words_fts, row);
    """,
    # What a document holds and was not read: [what, where, why, words] as JSON. Nothing is known of the
    # documents of an older vault.
    "ALTER TABLE documents ADD COLUMN unread TEXT NOT NULL DEFAULT '[]'",
    # What pages are called on paper, as it stands there and in the form in which it is looked up
    # (`vault.records.page_name_form`). The pages of an older vault have no such names.
    """
    ALTER TABLE pages ADD COLUMN printed TEXT NOT NULL DEFAULT '';
    ALTER TABLE pages ADD COLUMN bates TEXT NOT NULL DEFAULT '';
    CREATE TABLE page_names (
        form TEXT NOT NULL,
        document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
        page INTEGER NOT NULL,
        PRIMARY KEY (form, document, page)
    ) WITHOUT ROWID;
    CREATE INDEX page_names_document ON page_names (document);
    CREATE INDEX sentences_page ON sentences (document, page);
    """,
    # Where the numbered lines of a transcript start: [[offset, number], …] as JSON, empty for other pages.
    # The pages of an older vault have none, and the numbers stand in their text.
    "ALTER TABLE pages ADD COLUMN lines TEXT NOT NULL DEFAULT ''",
)
