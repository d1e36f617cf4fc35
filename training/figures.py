"""Development figures of a network on rows: what training prints, and what says whether a run is worth
keeping."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence

import numpy as np
import torch

from evaluation.measures import auroc
from rag.reader.network import SUPPORTS, ReaderNetwork
from rag.reader.windows import ReaderTokens
from training.batches import Outputs, Read, reads_of, run, sentence_logits
from training.row import Claim, Row

_TOGETHER = 32


def figures(
    network: ReaderNetwork, rows: Sequence[Row], tokens: ReaderTokens, most_tokens: int, device: torch.device
) -> dict[str, float]:
    """Of each set and head: `first`: how often the right passage stands first among some; `evidence`: how
    often the best sentence is a right one; `answerable`: AUROC over questions; `support`: macro F1."""
    network.eval()
    noted: dict[str, list[float]] = defaultdict(list)
    answerable: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    support: dict[str, list[tuple[int, int]]] = defaultdict(list)
    chance = random.Random(5)
    with torch.no_grad():
        for start in range(0, len(rows), _TOGETHER):
            some = rows[start : start + _TOGETHER]
            reads = reads_of(some, tokens, chance, 5, {})
            outputs = run(network, reads, most_tokens, device)
            for index, row in enumerate(some):
                if isinstance(row, Claim):
                    continue
                mine = [n for n, read in enumerate(reads) if read.group == index]
                if mine:
                    _note_group(row.set, mine, reads, outputs, noted, answerable)
            sets = [row.set for row in some if isinstance(row, Claim)]
            claimed = [n for n, read in enumerate(reads) if read.label is not None]
            for name, n in zip(sets, claimed, strict=True):
                support[name].append((int(outputs.pairs[n, 2:].argmax()), reads[n].label or 0))
    network.train()
    found = {name: float(np.mean(values)) for name, values in noted.items()}
    for name, pairs in answerable.items():
        separation = auroc([score for score, _ in pairs], [label for _, label in pairs])
        if separation is not None:
            found[f"answerable {name}"] = separation
    found |= {f"support {name}": macro_f1(pairs) for name, pairs in support.items()}
    return {name: round(value, 4) for name, value in sorted(found.items())}


def _note_group(
    name: str,
    mine: Sequence[int],
    reads: Sequence[Read],
    outputs: Outputs,
    noted: dict[str, list[float]],
    answerable: dict[str, list[tuple[float, bool]]],
) -> None:
    scores = outputs.pairs[list(mine)]
    known = any(reads[n].answers is not None for n in mine)
    if known:
        answerable[name].append((float(scores[:, 1].max()), any(reads[n].answers for n in mine)))
    if any(reads[n].relevant for n in mine) and len(mine) > 1:
        noted[f"first {name}"].append(float(reads[mine[int(scores[:, 0].argmax())]].relevant))
    best, hit = -np.inf, None
    for n in mine:
        evidence = reads[n].evidence
        sentences, logits = sentence_logits(outputs.tokens[n], reads[n].pair)
        for sentence, logit in zip(sentences, logits.tolist(), strict=True):
            if evidence is not None and logit > best:
                best, hit = logit, evidence.get(sentence, 0.0) == 1.0
    if hit is not None and any(1.0 in (reads[n].evidence or {}).values() for n in mine):
        noted[f"evidence {name}"].append(float(hit))


def macro_f1(pairs: Sequence[tuple[int, int]]) -> float:
    """Mean F1 over the labels that occur; `pairs` are (found, right)."""
    scores = []
    for label in range(len(SUPPORTS)):
        right = sum(found == label == truth for found, truth in pairs)
        whole = sum(found == label for found, _ in pairs) + sum(truth == label for _, truth in pairs)
        if any(truth == label for _, truth in pairs):
            scores.append(2 * right / whole)
    return float(np.mean(scores)) if scores else 0.0
