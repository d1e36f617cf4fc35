"""Make the artefact that is given out from a training run.

    python -m training.export bench/out/reader

writes `rag/reader.safetensors` and prints the hash that `rag/reader_artefact.py` must pin, and how far the
8-bit weights are from what was trained.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch

from rag.reader_artefact import READER_FILE, read_artefact, write_artefact
from vault.originals import sha256_of


def main() -> None:
    """Write and compare."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("run", type=Path, help="the folder that training.train filled")
    chosen = parser.parse_args()
    learned = torch.load(chosen.run / "checkpoint.pt", map_location="cpu", weights_only=True)["learned"]
    write_artefact(learned, READER_FILE)
    kept = read_artefact(READER_FILE)
    apart = max(
        float((kept[name] - value).norm() / value.norm().clamp(min=1e-9)) for name, value in learned.items()
    )
    print(
        f"{READER_FILE}: {READER_FILE.stat().st_size:,} bytes; weights at most {apart:.4f} apart (relative)"
    )
    print(f'READER_SHA256 = "{sha256_of(READER_FILE)}"')


if __name__ == "__main__":
    main()
