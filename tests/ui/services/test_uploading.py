"""Uploads from the choice of files to the job: limits, what arrived, what did not, what is asked."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from tests.ui.services.upload_desk import Desk, incoming
from tests.uploads import stored
from ui.services.uploading import Outcome
from vault.access import Role
from vault.embedding.embedder import Embedder
from vault.errors import AccessDenied, CollectionNotFound, UploadNotFound, UploadRefused
from vault.records import DocumentState
from vault.settings import Settings
from vault.store.collection import Collection
from vault.vault import Vault

OLD, NEW = "The rent is 800 pounds.", "The rent is 900 pounds."
MIB = 1 << 20


@pytest.fixture
def desk(vault: Vault, collection: Collection, settings: Settings, embedder: Embedder) -> Iterator[Desk]:
    made = Desk(vault, settings, embedder)
    yield made
    made.jobs.close()


def test_what_arrives_lies_on_the_disk_for_nobody_else_to_read(desk: Desk, settings: Settings) -> None:
    before = os.umask(0)
    try:
        upload = desk.begin(("Ash Road/rent.txt", OLD))
        arriving = desk.uploading.receive(upload, 0, "local")
        arriving.write(OLD.encode())
    finally:
        os.umask(before)
    assert {stat.S_IMODE(path.stat().st_mode) for path in incoming(settings)} == {0o600}
    folders = (settings.data / "incoming", settings.data / "incoming" / upload)
    assert {stat.S_IMODE(path.stat().st_mode) for path in folders} == {0o700}
    arriving.drop()
    assert [path.name for path in incoming(settings)] == ["contents.json"]


def test_what_did_not_arrive_is_told_by_name_and_the_rest_is_taken_in(
    desk: Desk, settings: Settings, vault: Vault
) -> None:
    upload = desk.begin(("a.txt", OLD), ("b.txt", NEW), ("Büro/c.txt", "The fee is due."))
    desk.send(upload, 0, OLD)
    half = desk.uploading.receive(upload, 1, "local")
    half.write(NEW.encode()[:9])
    with pytest.raises(UploadRefused, match="Only 9 of 23 bytes came"):
        half.finish()
    half.drop()
    more = desk.uploading.receive(upload, 2, "local")
    with pytest.raises(UploadRefused, match="More than the announced 15 bytes"):
        more.write(b"The fee is due in May.")
    more.drop()
    problems = {1: "The connection was cut."}
    assert desk.uploading.finish(upload, problems, "local") is Outcome.BEGUN
    assert desk.uploading.finish(upload, problems, "local") is Outcome.BEGUN  # the first answer was lost
    view = desk.wait()
    assert (view.total, view.added, view.missing) == (3, 1, 2)
    assert dict(view.failed) == {
        "b.txt": "It did not arrive: The connection was cut.",
        "Büro/c.txt": "It did not arrive: The sending was stopped.",
    }
    (job,) = vault.jobs.all(user="local")
    assert (job.ready, job.failed) == (1, 2)
    assert [file.path for file in vault.jobs.files(job.id)] == ["Büro/c.txt", "b.txt"]
    assert desk.states() == {"a.txt": ["ready"]}
    assert incoming(settings) == []


def test_an_upload_of_which_nothing_arrived_leaves_nothing(desk: Desk, settings: Settings) -> None:
    upload = desk.begin(("a.txt", OLD))
    assert desk.uploading.finish(upload, {0: "The connection was cut."}, "local") is Outcome.NOTHING
    assert desk.jobs.views("matter", "local") == []
    assert list(settings.data.glob("incoming/*")) == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ([("big.pdf", 3 * MIB)], r"'big.pdf' has 3 MB; a file may have 2 MB \(INCAMERA_UPLOAD_FILE_MB\)"),
        ([(f"{n}.pdf", 2 * MIB) for n in range(3)], "6 MB together; 5 MB can be sent at once"),
        ([], "0 files were chosen"),
        ([("a.txt", 1)] * 50_001, "50,001 files were chosen"),
        ([("", 1)], "cannot be the name"),
        ([("//", 1)], "cannot be the name"),
        ([("x" * 2001, 1)], "cannot be the name"),
    ],
)
def test_a_limit_that_is_broken_is_said_with_its_value(
    vault: Vault, collection: Collection, settings: Settings, embedder: Embedder,
    files: list[tuple[str, int]], expected: str,
) -> None:  # fmt: skip
    limited = settings.model_copy(update={"upload_file_mb": 2, "upload_total_mb": 5})
    desk = Desk(vault, limited, embedder)
    with pytest.raises(UploadRefused, match=expected):
        desk.uploading.begin("matter", "local", files)
    desk.jobs.close()
    assert list(settings.data.glob("incoming/*")) == []


def test_a_disk_without_room_is_said_before_a_byte_is_sent(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    upload = desk.begin(("a.txt", OLD))
    free = SimpleNamespace(free=300 * MIB)
    monkeypatch.setattr("vault.ledger.uploads.shutil.disk_usage", lambda _: free)
    with pytest.raises(UploadRefused, match=r"has 300 MB free\. Adding 40 MB needs about 336 MB"):
        desk.uploading.begin("matter", "local", [("scan.tif", 40 * MIB)])
    free.free = MIB
    with pytest.raises(UploadRefused, match="has 1 MB free"):
        desk.uploading.receive(upload, 0, "local")
    assert [path.name for path in incoming(settings)] == ["contents.json"]


def test_names_are_kept_in_one_spelling_and_never_are_paths(desk: Desk, vault: Vault) -> None:
    upload = desk.begin(("/Bu\u0308ro/rent.txt", OLD), ("../../vault.db", NEW), ("\ud800.txt", "Odd."))
    found = vault.uploads.find(upload)
    assert found is not None
    assert [file.name for file in found.files] == ["B\u00fcro/rent.txt", "../../vault.db", "\\ud800.txt"]


def test_who_may_not_add_files_stores_no_byte(desk: Desk, settings: Settings) -> None:
    for user, role in (("reader", Role.READER), ("clerk", Role.CONTRIBUTOR), ("stranger", None)):
        desk.vault.add_user(user)
        desk.vault.set_member("matter", user, role, user="local")
    for user, refusal in (("reader", AccessDenied), ("stranger", CollectionNotFound)):
        with pytest.raises(refusal):
            desk.begin(("a.txt", OLD), user=user)
    assert list(settings.data.glob("incoming/*")) == []
    upload = desk.begin(("a.txt", OLD), user="clerk")
    with pytest.raises(UploadNotFound):
        desk.uploading.receive(upload, 0, "local")
    desk.vault.set_member("matter", "clerk", Role.READER, user="local")
    with pytest.raises(AccessDenied):
        desk.uploading.receive(upload, 0, "clerk")
    desk.uploading.cancel(upload, "local")
    with pytest.raises(AccessDenied):
        desk.uploading.receive(upload, 0, "clerk")
    desk.uploading.cancel(upload, "clerk")
    assert list(settings.data.glob("incoming/*")) == []


def test_an_upload_that_a_browser_went_away_from_is_given_up(desk: Desk, settings: Settings) -> None:
    left, going_on = desk.begin(("a.txt", OLD), ("b.txt", NEW)), desk.begin(("c.txt", "The fee is due."))
    desk.send(left, 0, OLD)
    desk.now += 3000
    desk.send(going_on, 0, "The fee is due.")
    desk.now += 3000
    desk.begin(("d.txt", "The bell is rung."))
    with pytest.raises(UploadNotFound, match="Send the files again"):
        desk.send(left, 1, NEW)
    assert desk.uploading.finish(going_on, {}, "local") is Outcome.BEGUN
    assert not any(OLD.encode() in path.read_bytes() for path in incoming(settings))


def test_what_an_earlier_version_left_is_taken_in(
    vault: Vault, collection: Collection, settings: Settings, embedder: Embedder
) -> None:
    upload = stored(vault, "matter", ("rent.txt", OLD))
    contents = settings.data / "incoming" / upload / "contents.json"
    contents.unlink()
    contents.with_name("names.json").write_text(json.dumps(["rent.txt"]))
    desk = Desk(vault, settings, embedder)
    desk.jobs.submit("matter", "local", upload)
    desk.wait()
    desk.jobs.close()
    assert {d.path: d.state for d in collection.catalogue.documents()} == {"rent.txt": DocumentState.READY}
