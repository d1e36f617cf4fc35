"""What is done is in the log, from where it happens; a purge takes the words, and the chain still fits."""

from __future__ import annotations

import ast
import os
from collections.abc import Callable
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingest.job import run_job
from ingest.parsing.pool import ParserPool
from rag.answer import Answerer
from rag.events import Answer, Done
from rag.retrieval.mentions import find_mentions
from rag.retrieval.search import Scope
from tests.documents import add_text, new_collection
from tests.places import ROOT
from ui.services.sources import Sources
from vault.access import Action, Reason, Role
from vault.embedding.embedder import Embedder
from vault.errors import AccessDenied, CollectionNotFound, QuestionError
from vault.ledger.jobs import Task
from vault.ledger.sessions import SessionStore, StoredSession
from vault.log.events import Event
from vault.log.key import LogOptions
from vault.log.selection import Selection
from vault.settings import Settings
from vault.vault import Vault

LEASE = "The rent of nine hundred pounds is due on the first day of May."
ASKED = "What rent is due in May?"
Asking = Callable[..., Answer]


@pytest.fixture
def asking(vault: Vault, embedder: Embedder, settings: Settings) -> Asking:
    """Return a function that asks a question, by default in "matter" in the name of local."""
    answerer = Answerer(vault, embedder, settings.model_copy(update={"abstain_below": 0.0}))

    def ask(question: str = ASKED, collection: str = "matter", user: str = "local") -> Answer:
        done = [event for event in answerer.ask(question, [collection], user) if isinstance(event, Done)]
        return done[0].answer

    return ask


def told(vault: Vault, *events: str) -> list[tuple[str, str, str, dict[str, str] | None]]:
    """Return (event, result, user, content) of the entries, oldest first."""
    return [
        (entry.event, entry.result, entry.user, dict(entry.content) if entry.content else None)
        for entry in reversed(vault.log.entries(Selection(events=events)))
    ]


def test_a_question_is_logged_with_the_record_and_the_documents_that_it_showed(
    vault: Vault, embedder: Embedder, asking: Asking
) -> None:
    with new_collection(vault, "matter") as collection:
        lease = add_text(collection, embedder, "lease.txt", LEASE)
        add_text(collection, embedder, "other.txt", "The boathouse is painted green.")
        matter = collection.id
    answer = asking()
    (entry,) = vault.log.entries(Selection(events=("question",)))
    assert (entry.record, entry.user, entry.collections) == (answer.record, "local", (matter,))
    assert lease.sha256 in entry.facts["documents"] and entry.facts["outcome"] == answer.outcome.value
    assert vault.log.entries(Selection(document=lease.sha256[:10])) == [entry]
    assert ASKED not in str(entry), "the words are in the record only"


def test_a_question_that_fails_is_given_up_or_is_refused_is_logged_too(
    vault: Vault, embedder: Embedder, settings: Settings, asking: Asking
) -> None:
    with new_collection(vault, "matter") as collection:
        add_text(collection, embedder, "lease.txt", LEASE)
    vault.members.add_user("ana")
    with pytest.raises(QuestionError):
        asking(" ")
    with pytest.raises(CollectionNotFound):
        asking(user="ana")
    given_up = Answerer(vault, embedder, settings).ask(ASKED, ["matter"], "local")
    assert next(given_up)
    given_up.close()  # type: ignore[attr-defined]
    asking()
    assert [(event, user) for event, _, user, _ in told(vault, "question", "access")] == [
        ("question.failed", "local"), ("access.denied", "ana"), ("question.failed", "ana"),
        ("question.failed", "local"), ("question.answered", "local"),
    ]  # fmt: skip
    failed = reversed(vault.log.entries(Selection(events=("question.failed",))))
    assert [(entry.facts["reason"], entry.content and entry.content["question"]) for entry in failed] == [
        ("QuestionError", " "), ("CollectionNotFound", ASKED), ("given up", ASKED)
    ]  # fmt: skip


def test_a_page_that_stays_open_is_one_view(
    vault: Vault, embedder: Embedder, settings: Settings, asking: Asking
) -> None:
    with new_collection(vault, "matter") as collection:
        lease = add_text(collection, embedder, "lease.txt", LEASE)
    vault.members.add_user("ana")
    vault.members.set_member("matter", "ana", Role.READER, user="local")
    citation = asking().evidence[0].citation
    sources = Sources(vault, settings)
    for user in ("local", "local", "ana", "local"):
        sources.view(citation, 1, user=user)
    sources.close()
    seen = vault.log.entries(Selection(events=("page.viewed",)))
    assert [(entry.user, entry.facts) for entry in seen] == [
        ("ana", {"documents": [lease.sha256], "page": 1}),
        ("local", {"documents": [lease.sha256], "page": 1}),
    ]


def test_members_users_collections_and_models_are_logged(vault: Vault) -> None:
    vault.create_collection("matter", user="local")
    vault.members.add_user("ana")
    vault.members.add_user("ana")
    vault.members.set_member("matter", "ana", Role.READER, user="local")
    with pytest.raises(AccessDenied):
        vault.members.set_member("matter", "eve", Role.READER, user="ana")
    vault.members.set_member("matter", "ana", None, user="local")
    vault.models.choose(None, user="local")
    vault.delete_collection("matter", user="local")
    entries = list(reversed(vault.log.entries()))[1:]
    assert [(entry.event, entry.user) for entry in entries] == [
        ("collection.created", "local"), ("user.added", ""), ("member.changed", "local"),
        ("access.denied", "ana"), ("member.changed", "local"), ("model.chosen", "local"),
        ("collection.deleted", "local"), ("log.content-removed", ""), ("purge.finished", ""),
    ]  # fmt: skip
    assert [entry.facts for entry in entries[2:5]] == [
        {"member": "ana", "role": "reader"}, {"action": "manage", "reason": Reason.ROLE},
        {"member": "ana", "role": None},
    ]  # fmt: skip
    assert all(entry.content is None for entry in entries), "the name of the matter is gone with it"


def test_browsers_that_sign_in_and_out_are_logged(vault: Vault) -> None:
    sessions: SessionStore = vault.sessions
    now = datetime.now(UTC)
    for digest, conversation in (("a" * 64, "one"), ("b" * 64, "two"), ("c" * 64, "three")):
        sessions.add(StoredSession(digest, conversation, now, "local", now))
    sessions.end("one")
    sessions.end("one")
    sessions.sweep(None)
    entries = reversed(vault.log.entries(Selection(events=("session",))))
    assert [(entry.event, entry.facts["session"][0], entry.user) for entry in entries] == [
        ("session.signed-in", "a", "local"), ("session.signed-in", "b", "local"),
        ("session.signed-in", "c", "local"), ("session.signed-out", "a", "local"),
        ("session.signed-out", "b", "local"), ("session.signed-out", "c", "local"),
    ]  # fmt: skip


@pytest.mark.parametrize("content", [True, False])
def test_after_a_purge_no_word_of_the_document_is_in_any_file_and_the_log_is_intact(
    content: bool, settings: Settings, embedder: Embedder, parsers: ParserPool, tmp_path: Path
) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "vesperbrood.txt").write_text("The quillonprax mare was sold to Mr Hale in May.")
    (inbox / "other.txt").write_text("The boathouse is painted green every second year.")
    options = LogOptions(content=content)
    with Vault.create(settings.data, user="local", purpose="tests", log=options) as vault:
        vault.create_collection("matter", user="local")
        run_job(vault, vault.begin_job("matter", Task((str(inbox),)), user="local"), embedder, settings,
                parsers=parsers)  # fmt: skip
        names = {
            entry.content and entry.content["path"]
            for entry in vault.log.entries(Selection(events=("document",)))
        }
        assert names == ({str(inbox / "vesperbrood.txt"), str(inbox / "other.txt")} if content else {None})
        answerer = Answerer(vault, embedder, settings.model_copy(update={"abstain_below": 0.0}))
        for question in ("What quillonprax mare was sold?", "quillonprax " * 1000):
            with pytest.raises(QuestionError) if len(question) > 1000 else nullcontext():
                list(answerer.ask(question, ["matter"], "local"))
        find_mentions(vault, Scope("local", ("matter",), None), "quillonprax")
        assert vault.log.verify().intact and (b"quillonprax" in in_files(settings.data))
        head = vault.log.head()
        with vault.open_collection("matter", user="local", action=Action.SEARCH) as collection:
            (mare,) = [one for one in collection.catalogue.documents() if one.name.startswith("vesper")]
        vault.purge("matter", [mare.sha256], user="local")
        kept = in_files(settings.data)
        assert b"quillonprax" not in kept and b"vesperbrood" not in kept
        assert vault.log.verify([head]).intact
        assert mare.sha256 in str(vault.log.entries(Selection(events=("purge.begun",)))[0].facts)
    with Vault(settings.data, purpose="tests", log=options) as again:
        assert again.log.verify([head]).intact
        paths = [entry.content for entry in again.log.entries(Selection(events=("document",)))]
        assert {"path": str(inbox / "other.txt")} in paths or not content


def in_files(data: Path) -> bytes:
    """Return the names and contents of all files of a data folder, in small letters."""
    files = [path for path in data.rglob("*") if path.is_file()]
    return b"\n".join(os.fsencode(path.name) + path.read_bytes() for path in files).lower()


def test_every_event_is_logged_somewhere() -> None:
    used = {
        node.attr
        for package in ("vault", "ingest", "rag", "ui")
        for path in (ROOT / package).rglob("*.py")
        if path.name not in ("events.py", "export.py", "log_words.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "Event"
    }
    migrated = {Event.RECORD_ADOPTED.name}
    assert {event.name for event in Event} == used | migrated
