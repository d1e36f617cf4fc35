"""How `incamera models list` shows the models of the vault and the catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ui.cli.console import output
from ui.cli.entries import print_entry, print_wrapped

_GIB = 2**30


def print_here(here: dict[str, Any]) -> None:
    """The models and adapters that were added, and what each is used for."""
    if not here["models"]:
        return
    print_wrapped("Added here")
    for one in here["models"]:
        used = [
            choice["collection"] or "every collection without a choice of its own"
            for choice in here["choices"]
            if one["name"] in (choice["model"], choice["adapter"])
        ]
        what = f"{one['architecture']} {one['quantisation']}" if one["kind"] == "model" else "LoRA adapter"
        context = f"context {one['context_length']:,} tokens, " if one["kind"] == "model" else ""
        print_entry(
            one["name"],
            f"{what}, {one['size'] / 1e9:.2f} GB, {context}licence {one['licence'] or 'unknown'}",
            f"sha256 {one['sha256'][:12]}",
            f"used for {', '.join(used)}" if used else "",
        )
    output.print()


def print_catalogue(
    catalogue: Sequence[dict[str, Any]], quantisation: str, context: int, memory: int
) -> None:
    """Open models with the size of their file, the memory they need and where they are, then the licences."""
    print_wrapped(
        f"Open models, as {quantisation} files and with {context:,} tokens of context. This machine has "
        f"{memory / _GIB:.0f} GiB of memory; what needs more is marked with !"
    )
    for one in catalogue:
        file, need = one["file_bytes"][quantisation] / 1e9, one["memory_bytes"] / _GIB
        print_entry(
            f"{one['title']:<32}{file:6.1f} GB{need:8.1f} GiB of memory{'' if one['fits'] else ' !'}",
            f"{one['openness']}, licence {one['licence']}, context up to {one['context']:,} tokens",
            f"from {one['source']}",
        )
    output.print()
    licences = {one["licence"]: one["conditions"] for one in catalogue}
    for name, conditions in licences.items():
        print_wrapped(f"{name}: {conditions}", style="dim")
