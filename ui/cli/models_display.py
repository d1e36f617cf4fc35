"""How `incamera models list` shows the models of the vault and the catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ui.cli.console import output
from ui.cli.entries import print_entry, print_wrapped
from ui.interface.schemas.models import BuiltInEntry, Models

_GIB = 2**30


def print_added_models(added: Models) -> None:
    """Print the built-in model and those that were added, and what each is used for, or that it is off."""
    for off in added.switched_off:
        print_wrapped(off.notice, style="yellow")
    if added.built_in is not None:
        _print_built_in(added.built_in, added)
    if not added.models:
        return
    print_wrapped("Added models")
    for one in added.models:
        used = _used_for(one.name, added)
        kind = f"{one.architecture} {one.quantisation}" if one.kind == "model" else "LoRA adapter"
        context = f"context {one.context_length:,} tokens, " if one.kind == "model" else ""
        print_entry(
            one.name,
            f"{kind}, {one.size / 1e9:.2f} GB, {context}licence {one.licence or 'unknown'}",
            f"sha256 {one.sha256[:12]}",
            f"used for {', '.join(used)}" if used else "",
        )
    output.print()


def _print_built_in(one: BuiltInEntry, models: Models) -> None:
    chosen = any(choice.collection is None for choice in models.choices)
    used = _used_for(one.name, models) if chosen else ["every collection without its own choice"]
    print_wrapped("Built-in model")
    print_entry(
        one.name,
        f"{one.title}, {one.parameters / 1e9:.3f} billion weights, {one.size / 1e9:.2f} GB",
        f"{one.openness}, licence {one.licence}, from {one.source}",
        f"sha256 {one.sha256[:12]}",
        (f"used for {', '.join(used)}" if used else "")
        if one.answers
        else f"does not answer here. {one.lacks}",
    )
    output.print()


def _used_for(name: str, models: Models) -> list[str]:
    """Return the collections that use a model or an adapter."""
    return [
        choice.collection or "every collection without its own choice"
        for choice in models.choices
        if name in (choice.model, choice.adapter)
    ]


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
