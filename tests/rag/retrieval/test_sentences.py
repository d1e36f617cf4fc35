"""The index of sentences finds what chunks hide, and each sentence has its chunk."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rag.question.understanding.understand import understand
from rag.retrieval.sentences import find_sentences, search_words
from tests.documents import add_pages, add_text
from tests.rag.evidence.annotated import TODAY, asked
from vault.embedding.embedder import Embedder
from vault.records import Element, ElementKind, Page
from vault.store.collection import Collection

WORDS = st.sampled_from("The rent of flat seven is due on Monday. Notice ends (b) £90 £1,200 4.2 May".split())
PARAGRAPHS = st.lists(st.lists(WORDS, min_size=1, max_size=60).map(" ".join), min_size=1, max_size=30)

LEASE = (
    "4. Payments\n\n4.1 The rent is 900 pounds a month.\n\n4.2 The deposit is 80 pounds.\n\n"
    "It was signed on 3 May 2024."
)
DEED = "The rent under clause 4.1 is 950 pounds a month."


def found(collection: Collection, question: str) -> list[tuple[float, str]]:
    understood = understand(question, (), [collection.catalogue.sentences], today=TODAY)
    return [(one.score, one.sentence.text) for one in find_sentences(collection, understood, None)]


def test_a_date_is_found_in_any_spelling(collection: Collection, embedder: Embedder) -> None:
    add_text(collection, embedder, "lease.txt", LEASE)
    for day in ("3 May 2024", "03/05/2024", "2024-05-03", "May 3rd, 2024"):
        score, text = found(collection, f"What happened on {day}?")[0]
        assert (score, text) == (1.0, "It was signed on 3 May 2024.")


def test_a_clause_is_found_by_its_number_and_what_varies_it_with_it(
    collection: Collection, embedder: Embedder
) -> None:
    add_text(collection, embedder, "lease.txt", LEASE)
    add_text(collection, embedder, "deed.txt", DEED)
    texts = {text: score for score, text in found(collection, "What does clause 4.1 say?")}
    assert texts["4.1 The rent is 900 pounds a month."] == 1.0
    assert DEED in texts
    assert "4.2 The deposit is 80 pounds." not in texts or texts["4.2 The deposit is 80 pounds."] < 1.0


def test_words_are_each_searched_once_with_other_words_and_forms_of_dates() -> None:
    words = search_words(asked("What was the BP on 3 May 2024?"))
    assert len(words) == len(set(words))
    assert "d20240503" in words


def test_documents_that_are_not_searched_are_not_found(collection: Collection, embedder: Embedder) -> None:
    add_text(collection, embedder, "lease.txt", LEASE)
    other = add_text(collection, embedder, "deed.txt", DEED)
    hits = find_sentences(collection, asked("What is the rent?"), [other.sha256])
    assert [one.sentence.text for one in hits] == [DEED]


@pytest.mark.parametrize("marked", ["", "- "])
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(paragraphs=PARAGRAPHS)
def test_every_sentence_is_in_the_chunk_that_covers_its_place(
    marked: str, paragraphs: list[str], collection: Collection, embedder: Embedder
) -> None:
    text = "\n\n".join(f"{marked}{paragraph}" for paragraph in paragraphs)
    document = add_text(collection, embedder, "made.txt", text)
    catalogue = collection.catalogue
    sentences = catalogue.sentences.of(document.sha256)
    assert sentences or not text.strip()
    for sentence in sentences:
        holder = catalogue.chunks.covering(document.sha256, sentence.span)
        assert holder is not None
        spans = [span for span in holder.chunk.spans if span.page == sentence.span.page]
        assert any(span.start <= sentence.span.start < span.end for span in spans)


def test_notes_and_running_lines_that_stand_elsewhere_are_found_by_their_place(
    collection: Collection, embedder: Embedder
) -> None:
    body = "The tenant shall keep the roof of the mill and all its gutters in repair at all times. " * 12
    pages = []
    for number in range(1, 9):
        head, text, note = f"Orme Mill, sheet {number}", f"{body}He tells the", f"{number} As amended."
        places = [0, len(head) + 1, len(head) + len(text) + 2]
        kinds = (ElementKind.PAGE_HEADER, ElementKind.PARAGRAPH, ElementKind.NOTE)
        parts = zip(kinds, places, (head, text, note), strict=True)
        elements = tuple(Element(kind, start, start + len(part)) for kind, start, part in parts)
        pages.append(Page(number, f"{head}\n{text}\n{note}", elements))
    document = add_pages(collection, embedder, "lease.pdf", pages)
    catalogue = collection.catalogue
    sentences = catalogue.sentences.of(document.sha256)
    assert {"Orme Mill, sheet 1", "3 As amended."} <= {sentence.text for sentence in sentences}
    for sentence in sentences:
        holder = catalogue.chunks.covering(document.sha256, sentence.span)
        assert holder is not None
        assert any(
            span.page == sentence.span.page and span.start <= sentence.span.start < span.end
            for span in holder.chunk.spans
        )
