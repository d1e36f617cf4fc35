"""Tiny models with the tokenizer of a real one: the vocabulary of a file, with weights that say a given text.

A token's embedding is a random direction, nearly at right angles to all others, beside one number that all
share. The output leads from each token of the text to the next by their directions, and from anything else to
the first by the shared number.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from gguf import GGUFReader, GGUFValueType, GGUFWriter

from tests.tiny_gguf import Matrix, tensors

_WIDTH = 256
_SHARED = 0.5
_FIRST = 0.9
"""With `_SHARED` 0.45: less than a token's own direction, 1, and more than chance brings together."""


def write(path: Path, vocabulary: Path, *, says: str, template: str | None, architecture: str) -> Path:
    """Write a model to `path` that says `says` after any prompt. No token of it may come twice."""
    reader = GGUFReader(vocabulary)
    fields = {name: field for name, field in reader.fields.items() if name.startswith("tokenizer.")}
    size = len(fields["tokenizer.ggml.tokens"].data)
    end = int(fields["tokenizer.ggml.eos_token_id"].contents())
    text = tokens_of(vocabulary, says)
    assert len(set(text)) == len(text), "a token comes twice"
    writer = GGUFWriter(path, architecture)
    writer.add_name("tiny with a real tokenizer")
    writer.add_context_length(4096)
    writer.add_embedding_length(_WIDTH)
    writer.add_block_count(1)
    writer.add_feed_forward_length(32)
    writer.add_head_count(_WIDTH // 32)
    writer.add_head_count_kv(1)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_layer_norm_eps(1e-5)
    writer.add_rope_dimension_count(32)
    writer.add_vocab_size(size)
    for name, field in fields.items():
        if name != "tokenizer.chat_template":
            _copy(writer, name, field)
    if template is not None:
        writer.add_chat_template(template)
    embeddings, output = _ends(size, text, end)
    for name, weights in tensors(architecture, embeddings, output, _zeros, _WIDTH, 32, 1):
        writer.add_tensor(name, weights)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def tokens_of(vocabulary: Path, text: str) -> list[int]:
    """The tokens of `text` in the vocabulary."""
    from llama_cpp import Llama

    model = Llama(str(vocabulary), vocab_only=True, verbose=False)
    try:
        return list(model.tokenize(text.encode(), add_bos=False, special=False))
    finally:
        model.close()


def _ends(size: int, text: list[int], end: int) -> tuple[Matrix, Matrix]:
    random = np.random.default_rng(5)
    embeddings = random.standard_normal((size, _WIDTH)).astype(np.float32)
    embeddings[:, 0] = 0
    embeddings /= np.linalg.norm(embeddings, axis=1, keepdims=True)
    output = np.zeros((size, _WIDTH), dtype=np.float32)
    for token, after in zip(text, [*text[1:], end], strict=True):
        output[after] += embeddings[token]
    output[text[0], 0] += _FIRST
    embeddings[:, 0] = _SHARED
    return embeddings, output


def _zeros(rows: int, columns: int) -> Matrix:
    return np.zeros((rows, columns), dtype=np.float32)


def _copy(writer: GGUFWriter, name: str, field: Any) -> None:
    kind = field.types[0]
    inner = field.types[-1] if kind is GGUFValueType.ARRAY else None
    writer.add_key_value(name, field.contents(), kind, inner)
