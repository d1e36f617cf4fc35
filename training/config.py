"""The configuration of a training run, read from a YAML file."""

from __future__ import annotations

from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field


class Config(BaseModel):
    """The configuration of one run; `config.yaml` explains each value."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    seed: int = 11
    steps: int = Field(ge=1)
    groups: int = Field(default=8, ge=0)
    claims: int = Field(default=8, ge=0)
    wrong: int = Field(default=3, ge=1)
    most_tokens: int = Field(default=2048, ge=256)
    rate: float = Field(default=1e-4, gt=0)
    heads_rate: float = Field(default=8.0, gt=0)
    warmup: float = Field(default=0.06, ge=0, lt=1)
    decay: float = Field(default=0.01, ge=0)
    checkpoint_minutes: float = Field(default=4, gt=0)
    report_steps: int = Field(default=200, ge=1)
    losses: dict[str, float]
    repeats: dict[str, float] = {}
    claim_weights: dict[str, float] = {}


def load_config(path: Path) -> Config:
    """Return the configuration in the file. Raises pydantic's ValidationError, which names the field."""
    return Config.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
