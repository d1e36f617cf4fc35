"""Pages that a question names: by what is printed or stamped on them, else by their number."""

from __future__ import annotations

import pytest

from tests.documents import add_pages
from tests.rag.prose.made import direct_answer
from vault.embedding.embedder import Embedder
from vault.records import Page, PageName
from vault.store.collection import Collection
from vault.vault import Vault

LIMITATION = "The period of limitation for any claim under this deed is six years."


@pytest.fixture
def deed(collection: Collection, embedder: Embedder) -> Collection:
    """A deed whose fifth page is printed 3, and a report whose pages have numbers only."""
    texts = [f"The trustees keep folder {number} of the papers in the strong room." for number in range(1, 7)]
    texts[4] = LIMITATION
    printed = ["i", "ii", "1", "2", "3", "A-1"]
    add_pages(
        collection,
        embedder,
        "deed.pdf",
        [Page(n, text, name=PageName(printed[n - 1], f"VANE{n:06}")) for n, text in enumerate(texts, 1)],
    )
    report = [f"The surveyor saw damp on wall {number}." for number in range(1, 4)]
    add_pages(collection, embedder, "report.pdf", [Page(n, text) for n, text in enumerate(report, 1)])
    return collection


@pytest.mark.parametrize(
    ("question", "words", "page"),
    [
        ("What does VANE000005 say?", LIMITATION, 5),
        ("what does vane000005 say", LIMITATION, 5),
        ("What stands on page VANE000005?", LIMITATION, 5),
        ("What is on page 3 of the deed?", LIMITATION, 5),
        ("What is on page ii?", "folder 2", 2),
        ("Show me page A-1 of the deed.", "folder 6", 6),
        ("What does page 2 of the report say?", "wall 2", 2),
    ],
)
def test_a_question_for_a_page_is_answered_with_it(
    vault: Vault, deed: Collection, embedder: Embedder, question: str, words: str, page: int
) -> None:
    answer = direct_answer(vault, deed, embedder, question)
    assert answer is not None
    assert words in answer.text
    assert {citation.page for citation in answer.citations} == {page}


def test_the_citation_says_what_the_page_is_called(
    vault: Vault, deed: Collection, embedder: Embedder
) -> None:
    answer = direct_answer(vault, deed, embedder, "What does VANE000005 say?")
    assert answer is not None
    assert [one.page_words for one in answer.citations] == ["page 5, printed 3, VANE000005"]
    assert answer.citations[0].as_json()["page_name"] == {"printed": "3", "bates": "VANE000005", "lines": ""}


@pytest.mark.parametrize("question", ["What does VANE000099 say?", "What is on page xii?"])
def test_a_page_that_is_not_there_is_not_made_up(
    vault: Vault, deed: Collection, embedder: Embedder, question: str
) -> None:
    answer = direct_answer(vault, deed, embedder, question)
    assert answer is None or not answer.citations


def test_a_question_about_something_on_a_page_is_not_answered_with_all_of_it(
    vault: Vault, deed: Collection, embedder: Embedder
) -> None:
    answer = direct_answer(vault, deed, embedder, "Which papers and trustees stand on page ii?")
    assert answer is None or answer.text != "The trustees keep folder 2 of the papers in the strong room."
