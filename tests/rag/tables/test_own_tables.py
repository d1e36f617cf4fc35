"""Tables of many layouts, read from real files and asked through the real index."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from bench.staff.document import StaffDocument
from bench.staff.render import render
from ingest.annotation.annotate import annotate
from ingest.formats import read
from ingest.parsed.limits import ParseLimits
from rag.direct.answer import DirectAnswer
from rag.question.understanding.understand import understand
from rag.tables.answering import answer_from_tables
from rag.tables.grids.source import TableSource
from tests.documents import document, new_collection
from tests.rag.tables.own_tables import DOCUMENTS, QUESTIONS
from vault.records import Chunk, Span
from vault.settings import Settings
from vault.store.collection import Collection
from vault.vault import Vault

TODAY = date(2025, 7, 1)


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, TableSource]]:
    """The collections of own tables, each read from files."""
    folder = tmp_path_factory.mktemp("own-tables")
    with (
        Vault.create(Settings(data=folder / "data").data, user="local", purpose="tests") as vault,
        ExitStack() as stack,
    ):
        found = {}
        for name, documents in DOCUMENTS.items():
            collection = stack.enter_context(new_collection(vault, name))
            for written in documents:
                add_file(collection, render(StaffDocument.model_validate(written), folder))
            known = {one.sha256: one for one in collection.catalogue.documents()}
            found[name] = TableSource(
                name, collection.catalogue.sentences, known, collection.catalogue.pages.names, whole=True
            )
        yield found


def add_file(collection: Collection, path: Path) -> None:
    """Read a file as the parser does, and add it as one chunk with a made-up vector and its annotation."""
    parsed = read(path, ParseLimits())
    record = document(path.name, "\n".join(page.text for page in parsed.pages), pages=len(parsed.pages))
    chunk = Chunk(record.sha256, 0, "", tuple(Span(p.number, 0, len(p.text)) for p in parsed.pages), 10)
    vector = np.full((1, 384), 384**-0.5, dtype=np.float32)
    annotation = annotate(record.sha256, path.name, record.title, parsed.pages)
    collection.add(record, parsed.pages, [chunk], vector, annotation)


def ask(source: TableSource, question: str) -> DirectAnswer | None:
    """The answer of the tables of a source to a question."""
    return answer_from_tables(understand(question, (), [source.sentences], today=TODAY), [source])


@pytest.mark.parametrize(("collection", "question", "expected"), QUESTIONS)
def test_a_question_about_a_table_has_its_answer_or_none(
    sources: dict[str, TableSource], collection: str, question: str, expected: list[str] | None
) -> None:
    answer = ask(sources[collection], question)
    if expected is None:
        assert answer is None
    else:
        assert answer is not None
        assert [words for words in expected if words not in answer.text] == []
