"""The catalogue of open models: what is known of each family and size, and what a machine needs for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

BITS = {"Q4_K_M": 4.89, "Q5_K_M": 5.70, "Q6_K": 6.56, "Q8_0": 8.50, "F16": 16.0}
"""Bits for each weight in the usual quantisations, as llama.cpp gives them for an 8B model. The embedding of
a small model is a greater part of it, and its file a few per cent larger."""
USUAL = "Q4_K_M"
_WORKING_BYTES = 300 << 20
"""What llama.cpp takes besides weights and context, about."""


@dataclass(frozen=True, slots=True)
class Licence:
    """Under what a model may be used."""

    id: str
    conditions: str


@dataclass(frozen=True, slots=True)
class KnownModel:
    """One entry of the catalogue."""

    id: str
    family: str
    title: str
    match: tuple[str, ...]
    """Beginnings of the name that a GGUF file of it gives itself, in small letters."""
    architecture: str
    parameters: float
    """Billions."""
    layers: int
    kv_heads: int
    head_size: int
    context: int
    """Tokens."""
    licence: Licence
    openness: str
    """"open weights", or "fully open": weights, data and how it was trained."""
    template: str
    source: str

    def file_bytes(self, quantisation: str = USUAL) -> int:
        """About how large its GGUF file is."""
        return int(self.parameters * 1e9 * BITS[quantisation] / 8)

    def memory_bytes(self, context: int, quantisation: str = USUAL) -> int:
        """About how much memory it needs with a context of that many tokens, at most its own."""
        per_token = cache_bytes_per_token(self.layers, self.kv_heads, self.head_size)
        return memory_bytes(self.file_bytes(quantisation), per_token, min(context, self.context))


def cache_bytes_per_token(layers: int, kv_heads: int, head_size: int) -> int:
    """Keys and values of one token in all layers, two bytes each."""
    return 2 * layers * kv_heads * head_size * 2


def memory_bytes(file_bytes: int, per_token: int, context: int) -> int:
    """About how much memory a model needs: its weights, the context, and what it works with."""
    return file_bytes + per_token * context + _WORKING_BYTES


@cache
def known_models() -> tuple[KnownModel, ...]:
    """All entries, in the order of the file."""
    read = yaml.safe_load((files(__package__) / "catalogue.yaml").read_text(encoding="utf-8"))
    licences = {name: Licence(name, **facts) for name, facts in read["licences"].items()}
    return tuple(_entry(one, licences) for one in read["models"])


def known_as(name: str) -> KnownModel | None:
    """The entry for the name that a GGUF file gives itself; None when it is not known."""
    spelled = " ".join(name.lower().replace("_", " ").split())
    fitting = [
        (len(beginning), known)
        for known in known_models()
        for beginning in known.match
        if spelled.startswith(beginning) or spelled.replace("-", " ").startswith(beginning.replace("-", " "))
    ]
    return max(fitting, key=lambda found: found[0])[1] if fitting else None


def _entry(one: Mapping[str, object], licences: Mapping[str, Licence]) -> KnownModel:
    facts = dict(one)
    facts["licence"] = licences[str(facts["licence"])]
    facts["match"] = tuple(facts["match"])  # type: ignore[arg-type]
    return KnownModel(**facts)  # type: ignore[arg-type]
