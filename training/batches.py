"""Turn rows into the labelled pairs that the network reads: passages of a group, cut to windows."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from rag.reader.network import ReaderNetwork
from rag.reader.reader import SUPPORTS
from rag.reader.windows import MAX_TOKENS, Pair, ReaderTokens, padded
from training.row import Candidate, Claim, Group, Row

_LIMITS, _SHARES = (96, 128, 168, MAX_TOKENS), (0.3, 0.35, 0.25, 0.1)
"""Windows have several lengths, so that the reader learns short and long passages and most steps cost
little."""
_FROM_START = 0.6
"""How often a relevant passage without marked sentences is read from its beginning, which names its
subject."""


@dataclass(frozen=True, slots=True)
class LabelledPair:
    """A pair with its labels; a label that is None is unknown or not used."""

    pair: Pair
    group: int
    """Index of its group in the step; -1 for a claim."""
    relevant: bool = False
    answers: bool | None = None
    evidence: Mapping[int, float] | None = None
    """Weight by sentence; empty if no sentence answers."""
    words: tuple[int, int, int] | None = None
    label: int | None = None
    weight: float = 1.0


def group_pairs(
    group: Group, index: int, tokens: ReaderTokens, chance: random.Random, wrong: int
) -> list[LabelledPair]:
    """Return one relevant passage, if there is one, and `wrong` others, with one form of the question."""
    question = chance.choice(group.forms)
    right = [one for one in group.candidates if one.relevant]
    others = [one for one in group.candidates if not one.relevant]
    if right:
        chosen = [chance.choice(right), *_some(others, wrong, chance)]
    else:
        # Without an answer, the passage found first is the most misleading one: it is always read.
        chosen = [*others[:1], *_some(others[1:], wrong - 1, chance)]
    limit = chance.choices(_LIMITS, _SHARES)[0]
    spans = any(one.evidence for one in group.candidates) or not right
    found = []
    for one in chosen:
        pairs = tokens.pairs(question, [one.passage], limit)
        if not pairs:
            continue
        pair = _window(pairs, one, chance)
        in_window = {place[0] for place in pair.places}
        evidence = {sentence: weight for sentence, weight in one.evidence if sentence in in_window}
        answers = bool(evidence) if one.answers and one.evidence else one.answers
        found.append(
            LabelledPair(
                pair, index, one.relevant, answers, evidence if spans else None,
                one.words if one.words and one.words[0] in in_window else None,
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


def claim_pairs(claim: Claim, tokens: ReaderTokens, weights: Mapping[str, float]) -> list[LabelledPair]:
    """Return the statement with the first window of its passage."""
    pairs = tokens.pairs(claim.statement, [claim.passage])[:1]
    weight = weights.get(claim.set, 1.0)
    return [LabelledPair(pair, -1, label=SUPPORTS.index(claim.label), weight=weight) for pair in pairs]


def labelled_pairs(
    rows: Sequence[Row], tokens: ReaderTokens, chance: random.Random, wrong: int, weights: Mapping[str, float]
) -> list[LabelledPair]:
    """Return the pairs of a step."""
    found: list[LabelledPair] = []
    for index, row in enumerate(rows):
        found += (
            claim_pairs(row, tokens, weights)
            if isinstance(row, Claim)
            else group_pairs(row, index, tokens, chance, wrong)
        )
    return found


@dataclass(frozen=True, slots=True)
class Outputs:
    """The logits of each pair of a step, in the step's order."""

    tokens: list[Tensor]
    """(text tokens, 3) each."""
    pairs: Tensor
    """(pairs, 5)"""


def run_network(
    network: ReaderNetwork, labelled: Sequence[LabelledPair], most_tokens: int, device: torch.device
) -> Outputs:
    """Run the network in batches of at most `most_tokens` with similar lengths, so that padding is small."""
    order = sorted(range(len(labelled)), key=lambda index: len(labelled[index].pair.ids))
    tokens: dict[int, Tensor] = {}
    pairs: dict[int, Tensor] = {}
    start = 0
    while start < len(order):
        stop = start + 1
        while stop < len(order) and len(labelled[order[stop]].pair.ids) * (stop + 1 - start) <= most_tokens:
            stop += 1
        batch = order[start:stop]
        arrays = [torch.from_numpy(a).to(device) for a in padded([labelled[index].pair for index in batch])]
        token_logits, pair_logits = network(*arrays)
        for row, index in enumerate(batch):
            pair = labelled[index].pair
            tokens[index] = token_logits[row, pair.text : pair.text + len(pair.places)].float()
            pairs[index] = pair_logits[row].float()
        start = stop
    indexes = range(len(labelled))
    return Outputs([tokens[index] for index in indexes], torch.stack([pairs[index] for index in indexes]))


def sentence_logits(logits: Tensor, pair: Pair) -> tuple[list[int], Tensor]:
    """Return the sentences of a pair, and the mean of the evidence logits of their tokens, (sentences,)."""
    sentences, where, counts = np.unique(
        [place[0] for place in pair.places], return_inverse=True, return_counts=True
    )
    sums = torch.zeros(len(sentences), device=logits.device).index_add(
        0, torch.from_numpy(where).to(logits.device), logits[:, 0]
    )
    return sentences.tolist(), sums / torch.from_numpy(counts).to(logits.device)
