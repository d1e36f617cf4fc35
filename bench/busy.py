"""The tests, or any other command, beside processes that do nothing but take the cores.

    python -m bench.busy [--times 3] [--loops 2] pytest -q -n 2 --dist loadfile

Prints how each run ended and how long it took; the exit status is 1 when one of them failed. The loops end
with this process, however it ends.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

LOOP = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that ends this one
while os.getppid() == int(sys.argv[1]):
    for _ in range(1_000_000):
        pass
"""


@contextmanager
def busy(loops: int) -> Iterator[None]:
    """So many processes that take a core each, until the end of the block."""
    running = [subprocess.Popen([sys.executable, "-c", LOOP, str(os.getpid())]) for _ in range(loops)]
    try:
        yield
    finally:
        for process in running:
            process.kill()
        for process in running:
            process.wait()


def run(command: Sequence[str]) -> int:
    """The exit status of a command, which is ended when this process is told to end."""
    with subprocess.Popen(command) as process:
        try:
            return process.wait()
        finally:
            process.terminate()


def main() -> int:
    """Run it as often as asked; 0 when it ended well every time."""
    parser = argparse.ArgumentParser(description="A command beside busy loops.")
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--loops", type=int, default=2)
    parser.add_argument("command", nargs=argparse.REMAINDER)
    given = parser.parse_args()
    if not given.command:
        parser.error("say what to run")
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _end)
    ended = []
    with busy(given.loops):
        for number in range(1, given.times + 1):
            started = time.monotonic()
            status = run(given.command)
            took = divmod(round(time.monotonic() - started), 60)
            how = "ended well" if status == 0 else f"failed with exit status {status}"
            ended.append((status, f"Run {number} of {given.times} {how} after {took[0]}:{took[1]:02}."))
            print(ended[-1][1], flush=True)
    print(f"Beside {given.loops} busy loops:", *(line for _, line in ended), sep="\n")
    return int(any(status for status, _ in ended))


def _end(number: int, _: FrameType | None) -> NoReturn:
    """Leave by an exception, so that nothing is left running."""
    sys.exit(128 + number)


if __name__ == "__main__":
    sys.exit(main())
