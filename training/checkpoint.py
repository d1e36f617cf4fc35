"""The checkpoint of a training run, and how the learning rate rises and falls."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch


def save_checkpoint(folder: Path, state: Mapping[str, Any]) -> None:
    """Write the whole checkpoint, or keep the old one."""
    folder.mkdir(parents=True, exist_ok=True)
    partial = folder / "checkpoint.partial"
    torch.save(dict(state), partial)
    partial.rename(folder / "checkpoint.pt")


def load_checkpoint(folder: Path, device: torch.device) -> dict[str, Any] | None:
    """Return the checkpoint in a folder, or None if there is none."""
    checkpoint = folder / "checkpoint.pt"
    if not checkpoint.is_file():
        return None
    state: dict[str, Any] = torch.load(checkpoint, map_location=device, weights_only=True)
    return state


def learning_rate(step: int, steps: int, *, most: float, warmup: float, least: float) -> float:
    """Return the rate of a step (from 0): it rises during the warm-up, then falls linearly.

    `warmup` is a part of the steps, and `least` the part of `most` below which the rate does not fall.
    """
    part = (step + 1) / steps
    rising = part / warmup if warmup else 1.0
    return most * min(rising, max(least, (1 - part) / (1 - warmup)))
