"""Chunks fit the limit, cover the text, and carry their headings and column names."""

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.chunking.chunk import chunk_document
from ingest.chunking.sections import sections
from vault.embedding.embedder import Embedder
from vault.records import Element, ElementKind, Page

PIECES = st.sampled_from(
    ["The tenant shall pay the rent. ", "potassium 5.9 mmol/L; ", "antidisestablishmentarianism ",
     "ab\ufffe\ncd ",
     "x" * 400 + " ", "\n\n", "§ 4.2 ", "müller’s ", "| ", "word " * 60, "日本語の文章", "..... "]
)  # fmt: skip
KINDS = st.sampled_from(list(ElementKind))
MOVED = {ElementKind.NOTE, ElementKind.PAGE_HEADER, ElementKind.PAGE_FOOTER}
"""Kinds that may be read after what stands below them."""


@st.composite
def pages(draw: st.DrawFn) -> list[Page]:
    """Make pages of random elements."""
    drawn_pages = []
    for number in range(1, draw(st.integers(1, 3)) + 1):
        text, elements = "", []
        for _ in range(draw(st.integers(0, 6))):
            body = "".join(draw(st.lists(PIECES, min_size=1, max_size=6))).strip()
            if body:
                kind = draw(KINDS)
                level = draw(st.integers(1, 3)) if kind is ElementKind.HEADING else 0
                elements.append(Element(kind, len(text), len(text) + len(body), level))
                text += body + "\n\n"
        drawn_pages.append(Page(number, text, tuple(elements), draw(st.sampled_from(["", "Slide"]))))
    return drawn_pages


@settings(max_examples=60, deadline=None)
@given(
    document=pages(), limit=st.sampled_from([32, 96, 256]), title=st.sampled_from(["", "A title", "t " * 200])
)
def test_no_chunk_is_over_the_limit_and_no_word_is_lost(
    document: list[Page], limit: int, title: str, embedder: Embedder
) -> None:
    chunks = chunk_document("0" * 64, title, document, embedder, limit)
    texts = [chunk.text for chunk in chunks]
    assert embedder.count_tokens(texts) == [chunk.chunk.tokens for chunk in chunks]
    assert all(chunk.chunk.tokens <= limit for chunk in chunks)
    assert [chunk.chunk.ordinal for chunk in chunks] == list(range(len(chunks)))
    covered = {
        (span.page, position)
        for chunk in chunks
        for span in chunk.chunk.spans
        for position in range(span.start, span.end)
    }
    for page in document:
        for element in page.elements:
            if element.kind not in (ElementKind.PAGE_HEADER, ElementKind.PAGE_FOOTER):
                for position in range(element.start, element.end):
                    assert page.text[position].isspace() or (page.number, position) in covered


@settings(max_examples=40, deadline=None)
@given(document=pages())
def test_spans_lie_in_their_pages_and_chunks_follow_the_document(
    document: list[Page], embedder: Embedder
) -> None:
    by_number = {page.number: page for page in document}
    moved = [(page.number, e) for page in document for e in page.elements if e.kind in MOVED]
    last = (0, 0)
    for chunk in chunk_document("0" * 64, "Title", document, embedder, 128):
        assert chunk.chunk.document == "0" * 64
        for span in chunk.chunk.spans:
            assert 0 <= span.start < span.end <= len(by_number[span.page].text)
        if any(
            span.page == number and element.start <= span.start < element.end
            for span in chunk.chunk.spans
            for number, element in moved
        ):
            continue
        end = max(chunk.chunk.spans, key=lambda span: (span.page, span.end))
        assert (end.page, end.end) > last
        last = (end.page, end.end)


def one_page(blocks: Sequence[tuple[ElementKind, str, int]], number: int = 1) -> Page:
    """Make page `number` with these blocks: (kind, text, level)."""
    text, elements = "", []
    for kind, body, level in blocks:
        elements.append(Element(kind, len(text), len(text) + len(body), level))
        text += body + "\n"
    return Page(number, text, tuple(elements))


def test_a_chunk_knows_the_headings_above_it(embedder: Embedder) -> None:
    page = one_page(
        [
            (ElementKind.HEADING, "Lease", 1),
            (ElementKind.HEADING, "4. Repair", 2),
            (ElementKind.PARAGRAPH, "The landlord repairs the roof.", 0),
            (ElementKind.HEADING, "5. Rent", 2),
            (ElementKind.PARAGRAPH, "Rent is due monthly.", 0),
        ]
    )
    first, second = chunk_document("0" * 64, "Unit 7", [page], embedder, 256)
    assert first.chunk.heading == "Lease › 4. Repair"
    assert second.chunk.heading == "Lease › 5. Rent"
    assert second.text.startswith("Unit 7 › Lease › 5. Rent\n")


def test_every_chunk_of_a_long_table_repeats_its_column_names(embedder: Embedder) -> None:
    rows = [(ElementKind.TABLE_ROW, f"Analyte {n} | {n}.5 | mmol/L | within range", 0) for n in range(60)]
    page = one_page([(ElementKind.TABLE_HEADER, "Analyte | Value | Unit | Remark", 0), *rows])
    chunks = chunk_document("0" * 64, "Labs", [page], embedder, 128)
    assert len(chunks) > 5
    for chunk in chunks:
        first = chunk.chunk.spans[0]
        assert page.text[first.start : first.end].startswith("Analyte | Value | Unit | Remark")


def test_running_headers_of_several_pages_are_kept_once_after_the_text(embedder: Embedder) -> None:
    page = one_page(
        [
            (ElementKind.PAGE_HEADER, "CONFIDENTIAL, draft 3", 0),
            (ElementKind.PARAGRAPH, "Body text that goes", 0),
            (ElementKind.PAGE_FOOTER, "Page 1 of 9", 0),
        ]
    )
    following = one_page(
        [
            (ElementKind.PAGE_HEADER, "CONFIDENTIAL, draft 4", 0),
            (ElementKind.PARAGRAPH, "on over the page.", 0),
        ],
        number=2,
    )
    first, second = chunk_document("0" * 64, "", [page, following], embedder, 256)
    assert first.text == "Body text that goes on over the page."
    assert second.text == "CONFIDENTIAL, draft 3"
    (chunk,) = chunk_document("0" * 64, "", [page], embedder, 256)
    assert chunk.text == "CONFIDENTIAL, draft 3 Body text that goes"


def test_a_running_line_that_the_text_says_as_well_is_not_kept_again(embedder: Embedder) -> None:
    head = (ElementKind.PAGE_HEADER, "Deed of Settlement", 0)
    first = one_page(
        [head, (ElementKind.HEADING, "DEED OF SETTLEMENT", 1), (ElementKind.PARAGRAPH, "One.", 0)]
    )
    second = one_page([head, (ElementKind.PARAGRAPH, "Two.", 0)], number=2)
    (chunk,) = chunk_document("0" * 64, "", [first, second], embedder, 256)
    assert chunk.text.endswith("DEED OF SETTLEMENT One. Two.")


def test_a_note_at_the_foot_follows_the_paragraph_that_goes_on(embedder: Embedder) -> None:
    first = one_page(
        [(ElementKind.PARAGRAPH, "The tenant shall keep the", 0), (ElementKind.NOTE, "1 As amended.", 0)]
    )
    second = one_page([(ElementKind.PARAGRAPH, "roof in repair.", 0)], number=2)
    (chunk,) = chunk_document("0" * 64, "", [first, second], embedder, 256)
    assert chunk.text == "The tenant shall keep the roof in repair. 1 As amended."
    ended = one_page([(ElementKind.PARAGRAPH, "The tenant pays.", 0), (ElementKind.NOTE, "1 As amended.", 0)])
    third = one_page([(ElementKind.PARAGRAPH, "Roofs are kept.", 0)], number=2)
    (chunk,) = chunk_document("0" * 64, "", [ended, third], embedder, 256)
    assert chunk.text == "The tenant pays. 1 As amended. Roofs are kept."


@settings(max_examples=30, deadline=None)
@given(document=pages())
def test_each_element_that_is_read_is_in_one_section(document: list[Page]) -> None:
    read = [element.span for section in sections(document) for element in section.elements]
    assert len(read) == len(set(read))
    running = (ElementKind.PAGE_HEADER, ElementKind.PAGE_FOOTER)
    expected = {(page.number, e.start) for page in document for e in page.elements if e.kind not in running}
    assert expected <= {(span.page, span.start) for span in read}


def test_a_limit_above_the_models_own_is_the_models_own(embedder: Embedder) -> None:
    pages = [Page(1, "The tenant shall keep the roof in repair. " * 200)]
    assert chunk_document("0" * 64, "", pages, embedder, 300) == chunk_document(
        "0" * 64, "", pages, embedder, 256
    )
