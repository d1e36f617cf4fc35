"""Uploads from the choice of files to the job: limits, files that arrive, and files that do not."""

from __future__ import annotations

import json
import os
import stat
from types import SimpleNamespace

import pytest

from tests.ui.services.upload_setup import UploadSetup, incoming
from tests.uploads import stored
from ui.services.upload_receiver import UploadOutcome
from vault.access import Role
from vault.embedding.embedder import Embedder
from vault.errors import AccessDenied, CollectionNotFound, UploadNotFound, UploadRefused
from vault.records import DocumentState
from vault.settings import Settings
from vault.store.collection import Collection
from vault.vault import Vault

OLD, NEW = "The rent is 800 pounds.", "The rent is 900 pounds."
MIB = 1 << 20


def test_arriving_files_are_readable_only_by_their_owner(setup: UploadSetup, settings: Settings) -> None:
    before = os.umask(0)
    try:
        upload = setup.begin(("Ash Road/rent.txt", OLD))
        arriving = setup.receiver.receive(upload, 0, "local")
        arriving.write(OLD.encode())
    finally:
        os.umask(before)
    assert {stat.S_IMODE(path.stat().st_mode) for path in incoming(settings)} == {0o600}
    folders = (settings.data / "incoming", settings.data / "incoming" / upload)
    assert {stat.S_IMODE(path.stat().st_mode) for path in folders} == {0o700}
    arriving.discard()
    assert [path.name for path in incoming(settings)] == ["contents.json"]


def test_missing_files_are_listed_by_name_and_the_others_are_added(
    setup: UploadSetup, settings: Settings, vault: Vault
) -> None:
    upload = setup.begin(("a.txt", OLD), ("b.txt", NEW), ("Büro/c.txt", "The fee is due."))
    setup.send(upload, 0, OLD)
    half = setup.receiver.receive(upload, 1, "local")
    half.write(NEW.encode()[:9])
    with pytest.raises(UploadRefused, match="Only 9 of 23 bytes arrived"):
        half.finish()
    half.discard()
    more = setup.receiver.receive(upload, 2, "local")
    with pytest.raises(UploadRefused, match="More than the announced 15 bytes"):
        more.write(b"The fee is due in May.")
    more.discard()
    problems = {1: "The connection was cut."}
    assert setup.receiver.finish(upload, problems, "local") is UploadOutcome.BEGUN
    assert (
        setup.receiver.finish(upload, problems, "local") is UploadOutcome.BEGUN
    )  # the first answer was lost
    view = setup.wait()
    assert (view.total, view.added, view.missing) == (3, 1, 2)
    assert dict(view.failed) == {
        "b.txt": "It did not arrive: The connection was cut.",
        "Büro/c.txt": "It did not arrive: Sending was stopped.",
    }
    (job,) = vault.jobs.all(user="local")
    assert (job.ready, job.failed) == (1, 2)
    assert [file.path for file in vault.jobs.files(job.id)] == ["Büro/c.txt", "b.txt"]
    assert setup.states() == {"a.txt": ["ready"]}
    assert incoming(settings) == []


def test_an_upload_without_arrived_files_leaves_nothing(setup: UploadSetup, settings: Settings) -> None:
    upload = setup.begin(("a.txt", OLD))
    assert setup.receiver.finish(upload, {0: "The connection was cut."}, "local") is UploadOutcome.NOTHING
    assert setup.jobs.views("matter", "local") == []
    assert list(settings.data.glob("incoming/*")) == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (
            [("big.pdf", 3 * MIB)],
            r"'big.pdf' is 3 MB; the limit for one file is 2 MB \(INCAMERA_UPLOAD_FILE_MB\)",
        ),
        ([(f"{n}.pdf", 2 * MIB) for n in range(3)], "6 MB together; 5 MB can be sent at once"),
        ([], "0 files were chosen"),
        ([("a.txt", 1)] * 50_001, "50,001 files were chosen"),
        ([("", 1)], "cannot be the name"),
        ([("//", 1)], "cannot be the name"),
        ([("x" * 2001, 1)], "cannot be the name"),
    ],
)
def test_an_exceeded_limit_is_reported_with_its_value(
    vault: Vault, collection: Collection, settings: Settings, embedder: Embedder,
    files: list[tuple[str, int]], expected: str,
) -> None:  # fmt: skip
    limited = settings.model_copy(update={"upload_file_mb": 2, "upload_total_mb": 5})
    setup = UploadSetup(vault, limited, embedder)
    with pytest.raises(UploadRefused, match=expected):
        setup.receiver.begin("matter", "local", files)
    setup.jobs.close()
    assert list(settings.data.glob("incoming/*")) == []


def test_a_full_disk_is_reported_before_a_byte_is_sent(
    setup: UploadSetup, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    upload = setup.begin(("a.txt", OLD))
    free = SimpleNamespace(free=300 * MIB)
    monkeypatch.setattr("vault.ledger.uploads.shutil.disk_usage", lambda _: free)
    with pytest.raises(UploadRefused, match=r"has 300 MB free\. Adding 40 MB needs about 336 MB"):
        setup.receiver.begin("matter", "local", [("scan.tif", 40 * MIB)])
    free.free = MIB
    with pytest.raises(UploadRefused, match="has 1 MB free"):
        setup.receiver.receive(upload, 0, "local")
    assert [path.name for path in incoming(settings)] == ["contents.json"]


def test_names_have_one_spelling_and_never_become_paths(setup: UploadSetup, vault: Vault) -> None:
    upload = setup.begin(("/Bu\u0308ro/rent.txt", OLD), ("../../vault.db", NEW), ("\ud800.txt", "Odd."))
    found = vault.uploads.get(upload)
    assert found is not None
    assert [file.name for file in found.files] == ["B\u00fcro/rent.txt", "../../vault.db", "\\ud800.txt"]


def test_a_user_who_may_not_add_files_stores_no_byte(setup: UploadSetup, settings: Settings) -> None:
    for user, role in (("reader", Role.READER), ("clerk", Role.CONTRIBUTOR), ("stranger", None)):
        setup.vault.members.add_user(user)
        setup.vault.members.set_member("matter", user, role, user="local")
    for user, refusal in (("reader", AccessDenied), ("stranger", CollectionNotFound)):
        with pytest.raises(refusal):
            setup.begin(("a.txt", OLD), user=user)
    assert list(settings.data.glob("incoming/*")) == []
    upload = setup.begin(("a.txt", OLD), user="clerk")
    with pytest.raises(UploadNotFound):
        setup.receiver.receive(upload, 0, "local")
    setup.vault.members.set_member("matter", "clerk", Role.READER, user="local")
    with pytest.raises(AccessDenied):
        setup.receiver.receive(upload, 0, "clerk")
    setup.receiver.cancel(upload, "local")
    with pytest.raises(AccessDenied):
        setup.receiver.receive(upload, 0, "clerk")
    setup.receiver.cancel(upload, "clerk")
    assert list(settings.data.glob("incoming/*")) == []


def test_an_abandoned_upload_is_removed(setup: UploadSetup, settings: Settings) -> None:
    left, going_on = setup.begin(("a.txt", OLD), ("b.txt", NEW)), setup.begin(("c.txt", "The fee is due."))
    setup.send(left, 0, OLD)
    setup.now += 3000
    setup.send(going_on, 0, "The fee is due.")
    setup.now += 3000
    setup.begin(("d.txt", "The bell is rung."))
    with pytest.raises(UploadNotFound, match="Send the files again"):
        setup.send(left, 1, NEW)
    assert setup.receiver.finish(going_on, {}, "local") is UploadOutcome.BEGUN
    assert not any(OLD.encode() in path.read_bytes() for path in incoming(settings))


def test_an_upload_of_an_earlier_version_is_added(
    vault: Vault, collection: Collection, settings: Settings, embedder: Embedder
) -> None:
    upload = stored(vault, "matter", ("rent.txt", OLD))
    contents = settings.data / "incoming" / upload / "contents.json"
    contents.unlink()
    contents.with_name("names.json").write_text(json.dumps(["rent.txt"]))
    setup = UploadSetup(vault, settings, embedder)
    setup.jobs.submit("matter", "local", upload)
    setup.wait()
    setup.jobs.close()
    assert {d.path: d.state for d in collection.catalogue.documents()} == {"rent.txt": DocumentState.READY}
