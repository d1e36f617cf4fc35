from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rag.retrieval.fusion import fuse
from rag.retrieval.retriever import HybridRetriever
from rag.retrieval.search import Scope, Search
from tests.documents import add_text, new_collection
from vault.access import Role
from vault.embedding.embedder import Embedder
from vault.errors import CollectionNotFound, EmbedderMismatch
from vault.store.collection import Collection
from vault.text.terms import expression
from vault.text.words import content_words
from vault.vault import Vault

LEASE = "The tenant shall keep the roof in repair.\n\nThe rent is 900 pounds a month."
CHART = "Digoxin 125 micrograms once a day.\n\nNo known allergy to penicillin."


def searching(
    vault: Vault, embedder: Embedder, *collections: str, user: str = "local", **more: object
) -> Search:
    return Search(vault, embedder, Scope(user, collections or ("matter",), **more))  # type: ignore[arg-type]


def test_the_passage_that_answers_comes_first(
    vault: Vault, collection: Collection, embedder: Embedder
) -> None:
    add_text(collection, embedder, "lease.txt", LEASE)
    add_text(collection, embedder, "chart.txt", CHART)
    found = searching(vault, embedder).find("What dose of digoxin does she take?")
    assert found.passages[0].document.name == "chart.txt"
    assert found.passages[0].slices[0].text.startswith("Digoxin 125")


def test_a_document_that_the_question_names_goes_first(
    vault: Vault, collection: Collection, embedder: Embedder
) -> None:
    for party in ("Harrow", "Tolvane", "Ombrel"):
        add_text(
            collection, embedder, f"{party}.txt",
            f"Agreement between {party} Limited and Sennet.\n\n" + "It says many other things.\n\n" * 60
            + "Either party may end this agreement on thirty days' notice.",
        )  # fmt: skip
    found = searching(vault, embedder).find("What notice ends the Tolvane agreement?")
    assert found.passages[0].document.name == "Tolvane.txt"


def test_the_same_question_gets_the_same_passages_in_the_same_order(
    vault: Vault, collection: Collection, embedder: Embedder
) -> None:
    for number in range(12):
        add_text(collection, embedder, f"{number}.txt", f"Clause {number}. The fee is due in {number} days.")
    orders = {
        tuple(
            passage.chunk_id for passage in searching(vault, embedder).find("When is the fee due?").passages
        )
        for _ in range(3)
    }
    assert len(orders) == 1


def test_a_deleted_document_is_in_no_result(vault: Vault, collection: Collection, embedder: Embedder) -> None:
    gone = add_text(collection, embedder, "lease.txt", LEASE)
    add_text(collection, embedder, "chart.txt", CHART)
    collection.purge([gone.sha256])
    found = searching(vault, embedder).find("Who keeps the roof in repair?")
    assert {passage.document.name for passage in found.passages} == {"chart.txt"}


SENTENCES = [
    "The tenant keeps the roof in repair.", "The rent of the flat is 900 pounds.", "Digoxin is given daily.",
    "The roof was repaired by the landlord.", "No allergy to penicillin is known.", "Rent is due in advance.",
]  # fmt: skip


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    texts=st.lists(st.sampled_from(SENTENCES), min_size=2, max_size=6),
    question=st.sampled_from(["Who repairs the roof?", "What is the rent?", "penicillin", "file 3"]),
    data=st.data(),
)
def test_neither_a_filter_nor_a_deletion_lets_through_what_it_excludes(
    texts: list[str], question: str, data: st.DataObject, vault: Vault, embedder: Embedder
) -> None:
    name = f"matter {len(vault.members.collections(user='local'))}"
    with new_collection(vault, name) as collection:
        added = [add_text(collection, embedder, f"file {n}.txt", text) for n, text in enumerate(texts)]
    ids = [document.sha256 for document in added]
    chosen = data.draw(st.lists(st.sampled_from(ids), unique=True))

    def found(**more: object) -> list[tuple[str, float]]:
        passages = searching(vault, embedder, name, **more).find(question).passages
        return [(passage.document.sha256, passage.score) for passage in passages]

    assert found() == found()
    assert {sha256 for sha256, _ in found(documents=tuple(chosen))} <= set(chosen)
    vault.purge(name, chosen, user="local")
    assert {sha256 for sha256, _ in found()} <= set(ids) - set(chosen)
    assert found(documents=tuple(chosen)) == []


@pytest.mark.parametrize("filled", [False, True])
def test_a_search_changes_nothing(
    filled: bool, vault: Vault, collection: Collection, embedder: Embedder
) -> None:
    if filled:
        add_text(collection, embedder, "lease.txt", LEASE)
    folder = vault.data / "collections" / collection.id

    def state() -> tuple[object, ...]:
        with collection.catalogue._db.read() as db:
            changes = db.total_changes
        # In -shm SQLite notes who reads.
        files = [file for file in folder.rglob("*") if file.is_file() and not file.name.endswith("-shm")]
        return changes, collection.catalogue.meta(), {file: file.read_bytes() for file in files}

    before = state()
    with collection.catalogue._db.read() as db:
        db.execute("PRAGMA query_only = ON")
    found = searching(vault, embedder).find("What is the rent?")
    assert bool(found.passages) is filled
    assert state() == before


def test_a_collection_that_was_searched_while_it_was_empty_takes_any_embedder(
    vault: Vault, collection: Collection, embedder: Embedder
) -> None:
    searching(vault, embedder).find("rent")
    assert collection.catalogue.meta() == {}
    add_text(collection, embedder, "lease.txt", LEASE)
    assert collection.catalogue.meta()["embedder"] == embedder.identity.name


def test_a_search_in_chosen_documents_leaves_the_others_out(
    vault: Vault, collection: Collection, embedder: Embedder
) -> None:
    add_text(collection, embedder, "lease.txt", LEASE)
    chart = add_text(collection, embedder, "chart.txt", CHART)
    found = searching(vault, embedder, documents=(chart.sha256,)).find("Who keeps the roof in repair?")
    assert {passage.document.name for passage in found.passages} == {"chart.txt"}


def test_several_collections_are_searched_together(
    vault: Vault, collection: Collection, embedder: Embedder
) -> None:
    add_text(collection, embedder, "lease.txt", LEASE)
    with new_collection(vault, "patient") as patient:
        add_text(patient, embedder, "chart.txt", CHART)
    found = searching(vault, embedder, "matter", "patient").find("rent and digoxin")
    assert {passage.collection for passage in found.passages} == {"matter", "patient"}


@pytest.mark.parametrize("role", [None, Role.READER])
def test_a_search_asks_for_permission_itself(
    role: Role | None, vault: Vault, collection: Collection, embedder: Embedder
) -> None:
    add_text(collection, embedder, "lease.txt", LEASE)
    vault.members.add_user("ana")
    vault.members.set_member("matter", "ana", role, user="local")
    search = searching(vault, embedder, user="ana")
    if role is None:
        with pytest.raises(CollectionNotFound):
            search.find("rent")
        with pytest.raises(CollectionNotFound):
            HybridRetriever(search=search).invoke("rent")
    else:
        assert search.find("rent").passages


def test_a_right_that_was_taken_away_ends_with_the_next_search(
    vault: Vault, collection: Collection, embedder: Embedder
) -> None:
    add_text(collection, embedder, "lease.txt", LEASE)
    vault.members.add_user("ana")
    vault.members.set_member("matter", "ana", Role.READER, user="local")
    search = searching(vault, embedder, user="ana")
    assert search.find("rent").passages
    vault.members.set_member("matter", "ana", None, user="local")
    with pytest.raises(CollectionNotFound):
        search.find("rent")


def test_a_collection_of_another_embedder_is_not_searched(
    vault: Vault, collection: Collection, embedder: Embedder
) -> None:
    collection.catalogue.set_meta(
        {"embedder": "other", "embedder_sha256": "x", "dimensions": "3", "chunker": "1"}
    )
    with pytest.raises(EmbedderMismatch):
        searching(vault, embedder).find("rent")


def test_an_older_version_is_searched_by_name_and_leaves_no_file_where_the_process_runs(
    vault: Vault, collection: Collection, embedder: Embedder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = add_text(collection, embedder, "lease.txt", LEASE, path="/in/lease.txt")
    add_text(collection, embedder, "lease.txt", f"{LEASE} Newer.", path="/in/lease.txt")
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    found = searching(vault, embedder, documents=(old.sha256,)).find("Who keeps the roof in repair?")
    assert {passage.document.sha256 for passage in found.passages} == {old.sha256}
    assert list(Path.cwd().iterdir()) == []


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_whatever_is_typed_is_words_and_never_syntax(text: str) -> None:
    for part in expression(content_words(text)).split(" OR "):
        assert part == "" or (part[0] == part[-1] == '"' and '"' not in part[1:-1])


@pytest.mark.parametrize("text", ['" OR *', "NEAR(a b)", "body:rent", "AND", "a" * 3000, "ſ İ ß 日本"])
def test_awkward_questions_are_searched_without_an_error(
    text: str, vault: Vault, collection: Collection, embedder: Embedder
) -> None:
    add_text(collection, embedder, "lease.txt", LEASE)
    searching(vault, embedder).find(text)


HITS = st.dictionaries(st.integers(0, 30), st.floats(0.01, 1), max_size=20)


@given(HITS, HITS)
def test_fusion_keeps_every_hit_once_and_is_best_for_what_both_put_first(
    lexical: dict[int, float], dense: dict[int, float]
) -> None:
    fused = fuse(lexical, dense, (0.4, 0.6))
    assert sorted(hit for hit, _ in fused) == sorted(lexical | dense)
    assert [score for _, score in fused] == sorted((score for _, score in fused), reverse=True)
    assert all(0 <= score <= 1 for _, score in fused)
    firsts = [max(hits, key=lambda hit: (hits[hit], -hit)) for hits in (lexical, dense) if hits]
    if len(firsts) == 2 and firsts[0] == firsts[1]:
        assert dict(fused)[firsts[0]] == 1


def test_a_chunk_that_is_far_better_by_its_words_is_put_before_one_that_is_a_little_nearer() -> None:
    fused = fuse({1: 20.0, 2: 2.0}, {1: 0.5, 2: 0.52, 3: 0.1}, (0.4, 0.6))
    assert [chunk_id for chunk_id, _ in fused] == [1, 2, 3]
