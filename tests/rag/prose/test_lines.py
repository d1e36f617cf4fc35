"""Lines of a transcript that a question names, and answers that are found by their question."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.formats import read
from ingest.parsed.limits import ParseLimits
from rag.retrieval.search import Scope, Search
from tests.documents import add_pages
from tests.ingest.formats.transcript.made import transcript_text
from tests.rag.prose.made import direct_answer
from vault.embedding.embedder import Embedder
from vault.records import Page
from vault.store.collection import Collection
from vault.text.terms import expression
from vault.vault import Vault


@pytest.fixture
def deposition(collection: Collection, embedder: Embedder, tmp_path: Path) -> Collection:
    """A deposition with printed pages 13 to 15, and a report that has as many pages."""
    pages = read(transcript_text(tmp_path / "kestrel.txt"), ParseLimits()).pages
    add_pages(collection, embedder, "kestrel deposition.txt", pages)
    report = [f"The surveyor saw damp on wall {number} at 14:02." for number in range(1, 16)]
    add_pages(collection, embedder, "report.pdf", [Page(n, text) for n, text in enumerate(report, 1)])
    return collection


@pytest.mark.parametrize(
    ("question", "words", "places"),
    [
        ("What was said at 13:20?", "Twice a week.", ["page 1, printed 13, line 20"]),
        ("What does page 14, line 6 say?", "No.", ["page 2, printed 14, line 6"]),
        ("What does the witness say at 15:3?", "640 pounds", ["page 3, printed 15, line 3"]),
        ("What is on page 14 lines 5 to 6?", "Did anybody answer? A. No.", ["line 5", "line 6"]),
        ("What stands at line 3 of page 15?", "640 pounds", ["page 3, printed 15, line 3"]),
        ("Show me 14:9-15:1.", "split pipe", ["lines 9 to 10", "printed 15, line 1"]),
    ],
)
def test_a_question_for_lines_is_answered_with_them(
    vault: Vault, deposition: Collection, embedder: Embedder, question: str, words: str, places: list[str]
) -> None:
    answer = direct_answer(vault, deposition, embedder, question)
    assert answer is not None
    assert words in answer.text
    said = [one.page_words for one in answer.citations]
    assert len(said) == len(places) and all(a.endswith(b) for a, b in zip(said, places, strict=True))


@pytest.mark.parametrize("question", ["What was said at 99:7?", "What was said at 15:24?"])
def test_lines_that_are_not_there_are_not_made_up(
    vault: Vault, deposition: Collection, embedder: Embedder, question: str
) -> None:
    answer = direct_answer(vault, deposition, embedder, question)
    assert answer is None or not answer.citations


def test_an_answer_is_found_by_the_words_of_its_question(
    vault: Vault, deposition: Collection, embedder: Embedder
) -> None:
    found = Search(vault, embedder, Scope("local", ("matter",))).find("Which repair was to be paid for?")
    answers = [
        (passage, sentence)
        for passage in found.passages
        for sentence in passage.sentences()
        if "640 pounds" in sentence.quote
    ]
    assert answers
    for passage, sentence in answers:
        assert "What did the repair cost?" in sentence.context
        cited = passage.cite(sentence.span, sentence.quote)
        assert cited.page_words == "page 3, printed 15, line 3"
        assert cited.quote == "A.   It cost 640 pounds."
    index = deposition.catalogue.sentences
    ((best, _),) = index.match(expression(["repair"]), 1)
    assert index.by_id([best])[best].text in ("Q.   What did the repair cost?", "A.   It cost 640 pounds.")
