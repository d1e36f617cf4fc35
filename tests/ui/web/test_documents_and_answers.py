"""The page as a person sees it: a server process, Chromium, and what is on the screen."""

from __future__ import annotations

import base64
import io
import os
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pdfplumber
import pytest
from numpy.typing import NDArray
from PIL import Image
from playwright.sync_api import expect
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer

from tests.ingest.files import notes
from tests.ingest.paused_parsers import paused_parsers
from tests.places import ROOT
from tests.ui.cli.command import incamera_json
from tests.ui.web.browser import CHROMIUM, ServerProcess, Visit, visiting
from tests.waiting import PATIENCE
from vault.embedding.embedder import Embedder

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"there is no Chromium at {CHROMIUM}"),
]

SCREENSHOTS = ROOT / "docs" / "screenshots"
QUOTE = "Either party may end this Agreement by giving ninety days written notice to the other party"
AGREEMENT = [
    ["Services Agreement", "The Supplier shall host the register of patients for the Client."],
    [
        "Termination",
        "The parties have read this page. "
        f"{QUOTE} at the address that stands on the first page of this Agreement. "
        "Nothing in the clause above changes what was owed before the end.",
        "Fees paid in advance are returned within thirty days of the end.",
        "The Supplier hands over the register, in the form in which the Client loads it, with a list of "
        "every copy that was made of it, and deletes the copies when the Client confirms that it is whole.",
        "Each party bears its own costs of the handover. Help beyond it is charged at the day rates of "
        "the Schedule, and only if the Client asked for it in writing.",
        "The clauses on confidentiality, on audit and on liability go on after the end. They bind those "
        "who take over the business of a party.",
    ],
    ["Governing law", "The law of Scotland governs this Agreement."],
]
PAYLOAD = (
    "The ward password rule says <script>fetch('http://evil.example/s')</script> that "
    '<img src="http://evil.example/i.png" onerror="alert(1)"> nurses ![pixel](http://evil.example/m.png) '
    "change it [every month](http://evil.example/l) <b>without fail</b> at http://evil.example/auto."
)
HOSTILE_NAME = "![pixel](http:evil.example) <b>bold<b> :smile: www.evil.example.txt"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("web")
    (made / "files").mkdir()
    return made


@pytest.fixture(scope="module")
def visit(folder: Path, embedder: Embedder, embedder_cache: Path) -> Iterator[Visit]:
    data = folder / "data"
    data.mkdir()
    (data / "embedder").symlink_to(embedder_cache)
    with ServerProcess(data) as server, visiting(server) as made:
        yield made
        assert made.foreign_addresses() == []
        assert made.console_errors == []


def write_pdf(path: Path, pages: list[list[str]]) -> Path:
    styles = getSampleStyleSheet()
    story = []
    for heading, *paragraphs in pages:
        story.append(Paragraph(heading, styles["Heading1"]))
        for text in paragraphs:
            story += [Paragraph(text, styles["BodyText"]), Spacer(1, 14)]
        story.append(PageBreak())
    SimpleDocTemplate(str(path), pagesize=A4).build(story)
    return path


def highlighted(picture: Image.Image) -> NDArray[np.bool_]:
    """Return which pixels are clearly yellow: much less blue than red and green."""
    red, green, blue = np.moveaxis(np.asarray(picture.convert("RGB")).astype(int), 2, 0)
    found: NDArray[np.bool_] = (red - blue > 60) & (green - blue > 60)
    return found


def test_a_citation_opens_the_page_with_exactly_the_quoted_words_highlighted(
    visit: Visit, folder: Path
) -> None:
    pdf = write_pdf(folder / "files" / "services_agreement.pdf", AGREEMENT)
    visit.make_collection("Harrow and Pike")
    visit.add(pdf)
    visit.wait_until_added()
    expect(visit.page.locator(".ic-row .ic-state-ready")).to_have_count(1)
    visit.open_page("Ask")
    visit.ask("How much notice must a party give to end the agreement?")

    statement = visit.page.locator(".ic-statement.ic-quoted").first
    expect(statement).to_contain_text("ninety days written notice")
    visit.page.get_by_role("button", name="services_agreement.pdf · p. 2").first.click()
    shown = visit.page.locator("img.ic-page-image")
    expect(shown).to_be_visible()
    expect(visit.page.get_by_text("Page 2 of 3")).to_be_visible()
    if os.environ.get("INCAMERA_SCREENSHOTS"):
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        visit.page.screenshot(path=SCREENSHOTS / "ask.png")

    png = base64.b64decode((shown.get_attribute("src") or "").removeprefix("data:image/png;base64,"))
    picture = Image.open(io.BytesIO(png))
    yellow = highlighted(picture)
    quoted = (statement.text_content() or "").strip("“”").split()
    with pdfplumber.open(pdf) as opened:
        page = opened.pages[1]
        scale = picture.width / float(page.width)
        words = page.extract_words()
    texts = [word["text"] for word in words]
    first = next(i for i in range(len(texts)) if texts[i : i + len(quoted)] == quoted)
    inside, outside = words[first : first + len(quoted)], words[:first] + words[first + len(quoted) :]

    def share(word: dict[str, float]) -> float:
        """Return how much of a word's box is highlighted, without its letters."""
        box = yellow[
            round(word["top"] * scale) + 1 : round(word["bottom"] * scale) - 1,
            round(word["x0"] * scale) + 1 : round(word["x1"] * scale) - 1,
        ]
        return float(box.mean())

    assert min(share(word) for word in inside) > 0.4
    assert max(share(word) for word in outside) < 0.05
    rows, columns = np.nonzero(yellow)
    bounds = np.array([columns.min(), rows.min(), columns.max(), rows.max()]) / scale
    expected = [
        min(word["x0"] for word in inside), min(word["top"] for word in inside),
        max(word["x1"] for word in inside), max(word["bottom"] for word in inside),
    ]  # fmt: skip
    assert np.abs(bounds - expected).max() < 4  # points


def test_the_pages_around_a_quote_can_be_read_and_the_quote_found_again(visit: Visit) -> None:
    visit.single(".st-key-source-next button:visible").click()
    expect(visit.page.get_by_text("Page 3 of 3")).to_be_visible()
    visit.single(".st-key-source-back button:visible").click()
    expect(visit.page.get_by_text("Page 2 of 3")).to_be_visible()
    visit.single(".st-key-source-close button:visible").click()
    expect(visit.page.locator("img.ic-page-image")).to_have_count(0)


def test_a_question_that_the_documents_do_not_answer_is_not_answered(visit: Visit) -> None:
    visit.ask("Who painted the ceiling of the Sistine Chapel?")
    refused = visit.page.locator(".ic-abstained").last
    expect(refused).to_contain_text("Not found in the documents")
    expect(refused).to_contain_text("1 document with 3 pages searched.")


def test_an_answer_is_approved_and_the_approval_withdrawn(visit: Visit) -> None:
    foot = visit.page.locator(".st-key-foot-buttons-0")
    foot.get_by_role("button", name="Approve").click()
    approved = foot.get_by_role("button", name="Approved")
    expect(approved).to_be_visible()
    approved.click()
    expect(approved).to_have_count(0)


def test_an_answer_can_be_copied_with_its_sources(visit: Visit) -> None:
    visit.page.get_by_role("button", name="Copy with sources").first.click()
    copied = visit.page.get_by_test_id("stCode").first
    expect(copied).to_contain_text("[1] services_agreement.pdf, page 2")
    visit.page.keyboard.press("Escape")


def test_every_mention_is_listed_counted_and_opened_at_its_page(visit: Visit) -> None:
    visit.page.locator(".st-key-how button", has_text="Every mention").click()
    visit.send("A word or phrase", "Client")
    expect(visit.page.locator(".ic-question")).to_have_text("“Client”: 4 places on 2 pages of 1 document")
    expect(visit.page.locator(".ic-mentions mark")).to_have_text(["Client"] * 4)
    visit.page.get_by_role("button", name="p. 2 (3)").click()
    expect(visit.page.locator("img.ic-page-image")).to_be_visible()
    if os.environ.get("INCAMERA_SCREENSHOTS"):
        visit.page.screenshot(path=SCREENSHOTS / "find.png")
    visit.send("A word or phrase", "<b>moonlight*</b>")
    expect(visit.page.locator(".ic-question")).to_have_text("“<b>moonlight*</b>”: not found")
    visit.page.locator(".st-key-how button", has_text="Answer").click()
    expect(visit.page.locator(".ic-abstained").last).to_be_visible()


@pytest.mark.slow
def test_markup_in_a_document_and_in_its_name_is_shown_as_text(visit: Visit, folder: Path) -> None:
    file = folder / "files" / HOSTILE_NAME
    lines = "\n\n".join(f"Paragraph {number} is about the linen of ward {number}." for number in range(120))
    file.write_text(f"{lines}\n\n{PAYLOAD}\n\n{lines}\n")
    visit.make_collection("Ward seven")
    visit.add(file)
    visit.wait_until_added()
    expect(visit.page.locator(".ic-name b")).to_contain_text("![pixel]")
    visit.open_page("Ask")
    visit.ask("What does the ward password rule say nurses change every month?")
    expect(visit.page.locator(".ic-statement").last).to_contain_text("<script>fetch(")
    chip = visit.page.locator('[class*="st-key-cite-"] button').last
    expect(chip).to_contain_text("![pixel](http:")
    visit.page.locator('[class*="st-key-cite-"] button:visible').last.click()
    mark = visit.page.locator(".ic-page-text mark")
    expect(mark).to_contain_text("http://evil.example")
    expect(mark).to_be_in_viewport()  # scrolled to, in a page several screens long

    main = visit.page.locator("[data-testid=stMain]")
    assert main.locator("script").count() == 0
    assert main.locator('[src*="evil"], [href*="evil"]').count() == 0
    assert main.locator(".ic-statement b, .ic-page-text b, .ic-page-text img, .ic-name b b").count() == 0
    assert visit.foreign_addresses() == []


def test_a_file_that_cannot_be_read_stays_on_the_page_with_its_reason(visit: Visit, folder: Path) -> None:
    broken = folder / "files" / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7\nthis is where it ends")
    visit.open_page("Documents")
    visit.add(broken)
    visit.wait_until_added()
    expect(visit.page.locator(".ic-failures")).to_contain_text("broken.pdf")
    row = visit.page.locator(".ic-row", has_text="broken.pdf")
    expect(row.locator(".ic-state-failed")).to_be_visible()
    expect(row.locator(".ic-note")).not_to_be_empty()


def test_the_columns_of_the_list_stand_below_each_other_whatever_buttons_a_row_has(
    visit: Visit, folder: Path
) -> None:
    visit.add(write_pdf(folder / "files" / "rota.pdf", [["Rota", "Ada Bell is on duty on Monday."]]))
    visit.wait_until_added()
    row = visit.page.locator('[class*="st-key-row-"]', has_text="rota.pdf")
    expect(row.get_by_role("button", name="Read again")).to_be_visible()
    states = visit.page.locator(".ic-row .ic-state")
    assert visit.page.get_by_role("button", name="Read again").count() < states.count()
    assert len({round(box["x"]) for state in states.all() if (box := state.bounding_box())}) == 1


def test_a_document_is_deleted_after_a_confirmation(visit: Visit) -> None:
    row = visit.page.locator('[class*="st-key-row-"]', has_text="broken.pdf")
    row.get_by_role("button", name="Delete").click()
    dialog = visit.page.get_by_role("dialog")
    expect(dialog).to_contain_text("broken.pdf")
    dialog.get_by_role("button", name="Keep it").click()
    expect(dialog).to_have_count(0)
    expect(row).to_have_count(1)

    row.get_by_role("button", name="Delete").click()
    dialog.get_by_role("button", name="Delete permanently").click()
    expect(visit.page.get_by_text("“broken.pdf” was deleted.")).to_be_visible()
    expect(row).to_have_count(0)


@pytest.mark.slow
def test_progress_is_still_shown_after_the_page_was_loaded_again(visit: Visit, folder: Path) -> None:
    files = notes(folder / "files", "pump", 6)
    visit.make_collection("Long files")
    with paused_parsers(visit.server.pid) as standing:
        visit.add(*files)
        assert standing.wait(PATIENCE)
        bar = visit.page.get_by_text(re.compile(r"\d of 6 files"))
        expect(bar).to_be_visible()
        visit.page.reload()
        expect(bar).to_be_visible()
    visit.wait_until_added()
    expect(visit.page.get_by_text("6 files added with 6 pages.")).to_be_visible()


@pytest.mark.slow
def test_a_job_is_cancelled_and_keeps_what_was_added(visit: Visit, folder: Path) -> None:
    files = notes(folder / "files", "valve", 12)
    visit.make_collection("Slow files")
    with paused_parsers(visit.server.pid) as standing:
        visit.add(*files)
        assert standing.wait(PATIENCE)
        visit.page.get_by_role("button", name="Cancel").click()
        expect(visit.page.get_by_text("Stopping after this file")).to_be_visible()
    reason = visit.page.get_by_text(re.compile(r"Cancelled by local: \d+ files? (is|are) in the collection"))
    expect(reason).to_be_visible()
    expect(visit.page.get_by_text(re.compile(r"\d+ of 12 were not read"))).to_be_visible()


@pytest.mark.slow
def test_the_filter_limits_a_question_to_the_chosen_documents(visit: Visit, folder: Path) -> None:
    rents = folder / "rents"
    rents.mkdir()
    for year, rent in ((2023, 800), (2024, 900)):
        (rents / f"lease {year}.txt").write_text(f"The rent of the flat is {rent} pounds a month.")
    manifest = rents.parent / "rents.csv"
    manifest.write_text("path,year\nrents/lease 2023.txt,2023\nrents/lease 2024.txt,2024\n")
    visit.make_collection("Rents")
    incamera_json(folder / "data", "ingest", rents, "-c", "Rents", "--manifest", manifest)
    visit.open_page("Ask")
    visit.filter_by("Year", "2023")
    visit.page.keyboard.press("Escape")
    visit.page.keyboard.press("Escape")
    expect(visit.page.get_by_role("button", name="Filter (1)")).to_be_visible()
    visit.ask("What is the rent of the flat?")
    answer = visit.page.get_by_role("main")
    expect(answer).to_contain_text("800 pounds")
    expect(answer).not_to_contain_text("900 pounds")
