"""The loss of a step: one term for each head, added with the weights of the configuration."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import torch
from torch import Tensor
from torch.nn import functional

from training.batches import LabelledPair, Outputs, sentence_logits

_UNJUDGED = 0.3
"""Weight of the label "no answer" for a passage that nobody judged: it may answer after all."""


def losses(outputs: Outputs, labelled: Sequence[LabelledPair]) -> dict[str, Tensor]:
    """Return the mean loss of each head for which the step has rows."""
    found: dict[str, list[Tensor]] = defaultdict(list)
    weights: dict[str, list[float]] = defaultdict(list)
    groups: dict[int, list[int]] = defaultdict(list)

    def add(head: str, loss: Tensor, weight: float = 1.0) -> None:
        found[head].append(loss)
        weights[head].append(weight)

    for index, one in enumerate(labelled):
        logits = outputs.pairs[index]
        if one.label is not None:
            target = torch.tensor(one.label, device=logits.device)
            add("support", functional.cross_entropy(logits[2:], target), one.weight)
            continue
        groups[one.group].append(index)
        answers = torch.tensor(float(bool(one.answers)), device=logits.device)
        add(
            "answerable",
            functional.binary_cross_entropy_with_logits(logits[1], answers),
            _UNJUDGED if one.answers is None else 1.0,
        )
        if one.words is not None:
            add("words", _words_loss(outputs.tokens[index], one))
    for group in groups.values():
        right = [index for index in group if labelled[index].relevant]
        if right and len(group) > len(right):
            scores = outputs.pairs[group, 0]
            add("relevance", torch.logsumexp(scores, 0) - outputs.pairs[right[0], 0])
        if all(labelled[index].evidence is not None for index in group):
            for loss in _evidence_losses(outputs, labelled, group):
                add("evidence", loss)
    return {
        head: torch.stack(
            [loss * weight for loss, weight in zip(all_of, weights[head], strict=True)]
        ).sum() / sum(weights[head])
        for head, all_of in found.items()
    }  # fmt: skip


def _evidence_losses(
    outputs: Outputs, labelled: Sequence[LabelledPair], group: Sequence[int]
) -> list[Tensor]:
    """Return the loss of a group: of each sentence alone, and of the right one against all others."""
    logits, weights = [], []
    for index in group:
        sentences, scores = sentence_logits(outputs.tokens[index], labelled[index].pair)
        evidence = labelled[index].evidence or {}
        logits.append(scores)
        weights += [evidence.get(sentence, 0.0) for sentence in sentences]
    scores, wanted = torch.cat(logits), torch.tensor(weights, device=outputs.pairs.device)
    # A group has many sentences and few that answer, so their losses are summed: a mean would hide them.
    alone = functional.binary_cross_entropy_with_logits(scores, wanted, reduction="sum") / max(
        4.0, float(wanted.sum())
    )
    best = wanted == 1.0
    if not best.any():
        return [0.5 * alone]
    against_others = torch.logsumexp(scores[(wanted == 0) | best], 0) - torch.logsumexp(scores[best], 0)
    return [0.5 * alone + against_others]


def _words_loss(logits: Tensor, one: LabelledPair) -> Tensor:
    """Return the loss of the first and last token of the words that answer, within their sentence."""
    assert one.words is not None
    sentence, start, end = one.words
    rows = [row for row, place in enumerate(one.pair.places) if place[0] == sentence]
    first = next((n for n, row in enumerate(rows) if one.pair.places[row][2] > start), 0)
    last = max((n for n, row in enumerate(rows) if one.pair.places[row][1] < end), default=first)
    targets = torch.tensor([first, max(first, last)], device=logits.device)
    return functional.cross_entropy(logits[rows][:, 1:].T, targets)


def total(terms: Mapping[str, Tensor], weights: Mapping[str, float]) -> Tensor:
    """Return the weighted sum of the losses."""
    return torch.stack([weights[head] * loss for head, loss in terms.items()]).sum()
