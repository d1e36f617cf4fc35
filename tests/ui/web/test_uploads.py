"""Adding files as a person does: many files, a folder, a cut connection, a name that is taken."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Route, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tests.ingest import files
from tests.ui.cli.command import incamera_json
from tests.ui.web.browser import CHROMIUM, ServerProcess, Visit, visiting
from vault.embedding.embedder import Embedder

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"there is no Chromium at {CHROMIUM}"),
]

AT_ONCE = """() => {
  const sent = performance.getEntriesByType("resource").filter((one) => /uploads.*[0-9]+$/.test(one.name));
  const at = (moment) => sent.filter((one) => one.startTime <= moment && moment < one.responseEnd).length;
  return [sent.length, Math.max(...sent.map((one) => at(one.startTime)))];
}"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("upload")


@pytest.fixture(scope="module")
def data(folder: Path, embedder: Embedder, embedder_cache: Path) -> Path:
    made = folder / "data"
    made.mkdir()
    (made / "embedder").symlink_to(embedder_cache)
    return made


@pytest.fixture(scope="module")
def visit(data: Path) -> Iterator[Visit]:
    """A browser at a server that accepts files of at most 1 MiB."""
    os.environ["INCAMERA_UPLOAD_FILE_MB"] = "1"
    try:
        with ServerProcess(data) as server, visiting(server) as made:
            yield made
            assert made.foreign_addresses() == []
            assert [one for one in made.console_errors if "net::ERR_FAILED" not in one] == []
    finally:
        del os.environ["INCAMERA_UPLOAD_FILE_MB"]


def notes(folder: Path, name: str, many: int, text: str = "The fee for pew {} is due in May.") -> list[Path]:
    made = folder / name
    made.mkdir(parents=True)
    for number in range(many):
        (made / f"note {number}.txt").write_text(text.format(number))
    return [made / f"note {number}.txt" for number in range(many)]


def until(reached: Callable[[], bool], visit: Visit) -> None:
    """Wait for something outside of the page while the page keeps working."""
    while not reached():
        visit.page.wait_for_timeout(50)


def waiting(data: Path) -> list[Path]:
    return list(data.glob("incoming/*"))


def listed(data: Path, collection: str) -> dict[str, str]:
    """Return the states of the documents by name."""
    return {one["name"]: one["state"] for one in incamera_json(data, "documents", "-c", collection)}


def jobs_are_done(visit: Visit) -> None:
    expect(visit.page.get_by_test_id("stProgress")).to_have_count(0)


def test_files_that_did_not_arrive_are_named_and_sent_again(visit: Visit, folder: Path, data: Path) -> None:
    files = notes(folder, "cut", 12)
    refused = {"3": 99, "7": 99, "9": 2}  # how many times the connection of each is cut

    def cut(route: Route) -> None:
        number = route.request.url.rsplit("/", 1)[1]
        refused[number] -= 1
        if refused[number] >= 0:
            route.abort()
        else:
            route.continue_()

    visit.make_collection("Cut")
    visit.page.route(re.compile(r"/uploads/\w+/(3|7|9)$"), cut)
    visit.add(*files)
    outcome = visit.page.locator(".outcome")
    expect(outcome).to_have_text("2 of 12 files did not arrive. The 10 that did are being added.")
    expect(visit.page.locator(".ended .names li")).to_have_text(
        [f"{files[number].name} The connection was cut." for number in (3, 7)]
    )
    assert visit.page.locator(".aloud").text_content() == outcome.text_content()
    jobs_are_done(visit)
    summary = visit.page.get_by_text("10 files added with 10 pages · 2 of 12 files did not arrive.")
    expect(summary).to_be_visible()
    expect(visit.page.locator(".ic-failures li").first).to_contain_text(f"{files[3].name} It did not arrive")
    if os.environ.get("INCAMERA_SCREENSHOTS"):
        visit.page.screenshot(path=folder / "cut.png")
    visit.page.unroute_all()
    visit.page.get_by_role("button", name="Send 2 files again").click()
    expect(outcome).to_have_text("2 files arrived.")
    expect(visit.page.get_by_text("2 files added with 2 pages.")).to_be_visible()
    assert sorted(listed(data, "Cut")) == sorted(file.name for file in files)


def test_a_server_that_cannot_be_reached_loses_nothing(visit: Visit, folder: Path, data: Path) -> None:
    files = notes(folder, "gone", 4)
    visit.make_collection("Gone")
    visit.page.route(re.compile(r"/uploads|/healthz"), lambda route: route.abort())
    visit.add(*files)
    expect(visit.page.locator(".outcome")).to_have_text("4 of 4 files did not arrive.")
    expect(visit.page.locator(".ended .names li").first).to_contain_text("The server could not be reached.")
    visit.page.unroute_all()
    visit.page.get_by_role("button", name="Send 4 files again").click()
    expect(visit.page.get_by_text("4 files added with 4 pages.")).to_be_visible()


def test_a_folder_is_added_with_the_names_of_its_folders(visit: Visit, folder: Path, data: Path) -> None:
    notes(folder / "Smith", "2023", 1, "The rent is 800 pounds.")
    notes(folder / "Smith", "2024", 1, "The rent is 900 pounds.")
    (folder / "Smith" / ".DS_Store").write_text("of the system")
    (folder / "Smith" / "scan.tif").write_bytes(b"x" * (2 << 20))
    visit.make_collection("Smith")
    expect(visit.single(".choose-folder")).to_be_enabled()
    visit.page.locator("input.folder").set_input_files(folder / "Smith")
    expect(visit.page.locator(".left-out .why")).to_have_text(
        "Left out: 1 file larger than 1 MB, 1 hidden or system file."
    )
    expect(visit.page.locator(".left-out li")).to_have_text(["Smith/scan.tif 2 MB", "Smith/.DS_Store"])
    visit.page.get_by_text("Show the files").click()
    expect(visit.page.locator(".chosen li").first).to_contain_text("Smith/2023/note 0.txt")
    if os.environ.get("INCAMERA_SCREENSHOTS"):
        visit.page.screenshot(path=folder / "folder.png")
    visit.page.get_by_role("button", name="Add 2 files to Smith").click()
    expect(visit.page.get_by_text("2 files added with 2 pages.")).to_be_visible()
    assert listed(data, "Smith") == {"Smith/2023/note 0.txt": "ready", "Smith/2024/note 0.txt": "ready"}


def test_files_and_folders_are_dropped(visit: Visit, folder: Path) -> None:
    visit.make_collection("Dropped")
    expect(visit.single(".choose-files")).to_be_enabled()
    field = visit.page.locator(".field").bounding_box()
    assert field is not None
    debugger = visit.page.context.new_cdp_session(visit.page)
    files = [str(folder / "Smith"), str(notes(folder, "loose", 1)[0])]
    for kind in ("dragEnter", "dragOver", "drop"):
        where = {"x": field["x"] + 20, "y": field["y"] + 20}
        dragged = {"items": [], "files": files, "dragOperationsMask": 1}
        debugger.send("Input.dispatchDragEvent", {"type": kind, **where, "data": dragged})
    expect(visit.page.locator(".sum")).to_contain_text("3 files chosen")
    visit.page.get_by_text("Show the files").click()
    names = visit.page.locator(".chosen li").all_text_contents()
    assert sorted(name.rsplit(" ", 2)[0] for name in names) == [
        "Smith/2023/note 0.txt", "Smith/2024/note 0.txt", "note 0.txt",
    ]  # fmt: skip
    visit.page.get_by_role("button", name="Clear the list").click()
    expect(visit.page.locator(".chosen")).to_be_hidden()


def test_the_field_can_be_used_with_the_keyboard_alone(visit: Visit, folder: Path) -> None:
    visit.make_collection("Keys")
    expect(visit.single(".choose-files")).to_be_enabled()
    files = notes(folder, "keys", 1)
    chooser = visit.page.locator(".choose-files")

    def is_chosen() -> bool:
        # A field that is drawn again loses the focus, and the key goes nowhere.
        visit.wait_until_idle()
        chooser.focus()
        with suppress(PlaywrightTimeout), visit.page.expect_file_chooser(timeout=10_000) as opened:
            visit.page.keyboard.press("Enter")
            opened.value.set_files(files)
            return True
        return False

    until(is_chosen, visit)
    expect(visit.page.locator("button.add")).to_be_focused()
    expect(visit.page.locator("[role=status].aloud")).to_have_text("1 file chosen, 32 bytes.")
    visit.page.keyboard.press("Tab")
    expect(visit.page.get_by_role("button", name="Clear the list")).to_be_focused()
    visit.page.keyboard.press("Shift+Tab")
    expect(visit.page.locator("button.add")).to_be_focused()
    visit.page.keyboard.press("Enter")
    expect(visit.page.get_by_text("1 file added with 1 page.")).to_be_visible()


def test_sending_continues_while_another_page_is_shown_and_can_be_stopped(
    visit: Visit, folder: Path, data: Path
) -> None:
    held: list[Route] = []
    visit.make_collection("Held")
    visit.page.route(re.compile(r"/uploads/\w+/0$"), lambda route: held.append(route))
    visit.choose_files(*notes(folder, "held", 3))
    visit.page.locator("button.add").click()
    until(lambda: len(held) == 1, visit)
    visit.open_page("Ask")
    expect(visit.page.get_by_role("heading", name="Ask your documents")).to_be_visible()
    visit.open_page("Documents")
    expect(visit.page.locator(".how-far")).to_contain_text("2 of 3 files sent")
    expect(visit.page.get_by_role("button", name="Choose files")).to_be_disabled()
    assert len(waiting(data)) == 1
    visit.page.locator("button.cancel").click()
    expect(visit.page.locator(".outcome")).to_have_text("Stopped. None of the 3 files was added.")
    until(lambda: waiting(data) == [], visit)
    held.pop().abort()
    visit.page.unroute_all()
    assert listed(data, "Held") == {}


def test_leaving_the_page_while_it_sends_leaves_nothing_behind(
    visit: Visit, folder: Path, data: Path
) -> None:
    held: list[Route] = []
    visit.make_collection("Left")
    visit.page.route(re.compile(r"/uploads/\w+/0$"), lambda route: held.append(route))
    visit.choose_files(*notes(folder, "left", 3))
    visit.page.locator("button.add").click()
    until(lambda: len(held) == 1 and len(list(data.glob("incoming/*/[12]"))) == 2, visit)
    visit.page.on("dialog", lambda asked: asked.accept())
    visit.page.reload()
    until(lambda: waiting(data) == [], visit)
    visit.page.unroute_all()


def test_a_changed_file_replaces_its_version_when_the_user_chooses_so(
    visit: Visit, folder: Path, data: Path
) -> None:
    old = notes(folder, "old", 3, "The rent of house {} is 800 pounds.")
    new = notes(folder, "new", 3, "The rent of house {} is 900 pounds.")
    visit.make_collection("Rents")
    visit.add(*old)
    expect(visit.page.get_by_text("3 files added with 3 pages.")).to_be_visible()
    visit.add(new[0])
    expect(visit.page.get_by_text("Replace version 1 of “note 0.txt”?")).to_be_visible()
    assert set(listed(data, "Rents").values()) == {"ready"}
    visit.page.get_by_role("button", name="Replace version 1").click()
    expect(visit.page.locator(".ic-state-superseded")).to_have_count(1)
    visit.open_page("Ask")
    visit.ask("What is the rent of house 0?")
    expect(visit.page.get_by_role("main")).to_contain_text("900 pounds")
    expect(visit.page.locator(".ic-statement").first).not_to_contain_text("800")
    visit.open_page("Documents")

    visit.add(*new)
    expect(visit.page.get_by_text("Replace 2 documents with newer versions?")).to_be_visible()
    if os.environ.get("INCAMERA_SCREENSHOTS"):
        visit.page.screenshot(path=folder / "names.png")
    visit.page.get_by_text("Choose for each").click()
    visit.page.get_by_role("radiogroup", name=re.compile("note 2")).get_by_text("Keep both").click()
    visit.page.get_by_role("button", name="Continue with these choices").click()
    expect(
        visit.page.get_by_text("2 files added with 2 pages · 1 already in the collection.")
    ).to_be_visible()
    assert [one["name"] for one in incamera_json(data, "documents", "-c", "Rents")] == [
        "note 0.txt", "note 0.txt", "note 1.txt", "note 1.txt", "note 2 (2).txt", "note 2.txt",
    ]  # fmt: skip


@pytest.mark.parametrize("many", [60, pytest.param(2000, marks=pytest.mark.long)])
def test_many_files_are_sent_a_few_at_a_time_and_none_is_lost(visit: Visit, folder: Path, many: int) -> None:
    files = notes(folder, f"many {many}", many)
    visit.make_collection(f"Many {many}")
    visit.page.evaluate("performance.clearResourceTimings(); performance.setResourceTimingBufferSize(10000)")
    visit.choose_files(*files)
    expect(visit.page.locator(".sum")).to_contain_text(f"{many:,} files chosen")
    visit.page.locator("button.add").click()
    expect(visit.page.locator(".outcome")).to_have_text(f"{many:,} files arrived.")
    sent, at_once = visit.page.evaluate(AT_ONCE)
    assert (sent, at_once <= 3) == (many, True)
    expect(visit.page.get_by_test_id("stProgress")).to_contain_text(f"{many:,} files")
    visit.page.get_by_role("button", name="Cancel").click()
    expect(visit.page.get_by_text(re.compile(rf"of {many} were not read"))).to_be_visible()


def test_a_password_that_is_typed_opens_the_files_that_are_added_next(
    visit: Visit, folder: Path, data: Path
) -> None:
    secret = "Zwölf-Bäume 1744"
    locked = files.pdf(folder / "locked.pdf", password=secret)
    visit.make_collection("locked")
    visit.add(locked)
    visit.wait_until_added()
    expect(visit.page.get_by_text("opens only with a password").first).to_be_visible()
    visit.page.get_by_role("button", name="Dismiss").click()
    visit.page.get_by_text("Files with a password").click()
    field = visit.page.get_by_role("textbox", name="Password")
    field.fill(secret)
    field.press("Enter")
    expect(visit.page.get_by_text("The password will be tried.")).to_be_visible()
    assert field.get_attribute("type") == "password"
    expect(field).to_have_value("")
    visit.add(locked)
    visit.wait_until_added()
    until(lambda: listed(data, "locked") == {"locked.pdf": "ready"}, visit)


@pytest.mark.slow
def test_a_document_is_read_again_with_recognition(visit: Visit, folder: Path, data: Path) -> None:
    made = files.pdf(folder / "printed.pdf", [[("Helvetica", 14, "The rent of the mill is 940 pounds.")]])
    visit.make_collection("printed")
    visit.add(made)
    visit.wait_until_added()
    visit.page.get_by_role("button", name="Read again").click()
    expect(visit.page.get_by_text("recognised from its picture").first).to_be_visible()
    expect(visit.page.get_by_role("button", name="Read again")).to_have_count(0)
    (document,) = incamera_json(data, "documents", "-c", "printed")
    assert (document["state"], document["ocr_pages"]) == ("ready", 1)
