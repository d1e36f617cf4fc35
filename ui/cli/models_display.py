"""How `incamera models list` shows the models of the vault and the catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ui.cli.console import output
from ui.cli.entries import print_entry, print_wrapped
from ui.interface.schemas.models import Models

_GIB = 2**30


def print_added_models(added: Models) -> None:
    """Print the models and adapters that were added, and what each is used for, or that it is off."""
    for off in added.switched_off:
        print_wrapped(off.notice, style="yellow")
    if not added.models:
        return
    print_wrapped("Added models")
    for one in added.models:
        used = [
            choice.collection or "every collection without its own choice"
            for choice in added.choices
            if one.name in (choice.model, choice.adapter)
        ]
        kind = f"{one.architecture} {one.quantisation}" if one.kind == "model" else "LoRA adapter"
        context = f"context {one.context_length:,} tokens, " if one.kind == "model" else ""
        print_entry(
            one.name,
            f"{kind}, {one.size / 1e9:.2f} GB, {context}licence {one.licence or 'unknown'}",
            f"sha256 {one.sha256[:12]}",
            f"used for {', '.join(used)}" if used else "",
        )
    output.print()


def print_catalogue(
    catalogue: Sequence[dict[str, Any]], quantisation: str, context: int, memory: int
) -> None:
    """Print open models with size, memory and source, and then the licences."""
    print_wrapped(
        f"Open models, as {quantisation} files and with {context:,} tokens of context. This machine has "
        f"{memory / _GIB:.0f} GiB of memory; models that need more are marked with !"
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
