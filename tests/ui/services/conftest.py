"""What the tests of uploads share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.ui.services.upload_setup import UploadSetup
from vault.embedding.embedder import Embedder
from vault.settings import Settings
from vault.store.collection import Collection
from vault.vault import Vault


@pytest.fixture
def setup(
    vault: Vault, collection: Collection, settings: Settings, embedder: Embedder
) -> Iterator[UploadSetup]:
    """Uploads into the collection "matter"; its jobs end with the test."""
    made = UploadSetup(vault, settings, embedder)
    yield made
    made.jobs.close()
