"""The vault: the data folder, its owner lock, its collections and who may open them."""

from __future__ import annotations

import re
import shutil
import uuid
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import RLock
from types import TracebackType

from vault.access import Action, Role
from vault.errors import (
    AccessDenied,
    CollectionExists,
    CollectionNameInvalid,
    CollectionNotFound,
    VaultNotFound,
)
from vault.files.modes import mend_modes
from vault.files.private import make_folder
from vault.files.storage import VAULT_ADVICE, on_disk
from vault.ledger.conversations import ConversationStore
from vault.ledger.jobs import Job, JobStore, Task
from vault.ledger.log import Log, now
from vault.ledger.models import Models
from vault.ledger.sessions import SessionStore
from vault.ledger.uploads import Uploads
from vault.ledger.vault_schema import VAULT_STEPS
from vault.making import make_vault
from vault.process.lock import OwnerLock
from vault.records import Document
from vault.store.collection import Collection
from vault.store.database import open_database
from vault.store.open_collections import OpenCollections

_NAME = re.compile(r"[^\W_][\w .()&,'/-]{0,79}")


@dataclass(frozen=True, slots=True)
class CollectionEntry:
    """A collection as listed: what a member sees of it before opening it."""

    id: str
    name: str
    role: Role
    created: str


class Vault(Log):
    """The one owner of a data folder. Use it as a context manager, or call `close`."""

    def __init__(self, data: Path, *, purpose: str) -> None:
        """Open the vault in `data`.

        Raises VaultNotFound, VaultInUse (within a second), VaultTooNew, VaultDamaged, StorageError.
        """
        with on_disk(data, VAULT_ADVICE), ExitStack() as undone:
            if not (data / "vault.db").is_file():
                raise VaultNotFound(f"There is no vault in {data}. Make one with: incamera init")
            self._lock = OwnerLock(data, purpose)
            undone.callback(self._lock.release)
            mend_modes(data)
            super().__init__(open_database(data / "vault.db", VAULT_STEPS))
            undone.callback(self._db.close)
            self._open = OpenCollections(
                lambda collection_id, name: Collection(collection_id, name, self._folder(collection_id))
            )
            undone.callback(self._open.close_all)
            self._begin(data)
            undone.pop_all()

    def _begin(self, data: Path) -> None:
        """Put right what a process that was stopped left undone."""
        self.data = data
        self._making = RLock()
        self._purging = RLock()
        self.sessions = SessionStore(self._db)
        self.conversations = ConversationStore(self._db)
        self.models = Models(self._db, data)
        self.models.sweep()
        self.jobs = JobStore(self._db)
        self.jobs.stop_all()
        self.uploads = Uploads(data)
        self.uploads.sweep(self._uploads_with_job())
        self._sweep_collections()
        self.finish_purges()

    @classmethod
    def create(cls, data: Path, *, user: str, purpose: str) -> Vault:
        """Make a vault in `data` with `user` as its first user, or open the one that is there.

        Raises as the constructor does.
        """
        make_vault(data, user, purpose)
        return cls(data, purpose=purpose)

    def close(self) -> None:
        """Close every collection and give the vault back."""
        self._open.close_all()
        self._db.close()
        self._lock.release()

    def __enter__(self) -> Vault:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def is_administrator(self, user: str) -> bool:
        """Whether the user may change what is common to all collections."""
        with self._db.read() as db:
            row = db.execute("SELECT administrator FROM users WHERE name = ?", (user,)).fetchone()
        return row is not None and bool(row["administrator"])

    # --- collections --------------------------------------------------------------------------

    def create_collection(self, name: str, *, user: str) -> CollectionEntry:
        """Make a collection with `user` as its manager.

        Raises CollectionNameInvalid, CollectionExists, AccessDenied for an unknown user.
        """
        if not _NAME.fullmatch(name):
            raise CollectionNameInvalid(
                f"{name!r} cannot be the name of a collection: use 1 to 80 letters, digits, spaces "
                "and . _ - ( ) & , ' / , beginning with a letter or digit."
            )
        collection_id = uuid.uuid4().hex
        with self._making, self._db.write() as db:
            if not db.execute("SELECT 1 FROM users WHERE name = ?", (user,)).fetchone():
                raise AccessDenied(f"{user!r} is not a user of this vault and may not make a collection.")
            if db.execute("SELECT 1 FROM collections WHERE name = ?", (name,)).fetchone():
                raise CollectionExists(f"There is a collection named {name!r} already. Choose another name.")
            make_folder(self._folder(collection_id))
            db.execute("INSERT INTO collections VALUES (?, ?, ?)", (collection_id, name, now()))
            db.execute("INSERT INTO members VALUES (?, ?, ?)", (collection_id, user, Role.MANAGER.value))
        return self.authorise(name, user=user, action=Action.MANAGE)

    def collections(self, *, user: str) -> list[CollectionEntry]:
        """The collections that `user` is a member of, by name."""
        with self._db.read() as db:
            rows = db.execute(
                "SELECT c.id, c.name, c.created, m.role FROM collections c"
                " JOIN members m ON m.collection = c.id WHERE m.user = ? ORDER BY c.name COLLATE NOCASE",
                (user,),
            ).fetchall()
        return [CollectionEntry(row["id"], row["name"], Role(row["role"]), row["created"]) for row in rows]

    @contextmanager
    def open_collection(self, name: str, *, user: str, action: Action) -> Iterator[Collection]:
        """The collection `name`, for `user` to do `action`, open until the end of the block: the only way to
        get one. Raises as `authorise` does."""
        entry = self.authorise(name, user=user, action=action)
        with self._open.lease(entry.id, entry.name) as collection:
            yield collection

    @contextmanager
    def open_collections(
        self, names: Sequence[str], *, user: str, action: Action
    ) -> Iterator[list[Collection]]:
        """Several collections, in the order of `names`, open together until the end of the block. Nothing
        is opened unless `user` may do `action` to each of them. Raises as `authorise` does."""
        entries = [self.authorise(name, user=user, action=action) for name in names]
        with ExitStack() as leases:
            yield [leases.enter_context(self._open.lease(entry.id, entry.name)) for entry in entries]

    def authorise(self, name: str, *, user: str, action: Action) -> CollectionEntry:
        """The entry of the collection `name`, when `user` may do `action` to it; a denial is noted.

        Raises CollectionNotFound, also when the user is no member (that a matter exists is itself
        confidential), and AccessDenied when the member's role does not allow the action.
        """
        with self._db.read() as db:
            row = db.execute(
                "SELECT c.id, c.name, c.created, m.role FROM collections c"
                " LEFT JOIN members m ON m.collection = c.id AND m.user = ? WHERE c.name = ?",
                (user, name),
            ).fetchone()
        if row is None or row["role"] is None:
            if row is not None:
                self.note_denial(user, row["id"], action)
            raise CollectionNotFound(
                f"There is no collection named {name!r} for user {user!r}. See: incamera collections"
            )
        role = Role(row["role"])
        if not role.allows(action):
            self.note_denial(user, row["id"], action)
            raise AccessDenied(
                f"{user!r} is a {role.value} of {row['name']!r} and may not {action.value}. "
                "A manager of the collection can change that."
            )
        return CollectionEntry(row["id"], row["name"], role, row["created"])

    def delete_collection(self, name: str, *, user: str) -> None:
        """Delete a collection with everything in it; of the records of answers from it only hashes and
        places stay. Waits for those who work with it. Raises as `authorise` does."""
        with self._purging:
            with self.open_collection(name, user=user, action=Action.MANAGE) as collection:
                self._purges.begin(collection.id, collection.catalogue.documents(), whole=collection.name)
            self.finish_purges()

    def purge(self, name: str, sha256s: Sequence[str], *, user: str) -> list[Document]:
        """Delete documents of a collection, and what was attached to them, so that no byte of them stays
        in the data folder; returns them.

        Records of answers keep hashes and places of what was purged, and no words. Takes time that grows
        with the collection: purge many at once. Raises as `authorise` does, and DocumentNotFound.
        """
        with self._purging:
            documents = self.begin_purge(name, sha256s, user=user)
            self.finish_purges()
        return documents

    def begin_purge(self, name: str, sha256s: Sequence[str], *, user: str) -> list[Document]:
        """Note documents, and what was attached to them, for a purge, and return them: from now on they go,
        whatever happens to this process. `finish_purges` removes them. Raises as `purge` does."""
        with self.open_collection(name, user=user, action=Action.MANAGE) as collection:
            for sha256 in sha256s:
                collection.catalogue.document(sha256)
            documents = collection.catalogue.with_attached(sha256s)
            self._purges.begin(collection.id, documents)
        return documents

    def being_purged(self, name: str, *, user: str) -> frozenset[str]:
        """sha256 of the documents of a collection that a purge was begun of. Raises as `authorise`."""
        entry = self.authorise(name, user=user, action=Action.SEARCH)
        pending = (one for one in self._purges.pending() if one.collection == entry.id)
        return frozenset(sha256 for one in pending for sha256 in one.sha256s)

    def finish_purges(self) -> None:
        """Carry out the purges that were begun, by this process or by one that was stopped in between; all
        those of a collection in one go."""
        with self._purging:
            with self._db.read() as db:
                names = {row["id"]: row["name"] for row in db.execute("SELECT id, name FROM collections")}
            for purge in self._purges.pending():
                if purge.whole:
                    self._remove(purge.collection)
                    self.uploads.remove_of(purge.collection)
                elif purge.collection in names:
                    with self._open.lease(purge.collection, names[purge.collection]) as collection:
                        collection.purge(purge.sha256s)
                for upload, number in self._purges.uploaded(purge):
                    self.uploads.forget(upload, number)
                self.uploads.forget_waiting(purge.collection, purge.sha256s, self._uploads_with_job())
                self._purges.finish(purge)

    def add_user(self, name: str) -> None:
        """Add a user; one who is there already is left as is."""
        with self._db.write() as db:
            db.execute("INSERT OR IGNORE INTO users VALUES (?, 0, ?)", (name, now()))

    def set_member(self, collection: str, member: str, role: Role | None, *, user: str) -> None:
        """Give `member` a role in a collection, or none; `user` must manage it."""
        entry = self.authorise(collection, user=user, action=Action.MANAGE)
        with self._db.write() as db:
            db.execute("DELETE FROM members WHERE collection = ? AND user = ?", (entry.id, member))
            if role is not None:
                db.execute("INSERT INTO members VALUES (?, ?, ?)", (entry.id, member, role.value))

    def begin_job(self, collection: str, task: Task, *, user: str, besides: str = "") -> Job:
        """A job for the task, or the one that was left unfinished and is not `besides` (an id).
        Raises as `authorise` does."""
        entry = self.authorise(collection, user=user, action=Action.INGEST)
        return self.jobs.begin(entry.id, user, task, besides=besides)

    # --- inside -------------------------------------------------------------------------------

    def _uploads_with_job(self) -> set[str]:
        return {job.task.upload for job in self.jobs.uploads()}

    def _folder(self, collection_id: str) -> Path:
        return self.data / "collections" / collection_id

    def _remove(self, collection_id: str) -> None:
        with self._making:
            # Before the collection: a choice whose collection is gone would keep its model from removal.
            self.models.forget_choice(collection_id)
            with self._db.write() as db:
                db.execute("DELETE FROM collections WHERE id = ?", (collection_id,))
        self._open.retire(collection_id)
        if self._folder(collection_id).exists():
            shutil.rmtree(self._folder(collection_id))

    def _sweep_collections(self) -> None:
        """Remove folders that a crash left while a collection was made or deleted."""
        folder = self.data / "collections"
        if not folder.is_dir():
            return
        with self._db.read() as db:
            known = {row["id"] for row in db.execute("SELECT id FROM collections")}
        for path in folder.iterdir():
            if path.name not in known:
                shutil.rmtree(path)
