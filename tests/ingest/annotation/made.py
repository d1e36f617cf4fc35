"""Pages as the formats compose them, and their annotation."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ingest.annotation.annotate import annotate
from ingest.formats.structure.compose import PageComposer
from ingest.formats.structure.plain import structure
from ingest.parsed.limits import ParseLimits
from vault.annotations import AnnotatedSentence, Annotation
from vault.records import ElementKind, Page

SHA256 = "a" * 64
Part = str | Sequence[Sequence[str]] | tuple[ElementKind, str]


def page(*parts: Part, number: int = 1, label: str = "", header: bool = True) -> Page:
    """A page of paragraphs (texts), tables (lists of rows) and elements of other kinds."""
    composer = PageComposer(ParseLimits())
    for part in parts:
        if isinstance(part, str):
            composer.add(ElementKind.PARAGRAPH, part)
        elif isinstance(part, tuple) and isinstance(part[0], ElementKind):
            composer.add(part[0], str(part[1]), level=1)
        else:
            composer.table(part, header=header)  # type: ignore[arg-type]
    return composer.page(number, label)


def heading(text: str) -> tuple[ElementKind, str]:
    """A heading, for `page`."""
    return ElementKind.HEADING, text


def text_page(text: str) -> Page:
    """A page of a plain text file."""
    return Page(1, text, structure(text))


def annotated(*pages: Page, name: str = "document.docx", title: str = "") -> Annotation:
    """What is known of a document of these pages."""
    return annotate(SHA256, name, title or name, pages)


def cells(sentence: AnnotatedSentence) -> dict[str, str]:
    """The cells of a row or field by column."""
    return {cell.column: cell.text for cell in sentence.cells}


def rows(annotation: Annotation, table: int = 0) -> list[dict[str, str]]:
    """The cells of the rows of a table."""
    return [cells(one) for one in annotation.sentences if one.table == table and one.row is not None]


def sentence(annotation: Annotation, beginning: str) -> AnnotatedSentence:
    """The only sentence with this beginning."""
    (found,) = (one for one in annotation.sentences if one.text.startswith(beginning))
    return found


def of(annotation: Annotation, value: Callable[[AnnotatedSentence], str]) -> list[str]:
    """A value of every sentence, in order."""
    return [value(one) for one in annotation.sentences]
