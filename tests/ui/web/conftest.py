"""What the tests in a browser share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.ui.web.browser import chromium


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One browser for the visits of all files. It ends with this folder: elsewhere no event loop may run."""
    with chromium() as made:
        yield made
