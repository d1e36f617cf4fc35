import pytest

from rag.question.routing import NO_ROUTE, focus_of, naming_words, route, without_introduction
from rag.retrieval.search import METHOD, Method, Scope, Search
from tests.documents import add_plain, add_text
from vault.embedding.embedder import Embedder
from vault.store.collection import Collection
from vault.text.words import stem
from vault.vault import Vault

PARTIES = ("Harrow", "Tolvane", "Ombrel", "Sennet", "Corrowan")


@pytest.fixture
def agreements(collection: Collection) -> dict[str, str]:
    """sha256 of five agreements by party."""
    return {
        party: add_plain(
            collection, f"{party}Inc_2019_EX-10.{number}.txt",
            f"SUPPLY AGREEMENT between {party} Inc. and Kestrel.",
        ).sha256
        for number, party in enumerate(PARTIES)
    }  # fmt: skip


def routed(collection: Collection, embedder: Embedder, question: str, *among: str) -> set[str]:
    index = collection.catalogue.document_index
    return set(route(question, index, embedder.token_offsets, among or None).documents)


@pytest.mark.parametrize(
    "question",
    [
        "Consider the Supply Agreement between Tolvane Inc. and Kestrel; when does it end?",
        "When does the tolvane agreement end?",
        'In "TolvaneInc 2019 EX-10.1", what is the cap on liability?',
    ],
)
def test_a_question_goes_to_the_document_that_it_names(
    agreements: dict[str, str], collection: Collection, embedder: Embedder, question: str
) -> None:
    assert routed(collection, embedder, question) == {agreements["Tolvane"]}


@pytest.mark.parametrize(
    "question", ["When does the agreement end?", "What does Kestrel owe?", "Who is Mrs Ashgrove?"]
)
def test_a_question_that_names_none_or_all_is_not_routed(
    agreements: dict[str, str], collection: Collection, embedder: Embedder, question: str
) -> None:
    for number in range(6):
        add_plain(collection, f"{number}.txt", "Another SUPPLY AGREEMENT with Kestrel.")
    assert routed(collection, embedder, question) == set()


def test_a_question_is_routed_among_the_chosen_documents_only(
    agreements: dict[str, str], collection: Collection, embedder: Embedder
) -> None:
    question = "When does the agreement with Tolvane end?"
    assert routed(collection, embedder, question, agreements["Ombrel"]) == set()
    assert routed(collection, embedder, question, agreements["Ombrel"], agreements["Tolvane"]) == {
        agreements["Tolvane"]
    }


def test_names_quotations_numbers_and_rare_words_may_name(embedder: Embedder) -> None:
    asked = 'What did Mrs Hale pay under "the river lease" (H19-000123) for idarucizumab?'
    assert naming_words(asked, embedder.token_offsets) == ["hale", "river", "lease", "h19", "000123"]
    assert naming_words("what is idarucizumab for?", embedder.token_offsets) == ["idarucizumab"]


@pytest.mark.parametrize(
    ("question", "named", "focus"),
    [
        (
            "Consider the lease between Tolvane Inc. and Ombrel; What is the expiration date of it?",
            "tolvane ombrel inc lease",
            "What is the expiration date of it?",
        ),
        ("What dose did Mr Trewick take?", "trewick", "What dose did Mr take?"),
        ("Tolvane Ombrel", "tolvane ombrel", "Tolvane Ombrel"),
        ("When is rent due?", "", "When is rent due?"),
    ],
)
def test_the_focus_is_the_question_without_what_names(question: str, named: str, focus: str) -> None:
    assert focus_of(question, frozenset(map(stem, named.split()))) == focus


@pytest.mark.parametrize(
    ("question", "named", "asking"),
    [
        (
            "Consider the lease between Tolvane Inc. and Ombrel; What is the expiration date of it?",
            "tolvane ombrel",
            "What is the expiration date of it?",
        ),
        ("What dose did Mr Trewick take?", "trewick", "What dose did Mr Trewick take?"),
        ("For Mr Trewick: warfarin dose?", "trewick", "For Mr Trewick: warfarin dose?"),
        (
            "A question of law: when may Tolvane end it?",
            "tolvane",
            "A question of law: when may Tolvane end it?",
        ),
    ],
)
def test_what_is_read_has_its_names_and_no_introduction_that_names_the_document(
    question: str, named: str, asking: str
) -> None:
    assert without_introduction(question, frozenset(map(stem, named.split()))) == asking


def test_the_clause_comes_from_the_named_document_however_often_others_name_the_party(
    vault: Vault, collection: Collection, embedder: Embedder
) -> None:
    add_text(
        collection, embedder, "lease.txt",
        "Lease between Tolvane Limited and Sennet.\n\n" + "The parties keep many other promises.\n\n" * 60
        + "It may be ended on ninety days' notice.",
    )  # fmt: skip
    for number in range(30):
        add_text(
            collection, embedder, f"letter {number}.txt",
            f"Letter {number}.\n\n" + "Dear all, greetings. " * 90
            + "\n\n" + "How the lease with Tolvane may be ended, Tolvane asks. " * 9,
        )  # fmt: skip
    scope = Scope("local", ("matter",))
    question = "How may the lease with Tolvane be ended?"
    found = Search(vault, embedder, scope).find(question)
    assert "ninety days" in found.passages[0].text
    # It is searched without the name, and read with it.
    assert "Tolvane" not in found.question.focus
    assert found.question.asking == question
    unrouted = Search(vault, embedder, scope, method=Method(document=0, routing=0)).find(question).passages
    assert "ninety days" not in unrouted[0].text
    assert METHOD.routing


def test_an_empty_collection_routes_nowhere(collection: Collection, embedder: Embedder) -> None:
    found = route(
        "When does the Tolvane lease end?", collection.catalogue.document_index, embedder.token_offsets
    )
    assert found == NO_ROUTE
