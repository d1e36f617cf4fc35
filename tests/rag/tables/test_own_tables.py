"""Tables of many layouts, read from real files and asked through the real index."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date

import pytest

from rag.direct.answer import DirectAnswer
from rag.question.understanding.understand import understand
from rag.tables.answering import answer_from_tables
from rag.tables.grids.source import TableSource
from tests.documents import new_collection
from tests.rag.tables.own_tables import DOCUMENTS, QUESTIONS
from tests.rag.tables.read_files import new_vault, source_of_documents

TODAY = date(2025, 7, 1)


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, TableSource]]:
    """The collections of own tables, each read from files."""
    folder = tmp_path_factory.mktemp("own-tables")
    with new_vault(folder) as vault, ExitStack() as stack:
        collections = {name: stack.enter_context(new_collection(vault, name)) for name in DOCUMENTS}
        yield {
            name: source_of_documents(name, collection, DOCUMENTS[name], folder)
            for name, collection in collections.items()
        }


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
