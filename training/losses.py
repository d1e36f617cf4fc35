"""The loss of a step: one term a head, added by the weights of the configuration."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import torch
from torch import Tensor
from torch.nn import functional

from training.batches import Outputs, Read, sentence_logits

_UNJUDGED = 0.3
"""Weight of "no answer" for a passage that nobody judged: it was found for the question, and may answer."""


def losses(outputs: Outputs, reads: Sequence[Read]) -> dict[str, Tensor]:
    """Mean loss of each head that the step has rows for."""
    found: dict[str, list[Tensor]] = defaultdict(list)
    weights: dict[str, list[float]] = defaultdict(list)
    groups: dict[int, list[int]] = defaultdict(list)

    def note(head: str, loss: Tensor, weight: float = 1.0) -> None:
        found[head].append(loss)
        weights[head].append(weight)

    for index, read in enumerate(reads):
        judged = outputs.pairs[index]
        if read.label is not None:
            target = torch.tensor(read.label, device=judged.device)
            note("support", functional.cross_entropy(judged[2:], target), read.weight)
            continue
        groups[read.group].append(index)
        answers = torch.tensor(float(bool(read.answers)), device=judged.device)
        note(
            "answerable",
            functional.binary_cross_entropy_with_logits(judged[1], answers),
            _UNJUDGED if read.answers is None else 1.0,
        )
        if read.words is not None:
            note("words", _words_loss(outputs.tokens[index], read))
    for some in groups.values():
        right = [index for index in some if reads[index].relevant]
        if right and len(some) > len(right):
            scores = outputs.pairs[some, 0]
            note("relevance", torch.logsumexp(scores, 0) - outputs.pairs[right[0], 0])
        if all(reads[index].evidence is not None for index in some):
            for loss in _evidence_losses(outputs, reads, some):
                note("evidence", loss)
    return {
        head: torch.stack(
            [loss * weight for loss, weight in zip(all_of, weights[head], strict=True)]
        ).sum() / sum(weights[head])
        for head, all_of in found.items()
    }  # fmt: skip


def _evidence_losses(outputs: Outputs, reads: Sequence[Read], some: Sequence[int]) -> list[Tensor]:
    """Each sentence by itself, and the one that answers against all others of the group."""
    logits, marks = [], []
    for index in some:
        sentences, scores = sentence_logits(outputs.tokens[index], reads[index].pair)
        evidence = reads[index].evidence or {}
        logits.append(scores)
        marks += [evidence.get(sentence, 0.0) for sentence in sentences]
    scores, wanted = torch.cat(logits), torch.tensor(marks, device=outputs.pairs.device)
    # A group has many sentences and few that answer: what it loses on them is summed, not averaged away.
    alone = functional.binary_cross_entropy_with_logits(scores, wanted, reduction="sum") / max(
        4.0, float(wanted.sum())
    )
    best = wanted == 1.0
    if not best.any():
        return [0.5 * alone]
    among = torch.logsumexp(scores[(wanted == 0) | best], 0) - torch.logsumexp(scores[best], 0)
    return [0.5 * alone + among]


def _words_loss(logits: Tensor, read: Read) -> Tensor:
    """First and last token of the words that answer, among the tokens of their sentence."""
    assert read.words is not None
    sentence, start, end = read.words
    inside = [row for row, place in enumerate(read.pair.places) if place[0] == sentence]
    first = next((n for n, row in enumerate(inside) if read.pair.places[row][2] > start), 0)
    last = max((n for n, row in enumerate(inside) if read.pair.places[row][1] < end), default=first)
    targets = torch.tensor([first, max(first, last)], device=logits.device)
    return functional.cross_entropy(logits[inside][:, 1:].T, targets)


def total(terms: Mapping[str, Tensor], weights: Mapping[str, float]) -> Tensor:
    """The weighted sum."""
    return torch.stack([weights[head] * loss for head, loss in terms.items()]).sum()
