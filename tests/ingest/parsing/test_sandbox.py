"""Where the kernel does not shut the parser in: what is said, what is refused, what is read."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from ingest.parsing.sandbox import CLAIMS, granted, try_sandbox
from tests.ingest import files
from tests.ingest.parsing import older_kernel
from tests.places import ROOT
from tests.ui.cli.command import command, environment, incamera_json

NO_LANDLOCK = "landlock_create_ruleset=ENOSYS"
SENTENCE = "read, write or list other files"

pytestmark = pytest.mark.skipif(
    not older_kernel.KNOWN or bool(granted(try_sandbox())),
    reason="this machine itself does not shut the parser in",
)


def under(
    refusals: str, arguments: list[str], env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """A command under a kernel that refuses so."""
    wrapped = [sys.executable, "-m", "tests.ingest.parsing.older_kernel", refusals, "--", *arguments]
    return subprocess.run(wrapped, cwd=ROOT, env=env, capture_output=True, text=True, check=False)


def granted_under(refusals: str) -> set[str]:
    """What is found to be granted there."""
    code = "from ingest.parsing.sandbox import granted, try_sandbox; print(*granted(try_sandbox()))"
    done = under(refusals, [sys.executable, "-c", code])
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


@pytest.mark.parametrize(
    ("refusals", "lost"),
    [
        (NO_LANDLOCK, {"files", "processes", "programs"}),
        # The kernel tells its version, and then refuses: what it says is no wall.
        ("landlock_restrict_self=EPERM", {"files", "processes", "programs"}),
        ("landlock_add_rule=EPERM", {"files", "processes", "programs"}),
        # One of two walls is enough against the network.
        ("unshare=EPERM", set()),
    ],
)
def test_what_is_granted_is_found_out_by_trying(refusals: str, lost: set[str]) -> None:
    assert granted_under(refusals) == lost


def test_without_a_filter_of_system_calls_sockets_and_modes_are_open() -> None:
    assert {"sockets", "modes"} <= granted_under("seccomp=EINVAL") <= {"network", "sockets", "modes"}
    assert {"network", "sockets", "modes"} == granted_under("seccomp=EINVAL,unshare=EPERM")


def test_with_no_wall_at_all_every_claim_falls() -> None:
    assert granted_under(f"seccomp=EINVAL,unshare=EPERM,{NO_LANDLOCK}") == set(CLAIMS)


def test_a_fork_whose_wall_does_not_stand_any_more_opens_no_file(tmp_path: Path) -> None:
    code = (
        "from pathlib import Path; from ingest.parsed.limits import ParseLimits\n"
        "from ingest.parsing import child\n"
        "for walled in (False, True): child._shut_in(Path('x'), ParseLimits(), walled)"
    )
    done = under("landlock_restrict_self=EPERM", [sys.executable, "-c", code])
    assert "ParserCrashed: The parser could not be shut in" in done.stderr
    assert "the file was not opened" in done.stderr


def test_status_tells_what_is_open_and_required_reads_nothing_then(data: Path, tmp_path: Path) -> None:
    incamera_json(data, "init")
    lease = files.pdf(tmp_path / "lease.pdf")
    required = environment(data, sandbox="required")

    said = under(NO_LANDLOCK, command("status"), environment(data))
    assert said.returncode == 0
    assert "NOT fully shut in" in said.stdout and SENTENCE in said.stdout
    assert "files are read all the same" in said.stdout
    told = json.loads(under(NO_LANDLOCK, command("status", "--json"), required).stdout)
    assert told["sandbox"]["setting"] == "required"
    assert set(told["sandbox"]["granted"]) == {"files", "processes", "programs"}
    assert set(told["sandbox"]["refused"]) == {"network", "sockets", "modes"}
    assert {"data", "model", "collections"} <= set(told)

    refused = under(NO_LANDLOCK, command("ingest", lease), required)
    assert refused.returncode == 1
    assert "INCAMERA_SANDBOX is 'required'" in refused.stderr and SENTENCE in refused.stderr
    assert "Traceback" not in refused.stderr
    assert incamera_json(data, "documents") == []
    (job,) = incamera_json(data, "jobs")
    assert job["state"] == "stopped" and SENTENCE in job["reason"]
    assert not list(data.glob("collections/*/originals/*"))

    # The same command, where the walls stand, goes on; and without the setting a file is read all the same.
    report = incamera_json(data, "ingest", lease, sandbox="required")
    assert report["ready"] == 1 and report["job"] == job["id"]
    other = files.pdf(tmp_path / "other.pdf", [[("Helvetica", 10.0, "The rent is due in March.")]])
    assert under(NO_LANDLOCK, command("ingest", other), environment(data)).returncode == 0
