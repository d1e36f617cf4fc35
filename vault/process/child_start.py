"""How to start a sandboxed child process: its command, and the few environment variables that it gets."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from vault.process.offline import OFFLINE_ENVIRONMENT

_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS")
_PASSED_ON = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT", "TZ")


def child_command(module: str, *arguments: str) -> list[str]:
    """Return the command that runs `module`.

    The process writes no byte code and imports nothing from the working folder or the user's site-packages.
    """
    return [sys.executable, "-B", "-P", "-s", "-m", module, *arguments]


def child_environment(folder: str) -> dict[str, str]:
    """Return the environment of the process; `folder` is the only folder that it may write to."""
    environment = {key: os.environ[key] for key in _PASSED_ON if key in os.environ}
    environment |= OFFLINE_ENVIRONMENT | dict.fromkeys(_ONE_THREAD, "1")
    environment |= dict.fromkeys(("TMPDIR", "HOME", "XDG_CACHE_HOME"), folder)
    environment |= {"LC_ALL": "C.UTF-8", "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    return environment
