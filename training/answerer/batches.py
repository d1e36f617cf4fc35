"""Turn rows into tensors: the sentences once, and each question of the row as a branch of its own.

All branches of a row stand one after the other behind the sentences. A branch sees the sentences and itself,
and its positions go on where the sentences end, so each question is read as if it were the only one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import takewhile

import torch
from torch import Tensor

from rag.writing.short.prompt import short_messages
from training.answerer.row import AnswerRow

_UNSEEN = -1e9
"""Added to the score of what may not be seen."""

PromptTokens = Callable[[list[tuple[str, str]]], list[int]]
"""Returns the tokens of a whole prompt, for (role, content) of each message."""
TextTokens = Callable[[str], list[int]]
"""Returns the tokens of an answer."""


@dataclass(frozen=True, slots=True)
class Branch:
    """The tokens of a question behind the sentences, and those of its answer with the token that ends it."""

    prompt: tuple[int, ...]
    answer: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Tree:
    """A row in tokens."""

    set: str
    trunk: tuple[int, ...]
    """The beginning that the prompts of all branches share."""
    branches: tuple[Branch, ...]

    def __len__(self) -> int:
        return len(self.trunk) + sum(len(one.prompt) + len(one.answer) for one in self.branches)


@dataclass(frozen=True, slots=True)
class Batch:
    """Trees as tensors; shorter ones are filled up with tokens that nothing sees."""

    tokens: Tensor
    """[trees, tokens]"""
    places: Tensor
    """[trees, tokens]: the position of each token."""
    mask: Tensor
    """[trees, 1, tokens, tokens]: 0 where a token sees another, else far below."""
    at: Tensor
    """[answer tokens, 2]: tree and token whose state foretells the next token of an answer."""
    wanted: Tensor
    """[answer tokens]: those tokens."""


def tree_of(row: AnswerRow, prompt_tokens: PromptTokens, text_tokens: TextTokens, end: int) -> Tree:
    """Return the tokens of a row; `end` is the token that ends an answer."""
    prompts = [tuple(prompt_tokens(_messages(one.question, row))) for one in row.asked]
    shared = len(list(takewhile(lambda tokens: len(set(tokens)) == 1, zip(*prompts, strict=False))))
    # The last token of each prompt foretells the answer, so it belongs to the branch.
    shared = min(shared, *(len(prompt) - 1 for prompt in prompts), len(prompts[0]) - 1)
    branches = tuple(
        Branch(prompt[shared:], (*text_tokens(one.answer), end))
        for prompt, one in zip(prompts, row.asked, strict=True)
    )
    return Tree(row.set, prompts[0][:shared], branches)


def batch_of(trees: Sequence[Tree]) -> Batch:
    """Return the trees as tensors."""
    length = max(len(tree) for tree in trees)
    tokens = torch.zeros(len(trees), length, dtype=torch.long)
    places = torch.zeros(len(trees), length, dtype=torch.long)
    seen = torch.eye(length, dtype=torch.bool).repeat(len(trees), 1, 1)
    at: list[tuple[int, int]] = []
    wanted: list[int] = []
    for number, tree in enumerate(trees):
        trunk = len(tree.trunk)
        tokens[number, :trunk] = torch.tensor(tree.trunk, dtype=torch.long)
        places[number, :trunk] = torch.arange(trunk)
        seen[number, :trunk, :trunk] = torch.ones(trunk, trunk, dtype=torch.bool).tril()
        start = trunk
        for branch in tree.branches:
            whole = (*branch.prompt, *branch.answer)
            end = start + len(whole)
            tokens[number, start:end] = torch.tensor(whole)
            places[number, start:end] = torch.arange(trunk, trunk + len(whole))
            seen[number, start:end, :trunk] = True
            seen[number, start:end, start:end] = torch.ones(len(whole), len(whole), dtype=torch.bool).tril()
            first = start + len(branch.prompt) - 1
            at += [(number, place) for place in range(first, first + len(branch.answer))]
            wanted += branch.answer
            start = end
    mask = torch.zeros(seen.shape).masked_fill(~seen, _UNSEEN)[:, None]
    return Batch(tokens, places, mask, torch.tensor(at), torch.tensor(wanted))


def _messages(question: str, row: AnswerRow) -> list[tuple[str, str]]:
    roles = {"system": "system", "human": "user"}
    return [(roles[one.type], one.text) for one in short_messages(question, row.sentences)]
