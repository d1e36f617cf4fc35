"""What happens if the kernel does not enforce the whole sandbox."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from ingest.parsing.sandbox import CLAIMS, granted, try_sandbox
from tests.ingest import files
from tests.ingest.parsing import older_kernel
from tests.places import ROOT
from tests.ui.cli.command import completed, environment, incamera_json
from tests.waiting import PATIENCE

NO_LANDLOCK = "landlock_create_ruleset=ENOSYS"
SENTENCE = "read, write or list other files"

pytestmark = pytest.mark.skipif(
    not older_kernel.KNOWN or bool(granted(try_sandbox())),
    reason="the kernel of this machine does not enforce the whole sandbox",
)


def under(refusals: str, code: str) -> subprocess.CompletedProcess[str]:
    """Run Python code under a kernel that refuses these system calls."""
    wrapped = [sys.executable, "-m", "tests.ingest.parsing.older_kernel", refusals, "--"]
    return subprocess.run(
        [*wrapped, sys.executable, "-c", code],
        cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE, check=False,
    )  # fmt: skip


def granted_under(refusals: str) -> set[str]:
    """Return the claims that do not hold there."""
    code = "from ingest.parsing.sandbox import granted, try_sandbox; print(*granted(try_sandbox()))"
    done = under(refusals, code)
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


@pytest.mark.parametrize(
    ("refusals", "lost"),
    [
        (NO_LANDLOCK, {"files", "processes", "programs"}),
        # The kernel reports its version and then refuses: a version does not prove a restriction.
        ("landlock_restrict_self=EPERM", {"files", "processes", "programs"}),
        ("landlock_add_rule=EPERM", {"files", "processes", "programs"}),
        # One of two restrictions is enough against the network.
        ("unshare=EPERM", set()),
    ],
)
def test_what_is_granted_is_found_out_by_trying(refusals: str, lost: set[str]) -> None:
    assert granted_under(refusals) == lost


def test_without_a_filter_of_system_calls_sockets_and_modes_are_allowed() -> None:
    assert {"sockets", "modes"} <= granted_under("seccomp=EINVAL") <= {"network", "sockets", "modes"}
    assert {"network", "sockets", "modes"} == granted_under("seccomp=EINVAL,unshare=EPERM")


def test_without_any_restriction_no_claim_holds() -> None:
    assert granted_under(f"seccomp=EINVAL,unshare=EPERM,{NO_LANDLOCK}") == set(CLAIMS)


def test_a_fork_that_cannot_enter_the_sandbox_opens_no_file(tmp_path: Path) -> None:
    code = (
        "from pathlib import Path; from ingest.parsed.limits import ParseLimits\n"
        "from ingest.parsing import child\n"
        "for sandboxed in (False, True): child._enter_sandbox(Path('x'), ParseLimits(), sandboxed)"
    )
    done = under("landlock_restrict_self=EPERM", code)
    assert "ParserCrashed: The parser could not be shut in" in done.stderr
    assert "the file was not opened" in done.stderr


@pytest.mark.slow
def test_status_reports_what_is_allowed_and_then_required_parses_nothing(data: Path, tmp_path: Path) -> None:
    incamera_json(data, "init")
    lease = files.pdf(tmp_path / "lease.pdf")
    required = environment(data, sandbox="required")

    shown = completed(environment(data), "status", refusals=NO_LANDLOCK)
    assert shown.returncode == 0
    assert "Sandbox: NOT complete" in shown.stdout and SENTENCE in shown.stdout
    assert "files are read anyway" in shown.stdout
    status = json.loads(completed(required, "status", "--json", refusals=NO_LANDLOCK).stdout)
    assert status["sandbox"]["setting"] == "required"
    assert set(status["sandbox"]["granted"]) == {"files", "processes", "programs"}
    assert set(status["sandbox"]["refused"]) == {"network", "sockets", "modes"}
    assert {"data", "model", "collections"} <= set(status)

    refused = completed(required, "ingest", lease, refusals=NO_LANDLOCK)
    assert refused.returncode == 1
    assert "INCAMERA_SANDBOX is 'required'" in refused.stderr and SENTENCE in refused.stderr
    assert "Traceback" not in refused.stderr
    assert incamera_json(data, "documents") == []
    (job,) = incamera_json(data, "jobs")
    assert job["state"] == "stopped" and SENTENCE in job["reason"]
    assert not list(data.glob("collections/*/originals/*"))

    # With the whole sandbox, the same command resumes; without the setting a file is parsed anyway.
    report = incamera_json(data, "ingest", lease, sandbox="required")
    assert report["ready"] == 1 and report["job"] == job["id"]
    other = files.pdf(tmp_path / "other.pdf", [[("Helvetica", 10.0, "The rent is due in March.")]])
    assert completed(environment(data), "ingest", other, refusals=NO_LANDLOCK).returncode == 0
