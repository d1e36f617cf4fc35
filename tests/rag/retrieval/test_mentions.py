import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.retrieval.mentions import TermPattern, find_mentions, fold
from rag.retrieval.search import Scope
from tests.documents import add_plain
from vault.access import Role
from vault.errors import CollectionNotFound, QuestionError
from vault.records import DocumentState
from vault.store.collection import Collection
from vault.vault import Vault

MATTER = Scope("local", ("matter",))


def places(term: str, text: str) -> list[str]:
    return [text[start:end] for start, end in TermPattern(term).places(text)]


def test_every_place_is_counted_with_its_page_and_words(vault: Vault, collection: Collection) -> None:
    text = "Penicillin was given. The penicillin rash faded.\nNo PENICILLIN; penicillinase is another thing."
    add_plain(collection, "ward.txt", text)
    add_plain(collection, "other.txt", "Nothing was given.")
    found = find_mentions(vault, MATTER, "penicillin")
    assert (found.count, found.documents, found.pages, found.failed) == (3, 2, 2, 0)
    ((document, mentions),) = found.found
    assert document.name == "ward.txt"
    for mention in mentions:
        cited = mention.citation
        assert text[cited.start : cited.end] == cited.quote
    assert mentions[1].before.endswith("The")
    assert mentions[1].after.startswith("rash")


def test_hundreds_of_places_are_all_counted(vault: Vault, collection: Collection) -> None:
    for number in range(30):
        add_plain(collection, f"{number}.txt", "The tenant pays. " * (number + 1))
    assert find_mentions(vault, MATTER, "tenant").count == 30 * 31 // 2


@pytest.mark.parametrize(
    ("term", "text", "wanted"),
    [
        ("notice period", "the notice\nperiod, a Notice-Period", ["notice\nperiod", "Notice-Period"]),
        ("terminat*", "termination, terminate; exterminate", ["termination", "terminate"]),
        (
            "termination",
            "the termi-\nnation and termi\ufffe\nnation",
            ["termi-\nnation", "termi\ufffe\nnation"],
        ),
        ("resign", "they re-sign and resign", ["resign"]),
        ("well-known", "a well-\nknown and well known", ["well-\nknown", "well known"]),
        ("échéance", "ÉCHÉANCE, echeance", ["ÉCHÉANCE", "echeance"]),
        ("strasse", "Hauptstraße and Straße", ["Straße"]),
        ("office", "the oﬃce", ["oﬃce"]),
        ("smith v. jones", "Smith v Jones", ["Smith v Jones"]),
        ("12", "rule 12 and 120", ["12"]),
        ("file no", "file_no", ["file_no"]),
    ],
)
def test_case_accents_and_line_ends_make_no_difference_and_words_are_whole(
    term: str, text: str, wanted: list[str]
) -> None:
    assert places(term, text) == wanted


@pytest.mark.parametrize("term", ["", " ", "§ !", "*", "*nation", "a" * 300])
def test_a_term_without_a_word_is_refused(term: str) -> None:
    with pytest.raises(QuestionError):
        TermPattern(term)


@given(st.text(max_size=80), st.sampled_from(["fee", "the fee", "a", "ß", "12"]))
def test_a_place_is_always_the_term_itself(text: str, term: str) -> None:
    for found in places(term, f"{text} {term} {text}"):
        assert re.sub(r"[\W_]", "", fold(found)) == re.sub(r"[\W_]", "", fold(term))


@given(
    st.lists(st.sampled_from(["fee", "fees", "coffee", "Fee", "fée", "-\n", "\x02", ",", "\n"]), max_size=30)
)
def test_the_count_is_that_of_the_words(words: list[str]) -> None:
    text = " ".join(words)
    assert len(places("fee", text)) == sum(fold(word) == "fee" for word in words)


def test_what_cannot_be_read_is_said_and_older_versions_are_left_out(
    vault: Vault, collection: Collection
) -> None:
    old = add_plain(collection, "a.txt", "The fee is 3.", path="/in/a.txt")
    add_plain(collection, "a.txt", "The fee is 4.", path="/in/a.txt")
    add_plain(collection, "scan.pdf", "", state=DocumentState.FAILED, chunks=0, reason="broken")
    found = find_mentions(vault, MATTER, "fee")
    assert (found.count, found.documents, found.failed) == (1, 1, 1)
    named = find_mentions(vault, Scope("local", ("matter",), (old.sha256,)), "fee")
    assert named.found[0][1][0].citation.sha256 == old.sha256


def test_who_may_not_search_a_collection_counts_nothing_in_it(vault: Vault, collection: Collection) -> None:
    add_plain(collection, "a.txt", "The fee is 3.")
    vault.members.add_user("ana")
    with pytest.raises(CollectionNotFound):
        find_mentions(vault, Scope("ana", ("matter",)), "fee")
    vault.members.set_member("matter", "ana", Role.READER, user="local")
    assert find_mentions(vault, Scope("ana", ("matter",)), "fee").count == 1
