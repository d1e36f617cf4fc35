"""Documents of one page with their annotation, and what is asked of them, as the product makes both."""

from __future__ import annotations

from datetime import date

from ingest.annotation.annotate import annotate
from ingest.formats.structure.plain import structure
from rag.question.understanding.understand import understand
from rag.question.understanding.understood import Understood
from rag.retrieval.passage import Passage
from tests.documents import document
from vault.annotations import AnnotatedSentence, Annotation
from vault.records import Page, Slice, Span

TODAY = date(2026, 11, 26)


def annotation(text: str, name: str = "paper.txt") -> Annotation:
    """The annotation of a text."""
    return annotate(document(name, text).sha256, name, name, [Page(1, text, structure(text))])


def sentence(text: str, part: str) -> AnnotatedSentence:
    """The sentence of a text that holds `part`."""
    return next(one for one in annotation(text).sentences if part in one.text)


def asked(question: str) -> Understood:
    """What is understood of a question where no collection says more."""
    return understand(question, (), (), today=TODAY)


def passage(text: str, name: str = "paper.txt") -> Passage:
    """A text as a passage of its paragraphs, as a search finds it."""
    found = annotation(text, name)
    slices, start = [], 0
    for paragraph in text.split("\n\n"):
        slices.append(Slice(Span(1, start, start + len(paragraph)), paragraph))
        start += len(paragraph) + 2
    return Passage(
        collection="matter", document=document(name, text), chunk_id=1, ordinal=0, heading="",
        slices=tuple(slices), score=1.0, cosine=0.5, names_in_document=1.0, terms_in_document=1.0,
        annotated={one.span: one for one in found.sentences}, profile=found.profile,
    )  # fmt: skip
