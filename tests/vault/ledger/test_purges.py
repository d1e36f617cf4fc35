"""A purge leaves no byte of the document in the data folder, and other documents answer as before."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from ingest.parsing.pool import ParserPool
from ingest.pipeline import Ingest
from rag.answer import Answerer
from rag.events import Answer, Done
from tests.documents import add_text, new_collection
from tests.forking import ONE_THREAD
from tests.places import ROOT
from vault.access import Action, Role
from vault.embedding.embedder import Embedder
from vault.errors import AccessDenied, DocumentNotFound
from vault.ledger.redact import PURGED
from vault.settings import Settings
from vault.store.collection import Collection
from vault.vault import Vault

IN_TEXT, IN_NAME, IN_HEADING = "quillonprax", "vesperbrood", "ostrichmoor"
ASKED = "What did Mr Hale pay for the mare?"
OTHER = "When is the fee for the boathouse due?"


def where(data: Path, *needles: bytes) -> dict[bytes, list[str]]:
    """Return the files of the data folder that contain each needle, in any case, in content or name."""
    found: dict[bytes, list[str]] = {needle: [] for needle in needles}
    for path in data.rglob("*"):
        content = os.fsencode(path.name) + (path.read_bytes() if path.is_file() else b"")
        for needle in needles:
            if needle in content or needle.lower() in content.lower():
                found[needle].append(str(path.relative_to(data)))
    return found


def answered(vault: Vault, embedder: Embedder, settings: Settings, question: str) -> Answer:
    always = settings.model_copy(update={"abstain_below": 0.0})
    for event in Answerer(vault, embedder, always).ask(question, ["matter"], "local"):
        if isinstance(event, Done):
            return event.answer
    raise AssertionError("no answer")


class Canary:
    """A document with unique words in text, heading and file name, beside three others."""

    def __init__(self, collection: Collection, file: Path) -> None:
        self.collection = collection
        self.file = file
        (self.document,) = [d for d in collection.catalogue.documents() if d.path == str(file)]
        ids = [stored.id for stored in collection.catalogue.chunks.of(self.document.sha256)]
        self.vectors = [
            vector.astype("<f4").tobytes() for _, vector in collection.catalogue.chunks.embeddings(ids)
        ]

    def needles(self) -> tuple[bytes, ...]:
        return (IN_TEXT.encode(), IN_NAME.encode(), IN_HEADING.encode(), *self.vectors)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder, parsers: ParserPool) -> Path:
    """Make a folder with an inbox, and a vault with the documents of the inbox."""
    folder = tmp_path_factory.mktemp("canary")
    inbox = folder / "inbox"
    inbox.mkdir()
    marked = f"<h1>Sale {IN_HEADING}</h1><p>Mr Hale paid 40 guineas for the {IN_TEXT} mare in May.</p>"
    (inbox / f"{IN_NAME}.html").write_text(f"<html><body>{marked}</body></html>")
    for number in range(3):
        (inbox / f"{number}.txt").write_text(
            f"The fee for the boathouse {number} is due on {number + 3} June. Mr Hale keeps the key."
        )
    settings = Settings(data=folder / "data")
    with (
        Vault.create(settings.data, user="local", purpose="tests") as vault,
        new_collection(vault, "matter") as collection,
    ):
        Ingest(collection, embedder, settings, parsers=parsers).run([inbox])
    return folder


@pytest.fixture
def vault(made: Path, settings: Settings) -> Iterator[Vault]:
    """A copy of that vault."""
    shutil.copytree(made / "data", settings.data)
    with Vault(settings.data, purpose="tests") as opened:
        yield opened


@pytest.fixture
def collection(vault: Vault) -> Iterator[Collection]:
    with vault.open_collection("matter", user="local", action=Action.MANAGE) as opened:
        yield opened


@pytest.fixture
def canary(collection: Collection, made: Path) -> Canary:
    return Canary(collection, made / "inbox" / f"{IN_NAME}.html")


def test_no_byte_of_a_purged_document_stays_and_the_others_answer_as_before(
    vault: Vault, collection: Collection, canary: Canary, embedder: Embedder, settings: Settings
) -> None:
    purged_answer = answered(vault, embedder, settings, ASKED)
    before = answered(vault, embedder, settings, OTHER)
    assert IN_TEXT in purged_answer.statements[0].text
    held = where(settings.data, *canary.needles())
    assert all(held.values())
    assert all(any("vectors/" in place for place in held[vector]) for vector in canary.vectors)
    vault.purge("matter", [canary.document.sha256], user="local")
    assert not any(where(settings.data, *canary.needles()).values())
    after = answered(vault, embedder, settings, OTHER)
    assert [s.text for s in after.statements] == [s.text for s in before.statements]
    assert after.statements
    assert collection.vector_ids() == set(collection.catalogue.chunks.ids())
    vault.close()
    assert not any(where(settings.data, *canary.needles()).values())


def test_the_record_of_an_answer_keeps_hashes_and_places_and_no_words(
    vault: Vault, canary: Canary, embedder: Embedder, settings: Settings
) -> None:
    purged_answer = answered(vault, embedder, settings, ASKED)
    other_answer = answered(vault, embedder, settings, OTHER)
    vault.purge("matter", [canary.document.sha256], user="local")
    record = vault.records.get(purged_answer.record, user="local")
    assert record
    answer = record["answer"]
    assert isinstance(answer, dict)
    (first, *_) = answer["statements"]
    assert first["text"] == PURGED
    assert first["citations"][0]["quote"] == PURGED
    place = purged_answer.statements[0].citations[0]
    assert (first["citations"][0]["sha256"], first["citations"][0]["start"]) == (place.sha256, place.start)
    assert record["purged"] == [canary.document.sha256]
    other = vault.records.get(other_answer.record, user="local")
    assert other
    quoted = other["answer"]["statements"][0]["citations"][0]["quote"]  # type: ignore[index]
    assert "boathouse" in quoted


def test_a_superseded_version_can_be_purged_by_itself(
    vault: Vault, collection: Collection, canary: Canary, embedder: Embedder, settings: Settings
) -> None:
    newer = "Mr Hale paid 50 guineas for the grey mare."
    add_text(collection, embedder, canary.document.name, newer, path=str(canary.file))
    vault.purge("matter", [canary.document.sha256], user="local")
    words = (IN_TEXT.encode(), IN_HEADING.encode(), *canary.vectors)
    assert not any(where(settings.data, *words).values())
    assert "50 guineas" in answered(vault, embedder, settings, ASKED).statements[0].text


def test_attachments_are_purged_with_their_message(
    vault: Vault, collection: Collection, embedder: Embedder, settings: Settings
) -> None:
    parent = add_text(collection, embedder, "mail.eml", "Please see the vet's report, attached.")
    held = f"The {IN_TEXT} pony is lame in the near fore."
    add_text(collection, embedder, "vetreport.txt", held, parent=parent.sha256)
    purged = vault.purge("matter", [parent.sha256], user="local")
    assert [document.name for document in purged] == ["mail.eml", "vetreport.txt"]
    assert not any(where(settings.data, b"pony", b"vetreport").values())


def test_no_byte_of_a_deleted_collection_stays(
    vault: Vault, made: Path, embedder: Embedder, settings: Settings
) -> None:
    with vault.open_collection("matter", user="local", action=Action.MANAGE) as collection:
        canary = Canary(collection, made / "inbox" / f"{IN_NAME}.html")
    answered(vault, embedder, settings, ASKED)
    vault.delete_collection("matter", user="local")
    needles = (*canary.needles(), b"boathouse", b'"matter"')
    assert not any(where(settings.data, *needles).values())


def test_purging_needs_the_right_to_manage_and_an_existing_document(vault: Vault, canary: Canary) -> None:
    vault.members.add_user("clerk")
    vault.members.set_member("matter", "clerk", Role.CONTRIBUTOR, user="local")
    with pytest.raises(AccessDenied):
        vault.purge("matter", [canary.document.sha256], user="clerk")
    with pytest.raises(DocumentNotFound, match="0" * 64):
        vault.purge("matter", ["0" * 64], user="local")


# Purges in a fork for each data folder, which kills itself at the n-th step, and prints how the fork ended.
# The steps are counted by the files that they touch.
KILLED = """
import os, signal, sys
from pathlib import Path
import chromadb
from tests.forking import fork, share_memory
from vault.access import Action
from vault.vault import Vault

def purge(data, left):
    def count(event, args):
        nonlocal left
        if event in ("os.rename", "os.remove", "shutil.rmtree", "os.rmdir", "sqlite3.connect"):
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
    with Vault(data, purpose="test") as vault:
        with vault.open_collection("matter", user="local", action=Action.MANAGE):
            pass
        sys.addaudithook(count)
        vault.purge("matter", [sys.argv[1]], user="local")
        left = -1

share_memory()
for data, step in zip(sys.argv[2::2], sys.argv[3::2]):
    child = fork()
    if child == 0:
        purge(Path(data), int(step))
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


def killed_at(sha256: str, steps: Mapping[int, Path]) -> list[bool]:
    """Purge in each data folder until that step, and return which purges were killed there."""
    wanted = [str(one) for step, data in steps.items() for one in (data, step)]
    done = subprocess.run(
        [sys.executable, "-c", KILLED, sha256, *wanted],
        cwd=ROOT, env={**os.environ, **ONE_THREAD}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    codes = [int(line) for line in done.stdout.split()]
    assert len(codes) == len(steps)
    assert set(codes) <= {0, -signal.SIGKILL}, done.stderr
    return [code != 0 for code in codes]


@pytest.mark.slow
def test_a_purge_that_was_killed_is_finished_when_the_vault_is_opened_again(
    vault: Vault, canary: Canary, embedder: Embedder, settings: Settings, tmp_path: Path
) -> None:
    vault.close()
    steps = {step: tmp_path / f"killed-{step}" for step in (1, 2, 3, 6, 10)}
    for data in steps.values():
        shutil.copytree(settings.data, data)
    killed = killed_at(canary.document.sha256, steps)
    for step, data in steps.items():
        with Vault(data, purpose="tests") as again:
            assert not any(where(data, *canary.needles()).values()), step
            with again.open_collection("matter", user="local", action=Action.SEARCH) as opened:
                assert opened.vector_ids() == set(opened.catalogue.chunks.ids())
                assert len(opened.catalogue.documents()) == 3
    assert sum(killed) >= 4
