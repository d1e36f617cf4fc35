"""From rows to what the network takes: some passages of a group, cut to windows, with their marks."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from rag.reader.network import SUPPORTS, ReaderNetwork
from rag.reader.windows import MAX_TOKENS, Pair, ReaderTokens, padded
from training.row import Candidate, Claim, Group, Row

_LIMITS, _SHARES = (96, 128, 168, MAX_TOKENS), (0.3, 0.35, 0.25, 0.1)
"""Windows of several lengths, so that the reader knows short passages and long ones, and mostly costs
little."""
_FROM_START = 0.6
"""How often a relevant passage without marks is read from its beginning, where its subject is named."""


@dataclass(frozen=True, slots=True)
class Read:
    """A pair with its marks; those that are None are not known or not meant."""

    pair: Pair
    group: int
    """Index of its group in the step; -1 for a claim."""
    relevant: bool = False
    answers: bool | None = None
    evidence: Mapping[int, float] | None = None
    """Weight by sentence; empty where none answers."""
    words: tuple[int, int, int] | None = None
    label: int | None = None
    weight: float = 1.0


def group_reads(
    group: Group, index: int, tokens: ReaderTokens, chance: random.Random, wrong: int
) -> list[Read]:
    """One passage that is right, if there is one, and some that are not, for one form of the question."""
    asked = chance.choice(group.forms)
    right = [one for one in group.candidates if one.relevant]
    others = [one for one in group.candidates if not one.relevant]
    if right:
        chosen = [chance.choice(right), *_some(others, wrong, chance)]
    else:
        # Where nothing answers, what was found first looks most as if it did: it is always read.
        chosen = [*others[:1], *_some(others[1:], wrong - 1, chance)]
    limit = chance.choices(_LIMITS, _SHARES)[0]
    spans = any(one.evidence for one in group.candidates) or not right
    found = []
    for one in chosen:
        pairs = tokens.pairs(asked, [one.passage], limit)
        if not pairs:
            continue
        pair = _window(pairs, one, chance)
        held = {place[0] for place in pair.places}
        evidence = {sentence: weight for sentence, weight in one.evidence if sentence in held}
        answers = bool(evidence) if one.answers and one.evidence else one.answers
        found.append(
            Read(
                pair, index, one.relevant, answers, evidence if spans else None,
                one.words if one.words and one.words[0] in held else None,
            )
        )  # fmt: skip
    return found


def _some(candidates: Sequence[Candidate], most: int, chance: random.Random) -> list[Candidate]:
    return chance.sample(candidates, min(len(candidates), most))


def _window(pairs: Sequence[Pair], one: Candidate, chance: random.Random) -> Pair:
    wanted = {sentence for sentence, weight in one.evidence if weight == 1.0}
    holding = [pair for pair in pairs if wanted & {place[0] for place in pair.places}]
    if holding:
        return chance.choice(holding)
    if one.relevant and chance.random() < _FROM_START:
        return pairs[0]
    return chance.choice(pairs)


def claim_read(claim: Claim, tokens: ReaderTokens, weights: Mapping[str, float]) -> list[Read]:
    """The statement with its passage, whose first window is read."""
    pairs = tokens.pairs(claim.statement, [claim.passage])[:1]
    weight = weights.get(claim.set, 1.0)
    return [Read(pair, -1, label=SUPPORTS.index(claim.label), weight=weight) for pair in pairs]


def reads_of(
    rows: Sequence[Row], tokens: ReaderTokens, chance: random.Random, wrong: int, weights: Mapping[str, float]
) -> list[Read]:
    """The pairs of a step."""
    found: list[Read] = []
    for index, row in enumerate(rows):
        found += (
            claim_read(row, tokens, weights)
            if isinstance(row, Claim)
            else group_reads(row, index, tokens, chance, wrong)
        )
    return found


@dataclass(frozen=True, slots=True)
class Outputs:
    """What the network says of each pair of a step, in the step's order."""

    tokens: list[Tensor]
    """(text tokens, 3) each."""
    pairs: Tensor
    """(pairs, 5)"""


def run(network: ReaderNetwork, reads: Sequence[Read], most_tokens: int, device: torch.device) -> Outputs:
    """Pairs of like length go through the network together, so that little padding is computed."""
    order = sorted(range(len(reads)), key=lambda index: len(reads[index].pair.ids))
    tokens: dict[int, Tensor] = {}
    pairs: dict[int, Tensor] = {}
    start = 0
    while start < len(order):
        stop = start + 1
        while stop < len(order) and len(reads[order[stop]].pair.ids) * (stop + 1 - start) <= most_tokens:
            stop += 1
        some = order[start:stop]
        arrays = [torch.from_numpy(a).to(device) for a in padded([reads[index].pair for index in some])]
        pointed, judged = network(*arrays)
        for row, index in enumerate(some):
            pair = reads[index].pair
            tokens[index] = pointed[row, pair.text : pair.text + len(pair.places)].float()
            pairs[index] = judged[row].float()
        start = stop
    return Outputs([tokens[i] for i in range(len(reads))], torch.stack([pairs[i] for i in range(len(reads))]))


def sentence_logits(logits: Tensor, pair: Pair) -> tuple[list[int], Tensor]:
    """(sentences, (sentences,): mean of the evidence logits of each one's tokens)."""
    sentences, where, counts = np.unique(
        [place[0] for place in pair.places], return_inverse=True, return_counts=True
    )
    sums = torch.zeros(len(sentences), device=logits.device).index_add(
        0, torch.from_numpy(where).to(logits.device), logits[:, 0]
    )
    return sentences.tolist(), sums / torch.from_numpy(counts).to(logits.device)
