"""Find text that gives instructions to a language model, and warn the user who loads the file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ingest.parsed.document import page_list
from vault.records import Page
from vault.text.instructions import instructs_a_model
from vault.text.readable import readable


def instruction_warnings(pages: Sequence[Page]) -> tuple[str, ...]:
    """Return a warning that names the pages with such text; empty if there are none."""
    found = [page.number for page in pages if any(map(instructs_a_model, _element_texts(page)))]
    if not found:
        return ()
    return (
        f"Text that reads like instructions to a language model on page {page_list(found)}: it is treated "
        "only as text. Look at it before you rely on the document.",
    )


def _element_texts(page: Page) -> Iterator[str]:
    """Yield each element as one line, because only the start of a paragraph matters."""
    if not page.elements:
        yield readable(page.text)
    for element in page.elements:
        yield readable(page.text[element.start : element.end])
