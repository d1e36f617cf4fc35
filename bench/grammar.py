"""What a grammar costs: every token of the vocabulary is held against it for every token that is written."""

from __future__ import annotations

import statistics
import time
from collections.abc import Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path

from langchain_core.messages import HumanMessage

from rag.models.llama.model import LlamaModel
from rag.writing.grammar import statement_grammar
from tests import real_tokenizer, tiny_gguf
from vault.settings import Settings

_MADE = (32_000, 128_000)
_SAYS = " The Client consents to another data centre of Kestrow Hosting Limited"
_ROUNDS, _TOKENS = 3, 24


def constrained(settings: Settings, folder: Path, vocabularies: Sequence[Path]) -> list[str]:
    """Milliseconds of one core a token, in models of one thin layer with large vocabularies: made-up words,
    and the tokenizers of GGUF files. What the grammar adds is the same in a model of any size."""
    models = {}
    for words in _MADE:
        models[f"{words:,} made-up words"] = tiny_gguf.write(
            folder / f"{words}.gguf", words=words, context_length=4096
        )
    for file in vocabularies:
        models[file.stem] = real_tokenizer.write(
            folder / file.name, file, says=_SAYS, template=None, architecture="llama"
        )
    lines = ["| vocabulary | ms a token without | with the grammar | added |", "| --- | ---: | ---: | ---: |"]
    for name, path in models.items():
        without, within = _milliseconds(path, settings.model_copy(update={"threads": 1}))
        lines.append(f"| {name} | {without:.2f} | {within:.2f} | {within - without:.2f} |")
    return lines


def _milliseconds(path: Path, settings: Settings) -> tuple[float, float]:
    """Of processor time, for a token that is written, without and within the grammar."""
    model = LlamaModel(path, settings)
    asked = [HumanMessage("What does the Client consent to?")]
    seen: dict[str | None, list[float]] = {None: [], statement_grammar(range(1, 7)): []}
    for _ in range(_ROUNDS):
        for grammar, times in seen.items():
            with closing(model.stream(asked, None, grammar)) as pieces:
                next(pieces)  # before it the prompt is read
                begun = time.process_time()
                count = sum(1 for _ in islice(pieces, _TOKENS))
                times.append(1000 * (time.process_time() - begun) / max(1, count))
    model.close()
    without, within = (statistics.median(times) for times in seen.values())
    return without, within
