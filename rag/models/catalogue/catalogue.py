"""The catalogue of open models: the facts about each family and size, and the memory that it needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

BITS = {"Q4_K_M": 4.89, "Q5_K_M": 5.70, "Q6_K": 6.56, "Q8_0": 8.50, "F16": 16.0}
"""Bits for each weight in the usual quantisations, as llama.cpp states them for an 8B model. In a small model
the embedding is a greater part, so its file is a few per cent larger."""
USUAL = "Q4_K_M"
_WORKING_BYTES = 300 << 20
"""About what llama.cpp needs besides weights and context."""


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence and its conditions."""

    id: str
    conditions: str


@dataclass(frozen=True, slots=True)
class KnownModel:
    """One entry of the catalogue."""

    id: str
    family: str
    title: str
    match: tuple[str, ...]
    """Beginnings of the name in a GGUF file of the model, in lower case."""
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
        """Return about how large its GGUF file is."""
        return int(self.parameters * 1e9 * BITS[quantisation] / 8)

    def memory_bytes(self, context: int, quantisation: str = USUAL) -> int:
        """Return about how much memory it needs with a context of that many tokens, at most its own."""
        per_token = cache_bytes_per_token(self.layers, self.kv_heads, self.head_size)
        return memory_bytes(self.file_bytes(quantisation), per_token, min(context, self.context))


def cache_bytes_per_token(layers: int, kv_heads: int, head_size: int) -> int:
    """Return the size of the keys and values of one token in all layers, two bytes each."""
    return 2 * layers * kv_heads * head_size * 2


def memory_bytes(file_bytes: int, per_token: int, context: int) -> int:
    """Return about how much memory a model needs for its weights, its context and its computation."""
    return file_bytes + per_token * context + _WORKING_BYTES


@cache
def known_models() -> tuple[KnownModel, ...]:
    """Return all entries, in the order of the file."""
    read = yaml.safe_load((files(__package__) / "catalogue.yaml").read_text(encoding="utf-8"))
    licences = {name: Licence(name, **facts) for name, facts in read["licences"].items()}
    return tuple(_entry(one, licences) for one in read["models"])


def known_as(name: str) -> KnownModel | None:
    """Return the entry for the name in a GGUF file; None for an unknown name."""
    normal = " ".join(name.lower().replace("_", " ").split())
    matches = [
        (len(beginning), known)
        for known in known_models()
        for beginning in known.match
        if normal.startswith(beginning) or normal.replace("-", " ").startswith(beginning.replace("-", " "))
    ]
    return max(matches, key=lambda match: match[0])[1] if matches else None


def _entry(values: Mapping[str, object], licences: Mapping[str, Licence]) -> KnownModel:
    facts = dict(values)
    facts["licence"] = licences[str(facts["licence"])]
    facts["match"] = tuple(facts["match"])  # type: ignore[arg-type]
    return KnownModel(**facts)  # type: ignore[arg-type]
