"""Tiny GGUF models for tests: written in a fraction of a second, loaded and run by llama.cpp like big ones.

`says` makes a model that writes a given text after any prompt: every token has a one-hot embedding,
attention and feed-forward are zero, and the output matrix leads from each token of the text to the
next. Without `says` the weights are random, so that what it writes depends on the whole prompt.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice, product
from pathlib import Path

import numpy as np
import numpy.typing as npt
from gguf import GGUFWriter, TokenType

Matrix = npt.NDArray[np.float32]
Make = Callable[[int, int], Matrix]

WITH_SYSTEM = (
    "{{ bos_token }}{% for m in messages %}<|{{ m.role }}|>\n{{ m.content }}<|end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|assistant|>\n{% endif %}"
)
WITHOUT_SYSTEM = (
    "{{ bos_token }}{% for m in messages %}{% if m.role == 'system' %}"
    "{{ raise_exception('System role not supported') }}{% endif %}"
    "{% if (m.role == 'user') != (loop.index0 % 2 == 0) %}"
    "{{ raise_exception('Roles must alternate') }}{% endif %}"
    "<|{{ m.role }}|>\n{{ m.content }}<|end|>\n{% endfor %}<|assistant|>\n"
)
_SPECIALS = ("<unk>", "<s>", "</s>", "<|system|>", "<|user|>", "<|assistant|>", "<|end|>")
_END = _SPECIALS.index("<|end|>")


def write(
    path: Path,
    *,
    says: str | None = None,
    template: str | None = WITH_SYSTEM,
    context_length: int = 2048,
    seed: int = 7,
    ends: bool = True,
    layers: int = 1,
    architecture: str = "llama",
    width: int = 64,
    feed_forward: int = 32,
    words: int = 0,
) -> Path:
    """Write a model to `path`. With `ends=False` the text of `says` starts again instead of ending. `width`
    and `feed_forward` are the least that it has: benchmarks make models that take their time. `words` made-up
    words are tokens too, for a vocabulary as large as those of real models; not together with `says`."""
    pieces = _pieces(says) if says is not None else _words(words)
    tokens = [*_SPECIALS, *(f"<0x{byte:02X}>" for byte in range(256)), "\u2581", *pieces]
    kinds = [TokenType.UNKNOWN, *[TokenType.CONTROL] * (len(_SPECIALS) - 1), *[TokenType.BYTE] * 256]
    kinds += [TokenType.NORMAL] * (1 + len(pieces))
    if says is not None:
        width = max(width, -(-len(tokens) // 32) * 32)
    writer = GGUFWriter(path, architecture)
    writer.add_name("tiny")
    writer.add_context_length(context_length)
    writer.add_embedding_length(width)
    writer.add_block_count(layers)
    writer.add_feed_forward_length(feed_forward)
    writer.add_head_count(width // 32)
    writer.add_head_count_kv(1)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_layer_norm_eps(1e-5)
    writer.add_rope_dimension_count(32)
    writer.add_vocab_size(len(tokens))
    writer.add_tokenizer_model("llama")
    writer.add_token_list(tokens)
    writer.add_token_scores([-1000.0] * (len(tokens) - len(pieces)) + [-float(i) for i in range(len(pieces))])
    writer.add_token_types(kinds)
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_eot_token_id(_END)
    writer.add_unk_token_id(0)
    writer.add_add_bos_token(True)
    writer.add_add_space_prefix(False)
    if template is not None:
        writer.add_chat_template(template)
    embeddings, output, matrix = _ends(
        len(tokens), len(pieces), width, seed, scripted=says is not None, ends=ends
    )
    for name, weights in tensors(architecture, embeddings, output, matrix, width, feed_forward, layers):
        writer.add_tensor(name, weights)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def _words(count: int) -> list[str]:
    """So many words of two to four syllables, each with a space before it."""
    syllables = [a + b for a in "bcdfghjklmnprstvwz" for b in ("a", "e", "i", "o", "u", "an", "er", "ing")]
    made = ("\u2581" + "".join(word) for length in (2, 3, 4) for word in product(syllables, repeat=length))
    return list(islice(made, count))


def _pieces(text: str) -> list[str]:
    """The text cut into pieces of which no two are equal, as short as that allows from two letters up."""
    pieces: list[str] = []
    rest = text.replace(" ", "\u2581")
    while rest:
        length = 2
        while rest[:length] in pieces and length < len(rest):
            length += 1
        if rest[:length] in pieces:
            rest, length = pieces.pop() + rest, len(pieces[-1]) + len(rest) if pieces else len(rest)
        pieces.append(rest[:length])
        rest = rest[length:]
    return pieces


def _ends(
    vocabulary: int, pieces: int, width: int, seed: int, *, scripted: bool, ends: bool
) -> tuple[Matrix, Matrix, Make]:
    """The embeddings, the output matrix, and what makes the matrices between them."""
    random = np.random.default_rng(seed)

    def zeros(rows: int, columns: int) -> Matrix:
        return np.zeros((rows, columns), dtype=np.float32)

    def noise(rows: int, columns: int) -> Matrix:
        return (random.standard_normal((rows, columns)) * 0.3).astype(np.float32)

    if not scripted:
        return noise(vocabulary, width), noise(vocabulary, width), noise
    embeddings, output = zeros(vocabulary, width), zeros(vocabulary, width)
    first = vocabulary - pieces
    embeddings[np.arange(vocabulary), np.arange(vocabulary)] = 1.0
    after = np.full(vocabulary, first)
    after[first:] = np.arange(first + 1, vocabulary + 1)
    after[-1] = _END if ends else first
    output[after, np.arange(vocabulary)] = 1.0
    return embeddings, output, zeros


@dataclass(frozen=True)
class _Shape:
    """What tells one architecture from another, as far as tensors go."""

    fused: bool = False
    """Whether query, key and value are one matrix."""
    gate: int = 1
    """1: the gate is a matrix of its own; 2: it is in the one for up; 0: there is none."""
    biases: tuple[str, ...] = ()
    norms: tuple[str, ...] = ("attn_norm", "ffn_norm")
    head_norms: tuple[str, ...] = ()


_SHAPES = {
    "llama": _Shape(),
    "falcon": _Shape(fused=True, gate=0, biases=("attn_norm", "output_norm"), norms=("attn_norm",)),
    "phi2": _Shape(
        fused=True, gate=0, norms=("attn_norm",),
        biases=("attn_norm", "output_norm", "output", "attn_qkv", "attn_output", "ffn_up", "ffn_down"),
    ),
    "phi3": _Shape(fused=True, gate=2),
    "qwen2": _Shape(biases=("attn_q", "attn_k", "attn_v")),
    "qwen3": _Shape(head_norms=("attn_q_norm", "attn_k_norm")),
    "gemma2": _Shape(norms=("attn_norm", "ffn_norm", "post_attention_norm", "post_ffw_norm")),
}  # fmt: skip


def tensors(
    architecture: str,
    embeddings: Matrix,
    output: Matrix,
    matrix: Make,
    width: int,
    feed_forward: int,
    layers: int,
) -> Iterator[tuple[str, Matrix]]:
    """The tensors of a model by name, as llama.cpp knows them; `matrix` makes those between the ends."""
    shape = _SHAPES[architecture]
    matrices = _matrices(shape, width, feed_forward)
    sizes = {name: rows for name, (rows, _) in matrices.items()}
    sizes |= {"attn_norm": width, "output_norm": width, "output": len(output)}
    ones = np.ones(width, dtype=np.float32)
    yield from (("token_embd.weight", embeddings), ("output_norm.weight", ones))
    if architecture != "gemma2":  # whose output is its embedding
        yield "output.weight", output
    yield from (
        (f"{name}.bias", _zeros(sizes[name])) for name in ("output_norm", "output") if name in shape.biases
    )
    for layer in range(layers):
        block = f"blk.{layer}."
        yield from ((f"{block}{name}.weight", matrix(*size)) for name, size in matrices.items())
        yield from ((f"{block}{name}.weight", ones) for name in shape.norms)
        yield from ((f"{block}{name}.weight", np.ones(32, dtype=np.float32)) for name in shape.head_norms)
        yield from (
            (f"{block}{name}.bias", _zeros(sizes[name]))
            for name in shape.biases
            if not name.startswith("output")
        )


def _matrices(shape: _Shape, width: int, feed_forward: int) -> dict[str, tuple[int, int]]:
    """(rows, columns) of a block's matrices; keys and values have one head of 32."""
    if shape.fused:
        attention = {"attn_qkv": (width + 64, width)}
    else:
        attention = {"attn_q": (width, width), "attn_k": (32, width), "attn_v": (32, width)}
    feed = {
        "ffn_up": (feed_forward * (2 if shape.gate == 2 else 1), width),
        "ffn_down": (width, feed_forward),
    }
    if shape.gate == 1:
        feed["ffn_gate"] = (feed_forward, width)
    return {**attention, "attn_output": (width, width), **feed}


def _zeros(size: int) -> Matrix:
    return np.zeros(size, dtype=np.float32)


def write_adapter(path: Path, *, architecture: str = "llama", width: int = 64, vocabulary: int = 264) -> Path:
    """Write a LoRA adapter that turns what a random model of `write` puts out into something else."""
    random = np.random.default_rng(3)
    writer = GGUFWriter(path, architecture)
    writer.add_type("adapter")
    writer.add_name("tiny adapter")
    writer.add_string("adapter.type", "lora")
    writer.add_float32("adapter.lora.alpha", 8.0)
    writer.add_tensor("output.weight.lora_a", random.standard_normal((4, width)).astype(np.float32))
    writer.add_tensor("output.weight.lora_b", random.standard_normal((vocabulary, 4)).astype(np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path
