"""Which build of llama.cpp is here, on which processor: a model that runs with one may die with another."""

from __future__ import annotations

import platform
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

_PROCESSOR = Path("/proc/cpuinfo")
_FEATURES = ("flags", "Features")
"""How x86 and ARM call the line of /proc/cpuinfo that lists what the processor can do."""


def processor_features() -> tuple[str, ...]:
    """What the processor of this machine can do, as Linux names it (avx2, avx512f, amx_tile …), in order of
    the alphabet; empty where the system does not tell."""
    try:
        lines = _PROCESSOR.read_text(errors="replace").splitlines()
    except OSError:
        return ()
    listed = next((line for line in lines if line.split(":")[0].strip() in _FEATURES), "")
    return tuple(sorted(set(listed.partition(":")[2].split())))


def build_id() -> str:
    """The installed llama.cpp and the processor, as a hash; empty without llama-cpp-python.

    It changes when llama.cpp is compiled or installed anew, and on a machine with another processor.
    """
    found = find_spec("llama_cpp")
    if found is None or found.origin is None:
        return ""
    digest = sha256(f"{platform.machine()} {' '.join(processor_features())}".encode())
    for library in sorted((Path(found.origin).parent / "lib").glob("*")):
        status = library.stat()
        digest.update(f"\0{library.name} {status.st_size} {status.st_mtime_ns}".encode())
    return digest.hexdigest()
