"""The three outcomes on the page, and the text that is copied for each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from rag.events import Statement
from rag.reader.reader import Reader
from tests.documents import add_text
from tests.ui.web.test_pages import (
    CLAUSE,
    QUESTION,
    ServicesWith,
    SlowWriter,
    ask_script,
    has_button,
    html,
    wait_for,
)
from tests.waiting import PATIENCE
from ui.services.background_answer import AnswerProgress, BackgroundAnswer
from ui.web import context
from vault.access import Action
from vault.embedding.embedder import Embedder
from vault.settings import Settings

PASSAGE = re.compile('<div class="ic-evidence">(.*?)</div>')


@contextmanager
def asked(
    settings: Settings, embedder: Embedder, reader: Reader, writer: SlowWriter | None = None, **bounds: float
) -> Iterator[AppTest]:
    """The page after a question that the lease answers, with the given thresholds of abstention."""
    writer = writer or SlowWriter()
    writer.go_on.set()
    changed = Settings(data=settings.data, **bounds)  # type: ignore[arg-type]
    with ServicesWith(changed, embedder, reader, writer) as services, context.opened(services) as web:
        web.vault.create_collection("matter", user="local")
        with web.vault.open_collection("matter", user="local", action=Action.INGEST) as collection:
            add_text(collection, embedder, "lease.txt", f"Lease\n\n{CLAUSE}\n\nThe roof is the landlord's.")
        page = AppTest.from_function(ask_script, default_timeout=PATIENCE).run()
        page.chat_input[0].set_value(QUESTION).run()
        wait_for(page, "vidence in ")
        yield page


SHOWN: list[tuple[BackgroundAnswer, AnswerProgress]] = []


def shown_script() -> None:
    from tests.ui.web.test_outcomes import SHOWN
    from ui.web.answers import show_answer

    show_answer(0, *SHOWN[-1])


@pytest.mark.slow
def test_an_answer_that_is_being_stored_is_shown_once_as_finished(
    settings: Settings, embedder: Embedder, reader: Reader
) -> None:
    with asked(settings, embedder, reader):
        asking = context.current().conversations.ask("another", QUESTION, ["matter"])
        asking.wait(PATIENCE)
        SHOWN.append((asking, replace(asking.progress(), running=True)))
        page = AppTest.from_function(shown_script, default_timeout=PATIENCE).run()
        assert not page.exception
        assert "vidence in " in html(page)
        assert not has_button(page, "Stop")


def copied(page: AppTest) -> str:
    next(button for button in page.button if button.label == "Copy with sources").click().run()
    return str(page.code[0].value)


def words(shown: str) -> str:
    return re.sub("<[^>]*>", "", shown)


def test_not_sure_shows_the_closest_passages(settings: Settings, embedder: Embedder, reader: Reader) -> None:
    with asked(settings, embedder, reader, abstain_below=1.0) as page:
        shown = html(page)
        assert "<strong>Not sure: read these</strong>" in shown
        assert "None of it answers" not in shown
        assert not page.expander
        assert CLAUSE in [words(passage) for passage in PASSAGE.findall(shown)]
        assert not has_button(page, "Approve")
        text = copied(page)
        assert "Not sure whether the documents answer this (1 document, 1 page searched" in text
        assert f"“{CLAUSE}” [1]" in text
        assert "[1] lease.txt, page 1" in text.splitlines()


def test_not_found_hides_the_closest_passages(settings: Settings, embedder: Embedder, reader: Reader) -> None:
    with asked(settings, embedder, reader, abstain_below=1.0, not_found_below=1.0) as page:
        assert "<strong>Not found in the documents</strong>" in html(page)
        (folded,) = page.expander
        assert not folded.proto.expanded
        assert has_button(page, "Approve")
        assert "Sources" not in copied(page)


def test_an_answer_shows_its_outcome_and_who_wrote_it(
    settings: Settings, embedder: Embedder, reader: Reader
) -> None:
    with asked(settings, embedder, reader) as page:
        assert "<strong>Answered</strong>, written by stand-in, each sentence checked" in html(page)


class Silent(SlowWriter):
    """Writes nothing, so that the documents are quoted."""

    def write(self, *_: object) -> Iterator[Statement]:
        return iter(())


def test_a_quotation_is_labelled_and_copied_once_with_its_page(
    settings: Settings, embedder: Embedder, reader: Reader
) -> None:
    with asked(settings, embedder, reader, Silent()) as page:
        shown = html(page)
        assert (
            "<strong>Answered</strong>, word for word from the pages; check that it answers your question"
            in shown
        )
        assert (
            'title="Word for word from the page. Check that it answers your question.">Quoted</span>' in shown
        )
        text = copied(page)
        assert text.count(CLAUSE) == 1
        assert "[1] lease.txt, page 1" in text.splitlines()
        assert not re.search("[0-9a-f]{16}", text.partition("Incamera record")[0])
