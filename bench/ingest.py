"""Taking files in, side by side: Incamera, three quickstart pipelines, the embedder alone.

    python -m bench.ingest [--documents FOLDER] [--rounds 3] [--environments FOLDER]

The rivals are LangChain, LlamaIndex and Haystack. All use the same embedding model from the same folder, on
the same files, with their own default settings. Each rival has a virtual environment of its own, made on the
first run (a gigabyte or two each, some minutes). One round runs all of them in turn, so that whatever else
the machine does falls on all alike; medians are printed.

A chunk that is longer than the embedding model reads (256 tokens) counts only with what was embedded; the
share that was cut off is printed. Tokens in overlaps count every time they are embedded, which favours the
rivals. Imports and loading the model are left out for everyone.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from bench.machine import command_line, facts
from bench.rivals.environments import RIVALS, python_of
from vault.embedding.embedder import minilm_folder
from vault.embedding.tokens import EmbedderTokens

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "sample_docs"
CONTRACTS = ROOT.parent / "shared" / "documents" / "contracts"
MAX_TOKENS = 256
SPECIAL = 2


@dataclass(slots=True)
class Run:
    """One pipeline, once."""

    seconds: float
    cpu: float
    memory_mib: float
    read: list[str]
    unread: dict[str, str]
    embedded: int
    """Tokens that the model saw, special tokens left out."""
    cut: int
    """Tokens of chunks that it did not see."""
    chunks: int
    pages: dict[str, int] = field(default_factory=dict)
    alone: tuple[float, float] = (0.0, 0.0)
    """Clock and processor seconds of the embedder on the same chunks, where it was run."""


def run(module: str, python: Path, files: Sequence[Path], tokens: EmbedderTokens) -> Run:
    """One pipeline in a process of its own. Raises RuntimeError with the end of its output when it fails."""
    with tempfile.TemporaryDirectory(prefix="incamera-bench-") as folder:
        order = Path(folder) / "order.json"
        told = {"files": [str(file) for file in files], "model": str(minilm_folder()), "work": folder}
        order.write_text(json.dumps(told), encoding="utf-8")
        log = Path(folder) / "log"
        with log.open("wb") as out:
            process = subprocess.Popen(
                [python, "-m", module, order],
                cwd=ROOT,
                env={**os.environ, "HF_HUB_OFFLINE": "1", "ANONYMIZED_TELEMETRY": "False",
                     "HAYSTACK_TELEMETRY_ENABLED": "False", "DO_NOT_TRACK": "1"},
                stdout=out,
                stderr=subprocess.STDOUT,
            )  # fmt: skip
            memory = watch_memory(process)
        result = Path(folder) / "result.json"
        if process.returncode or not result.is_file():
            end = log.read_text(encoding="utf-8", errors="replace")[-2000:]
            raise RuntimeError(f"{module} ended with {process.returncode}:\n{end}")
        told = json.loads(result.read_text(encoding="utf-8"))
        texts: list[str] = json.loads((Path(folder) / "texts.json").read_text(encoding="utf-8"))
    counts = [count - SPECIAL for count in tokens.count(texts)]
    seen = [min(count, MAX_TOKENS - SPECIAL) for count in counts]
    return Run(
        told["seconds"], told["cpu_seconds"], memory, told["read"], told["unread"], sum(seen),
        sum(counts) - sum(seen), len(texts), told.get("pages", {}),
        (told.get("alone_seconds", 0.0), told.get("alone_cpu_seconds", 0.0)),
    )  # fmt: skip


def watch_memory(process: subprocess.Popen[bytes]) -> float:
    """Wait for the end; the most memory of the process and its children, MiB, shared pages counted once."""
    most = 0.0
    while process.poll() is None:
        now = 0.0
        try:
            parent = psutil.Process(process.pid)
            for one in [parent, *parent.children(recursive=True)]:
                try:
                    now += one.memory_full_info().pss / 2**20
                except psutil.Error:
                    continue
        except psutil.Error:
            pass
        most = max(most, now)
        time.sleep(0.3)
    return most


def table(name: str, runs: dict[str, list[Run]]) -> list[str]:
    """One set of documents as Markdown."""
    ours = runs["Incamera"]
    pages = ours[0].pages
    lines = [
        f"### {name}: {len(pages)} files with text, {sum(pages.values())} pages",
        "",
        "|  | files read | chunks | tokens embedded | cut off | pages/s | tokens embedded/s | processor s "
        "| peak MiB |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for system, own in runs.items():
        first = own[0]
        read = sum(pages.get(file, 0) for file in first.read)
        lines.append(
            f"| {system} | {len(first.read)} | {first.chunks} | {first.embedded:,} | "
            f"{first.cut / max(1, first.cut + first.embedded):.1%} | {read / middle(own, seconds):.1f} | "
            f"{rate(own):,.0f} | {middle(own, lambda one: one.cpu):.1f} | "
            f"{middle(own, lambda one: one.memory_mib):.0f} |"
        )
    alone = middle(ours, lambda one: one.alone[0])
    lines += [
        f"| embedder alone, Incamera's chunks |  | {ours[0].chunks} | {ours[0].embedded:,} |  |  | "
        f"{ours[0].embedded / alone:,.0f} | {middle(ours, lambda one: one.alone[1]):.1f} |  |",
        "",
    ]
    rivals = {system: rate(own) for system, own in runs.items() if system != "Incamera"}
    if rivals:
        best = max(rivals, key=lambda system: rivals[system])
        lines.append(
            f"Tokens embedded per second: **{rate(ours) / rivals[best]:.1f} x** the fastest of the others "
            f"({best}), **{rate(ours) * alone / ours[0].embedded:.2f}** of the embedder alone (in processor "
            f"seconds {middle(ours, lambda one: one.alone[1] / one.cpu):.2f})."
        )
    for system, own in runs.items():
        for file, reason in own[0].unread.items():
            lines.append(f"- {system} did not read `{file}`: {' '.join(reason.split())[:120]}")
    return [*lines, ""]


def seconds(one: Run) -> float:
    """Clock seconds."""
    return one.seconds


def middle(runs: Sequence[Run], value: Callable[[Run], float]) -> float:
    """The median over the rounds."""
    return statistics.median(value(one) for one in runs)


def rate(runs: Sequence[Run]) -> float:
    """Tokens embedded per second, the median over the rounds."""
    return middle(runs, lambda one: one.embedded / one.seconds)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--documents", type=Path, default=CONTRACTS, help="a folder of documents")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--environments",
        type=Path,
        default=ROOT / ".rivals",
        help="where the rivals' virtual environments are kept",
    )
    parser.add_argument("--systems", nargs="*", choices=list(RIVALS), default=list(RIVALS))
    chosen = parser.parse_args()
    lines = facts(command_line("bench.ingest"))
    tokens = EmbedderTokens(minilm_folder(), MAX_TOKENS)
    systems = {"Incamera": ("bench.rivals.incamera_run", Path(sys.executable))}
    for name in chosen.systems:
        systems[name] = (RIVALS[name].module, python_of(name, chosen.environments))
    sets = {"sample_docs": [*documents(SAMPLES / "legal"), *documents(SAMPLES / "medical")]}
    if chosen.documents.is_dir():
        sets[chosen.documents.name] = documents(chosen.documents)
    for name, files in sets.items():
        runs: dict[str, list[Run]] = {system: [] for system in systems}
        for number in range(chosen.rounds):
            for system, (module, python) in systems.items():
                print(f"{name}, round {number + 1}: {system}", file=sys.stderr, flush=True)
                runs[system].append(run(module, python, files, tokens))
        lines += ["", *table(name, runs)]
    print("\n".join(lines))


def documents(folder: Path) -> list[Path]:
    """The files under a folder, in one order for all."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))


if __name__ == "__main__":
    main()
