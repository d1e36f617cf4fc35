"""Files from other projects' test suites: whatever they are, the answer is a reading or a reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.limits import ReadLimits
from ingest.reader import Reader
from tests.waiting import PATIENCE
from vault.errors import ReaderCrashed, ReadError, ReaderTimeout

DOCUMENTS = Path(__file__).resolve().parents[3] / "shared" / "documents"
SAMPLE = 25


@pytest.mark.long
@pytest.mark.shared
def test_a_sample_of_strange_files_is_read_or_refused_with_a_reason() -> None:
    if not DOCUMENTS.is_dir():
        pytest.skip("the shared data folder is not beside the checkout")
    paths = sorted(path for path in DOCUMENTS.rglob("*") if path.is_file())
    read = 0
    with Reader(ReadLimits(seconds=PATIENCE)) as reader:
        for path in paths[:: max(1, len(paths) // SAMPLE)]:
            try:
                reading = reader.read(path)
            except (ReaderCrashed, ReaderTimeout) as error:
                pytest.fail(f"{path.name}: {error}")
            except ReadError as error:
                assert str(error).endswith("."), path.name
            else:
                read += bool(reading.pages)
    assert read > SAMPLE // 2
