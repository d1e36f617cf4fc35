"""The server that is visited, and what it takes of the machine."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from bench.many_users.measured import Measured

ROOT = Path(__file__).parents[2]
_SAMPLE_SECONDS = 5


@contextmanager
def served(data: Path, log: Path) -> Iterator[tuple[str, psutil.Process]]:
    """Run `incamera serve` until the end of the block, and yield its address and process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    variables = {**os.environ, "INCAMERA_DATA": str(data), "INCAMERA_MODEL": "off"}
    command = [sys.executable, "-m", "ui.cli", "serve", "--port", str(port)]
    with (
        log.open("w") as output,
        subprocess.Popen(
            command, cwd=ROOT, env=variables, stdout=output, stderr=subprocess.STDOUT
        ) as process,
    ):
        try:
            while not (found := re.search(r"Open (http://[\d.:]+)", log.read_text())):
                if process.poll() is not None:
                    raise SystemExit(f"The server did not start:\n{log.read_text()}")
                time.sleep(0.5)
            yield found[1], psutil.Process(process.pid)
        finally:
            process.terminate()


def sample(server: psutil.Process, measured: Measured, until: float) -> None:
    """Note memory and open files of the server with its children until the time is over."""
    while time.monotonic() < until:
        processes = [server, *server.children(recursive=True)]
        memory, files = 0.0, 0
        for process in processes:
            try:
                memory += process.memory_info().rss / 2**20
                files += process.num_fds()
            except psutil.NoSuchProcess:
                continue  # a parser that has just ended
        measured.memory_mib.append(memory)
        measured.open_files.append(files)
        time.sleep(_SAMPLE_SECONDS)
