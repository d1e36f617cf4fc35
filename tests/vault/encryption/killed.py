"""Change a vault in processes that kill themselves at a chosen step.

    python -m tests.vault.encryption.killed encrypt|rotate|purge KEY NEW-KEY DATA STEP [DATA STEP ...]

A step is a file of the data folder that is opened, renamed or removed. Prints how each process ended.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.forking import ONE_THREAD, fork, share_memory
from tests.places import ROOT
from vault.encryption.encrypt import encrypt_vault
from vault.encryption.rotation import rotate_keys
from vault.keys.header import NewSecret
from vault.keys.secret import key_in
from vault.keys.source import KeySource
from vault.vault import Vault


def killed_at(change: str, key: Path, new_key: Path, steps: Mapping[int, Path]) -> list[bool]:
    """Make the change in each data folder until that step, and return which were killed there."""
    wanted = [str(one) for step, data in steps.items() for one in (data, step)]
    done = subprocess.run(
        [sys.executable, "-m", __name__, change, str(key), str(new_key), *wanted],
        cwd=ROOT, env={**os.environ, **ONE_THREAD}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    codes = [int(line) for line in done.stdout.split()]
    assert done.returncode == 0, done.stderr
    assert len(codes) == len(steps), done.stderr
    assert set(codes) <= {0, -signal.SIGKILL}, done.stderr
    return [code != 0 for code in codes]


def _change(change: str, key: Path, new_key: Path, data: Path, left: int) -> None:
    def count(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal left
        if event in ("os.rename", "os.remove", "shutil.rmtree", "open") and str(arguments[0]).startswith(
            str(data)
        ):
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    if change == "purge":
        with Vault(data, purpose="test", key=KeySource(key)) as vault:
            sys.addaudithook(count)
            vault.delete_collection("matter", user="local")
            left = -1
        return
    sys.addaudithook(count)
    if change == "encrypt":
        secret = NewSecret("file", key_in(key), str(key))
        encrypt_vault(data, secret, KeySource(key), "test", lambda _, __: None)
    else:
        rotate_keys(data, KeySource(key), NewSecret("file", key_in(new_key), str(new_key)), "test")


def main() -> None:
    """Fork for each data folder."""
    import nacl.bindings  # noqa: F401
    import sqlcipher3.dbapi2  # noqa: F401

    share_memory()
    change, key, new_key = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    for data, step in zip(sys.argv[4::2], sys.argv[5::2], strict=True):
        child = fork()
        if child == 0:
            _change(change, key, new_key, Path(data), int(step))
            os._exit(0)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


if __name__ == "__main__":
    main()
