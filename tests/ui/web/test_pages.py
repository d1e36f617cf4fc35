"""The logic of the pages, without a browser."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from threading import Event as Cancel

import pytest
from streamlit.testing.v1 import AppTest

from rag.events import ModelUsed, Statement
from rag.question.turn import Turn
from rag.reader.reader import Reader
from rag.retrieval.passage import Passage
from rag.verification.verify import Verdict
from rag.writing.context import ContextSize
from rag.writing.writer import Writer, Writing
from tests.documents import add_text, new_collection
from tests.waiting import PATIENCE, until
from ui.services.services import Services
from ui.web import context
from ui.web.context import Web
from ui.web.text import escape_label, mark_words, shorten
from vault.access import Role
from vault.embedding.embedder import Embedder
from vault.errors import CollectionNotFound, DocumentNotFound
from vault.records import Citation, Document
from vault.settings import Settings

CLAUSE = "The tenant shall pay a rent of nine hundred pounds on the first day of every month."
QUESTION = "What rent shall the tenant pay every month?"


class SlowWriter:
    """Writes one supported and one unsupported sentence, then goes on until it is stopped."""

    def __init__(self) -> None:
        self.go_on = threading.Event()
        self.heard: list[Turn] = []

    def reads(self, writing: Writing) -> ContextSize:
        return ContextSize.PASSAGES

    def write(
        self,
        question: str,
        passages: Sequence[Passage],
        history: Sequence[Turn],
        cancel: Cancel | None,
        writing: Writing,
    ) -> Iterator[Statement]:
        self.heard = list(history)
        writing.mode, writing.model = "generated", ModelUsed("stand-in", "0" * 64)
        first = passages[0].slices[0]
        for statement in (
            Statement(
                "The rent is nine hundred pounds.",
                Verdict.SUPPORTED,
                (passages[0].cite(first.span, first.text),),
            ),
            Statement("<b>The rent may be raised.</b>", Verdict.UNSUPPORTED, (), "No passage says it."),
        ):
            writing.statements.append(statement)
            yield statement
        while cancel is not None and not cancel.is_set() and not self.go_on.wait(0.02):
            pass
        if cancel is not None and cancel.is_set():
            writing.notes.append("Stopped before the end.")

    def rewrite(
        self, question: str, history: Sequence[Turn], cancel: Cancel | None, writing: Writing
    ) -> str | None:
        return None

    def close(self) -> None:
        """Nothing to unload."""


class ServicesWith(Services):
    """The product's services with the tests' embedder and reader, and with another writer."""

    def __init__(self, settings: Settings, loaded: Embedder, reading: Reader, writing: Writer) -> None:
        super().__init__(settings, purpose="tests", create=True)
        self._loaded = loaded
        self._reading = reading
        self._writing = writing

    @cached_property
    def embedder(self) -> Embedder:
        return self._loaded

    @cached_property
    def reader(self) -> Reader:
        return self._reading

    @cached_property
    def writer(self) -> Writer:
        return self._writing


@pytest.fixture
def writer() -> SlowWriter:
    return SlowWriter()


@pytest.fixture
def web(settings: Settings, embedder: Embedder, reader: Reader, writer: SlowWriter) -> Iterator[Web]:
    with ServicesWith(settings, embedder, reader, writer) as services, context.opened(services) as opened:
        yield opened


@pytest.fixture
def lease(web: Web, embedder: Embedder) -> Document:
    text = f"Lease\n\n{CLAUSE}\n\nThe roof is the landlord's."
    with new_collection(web.vault, "matter") as collection:
        return add_text(collection, embedder, "lease.txt", text)


def ask_script() -> None:
    from ui.web.ask import ask_page

    ask_page()


def documents_script() -> None:
    from ui.web.documents import documents_page

    documents_page()


def html(page: AppTest) -> str:
    assert not page.exception
    return "\n".join(str(element.proto.body) for element in page.get("html"))


def wait_for(page: AppTest, text: str) -> str:
    until(lambda: text in html(page.run()), f"{text!r} did not come")
    return html(page)


def has_button(page: AppTest, name: str) -> bool:
    return any(button.label == name for button in page.button)


def test_evidence_is_shown_while_the_model_writes_and_stop_ends_it(web: Web, lease: Document) -> None:
    page = AppTest.from_function(ask_script, default_timeout=PATIENCE).run()
    page.chat_input[0].set_value(QUESTION).run()
    shown = wait_for(page, "each sentence is checked before it is shown")
    assert "Evidence found" in shown
    assert '<mark class="ic-words">' in shown
    assert CLAUSE in re.sub("</?mark[^>]*>", "", shown)
    assert page.chat_input[0].disabled
    next(button for button in page.button if button.label == "Stop").click().run()
    shown = wait_for(page, "Written by stand-in")
    assert "Stopped before the end." in shown
    # The answer is shown a moment before its turn has ended.
    until(lambda: not page.run().chat_input[0].disabled, "no further question can be asked")
    assert not has_button(page, "Stop")


@pytest.fixture
def no_written_line(no_settings_from_outside: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Show sentences of the model as statements only."""
    monkeypatch.setenv("INCAMERA_MODEL_DIRECT", "never")


def test_a_sentence_of_the_model_that_is_the_direct_answer_is_said_once(
    web: Web, lease: Document, writer: SlowWriter
) -> None:
    writer.go_on.set()
    page = AppTest.from_function(ask_script, default_timeout=PATIENCE).run()
    page.chat_input[0].set_value(QUESTION).run()
    shown = wait_for(page, "Written by stand-in")
    assert shown.count("The rent is nine hundred pounds.") == 1
    assert "in the words of the language model, checked against the page" in shown
    next(button for button in page.button if button.label == "Copy with sources").click().run()
    copied = page.code[0].value
    assert copied.count("The rent is nine hundred pounds. [1]") == 1
    assert "[1] lease.txt, page 1" in copied


@pytest.mark.usefixtures("no_written_line")
def test_every_verdict_is_labelled_and_model_text_is_escaped(
    web: Web, lease: Document, writer: SlowWriter
) -> None:
    writer.go_on.set()
    page = AppTest.from_function(ask_script, default_timeout=PATIENCE).run()
    page.chat_input[0].set_value(QUESTION).run()
    shown = wait_for(page, "Written by stand-in")
    assert ">Supported</span>" in shown
    assert ">Not supported</span>" in shown
    assert "No passage says it." in shown
    assert "&lt;b&gt;The rent may be raised.&lt;/b&gt;" in shown
    next(button for button in page.button if button.label == "Copy with sources").click().run()
    copied = page.code[0].value
    assert "(NOT SUPPORTED BY THE DOCUMENTS) <b>The rent may be raised.</b>" in copied
    assert "[1] lease.txt, page 1: “" in copied
    assert not re.search("[0-9a-f]{16}", copied.partition("Incamera record")[0])


def test_a_later_question_gets_the_earlier_turn(web: Web, lease: Document, writer: SlowWriter) -> None:
    writer.go_on.set()
    page = AppTest.from_function(ask_script, default_timeout=PATIENCE).run()
    page.chat_input[0].set_value(QUESTION).run()
    wait_for(page, "Written by stand-in")
    page.chat_input[0].set_value("What rent shall the tenant pay on the first day?").run()
    until(lambda: html(page.run()).count("Written by stand-in") == 2)
    assert [turn.question for turn in writer.heard] == [QUESTION]


def test_a_question_to_one_collection_does_not_reach_a_prompt_about_another(
    web: Web, embedder: Embedder, lease: Document, writer: SlowWriter
) -> None:
    writer.go_on.set()
    with new_collection(web.vault, "other") as other:
        add_text(other, embedder, "other.txt", CLAUSE)
    page = AppTest.from_function(ask_script, default_timeout=PATIENCE).run()
    page.multiselect[0].set_value(["matter"]).run()
    page.chat_input[0].set_value(QUESTION).run()
    wait_for(page, "Written by stand-in")
    page.multiselect[0].set_value(["other"]).run()
    page.chat_input[0].set_value("What rent shall the tenant pay on the first day?").run()
    until(lambda: html(page.run()).count("Written by stand-in") == 2)
    assert writer.heard == []


def test_a_new_conversation_removes_the_old_one(web: Web, lease: Document, writer: SlowWriter) -> None:
    writer.go_on.set()
    page = AppTest.from_function(ask_script, default_timeout=PATIENCE).run()
    page.chat_input[0].set_value(QUESTION).run()
    wait_for(page, "Written by stand-in")
    next(button for button in page.button if button.label == "New conversation").click().run()
    assert QUESTION not in html(page)


def test_a_citation_opens_the_page_text_with_the_quote_marked(web: Web, lease: Document) -> None:
    page = AppTest.from_function(ask_script, default_timeout=PATIENCE).run()
    page.chat_input[0].set_value(QUESTION).run()
    wait_for(page, "Evidence found")
    next(b for b in page.button if b.label.startswith("lease")).click().run()
    shown = html(page)
    assert '<mark class="ic-mark">' in shown
    assert "Page 1 of 1" in shown


def test_without_a_collection_the_page_says_what_to_do(web: Web) -> None:
    page = AppTest.from_function(ask_script, default_timeout=PATIENCE).run()
    assert "There is no collection yet" in html(page)
    assert [link.proto.page for link in page.get("page_link")] == ["documents"]
    assert page.chat_input[0].disabled


def test_several_collections_are_searched_together_only_if_chosen(web: Web) -> None:
    web.vault.create_collection("Ashby v Moor", user="local")
    web.vault.create_collection("Birch estate", user="local")
    page = AppTest.from_function(ask_script, default_timeout=PATIENCE).run()
    assert page.multiselect[0].value == []
    assert page.chat_input[0].disabled


@pytest.mark.parametrize(
    ("role", "adds", "deletes"),
    [(Role.READER, False, False), (Role.CONTRIBUTOR, True, False), (Role.MANAGER, True, True)],
)
def test_the_documents_page_offers_what_the_role_allows(
    web: Web, embedder: Embedder, role: Role, adds: bool, deletes: bool
) -> None:
    web.vault.members.add_user("chief")
    with new_collection(web.vault, "matter", user="chief") as collection:
        add_text(collection, embedder, "lease.txt", CLAUSE)
    web.vault.members.set_member("matter", "local", role, user="chief")
    page = AppTest.from_function(documents_script, default_timeout=PATIENCE).run()
    assert "lease.txt" in html(page)
    assert bool(page.get("bidi_component")) == adds
    assert has_button(page, "Delete") == deletes


def citation(document: Document, **changes: object) -> Citation:
    start = f"Lease\n\n{CLAUSE}".index(CLAUSE)
    made = Citation("lease.txt", document.sha256, 1, start, start + len(CLAUSE), CLAUSE, "matter")
    return replace(made, **changes)  # type: ignore[arg-type]


def test_a_source_is_shown_only_if_its_words_are_at_the_cited_place(web: Web, lease: Document) -> None:
    assert web.sources.view(citation(lease), 1, user="local").quote is not None
    for wrong in (citation(lease, start=0), citation(lease, quote="Something else.")):
        with pytest.raises(DocumentNotFound, match="are not at the cited place"):
            web.sources.view(wrong, 1, user="local")
    with pytest.raises(DocumentNotFound, match="no page 2"):
        web.sources.view(citation(lease), 2, user="local")


def test_a_source_is_found_after_its_collection_was_renamed(web: Web, lease: Document) -> None:
    web.vault.names.rename("matter", "Smith v Jones", user="local")
    assert web.sources.view(citation(lease), 1, user="local").quote is not None
    web.vault.members.add_user("stranger")
    with pytest.raises(CollectionNotFound, match="no collection named 'matter' for user 'stranger'"):
        web.sources.view(citation(lease), 1, user="stranger")


def test_an_archived_collection_takes_no_files_and_is_not_asked_by_itself(web: Web, lease: Document) -> None:
    web.vault.names.archive("matter", user="local")
    page = AppTest.from_function(documents_script, default_timeout=PATIENCE).run()
    assert "This collection is archived" in html(page)
    assert "lease.txt" in html(page)
    assert not page.get("bidi_component")
    assert "There is no collection yet" in html(
        AppTest.from_function(ask_script, default_timeout=PATIENCE).run()
    )


def test_a_source_is_shown_only_to_those_who_may_search(web: Web, lease: Document) -> None:
    web.vault.members.add_user("stranger")
    with pytest.raises(CollectionNotFound):
        web.sources.view(citation(lease), 1, user="stranger")
    assert web.vault.members.denials()


@pytest.mark.parametrize(
    "name",
    [
        "![x](http://evil.example/a.png)", "**bold** _i_ `c` ~s~", "[a](b) <b>x</b>", "$x^2$",
        ":smile: :red[x] :material/home:", "www.evil.example a@evil.example", "1. # - > list",
    ],
)  # fmt: skip
def test_a_label_contains_no_active_markdown(name: str) -> None:
    made = escape_label(name)
    for index, character in enumerate(made):
        if character in "!\"#$%&'()*+,-./:;<=>?@[]^_`{|}~":
            assert made[index - 1] == "\\"
    plain = made.replace("\u2060", "")
    assert "".join(c for i, c in enumerate(plain) if c != "\\" or plain[i - 1] == "\\") == name
    assert "www." not in made.replace("\\", "")
    assert ":smile" not in made


@pytest.mark.parametrize(
    ("text", "start", "end", "expected"),
    [
        (
            "The rent is <900> pounds.",
            12,
            17,
            'The rent is <mark class="ic-words">&lt;900&gt;</mark> pounds.',
        ),
        ("It ends in\n May.", 8, 16, 'It ends <mark class="ic-words">in May.</mark>'),
        ("<b>", 0, 3, '<mark class="ic-words">&lt;b&gt;</mark>'),
        ("Nothing here", 3, 3, "Nothing here"),
    ],
)
def test_words_are_marked_and_escaped(text: str, start: int, end: int, expected: str) -> None:
    assert mark_words(text, start, end) == expected


def test_a_long_name_is_shortened_in_its_middle() -> None:
    assert shorten("a" * 10 + "b" * 90 + ".pdf", 20) == "aaaaaaaaaabbb…bb.pdf"
