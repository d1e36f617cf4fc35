"""How files of every kind end: a whole folder through the ingest, and a table by type and outcome.

    python -m bench.formats FOLDER [--keep VAULT]

With `--keep` the vault stays, and a run that was interrupted goes on where it was.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

from bench.machine import command_line, facts
from ingest.job import run_job
from vault.access import Action
from vault.embedding.load import load_embedder
from vault.ledger.jobs import Task
from vault.process.egress import guard_egress
from vault.records import Document, DocumentState
from vault.settings import Settings
from vault.vault import Vault

COLLECTION = "formats"
_REASONS = (
    ("password", ("password", "encrypted", "DRM", "protected")),
    (
        "not supported",
        ("not a type", "not supported", "no type", "cannot be read by", "LibreOffice", "strict"),
    ),
)
_READ = ("ready", "partial", "no legible words", "no text")


def outcome(document: Document) -> str:
    """The column that a document is counted in."""
    if document.state is DocumentState.READY:
        return "ready"
    if document.state is DocumentState.PARTIAL:
        if document.chunks:
            return "partial"
        return "no legible words" if "cannot be read as words" in document.reason else "no text"
    for name, words in _REASONS:
        if any(word in document.reason for word in words):
            return name
    return "broken or empty"


def table(documents: Iterable[Document]) -> list[str]:
    """As Markdown, the most frequent types first; then the shares."""
    by_type: defaultdict[str, Counter[str]] = defaultdict(Counter)
    whole: Counter[str] = Counter()
    for document in documents:
        kind = Path(document.name).suffix.lower().lstrip(".") or "none"
        by_type[kind][outcome(document)] += 1
        whole[outcome(document)] += 1
    columns = [*_READ, "password", "broken or empty", "not supported"]
    lines = [
        "| type by name | " + " | ".join(columns) + " |",
        "|---|" + "---:|" * len(columns),
    ]
    for kind, counts in sorted(by_type.items(), key=lambda item: (-item[1].total(), item[0])):
        lines.append(f"| {kind} | " + " | ".join(str(counts[c] or "") for c in columns) + " |")
    lines.append("| **all** | " + " | ".join(f"**{whole[c]}**" for c in columns) + " |")
    in_reach = whole.total() - whole["password"] - whole["broken or empty"]
    read = sum(whole[name] for name in _READ)
    return [
        *lines,
        "",
        f"{whole.total()} documents. Of the {in_reach} that are neither protected nor broken, {read} "
        f"({read / max(in_reach, 1):.1%}) are ready or partial; {whole['ready'] + whole['partial']} of them "
        "have words that can be searched.",
    ]


def run(folder: Path, data: Path) -> list[str]:
    """Ingest and count."""
    settings = Settings(data=data)
    cache = Settings.load().data.absolute() / "embedder"
    embedder = load_embedder(cache, backend=settings.embedder_backend, threads=settings.threads)
    started = time.monotonic()
    with Vault.create(data, user=settings.user, purpose="bench") as vault:
        if not vault.members.collections(user=settings.user):
            vault.create_collection(COLLECTION, user=settings.user)
        job = vault.begin_job(COLLECTION, Task((str(folder.absolute()),)), user=settings.user)
        report = run_job(vault, job, embedder, settings)
        seconds = time.monotonic() - started
        with vault.open_collection(COLLECTION, user=settings.user, action=Action.SEARCH) as collection:
            documents = collection.catalogue.documents()
    ended = (
        f"{report.ready} ready, {len(report.partial)} partial, {report.skipped} skipped, "
        f"{len(report.failed)} failed"
    )
    return [
        f"{ended}; {report.pages:,} pages, {report.chunks:,} chunks in {seconds:.0f} s"
        + (" (of the last part; it had been interrupted)" if job.resumed else ""),
        "",
        *table(documents),
    ]


def main() -> None:
    """Ingest and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--keep", type=Path, help="where the vault is kept; without it, it is removed")
    chosen = parser.parse_args()
    guard_egress()
    lines = facts(command_line("bench.formats"))
    if chosen.keep:
        lines += ["", *run(chosen.folder, chosen.keep.absolute())]
    else:
        with tempfile.TemporaryDirectory(prefix="incamera-bench-") as data:
            lines += ["", *run(chosen.folder, Path(data) / "vault")]
    print("\n".join(lines))


if __name__ == "__main__":
    main()
