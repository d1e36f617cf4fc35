"""Read the header of a GGUF file, and check that the file is complete.

Our own code parses the header: the reader of the package `gguf` makes Python objects of every vocabulary
entry (seconds for 150,000 tokens) and trusts the lengths in a damaged file.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from math import prod
from pathlib import Path
from typing import BinaryIO

from gguf.constants import GGML_QUANT_SIZES, GGMLQuantizationType, LlamaFileType

from rag.models.catalogue.catalogue import cache_bytes_per_token
from vault.errors import AdapterUnfit, ModelDamaged, ModelNotFound

_MAGIC = b"GGUF"
_VERSIONS = (2, 3)
_SCALARS = {
    0: "<B",
    1: "<b",
    2: "<H",
    3: "<h",
    4: "<I",
    5: "<i",
    6: "<f",
    7: "<?",
    10: "<Q",
    11: "<q",
    12: "<d",
}
_STRING, _ARRAY = 8, 9
_MOST_FIELDS = 100_000
_MOST_TENSORS = 100_000
_LONGEST_STRING = 1 << 20
"""Bytes; longer strings are skipped. A chat template has a few thousand."""
_LONGEST_CONTEXT = 1 << 24
"""Tokens; open models have at most 10 million. llama-cpp-python reserves four bytes for each of them when it
splits a text into tokens, so a file that states two thousand million takes all memory of a machine."""
_BLOCK_BYTES = 1 << 22

Value = str | int | float | bool


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A GGUF model file."""

    name: str
    architecture: str
    context_length: int
    """Tokens of context that the model was trained for; 0 if the file does not say."""
    parameters: int
    """Number of weights in all tensors."""
    quantisation: str
    template: str | None
    """The chat template, in Jinja; None if the file has none."""
    size: int
    """Bytes."""
    sha256: str
    """Empty if the file was not hashed."""
    adapter: bool = False
    """Whether it holds LoRA weights for a model of its architecture instead of a model."""
    licence: str = ""
    """As the file states it; often empty."""
    cache_bytes_per_token: int = 0
    """Memory for a token of context; 0 if the file does not say."""


def inspect(path: Path | str, *, hashed: bool = True) -> ModelFile:
    """Return what the header of the file at `path` says; `hashed` reads all of it (a second or two per GB).

    Raises ModelNotFound when there is no such file, ModelDamaged when it is not a complete GGUF file.
    """
    path = Path(path)
    try:
        with path.open("rb") as file:
            size = path.stat().st_size
            fields, tensors = _Header(file, size, path).read()
            digest = _sha256(file) if hashed else ""
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        raise ModelNotFound(
            f"There is no model file at {path}. Check the setting, or run without a model: "
            "answers are then quotations."
        ) from None
    except PermissionError:
        raise ModelNotFound(
            f"The model file {path} may not be read. Give this user permission to read it."
        ) from None
    architecture = str(fields.get("general.architecture", ""))
    context_length = int(fields.get(f"{architecture}.context_length", 0))
    if context_length > _LONGEST_CONTEXT:
        raise ModelDamaged(
            f"The model file {path} states a context of {context_length} tokens, and at most "
            f"{_LONGEST_CONTEXT} are allowed. Use another conversion of the model; such a file may be "
            "made to do harm."
        )
    return ModelFile(
        name=str(fields.get("general.name") or path.stem),
        architecture=architecture,
        context_length=context_length,
        parameters=sum(count for _, count in tensors),
        quantisation=_quantisation(fields, tensors),
        template=str(fields["tokenizer.chat_template"]) if "tokenizer.chat_template" in fields else None,
        size=size,
        sha256=digest,
        adapter=fields.get("general.type") == "adapter",
        licence=str(fields.get("general.license", "")),
        cache_bytes_per_token=_cache_bytes(fields, architecture),
    )


def _cache_bytes(fields: Mapping[str, Value], architecture: str) -> int:
    heads = int(fields.get(f"{architecture}.attention.head_count", 0))
    if not heads:
        return 0
    size = int(fields.get(f"{architecture}.embedding_length", 0)) // heads
    return cache_bytes_per_token(
        int(fields.get(f"{architecture}.block_count", 0)),
        # `_Header` skips a list with a number for each layer; then every head counts as having its own.
        int(fields.get(f"{architecture}.attention.head_count_kv", heads)),
        int(fields.get(f"{architecture}.attention.key_length", size)),
    )


def check_adapter(adapter: ModelFile, model: ModelFile) -> None:
    """Raise AdapterUnfit when the file is not an adapter, or is for another architecture than the model's."""
    if not adapter.adapter:
        raise AdapterUnfit(f"{adapter.name} is a model, not a LoRA adapter. Choose an adapter.")
    if adapter.architecture != model.architecture:
        raise AdapterUnfit(
            f"The adapter {adapter.name} is for the architecture {adapter.architecture!r} and {model.name} "
            f"is {model.architecture!r}. Use the model that it was trained for."
        )


def _sha256(file: BinaryIO) -> str:
    file.seek(0)
    digest = hashlib.sha256()
    while block := file.read(_BLOCK_BYTES):
        digest.update(block)
    return digest.hexdigest()


def _quantisation(fields: Mapping[str, Value], tensors: list[tuple[int, int]]) -> str:
    """Return the name of the file type, such as Q4_K_M; without one, the type of most weights."""
    if "general.file_type" in fields:
        try:
            name = str(LlamaFileType(int(fields["general.file_type"])).name)
            return name.removeprefix("MOSTLY_").removeprefix("ALL_")
        except ValueError:
            pass
    weights: dict[int, int] = {}
    for kind, count in tensors:
        weights[kind] = weights.get(kind, 0) + count
    if not weights:
        return ""
    return str(GGMLQuantizationType(max(weights, key=lambda kind: weights[kind])).name)


class _Header:
    """Reads the header from its start, and refuses every length that the file cannot hold."""

    def __init__(self, file: BinaryIO, size: int, path: Path) -> None:
        self._file = file
        self._size = size
        self._path = path

    def read(self) -> tuple[dict[str, Value], list[tuple[int, int]]]:
        """Return the scalar and string fields, and `(type, number of weights)` of every tensor."""
        if self._take(4) != _MAGIC:
            raise self._damaged("it does not begin as a GGUF file")
        version = self._number("<I")
        if version not in _VERSIONS:
            raise self._damaged(f"its GGUF version is {version}, and 2 and 3 can be read")
        tensor_count, field_count = self._number("<Q"), self._number("<Q")
        if tensor_count > _MOST_TENSORS or field_count > _MOST_FIELDS:
            raise self._damaged("its header makes no sense")
        fields: dict[str, Value] = {}
        for _ in range(field_count):
            name, value = self._string(), self._value(self._number("<I"))
            if value is not None:
                fields[name] = value
        tensors = [self._tensor() for _ in range(tensor_count)]
        self._check_complete(tensors, int(fields.get("general.alignment", 32)))
        return fields, [(kind, count) for kind, count, _ in tensors]

    def _tensor(self) -> tuple[int, int, int]:
        """Return the type, the number of weights, and the end of the data relative to the first tensor."""
        self._string()
        dimensions = self._number("<I")
        if dimensions > 8:
            raise self._damaged("a tensor in it has too many dimensions")
        count = prod(self._number("<Q") for _ in range(dimensions))
        kind, offset = self._number("<I"), self._number("<Q")
        try:
            block, block_bytes = GGML_QUANT_SIZES[GGMLQuantizationType(kind)]
        except (ValueError, KeyError):
            raise self._damaged(f"a tensor in it has the unknown type {kind}") from None
        return kind, count, offset + count // block * block_bytes

    def _check_complete(self, tensors: list[tuple[int, int, int]], alignment: int) -> None:
        if alignment < 1 or alignment & (alignment - 1):
            raise self._damaged("its alignment makes no sense")
        begin = (self._file.tell() + alignment - 1) // alignment * alignment
        end = begin + max((end for _, _, end in tensors), default=0)
        if tensors and end > self._size:
            raise self._damaged(f"it has {self._size} bytes and should have {end}")

    def _value(self, kind: int) -> Value | None:
        """Read a scalar or a string; arrays (the vocabulary) are skipped and give None."""
        if kind in _SCALARS:
            return self._scalar(_SCALARS[kind])
        if kind == _STRING:
            return self._string()
        if kind != _ARRAY:
            raise self._damaged(f"a field in it has the unknown type {kind}")
        element, count = self._number("<I"), self._number("<Q")
        if element in _SCALARS:
            self._skip(count * struct.calcsize(_SCALARS[element]))
        elif element == _STRING:
            self._skip_strings(count)
        else:
            raise self._damaged("a list in it has elements of an unknown type")
        return None

    def _skip_strings(self, count: int) -> None:
        """Skip strings by reading them: a seek for each of a vocabulary's 100,000 strings is slow."""
        read = self._file.read
        for _ in range(count):
            prefix = read(8)
            length = int.from_bytes(prefix, "little")
            if len(prefix) < 8 or length > self._size or len(read(length)) < length:
                raise self._damaged("it ends in the middle of its header")

    def _string(self) -> str:
        length = self._number("<Q")
        if length > _LONGEST_STRING:
            self._skip(length)
            return ""
        return self._take(length).decode("utf-8", errors="replace")

    def _scalar(self, form: str) -> int | float | bool:
        value: int | float | bool = struct.unpack(form, self._take(struct.calcsize(form)))[0]
        return value

    def _number(self, form: str) -> int:
        return int(self._scalar(form))

    def _skip(self, length: int) -> None:
        if self._file.tell() + length > self._size:
            raise self._damaged("it ends in the middle of its header")
        self._file.seek(length, 1)

    def _take(self, length: int) -> bytes:
        taken = self._file.read(length)
        if len(taken) < length:
            raise self._damaged("it ends in the middle of its header")
        return taken

    def _damaged(self, reason: str) -> ModelDamaged:
        return ModelDamaged(
            f"The model file {self._path} is not a whole GGUF file: {reason}. "
            "Copy it again and compare its sha256 with the publisher's."
        )
