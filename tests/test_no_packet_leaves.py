"""Not one packet leaves: everything is done where the only route leads into a log."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.places import ROOT
from tests.test_offline import without_network
from tests.ui.cli.command import environment
from tests.waiting import PATIENCE

CAN_MAKE_A_ROUTE = "import os; os.open('/dev/net/tun', os.O_RDWR)"


def logged(tmp_path: Path, *arguments: str) -> tuple[subprocess.CompletedProcess[str], str]:
    """Run Python with these arguments; return how it ended, and which packets it sent out."""
    namespace = without_network()
    tried = [*namespace, sys.executable, "-c", CAN_MAKE_A_ROUTE]
    if not namespace or subprocess.run(tried, capture_output=True).returncode:
        pytest.skip("this system lets us make no network namespace with a route (unshare -rn, /dev/net/tun)")
    log = tmp_path / "packets"
    log.touch()
    done = subprocess.run(
        [*namespace, sys.executable, "-m", "tests.logged_route", str(log), sys.executable, *arguments],
        env=environment(tmp_path / "data"), cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE,
        check=False,
    )  # fmt: skip
    return done, log.read_text()


def test_a_packet_that_leaves_is_written_down(tmp_path: Path) -> None:
    code = (
        "import socket, time; from pathlib import Path\n"
        "for kind, to in ((socket.AF_INET, '192.0.2.99'), (socket.AF_INET, '198.51.100.7')):\n"
        "    socket.socket(kind, socket.SOCK_DGRAM).sendto(b'out', (to, 53))\n"
        f"while Path({str(tmp_path / 'packets')!r}).read_text().count(chr(10)) < 2: time.sleep(0.02)\n"
    )
    done, packets = logged(tmp_path, "-c", code)
    assert done.returncode == 0, done.stderr
    assert packets.splitlines() == ["17 192.0.2.99 ", "17 198.51.100.7 "]


@pytest.mark.slow
def test_no_packet_leaves_in_a_day_of_work(tmp_path: Path, data: Path) -> None:
    done, packets = logged(tmp_path, "-m", "tests.a_day_offline", str(tmp_path))
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.endswith("done\n")
    assert packets == ""
