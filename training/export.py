"""Make the artefact that we ship from a training run.

    python -m training.export bench/out/reader --rows bench/out/rows [--start OLD.safetensors --share 0.7]

writes `rag/reader/reader.safetensors` and prints the hash that `rag/reader/reader.py` must pin. It also
prints how far the results with the 8-bit weights are from those of the trained ones, on rows that were not
used for training. With `--start`, the weights that the run began with, each weight is `--share` of the
trained one and the rest of that one: what is in between forgets less of what the earlier run had learned.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from rag.reader.artefact import read_artefact, write_artefact
from rag.reader.network import ReaderNetwork
from rag.reader.reader import READER_FILE
from rag.reader.torch_reader import TorchReader
from training.row import Group, read_rows
from vault.embedding.embedder import minilm_folder
from vault.files.originals import sha256_of

_COMPARED = 60
"""Questions."""


def agreement(trained: TorchReader, kept: TorchReader, groups: Sequence[Group]) -> tuple[float, float, float]:
    """Return (share of questions with the same passage first, correlation of relevance, of answerable)."""
    same, left, right = [], [], []
    for group in groups:
        passages = [one.passage for one in group.candidates]
        both = [reader.read(group.forms[0], passages) for reader in (trained, kept)]
        scores = [[(one.relevance, one.answerable) for one in some if one is not None] for some in both]
        same.append(int(np.argmax([a for a, _ in scores[0]])) == int(np.argmax([a for a, _ in scores[1]])))
        left += scores[0]
        right += scores[1]
    one, other = np.array(left), np.array(right)
    apart = [float(np.corrcoef(one[:, column], other[:, column])[0, 1]) for column in (0, 1)]
    return float(np.mean(same)), apart[0], apart[1]


def between(start: Mapping[str, Tensor], trained: Mapping[str, Tensor], share: float) -> dict[str, Tensor]:
    """Return weights of which `share` is trained and the rest is what the run began with."""
    return {name: share * value + (1 - share) * start[name] for name, value in trained.items()}


def _reader(weights: Mapping[str, Tensor]) -> TorchReader:
    network = ReaderNetwork(minilm_folder())
    network.load_learned(weights)
    return TorchReader(threads=torch.get_num_threads(), network=network, sha256="")


def main() -> None:
    """Write and compare."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("run", type=Path, help="the folder that training.train filled")
    parser.add_argument("--rows", type=Path, required=True, help="the folder that training.rows filled")
    parser.add_argument("--start", type=Path, help="the artefact that the run began with")
    parser.add_argument("--share", type=float, default=1.0, help="of the trained weights, with --start")
    chosen = parser.parse_args()
    learned = torch.load(chosen.run / "checkpoint.pt", map_location="cpu", weights_only=True)["learned"]
    if chosen.start is not None:
        learned = between(read_artefact(chosen.start), learned, chosen.share)
    write_artefact(learned, READER_FILE)
    trained, kept = _reader(learned), _reader(read_artefact(READER_FILE))
    held = [
        row
        for path in sorted(chosen.rows.glob("*.fit.jsonl.gz"))
        for row in read_rows(path)
        if isinstance(row, Group)
    ]
    same, relevance, answerable = agreement(trained, kept, held[:: max(1, len(held) // _COMPARED)])
    print(f"{READER_FILE}: {READER_FILE.stat().st_size:,} bytes")
    print(
        f"8-bit against trained, {_COMPARED} questions: the same passage first in {same:.1%}, correlation of "
        f"relevance {relevance:.5f}, of answerable {answerable:.5f}"
    )
    print(f'READER_SHA256 = "{sha256_of(READER_FILE)}"')


if __name__ == "__main__":
    main()
