import threading

import pytest

from tests.documents import add_plain, new_collection
from vault.access import Action
from vault.errors import CollectionNotFound
from vault.store.collection import Collection
from vault.store.open_collections import MOST_IDLE, OpenCollections
from vault.vault import Vault

MANY = 40


class Opened:
    """Opens collections and remembers which are open."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self.open: set[str] = set()

    def __call__(self, collection_id: str, name: str) -> Collection:
        opened = self
        folder = self._vault.data / "pool" / collection_id
        folder.mkdir(parents=True, exist_ok=True)

        class Counted(Collection):
            def close(self) -> None:
                opened.open.discard(collection_id)
                super().close()

        self.open.add(collection_id)
        return Counted(collection_id, name, folder)


@pytest.fixture
def opened(vault: Vault) -> Opened:
    return Opened(vault)


def test_forty_collections_stay_open_together_and_can_all_be_written_to(vault: Vault) -> None:
    names = [f"matter {number}" for number in range(MANY)]
    for name in names:
        vault.create_collection(name, user="local")
    with vault.open_collections(names, user="local", action=Action.INGEST) as collections:
        assert [collection.name for collection in collections] == names
        for collection in collections:
            add_plain(collection, "a", f"words of {collection.name}")
        assert all(collection.catalogue.totals().chunks == 1 for collection in collections)


def test_a_leased_collection_stays_open_while_many_others_are_used(vault: Vault) -> None:
    with new_collection(vault, "first") as first:
        for number in range(MANY):
            with new_collection(vault, f"other {number}"):
                pass
        add_plain(first, "a", "still open")
        assert first.vector_ids() == set(first.catalogue.chunks.ids())


def test_the_collections_used_last_stay_open_after_their_leases(opened: Opened) -> None:
    pool = OpenCollections(opened)
    ids = [f"{number}" for number in range(MANY)]
    for collection_id in ids:
        with pool.lease(collection_id, collection_id):
            assert collection_id in opened.open
    assert opened.open == set(ids[-MOST_IDLE:])
    pool.close_all()
    assert opened.open == set()


def test_overlapping_leases_share_one_collection_until_the_last_one_ends(opened: Opened) -> None:
    pool = OpenCollections(opened)
    with pool.lease("a", "a") as outer:
        with pool.lease("a", "a") as inner:
            assert inner is outer
        for number in range(MANY):
            with pool.lease(f"{number}", "other"):
                pass
        assert "a" in opened.open
    pool.close_all()


def test_a_collection_is_retired_after_its_last_lease_and_then_leased_no_more(
    opened: Opened,
) -> None:
    pool = OpenCollections(opened)
    leased, go_on = threading.Event(), threading.Event()

    def work() -> None:
        with pool.lease("a", "a"):
            leased.set()
            go_on.wait()

    working = threading.Thread(target=work)
    working.start()
    leased.wait()
    retiring = threading.Thread(target=pool.retire, args=("a",))
    retiring.start()
    with pool.lease("b", "b"):
        assert "a" in opened.open
    go_on.set()
    working.join()
    retiring.join()
    assert "a" not in opened.open
    with pytest.raises(CollectionNotFound, match="deleted"), pool.lease("a", "a"):
        pytest.fail("leased")
    pool.close_all()


def test_several_collections_are_not_opened_if_one_is_refused(vault: Vault) -> None:
    vault.create_collection("mine", user="local")
    vault.members.add_user("ana")
    vault.create_collection("hers", user="ana")
    with (
        pytest.raises(CollectionNotFound, match="'hers'"),
        vault.open_collections(["mine", "hers"], user="local", action=Action.SEARCH),
    ):
        pytest.fail("opened")
    assert [(user, what) for user, _, what in vault.members.denials()] == [("local", "search")]
