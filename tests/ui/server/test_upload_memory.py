"""A large file passes through the server without being held in memory."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.ui.web.browser import CHROMIUM, ServerProcess, visiting

pytestmark = [
    pytest.mark.long,
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"there is no Chromium at {CHROMIUM}"),
    pytest.mark.skipif(sys.platform != "linux", reason="the peak of a process's memory is read from /proc"),
]
LARGE = 300  # MiB
GROWTH = 48  # MiB that the peak may grow by, whatever the server does meanwhile


def peak(server: ServerProcess) -> int:
    """Return the peak memory of the server, in MiB."""
    status = Path(f"/proc/{server.pid}/status").read_text()
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    assert found is not None
    return int(found.group(1)) // 1024


def test_a_large_upload_is_not_held_in_memory(data: Path, tmp_path: Path) -> None:
    large, small = tmp_path / "large.bin", tmp_path / "small.txt"
    small.write_text("The rent is due in May.")
    with large.open("wb") as target:
        for _ in range(LARGE):
            target.write(os.urandom(1 << 20))
    with ServerProcess(data) as server, visiting(server) as visit:
        visit.make_collection("Small")
        visit.add(small)  # what the first job loads is in memory afterwards
        expect(visit.page.get_by_text("1 file added with 1 page.")).to_be_visible()
        visit.make_collection("Large")
        before = peak(server)
        visit.add(large)
        expect(visit.page.get_by_text("1 file not added.")).to_be_visible()
        expect(visit.page.locator(".ic-failures")).to_contain_text("large.bin")
        grown = peak(server) - before
    print(f"the server's peak was {before} MiB and grew by {grown} MiB")
    assert grown < GROWTH
