"""The configuration of a training run of the answerer, read from a YAML file."""

from __future__ import annotations

from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field


class AnswererConfig(BaseModel):
    """The configuration of one run; `config.yaml` explains each value."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    seed: int = 5
    steps: int = Field(ge=1)
    most_tokens: int = Field(default=1300, ge=64)
    rank: int = Field(default=16, ge=1)
    alpha: float = Field(default=32, gt=0)
    first_block: int = Field(default=0, ge=0)
    rate: float = Field(default=6e-4, gt=0)
    warmup: float = Field(default=0.05, ge=0, lt=1)
    decay: float = Field(default=0.0, ge=0)
    checkpoint_minutes: float = Field(default=3, gt=0)
    report_steps: int = Field(default=60, ge=1)


def load_config(path: Path) -> AnswererConfig:
    """Return the configuration in the file. Raises pydantic's ValidationError, which names the field."""
    return AnswererConfig.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
