"""Identify the build of llama.cpp and the processor: a model may run with one pair and not with another."""

from __future__ import annotations

import platform
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

_PROCESSOR = Path("/proc/cpuinfo")
_FEATURES = ("flags", "Features")
"""Names of the line of /proc/cpuinfo that lists the processor's features, on x86 and on ARM."""


def processor_features() -> tuple[str, ...]:
    """Return the features of this processor as Linux names them (avx2, avx512f, amx_tile …), sorted.

    Empty if the system does not report them.
    """
    try:
        lines = _PROCESSOR.read_text(errors="replace").splitlines()
    except OSError:
        return ()
    listed = next((line for line in lines if line.split(":")[0].strip() in _FEATURES), "")
    return tuple(sorted(set(listed.partition(":")[2].split())))


def build_id() -> str:
    """Return a hash of the installed llama.cpp and the processor; empty without llama-cpp-python.

    It changes when llama.cpp is compiled or installed again, and on a machine with another processor.
    """
    found = find_spec("llama_cpp")
    if found is None or found.origin is None:
        return ""
    digest = sha256(f"{platform.machine()} {' '.join(processor_features())}".encode())
    for library in sorted((Path(found.origin).parent / "lib").glob("*")):
        status = library.stat()
        digest.update(f"\0{library.name} {status.st_size} {status.st_mtime_ns}".encode())
    return digest.hexdigest()
