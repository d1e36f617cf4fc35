"""Fifty users on twenty collections ask and upload at the same time: errors, leaks, memory, time to evidence.

    python -m bench.many_users [--users 50] [--collections 20] [--minutes 10] [--pause 20]

A server of its own (`incamera serve`, quoted answers) gets a made-up vault. Every collection holds a password
of its own that stands nowhere else. Each user is a member of three collections and asks by a token: mostly
about their own collections, at times about one that they must not see, by its name and without one; every
tenth request sends a file. Between two requests of a user there is a pause, drawn from an exponential
distribution, so that requests meet as they do in a house.

A leak is a response that holds the password of a collection that the user does not belong to. Memory and open
files are those of the server with its child processes.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from bench.machine import command_line, facts
from bench.many_users.measured import Measured, report
from bench.many_users.server import sample, served
from bench.many_users.vault import made_vault
from bench.many_users.visitor import Visitor
from vault.process.egress import guard_egress


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--collections", type=int, default=20)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--pause", type=float, default=20.0, help="mean seconds between requests of a user")
    chosen = parser.parse_args()
    guard_egress()
    lines = facts(command_line("bench.many_users"))
    measured = Measured()
    with tempfile.TemporaryDirectory(prefix="incamera-bench-") as name:
        folder = Path(name)
        members = made_vault(folder / "data", folder / "files", chosen.users, chosen.collections)
        matters = list(dict.fromkeys(matter for member in members for matter in member.matters))
        with served(folder / "data", folder / "server.log") as (address, server):
            until = time.monotonic() + 60 * chosen.minutes
            visitors = [
                Visitor(member, matters, address, until, chosen.pause, measured) for member in members
            ]
            for visitor in visitors:
                visitor.start()
            sample(server, measured, until)
            for visitor in visitors:
                visitor.join()
    print("\n".join([*lines, "", *report(measured)]))
    for failure in [*measured.failures[:10], *measured.leaks[:10]]:
        print(failure, file=sys.stderr)
    sys.exit(1 if measured.failures or measured.leaks else 0)


if __name__ == "__main__":
    main()
