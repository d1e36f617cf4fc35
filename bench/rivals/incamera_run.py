"""Incamera's own ingest, and the embedder alone on the very texts that it embedded."""

from __future__ import annotations

from bench.first import embedded_texts
from bench.rivals.stopwatch import Order, Result
from ingest.pipeline import Ingest
from ingest.report import FileDone, IngestEvent
from vault.access import Action
from vault.embedding.load import load_embedder
from vault.records import DocumentState
from vault.settings import Settings
from vault.vault import Vault


def main() -> None:
    """One run, reported; then the ceiling."""
    order, result, alone = Order.given(), Result(), Result()
    settings = Settings(data=order.work / "vault")
    cache = Settings.load().data.absolute() / "embedder"
    embedder = load_embedder(cache, backend=settings.embedder_backend, threads=settings.threads)
    embedder.embed(["Nothing is measured cold."])
    pages: dict[str, int] = {}

    def note(event: IngestEvent) -> None:
        if not isinstance(event, FileDone):
            return
        name = event.path.rpartition("/")[2]
        if event.state in (DocumentState.READY, DocumentState.PARTIAL):
            result.read.append(name)
            pages[name] = event.pages
        else:
            result.unread[name] = event.reason

    with Vault.create(settings.data, user=settings.user, purpose="bench") as vault:
        vault.create_collection("documents", user=settings.user)
        with vault.open_collection("documents", user=settings.user, action=Action.INGEST) as collection:
            with result.timed():
                Ingest(collection, embedder, settings, note).run(order.files)
            texts = embedded_texts(collection, embedder)
        with alone.timed():
            embedder.embed(texts)
    result.write(order, texts, pages=pages, alone_seconds=alone.seconds, alone_cpu_seconds=alone.cpu_seconds)


if __name__ == "__main__":
    main()
