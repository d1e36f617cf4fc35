"""The vault: a data folder with its owner lock, its collections and what is stored about their use."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from threading import RLock
from types import TracebackType

from vault.access import Action, Role
from vault.bearers import Permission, refuse_limited
from vault.creation import create_vault, require_folder
from vault.database.database import open_database
from vault.encryption.opening import open_keys
from vault.errors import CollectionNotFound, VaultNotFound
from vault.files.modes import restrict_modes
from vault.files.storage import VAULT_ADVICE, translate_disk_errors
from vault.keys.source import NO_SOURCE, KeySource
from vault.ledger.accounts import AccountStore
from vault.ledger.auditing import Auditing
from vault.ledger.collection_names import CollectionNames, check_name, require_free
from vault.ledger.conversations import ConversationStore
from vault.ledger.holds import HoldStore
from vault.ledger.jobs import Job, JobStore, Task
from vault.ledger.members import CollectionEntry, MemberStore
from vault.ledger.models import ModelStore
from vault.ledger.passwords import PasswordStore
from vault.ledger.purges import PurgeStore
from vault.ledger.records import RecordStore
from vault.ledger.sessions import SessionStore
from vault.ledger.standing import require_unlocked
from vault.ledger.tokens import TokenStore
from vault.ledger.uploads import UploadStore
from vault.ledger.vault_schema import VAULT_STEPS
from vault.ledger.walls import WallStore
from vault.log.events import Event
from vault.log.key import USUAL_LOG, LogOptions
from vault.log.log import Log
from vault.process.clock import utc_now
from vault.process.lock import OwnerLock
from vault.records import Document
from vault.store.collection import Collection
from vault.store.collection_folders import CollectionFolders
from vault.store.open_collections import OpenCollections


class Vault:
    """The only owner of a data folder. Use it as a context manager, or call `close`.

    Each store reads and writes one part of the folder:

    - `log`: who did what, and what was refused; `audit`: the same for those who may read it
    - `members`, `walls`, `names`: roles in collections, walls, names of collections
    - `accounts`, `passwords`: users of the vault, and how they sign in
    - `records`: records of answers
    - `holds`: legal holds and retention dates
    - `conversations` and `sessions`: the browsers that are signed in; `tokens`: programs
    - `jobs` and `uploads`: ingest
    - `models`: language models

    Collections are opened with `open_collection`, which checks that the user may do so.
    """

    def __init__(
        self, data: Path, *, purpose: str, key: KeySource = NO_SOURCE, log: LogOptions = USUAL_LOG
    ) -> None:
        """Open the vault in `data` and repair what a process that was killed left unfinished.

        `purpose` is what this process does ("incamera serve"); `key` is where the key of an encrypted vault
        comes from. Raises DataFolderUnfit, VaultNotFound, VaultOwned (immediately), VaultTooNew,
        VaultDamaged, StorageError, and as `open_keys` and `Log` do.
        """
        with translate_disk_errors(data, VAULT_ADVICE), ExitStack() as cleanup:
            require_folder(data)
            if not (data / "vault.db").is_file():
                raise VaultNotFound(f"There is no vault in {data}. Make one with: incamera init")
            self.data = data
            self._lock = OwnerLock(data, purpose)
            cleanup.callback(self._lock.release)
            restrict_modes(data)
            self.keys = open_keys(data, key)
            self._db = open_database(data / "vault.db", VAULT_STEPS, self.keys.database)
            cleanup.callback(self._db.close)
            self._creating, self._purging = RLock(), RLock()
            self.log = Log(self._db, data, log)
            self.members = MemberStore(self._db, self.log)
            self.walls = WallStore(self._db, self.members, self.log)
            self.names = CollectionNames(self._db, self.members, self.log)
            self.holds = HoldStore(self._db, self.members, self.log)
            self._folders = CollectionFolders(data, self.keys, self.holds.check_of)
            self._collections = OpenCollections(self._folders.open)
            cleanup.callback(self._collections.close_all)
            self._purges = PurgeStore(self._db, self.log, self.holds)
            self.records = RecordStore(self._db, self._purges, self.log)
            self.audit = Auditing(self.members, self.records, self.log)
            self.sessions = SessionStore(self._db, self.log)
            self.tokens = TokenStore(self._db, self.members, self.log)
            self.passwords = PasswordStore(self._db, self.sessions, self.log)
            self.accounts = AccountStore(self._db, self.passwords, self.sessions, self.log)
            self.conversations = ConversationStore(self._db)
            self.models = ModelStore(self._db, data, self.log)
            self.jobs = JobStore(self._db, self.log)
            self.uploads = UploadStore(data, self.keys.uploads)
            self._repair()
            cleanup.pop_all()

    def _repair(self) -> None:
        """Finish or remove what a process that was killed left unfinished."""
        self.models.sweep()
        self.jobs.stop_all()
        self.uploads.sweep(self._uploads_with_job())
        self._folders.sweep(self._collection_ids())
        self.finish_purges()

    @classmethod
    def create(
        cls,
        data: Path,
        *,
        user: str,
        purpose: str,
        key: KeySource = NO_SOURCE,
        log: LogOptions = USUAL_LOG,
    ) -> Vault:
        """Open the vault in `data`; create it with `user` as its first user if there is none.

        Raises DataFolderUnfit, and what the constructor raises.
        """
        create_vault(data, user, purpose)
        return cls(data, purpose=purpose, key=key, log=log)

    def close(self) -> None:
        """Close every collection and release the vault."""
        self._collections.close_all()
        self.records.close()
        self.log.close()
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

    # --- collections --------------------------------------------------------------------------

    def create_collection(self, name: str, *, user: str) -> CollectionEntry:
        """Create a collection with `user` as its manager.

        Raises CollectionNameInvalid, CollectionExists, and AccessDenied for an unknown user or a token that
        may not.
        """
        check_name(name)
        refuse_limited(user, Permission.MANAGE, "create a collection")
        collection_id = uuid.uuid4().hex
        with self._creating, self._db.write() as db:
            require_unlocked(db, user, "create a collection")
            require_free(db, name)
            self._folders.create(collection_id)
            db.execute("INSERT INTO collections VALUES (?, ?, ?)", (collection_id, name, utc_now()))
            db.execute("INSERT INTO members VALUES (?, ?, ?)", (collection_id, user, Role.MANAGER.value))
            self.log.append(
                Event.COLLECTION_CREATED, user=user, collections=[collection_id], facts={"documents": []},
                content={"name": name}, within=db,
            )  # fmt: skip
        return self.members.authorise(name, user=user, action=Action.MANAGE)

    @contextmanager
    def open_collection(self, name: str, *, user: str, action: Action) -> Iterator[Collection]:
        """Open the collection `name` until the end of the block, so that `user` can do `action`.

        There is no other way to get a collection. Raises as `MemberStore.authorise` does.
        """
        entry = self.members.authorise(name, user=user, action=action)
        with self._collections.lease(entry.id, entry.name) as collection:
            yield collection

    @contextmanager
    def open_collections(
        self, names: Sequence[str], *, user: str, action: Action
    ) -> Iterator[list[Collection]]:
        """Open several collections until the end of the block, in the order of `names`.

        None is opened unless `user` may do `action` to all of them. Raises as `MemberStore.authorise` does.
        """
        entries = [self.members.authorise(name, user=user, action=action) for name in names]
        with ExitStack() as leases:
            yield [leases.enter_context(self._collections.lease(entry.id, entry.name)) for entry in entries]

    def delete_collection(self, name: str, *, user: str) -> None:
        """Delete a collection with everything in it, after waiting for those who have it open.

        Records of answers from it keep hashes and places only. Raises Held, and as `MemberStore.authorise`
        does.
        """
        with self._purging:
            with self.open_collection(name, user=user, action=Action.MANAGE) as collection:
                documents = collection.catalogue.documents()
                self._purges.begin(collection.id, documents, user=user, collection_name=collection.name)
            self.finish_purges()

    # --- purges -------------------------------------------------------------------------------

    def purge(self, name: str, sha256s: Sequence[str], *, user: str) -> list[Document]:
        """Delete documents of a collection with their attachments, and return what was deleted.

        No byte of them stays in the data folder. Records of answers keep their hashes and places, and no
        words. The time it takes grows with the collection, so purge many at once. Raises DocumentNotFound,
        Held, and as `MemberStore.authorise` does.
        """
        with self._purging:
            documents = self.begin_purge(name, sha256s, user=user)
            self.finish_purges()
        return documents

    def begin_purge(self, name: str, sha256s: Sequence[str], *, user: str) -> list[Document]:
        """Store that documents are to be purged with their attachments, and return all of them.

        `finish_purges` removes them, now or when the vault is opened again. Raises as `purge` does.
        """
        with self.open_collection(name, user=user, action=Action.MANAGE) as collection:
            for sha256 in sha256s:
                collection.catalogue.document(sha256)
            documents = collection.catalogue.with_attached(sha256s)
            self._purges.begin(collection.id, documents, user=user)
        return documents

    def being_purged(self, name: str, *, user: str) -> frozenset[str]:
        """Return the sha256 of documents of a collection whose purge was begun and is not finished.

        Raises as `MemberStore.authorise` does.
        """
        entry = self.members.authorise(name, user=user, action=Action.SEARCH)
        pending = (purge for purge in self._purges.pending() if purge.collection == entry.id)
        return frozenset(sha256 for purge in pending for sha256 in purge.sha256s)

    def finish_purges(self) -> None:
        """Carry out all purges that were begun by this or an earlier process."""
        with self._purging:
            with self._db.read() as db:
                names = {row["id"]: row["name"] for row in db.execute("SELECT id, name FROM collections")}
            for purge in self._purges.pending():
                if purge.collection_name:
                    self._remove_collection(purge.collection)
                    self.uploads.remove_for_collection(purge.collection)
                elif purge.collection in names:
                    with self._collections.lease(purge.collection, names[purge.collection]) as collection:
                        collection.purge(purge.sha256s)
                for upload, number in self._purges.uploaded(purge):
                    self.uploads.remove_file(upload, number)
                self.uploads.remove_waiting_files(purge.collection, purge.sha256s, self._uploads_with_job())
                self._purges.finish(purge)

    def each_collection(self) -> Iterator[Collection]:
        """Lease one collection after another, for work of the owner that shows nothing to anybody.

        Those that are deleted meanwhile are left out.
        """
        with self._db.read() as db:
            rows = db.execute("SELECT id, name FROM collections ORDER BY created").fetchall()
        for row in rows:
            with suppress(CollectionNotFound), self._collections.lease(row["id"], row["name"]) as collection:
                yield collection

    # --- jobs ---------------------------------------------------------------------------------

    def begin_job(self, collection: str, task: Task, *, user: str, exclude: str = "") -> Job:
        """Start a job for the task in a collection (its name), or continue the unfinished job of that task.

        A job with the id `exclude` is not continued. Raises as `MemberStore.authorise` does.
        """
        entry = self.members.authorise(collection, user=user, action=Action.INGEST)
        return self.jobs.begin(entry.id, user, task, exclude=exclude)

    def _uploads_with_job(self) -> set[str]:
        return {job.task.upload for job in self.jobs.uploads()}

    def _remove_collection(self, collection_id: str) -> None:
        self._folders.destroy_key(collection_id)
        with self._creating:
            # The choice first: if only the collection were deleted, its choice would block the removal of
            # the chosen model for ever.
            self.models.remove_choice(collection_id)
            with self._db.write() as db:
                db.execute("DELETE FROM collections WHERE id = ?", (collection_id,))
        self._collections.retire(collection_id)
        self._folders.remove(collection_id)

    def _collection_ids(self) -> set[str]:
        with self._db.read() as db:
            return {row["id"] for row in db.execute("SELECT id FROM collections")}
