"""Install llama-cpp-python, compiled on this machine: with instructions that are safe, and only what is used.

    .venv/bin/python deploy/llama.py            does nothing where a build that suits is installed
    .venv/bin/python deploy/llama.py --again    compiles in any case

What is compiled is kept as a wheel in pip's cache folder, apart from what pip itself keeps there: that may
have been compiled by another recipe or for another processor. CMAKE_ARGS is honoured and goes before ours.
"""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from rag.models.llama.build import processor_features

_PACKAGE = "llama-cpp-python"
_HERE = Path(__file__).resolve().parent
_CONSTRAINTS = _HERE.parent / "constraints.txt"
_RECIPE = _HERE / "llama.cmake"
_NEEDS = {
    "AVX": "avx", "AVX2": "avx2", "AVX512": "avx512f", "AVX512_BF16": "avx512_bf16",
    "AVX512_VBMI": "avx512vbmi", "AVX512_VNNI": "avx512_vnni", "AVX_VNNI": "avx_vnni", "BMI2": "bmi2",
    "F16C": "f16c", "FMA": "fma",
}  # fmt: skip
"""The instructions that llama.cpp says it was compiled with, and what the processor calls them."""
_SAY_SECONDS = 15
"""How often it is said how far the compiler is."""
_SAYS = "import json, llama_cpp; print(json.dumps(llama_cpp.llama_print_system_info().decode()))"


def main() -> int:
    """Install it unless it is there; the exit code."""
    if sys.argv[1:] not in ([], ["--again"]):
        print(__doc__)
        return 2
    again = sys.argv[1:] == ["--again"]
    wrong = "it is to be compiled again" if again else unfit()
    if not wrong:
        print(f"{_PACKAGE} {version(_PACKAGE)} is installed and suits this machine.")
        return 0
    folder = kept_in()
    if again:
        shutil.rmtree(folder, ignore_errors=True)
    wheel = next(iter(folder.glob("*.whl")), None)
    if wheel is None:
        print(f"Compiling llama.cpp, which takes some minutes: {wrong}.", flush=True)
        wheel = compiled(folder)
    pip("install", "--quiet", "--no-deps", "--force-reinstall", str(wheel))
    pip("install", "--quiet", "-c", str(_CONSTRAINTS), pinned())
    wrong = unfit()
    if wrong:
        print(f"What was compiled does not suit this machine: {wrong}.", file=sys.stderr)
        return 1
    print(f"{_PACKAGE} {version(_PACKAGE)} is installed. The wheel is kept: {wheel}")
    return 0


def unfit() -> str:
    """Why the llama-cpp-python that is installed cannot stay; empty when it can."""
    wanted = pinned().partition("==")[2]
    try:
        found = version(_PACKAGE)
    except PackageNotFoundError:
        return f"{_PACKAGE} is not installed"
    if found != wanted:
        return f"{_PACKAGE} is {found}, and {wanted} is wanted"
    said = subprocess.run([sys.executable, "-c", _SAYS], capture_output=True, text=True)
    if said.returncode != 0:
        return "the one that is installed does not load"
    return unsuited(json.loads(said.stdout.splitlines()[-1]), processor_features())


def unsuited(said: str, features: tuple[str, ...]) -> str:
    """Which instructions of a build do not suit, by what llama.cpp says of itself ("CPU : AVX = 1 | …") and
    the features of the processor; empty when all do."""
    pairs = (part.rpartition(":")[2].split("=") for part in said.split("|") if "=" in part)
    used = {name.strip() for name, value in pairs if value.strip() == "1"}
    tiles = sorted(name for name in used if name.startswith("AMX"))
    if tiles:
        return f"the one that is installed uses tile instructions ({', '.join(tiles)})"
    missing = sorted(name for name in used & _NEEDS.keys() if features and _NEEDS[name] not in features)
    if missing:
        return f"the one that is installed was made for another processor ({', '.join(missing)})"
    return ""


def kept_in() -> Path:
    """The folder of the wheel for this recipe, this Python and this processor."""
    asked = subprocess.run(
        [sys.executable, "-m", "pip", "cache", "dir"], capture_output=True, text=True, check=False
    )
    base = Path(asked.stdout.strip()) if asked.returncode == 0 else Path.home() / ".cache" / "pip"
    about = [pinned(), _RECIPE.read_text(), os.environ.get("CMAKE_ARGS", ""), *processor_features()]
    return base / "incamera" / sha256("\0".join([sys.version, *about]).encode()).hexdigest()[:16]


def compiled(folder: Path) -> Path:
    """Compile the wheel and put it into `folder`, whole."""
    recipe = shlex.quote(f"-DCMAKE_PROJECT_llama.cpp_INCLUDE={_RECIPE}")
    flags = f"{os.environ.get('CMAKE_ARGS', '')} {recipe} -DLLAVA_BUILD=OFF".strip()
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as making:
        building = Path(making) / "build"
        pip(
            "wheel", "--quiet", "--no-deps", "--no-cache-dir", "--no-binary", _PACKAGE, "-w", making,
            f"--config-settings=build-dir={building}", pinned(),
            meanwhile=lambda: f"{sum(1 for _ in building.rglob('*.o'))} files compiled", CMAKE_ARGS=flags,
        )  # fmt: skip
        (made,) = Path(making).glob("*.whl")
        return made.rename(folder / made.name)


def pinned() -> str:
    """Name and version, as the constraints have them."""
    lines = _CONSTRAINTS.read_text().splitlines()
    return next(line for line in lines if line.replace("_", "-").startswith(f"{_PACKAGE}=="))


def pip(*arguments: str, meanwhile: Callable[[], str] | None = None, **environment: str) -> None:
    """Run pip, and print now and then what `meanwhile` says of it; ends this process when it fails."""
    started = time.monotonic()
    with subprocess.Popen(
        [sys.executable, "-m", "pip", *arguments], env={**os.environ, **environment}
    ) as running:
        while running.poll() is None:
            try:
                running.wait(_SAY_SECONDS)
            except subprocess.TimeoutExpired:
                if meanwhile is not None:
                    print(f"  {time.monotonic() - started:.0f} seconds: {meanwhile()}", flush=True)
    if running.returncode != 0:
        sys.exit(
            f"pip {arguments[0]} failed (see above); llama.cpp was not installed. Without a language model: "
            "make demo INCAMERA_MODEL=off"
        )


if __name__ == "__main__":
    sys.exit(main())
