"""The collections that are open in this process.

An open collection costs threads and open files of Chroma, so only some stay open while nobody uses them. A
leased collection is never closed, however many others are opened.
"""

from __future__ import annotations

import threading
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from vault.errors import CollectionNotFound
from vault.store.collection import Collection

MOST_IDLE = 16
"""How many collections stay open while nobody uses them."""


class OpenCollections:
    """Opens collections on demand, and closes those that were used longest ago.

    Safe to use from several threads.
    """

    def __init__(self, open_collection: Callable[[str, str], Collection]) -> None:
        """`open_collection` is called with the id and name of a collection to open it."""
        self._open_collection = open_collection
        self._open: OrderedDict[str, Collection] = OrderedDict()
        self._leases: Counter[str] = Counter()
        self._retired: set[str] = set()
        self._changed = threading.Condition()

    @contextmanager
    def lease(self, collection_id: str, name: str) -> Iterator[Collection]:
        """Keep a collection open until the end of the block. Several blocks may lease the same collection.

        Raises CollectionNotFound for a retired collection.
        """
        with self._changed:
            if collection_id in self._retired:
                raise CollectionNotFound(f"The collection {name!r} was deleted a moment ago.")
            if collection_id not in self._open:
                self._open[collection_id] = self._open_collection(collection_id, name)
            self._open.move_to_end(collection_id)
            self._leases[collection_id] += 1
            collection = self._open[collection_id]
            collection.name = name  # it may have been renamed since it was opened
            self._close_surplus()
        try:
            yield collection
        finally:
            with self._changed:
                self._leases[collection_id] -= 1
                self._close_surplus()
                self._changed.notify_all()

    def retire(self, collection_id: str) -> None:
        """Refuse new leases of a collection, wait for its last lease to end, and close it."""
        with self._changed:
            self._retired.add(collection_id)
            self._changed.wait_for(lambda: not self._leases[collection_id])
            if collection_id in self._open:
                self._open.pop(collection_id).close()

    def close_all(self) -> None:
        """Close every collection, even a leased one, because the vault is closed."""
        with self._changed:
            while self._open:
                self._open.popitem()[1].close()

    def _close_surplus(self) -> None:
        idle = [collection_id for collection_id in self._open if not self._leases[collection_id]]
        for collection_id in idle[: max(len(idle) - MOST_IDLE, 0)]:
            self._open.pop(collection_id).close()
