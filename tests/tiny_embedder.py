"""A sentence-transformers folder as a user may have one: tiny, random weights, prompts, 32 dimensions."""

from __future__ import annotations

from pathlib import Path

from tests.first_use import FirstUse
from vault.embedding.embedder import minilm_folder

torch = FirstUse("torch")
sentence_transformers = FirstUse("sentence_transformers")
layers = FirstUse("sentence_transformers.models")
transformers = FirstUse("transformers")

DIMENSIONS = 32
LONGEST = 128


def write(folder: Path, *, seed: int = 1, prompts: dict[str, str] | None = None) -> Path:
    """Write the model; the same seed gives the same weights."""
    torch.manual_seed(seed)
    raw = folder.with_name(f"{folder.name}-raw")
    tokenizer = transformers.AutoTokenizer.from_pretrained(str(minilm_folder()), local_files_only=True)
    config = transformers.BertConfig(
        vocab_size=len(tokenizer), hidden_size=DIMENSIONS, num_hidden_layers=1, num_attention_heads=2,
        intermediate_size=64, max_position_embeddings=LONGEST + 8, initializer_range=0.5,
    )  # fmt: skip
    transformers.BertModel(config).save_pretrained(str(raw))
    tokenizer.save_pretrained(str(raw))
    words = layers.Transformer(str(raw), max_seq_length=LONGEST)
    model = sentence_transformers.SentenceTransformer(
        modules=[words, layers.Pooling(DIMENSIONS)],
        prompts=prompts or {"query": "query: ", "document": "passage: "},
        device="cpu",
    )
    model.save(str(folder))
    return folder
