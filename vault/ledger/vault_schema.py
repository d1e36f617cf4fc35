"""The schema of `vault.db` as a sequence of steps. A released step is never edited: add a new one."""

from __future__ import annotations

VAULT_STEPS: tuple[str, ...] = (
    """
    CREATE TABLE users (
        name TEXT PRIMARY KEY, administrator INTEGER NOT NULL, added TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE collections (
        id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE COLLATE NOCASE, created TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE members (
        collection TEXT NOT NULL REFERENCES collections (id) ON DELETE CASCADE,
        user TEXT NOT NULL REFERENCES users (name) ON DELETE CASCADE,
        role TEXT NOT NULL,
        PRIMARY KEY (collection, user)
    ) WITHOUT ROWID;
    CREATE TABLE records (
        id TEXT PRIMARY KEY, at TEXT NOT NULL, user TEXT NOT NULL, question TEXT NOT NULL, body TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE denials (
        id INTEGER PRIMARY KEY, at TEXT NOT NULL, user TEXT NOT NULL, collection TEXT NOT NULL,
        action TEXT NOT NULL
    );
    """,
    # Purges, stored before anything is removed, so that an interrupted purge is finished later. A row without
    # a sha256 stands for a whole collection, and its `label` is the name; otherwise `label` is the path.
    """
    CREATE TABLE purges (
        collection TEXT NOT NULL, sha256 TEXT NOT NULL, label TEXT NOT NULL, PRIMARY KEY (collection, sha256)
    ) WITHOUT ROWID;
    """,
    # Ingest jobs: the task, the state and every file that was processed.
    """
    CREATE TABLE jobs (
        id TEXT PRIMARY KEY, collection TEXT NOT NULL, user TEXT NOT NULL, task TEXT NOT NULL,
        state TEXT NOT NULL, reason TEXT NOT NULL DEFAULT '', created TEXT NOT NULL,
        ended TEXT NOT NULL DEFAULT '', seconds REAL NOT NULL DEFAULT 0,
        ready INTEGER NOT NULL DEFAULT 0, partial INTEGER NOT NULL DEFAULT 0,
        skipped INTEGER NOT NULL DEFAULT 0, failed INTEGER NOT NULL DEFAULT 0,
        pages INTEGER NOT NULL DEFAULT 0, chunks INTEGER NOT NULL DEFAULT 0
    ) WITHOUT ROWID;
    CREATE TABLE job_files (
        job TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE, item TEXT NOT NULL,
        path TEXT NOT NULL, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, sha256 TEXT NOT NULL,
        state TEXT NOT NULL, reason TEXT NOT NULL, pages INTEGER NOT NULL, chunks INTEGER NOT NULL,
        PRIMARY KEY (job, item)
    ) WITHOUT ROWID;
    CREATE INDEX job_files_sha256 ON job_files (sha256);
    """,
    # Language models: the files that were added, and the choice for each collection. The empty collection
    # stands for those without a choice of their own, an empty model for quotations.
    """
    CREATE TABLE models (
        name TEXT PRIMARY KEY, kind TEXT NOT NULL, path TEXT NOT NULL, linked INTEGER NOT NULL,
        sha256 TEXT NOT NULL, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, architecture TEXT NOT NULL,
        context_length INTEGER NOT NULL, parameters INTEGER NOT NULL, quantisation TEXT NOT NULL,
        licence TEXT NOT NULL, added TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE model_choices (
        collection TEXT PRIMARY KEY, model TEXT NOT NULL, adapter TEXT NOT NULL
    ) WITHOUT ROWID;
    """,
    # Answers that a user marked as right, for training a model.
    """
    CREATE TABLE approvals (
        record TEXT PRIMARY KEY REFERENCES records (id) ON DELETE CASCADE, at TEXT NOT NULL
    ) WITHOUT ROWID;
    """,
    # Browsers that are signed in (by the digest of their session), and their conversations. The words of an
    # answered turn are only in its record. Collections are ids and documents sha256, both as JSON lists.
    """
    CREATE TABLE sessions (
        digest TEXT PRIMARY KEY, conversation TEXT NOT NULL, user TEXT NOT NULL, seen TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE turns (
        id INTEGER PRIMARY KEY AUTOINCREMENT, conversation TEXT NOT NULL, user TEXT NOT NULL,
        question TEXT NOT NULL, collections TEXT NOT NULL, documents TEXT NOT NULL,
        record TEXT NOT NULL DEFAULT '', error TEXT NOT NULL DEFAULT ''
    );
    CREATE INDEX turns_conversation ON turns (conversation);
    """,
    # The keys of the labels that a person took away from a question, as a JSON list. They repeat its words
    # and are removed with them.
    """
    ALTER TABLE turns ADD COLUMN without TEXT NOT NULL DEFAULT '[]';
    """,
    # The log (`vault.log`). Words lie beside the entries, with the salt of their digest, so that a purge
    # can remove both. What a step like this one wants in the log waits in `log_waiting` until it is sealed.
    """
    CREATE TABLE log (
        number INTEGER PRIMARY KEY, previous TEXT NOT NULL, at TEXT NOT NULL, event TEXT NOT NULL,
        result TEXT NOT NULL, user TEXT NOT NULL, collections TEXT NOT NULL, facts TEXT NOT NULL,
        record TEXT NOT NULL, content_kind TEXT NOT NULL, digest TEXT NOT NULL, key TEXT NOT NULL,
        mac TEXT NOT NULL
    );
    CREATE INDEX log_at ON log (at);
    CREATE INDEX log_event ON log (event);
    CREATE INDEX log_user ON log (user);
    CREATE INDEX log_record ON log (record) WHERE record <> '';
    CREATE TABLE log_content (number INTEGER PRIMARY KEY, salt TEXT NOT NULL, content TEXT);
    CREATE TABLE log_head (number INTEGER NOT NULL, mac TEXT NOT NULL, seal TEXT NOT NULL);
    CREATE TABLE log_waiting (
        id INTEGER PRIMARY KEY, at TEXT NOT NULL, event TEXT NOT NULL, result TEXT NOT NULL,
        user TEXT NOT NULL, collections TEXT NOT NULL, facts TEXT NOT NULL
    );
    INSERT INTO log_waiting (at, event, result, user, collections, facts)
        SELECT at, 'access.denied', 'denied', user,
            CASE collection WHEN '' THEN '[]' ELSE json_array(collection) END, json_object('action', action)
        FROM denials ORDER BY id;
    DROP TABLE denials;
    INSERT INTO log_waiting (at, event, result, user, collections, facts)
        SELECT r.at, 'record.adopted', 'done', r.user,
            (SELECT json_group_array(c.id) FROM json_each(r.body, '$.answer.collections') one
                JOIN collections c ON c.name = one.value),
            json_object('record', r.id)
        FROM records r ORDER BY r.at, r.id;
    """,
    # Legal holds and retention dates; the empty sha256 stands for the whole collection.
    """
    CREATE TABLE holds (
        id TEXT PRIMARY KEY, collection TEXT NOT NULL, sha256 TEXT NOT NULL, reason TEXT NOT NULL,
        user TEXT NOT NULL, at TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE retention (
        collection TEXT NOT NULL, sha256 TEXT NOT NULL, until TEXT NOT NULL,
        PRIMARY KEY (collection, sha256)
    ) WITHOUT ROWID;
    """,
    # Accounts: global roles, locks and passwords. Walls between users and collections, which no membership
    # opens. Collections that are archived, and names that they had before, which answers still cite.
    # Failed attempts to sign in are kept under the SHA-256 of the name that was typed: it may be a password.
    """
    CREATE TABLE accounts (
        user TEXT PRIMARY KEY REFERENCES users (name) ON DELETE CASCADE, auditor INTEGER NOT NULL DEFAULT 0,
        locked TEXT NOT NULL DEFAULT '', hash TEXT NOT NULL DEFAULT '', temporary INTEGER NOT NULL DEFAULT 0,
        changed TEXT NOT NULL DEFAULT ''
    ) WITHOUT ROWID;
    CREATE TABLE failed_sign_ins (
        name TEXT PRIMARY KEY, failures INTEGER NOT NULL, last TEXT NOT NULL, until TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE walls (
        collection TEXT NOT NULL REFERENCES collections (id) ON DELETE CASCADE,
        user TEXT NOT NULL REFERENCES users (name) ON DELETE CASCADE,
        reason TEXT NOT NULL, raised_by TEXT NOT NULL, raised TEXT NOT NULL,
        PRIMARY KEY (collection, user)
    ) WITHOUT ROWID;
    CREATE TABLE archived (
        collection TEXT PRIMARY KEY REFERENCES collections (id) ON DELETE CASCADE, at TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE former_names (
        name TEXT PRIMARY KEY COLLATE NOCASE, collection TEXT NOT NULL
    ) WITHOUT ROWID;
    ALTER TABLE sessions ADD COLUMN begun TEXT NOT NULL DEFAULT '';
    ALTER TABLE sessions ADD COLUMN browser TEXT NOT NULL DEFAULT '';
    ALTER TABLE sessions ADD COLUMN ended INTEGER NOT NULL DEFAULT 0;
    """,
    # Tokens of programs, by the digest of each. Collections are ids as a JSON list; null: all of the user's.
    """
    CREATE TABLE tokens (
        id TEXT PRIMARY KEY, digest TEXT NOT NULL UNIQUE,
        user TEXT NOT NULL REFERENCES users (name) ON DELETE CASCADE,
        name TEXT NOT NULL, collections TEXT, permissions TEXT NOT NULL, added TEXT NOT NULL,
        expires TEXT NOT NULL, revoked TEXT NOT NULL, used TEXT NOT NULL
    ) WITHOUT ROWID;
    """,
    # Which user a provider of sign-on means by a subject: names can change there, subjects cannot.
    """
    CREATE TABLE sign_on (
        issuer TEXT NOT NULL, subject TEXT NOT NULL,
        user TEXT NOT NULL REFERENCES users (name) ON DELETE CASCADE, linked TEXT NOT NULL,
        PRIMARY KEY (issuer, subject)
    ) WITHOUT ROWID;
    """,
)
