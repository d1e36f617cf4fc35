"""Direct answers in the browser: the line, the labels, the rows, the chart and the cell on its page."""

from __future__ import annotations

import base64
import io
import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect

from ingest.parsing.pool import ParserPool
from tests.places import ROOT
from tests.ui.ward import INVOICES, fill
from tests.ui.web.browser import CHROMIUM, ServerProcess, Visit, visiting
from vault.embedding.embedder import Embedder
from vault.settings import Settings
from vault.vault import Vault

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"there is no Chromium at {CHROMIUM}"),
]

SCREENSHOTS = ROOT / "docs" / "screenshots"


@pytest.fixture(scope="module")
def visit(
    tmp_path_factory: pytest.TempPathFactory, embedder: Embedder, embedder_cache: Path, parsers: ParserPool
) -> Iterator[Visit]:
    folder = tmp_path_factory.mktemp("direct")
    settings = Settings(data=folder / "data")
    with Vault.create(settings.data, user="local", purpose="tests") as vault:
        fill(vault, folder / "files", embedder, parsers, settings)
    (settings.data / "embedder").symlink_to(embedder_cache)
    with ServerProcess(settings.data) as server, visiting(server) as made:
        yield made
        assert made.foreign_addresses() == []
        assert made.console_errors == []


def picture(visit: Visit, name: str) -> None:
    """Take a picture for the documentation, if that is wanted."""
    if os.environ.get("INCAMERA_SCREENSHOTS"):
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        visit.page.mouse.move(0, 0)
        visit.page.wait_for_timeout(1500)
        visit.page.screenshot(path=SCREENSHOTS / name)


def test_a_value_is_said_in_one_line_and_its_cell_is_marked_on_the_page(visit: Visit) -> None:
    visit.ask("What was the potassium of Anna Corrowan on 13 March 2026?")
    direct = visit.single(".st-key-direct-0")
    expect(direct.locator(".ic-direct")).to_contain_text("3.4")
    expect(direct.locator(".ic-verdict")).to_have_text("from the table")
    expect(direct.locator(".ic-about").first).to_contain_text("Anna Corrowan")
    labels = visit.page.locator("[class*='st-key-label-0-'] button:visible")
    expect(labels.filter(has_text="Anna Corrowan")).to_be_visible()
    expect(labels.filter(has_text="13 March 2026")).to_be_visible()
    direct.get_by_role("button", name="results Corrowan.pdf").click()
    shown = visit.page.locator("img.ic-page-image")
    expect(shown).to_be_visible()
    png = base64.b64decode((shown.get_attribute("src") or "").removeprefix("data:image/png;base64,"))
    pixels = np.asarray(Image.open(io.BytesIO(png)).convert("RGB")).astype(int)
    yellow = (pixels[..., 0] > 200) & (pixels[..., 1] > 180) & (pixels[..., 2] < 160)
    rows, columns = np.nonzero(yellow)
    # One cell, not its row: as high as a line and much narrower than the table.
    assert 0 < np.ptp(columns) < pixels.shape[1] / 6
    assert 0 < np.ptp(rows) < pixels.shape[0] / 30
    picture(visit, "direct.png")


def test_a_label_can_be_taken_away_and_put_back(visit: Visit) -> None:
    page = visit.page
    page.locator("[class*='st-key-label-0-'] button:visible", has_text="13 March 2026").click()
    removed = page.locator("[class*='st-key-removed-0-'] button:visible")
    expect(removed).to_contain_text("13 March 2026")
    expect(page.locator(".ic-question")).to_have_count(1)  # the answer takes the place of the one before
    expect(page.locator(".st-key-direct-0")).to_contain_text("4.6")
    visit.wait_until_idle()
    removed.click()
    expect(page.locator(".st-key-direct-0")).to_contain_text("3.4")
    expect(removed).to_have_count(0)


def test_values_over_time_are_a_table_and_a_line(visit: Visit) -> None:
    visit.ask("How has the potassium of Anna Corrowan changed?")
    rows = visit.page.locator(".st-key-rows-1")
    expect(rows.locator(".ic-cells")).to_have_count(4)
    expect(rows.locator(".ic-rows-head")).to_contain_text("results Corrowan.pdf")
    chart = visit.page.locator(".st-key-chart-1")
    expect(chart.locator("canvas, svg").first).to_be_visible()
    picture(visit, "over-time.png")


def test_a_list_is_whole_and_the_words_of_its_cells_are_no_markup(visit: Visit) -> None:
    visit.ask("How many invoices are there?")
    rows = visit.page.locator(".st-key-rows-2")
    expect(rows.locator(".ic-cells")).to_have_count(len(INVOICES))
    expect(rows.locator(".ic-meta").first).to_have_text(
        "4 rows in 1 document; nothing that was searched is left out."
    )
    expect(rows).to_contain_text("Harrow <b>Mill</b>")


def test_it_asks_whom_an_ambiguous_name_means(visit: Visit) -> None:
    visit.ask("What does Corrowan take?")
    page = visit.page
    expect(
        page.get_by_text("Two people fit “Corrowan”: Anna Corrowan, Robert Corrowan. Which one?")
    ).to_be_visible()
    visit.wait_until_idle()  # a button that is drawn again loses the click
    page.get_by_role("button", name="Robert Corrowan", exact=True).click()
    expect(page.locator(".ic-question").last).to_have_text("What does Robert Corrowan take?")
    expect(page.locator("[class*='st-key-quoted-cite-3-']").first).to_contain_text("apixaban")
    expect(page.locator("[class*='st-key-quoted-cite-3-'] .ic-about").first).to_have_text(
        "Robert Corrowan · clinic letter, 2 February 2026"
    )
