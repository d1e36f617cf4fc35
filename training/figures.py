"""Development figures of a network on rows; training prints them, and they show whether a run is good."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence

import numpy as np
import torch

from evaluation.measures import auroc
from rag.reader.network import ReaderNetwork
from rag.reader.reader import SUPPORTS
from rag.reader.windows import ReaderTokens
from training.batches import LabelledPair, Outputs, labelled_pairs, run_network, sentence_logits
from training.row import Claim, Row

_TOGETHER = 32


def figures(
    network: ReaderNetwork, rows: Sequence[Row], tokens: ReaderTokens, most_tokens: int, device: torch.device
) -> dict[str, float]:
    """Return the figures of each set and head.

    `first` is how often a relevant passage comes first, `evidence` how often the best sentence is a right
    one, `answerable` the AUROC over questions, `support` the macro F1.
    """
    network.eval()
    values: dict[str, list[float]] = defaultdict(list)
    answerable: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    support: dict[str, list[tuple[int, int]]] = defaultdict(list)
    chance = random.Random(5)
    with torch.no_grad():
        for start in range(0, len(rows), _TOGETHER):
            some = rows[start : start + _TOGETHER]
            labelled = labelled_pairs(some, tokens, chance, 5, {})
            outputs = run_network(network, labelled, most_tokens, device)
            for index, row in enumerate(some):
                if isinstance(row, Claim):
                    continue
                members = [n for n, one in enumerate(labelled) if one.group == index]
                if members:
                    _add_group(row.set, members, labelled, outputs, values, answerable)
            sets = [row.set for row in some if isinstance(row, Claim)]
            claims = [n for n, one in enumerate(labelled) if one.label is not None]
            for name, n in zip(sets, claims, strict=True):
                support[name].append((int(outputs.pairs[n, 2:].argmax()), labelled[n].label or 0))
    network.train()
    found = {name: float(np.mean(some)) for name, some in values.items()}
    for name, pairs in answerable.items():
        separation = auroc([score for score, _ in pairs], [label for _, label in pairs])
        if separation is not None:
            found[f"answerable {name}"] = separation
    found |= {f"support {name}": macro_f1(pairs) for name, pairs in support.items()}
    return {name: round(value, 4) for name, value in sorted(found.items())}


def _add_group(
    name: str,
    members: Sequence[int],
    labelled: Sequence[LabelledPair],
    outputs: Outputs,
    values: dict[str, list[float]],
    answerable: dict[str, list[tuple[float, bool]]],
) -> None:
    """Add the figures of one group, whose pairs are `members`, to `values` and `answerable`."""
    scores = outputs.pairs[list(members)]
    known = any(labelled[n].answers is not None for n in members)
    if known:
        answerable[name].append((float(scores[:, 1].max()), any(labelled[n].answers for n in members)))
    if any(labelled[n].relevant for n in members) and len(members) > 1:
        values[f"first {name}"].append(float(labelled[members[int(scores[:, 0].argmax())]].relevant))
    best, hit = -np.inf, None
    for n in members:
        evidence = labelled[n].evidence
        sentences, logits = sentence_logits(outputs.tokens[n], labelled[n].pair)
        for sentence, logit in zip(sentences, logits.tolist(), strict=True):
            if evidence is not None and logit > best:
                best, hit = logit, evidence.get(sentence, 0.0) == 1.0
    if hit is not None and any(1.0 in (labelled[n].evidence or {}).values() for n in members):
        values[f"evidence {name}"].append(float(hit))


def macro_f1(pairs: Sequence[tuple[int, int]]) -> float:
    """Return the mean F1 of the labels that occur; `pairs` are (found, right)."""
    scores = []
    for label in range(len(SUPPORTS)):
        right = sum(found == label == truth for found, truth in pairs)
        whole = sum(found == label for found, _ in pairs) + sum(truth == label for _, truth in pairs)
        if any(truth == label for _, truth in pairs):
            scores.append(2 * right / whole)
    return float(np.mean(scores)) if scores else 0.0
