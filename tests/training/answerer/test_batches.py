"""A question is read in a tree with others as if it were the only one."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from rag.writing.short.prompt import ShortSentence
from tests import tiny_gguf
from tests.first_use import FirstUse
from training.answerer.order import BatchOrder, packed
from training.answerer.row import AnswerRow, AskedOf

torch = FirstUse("torch")
batches = FirstUse("training.answerer.batches")
network = FirstUse("training.answerer.network")
train = FirstUse("training.answerer.train")
weights = FirstUse("training.answerer.weights")

SENTENCES = (ShortSentence(1, "Lease", "The rent is due."), ShortSentence(2, "Lease", "It ends in May."))
ASKED = (
    AskedOf("When does it end?", "It ends in May. [2]"),
    AskedOf("What is due?", "The rent is due. [1]"),
    AskedOf("Who pays?", "The documents do not say."),
)
END = 6


def letters(text: str) -> list[int]:
    """A token for each letter."""
    return [7 + ord(character) % 250 for character in text]


def prompt(messages: list[tuple[str, str]]) -> list[int]:
    """A token for each letter of a prompt, between those that begin and end a message."""
    return [token for role, content in messages for token in (1, len(role), *letters(content), 2)]


def made(asked: tuple[AskedOf, ...]) -> object:
    """The tree of a row with these questions."""
    return batches.tree_of(AnswerRow("made", SENTENCES, asked), prompt, letters, END)


def test_the_losses_of_a_tree_are_those_of_its_questions_one_by_one(tmp_path: Path) -> None:
    torch.manual_seed(3)
    values = weights.read_weights(tiny_gguf.write(tmp_path / "tiny.gguf", layers=2))
    net = network.AnswererNetwork(values, rank=2, alpha=4)
    cpu = torch.device("cpu")
    with torch.no_grad():
        # A longer tree beside it fills its row up.
        longer = made((*ASKED, AskedOf("And " * 9, "No.")))
        together = train.answer_losses(net, batches.batch_of([made(ASKED), longer]), cpu)
        single = [train.answer_losses(net, batches.batch_of([made((one,))]), cpu) for one in ASKED]
    expected = torch.cat(single)
    assert len(expected) == sum(len(one.answer) + 1 for one in ASKED)
    assert torch.allclose(together[: len(expected)], expected, atol=1e-4)


def test_a_tree_holds_what_its_questions_share_once() -> None:
    tree = made(ASKED)
    alone = [made((one,)) for one in ASKED]
    assert len(tree.trunk) > 50  # type: ignore[attr-defined]
    assert len(tree) < sum(len(one) for one in alone) / 2  # type: ignore[arg-type]
    for branch, one in zip(tree.branches, alone, strict=True):  # type: ignore[attr-defined]
        (only,) = one.branches  # type: ignore[attr-defined]
        assert (*tree.trunk, *branch.prompt) == (*one.trunk, *only.prompt)  # type: ignore[attr-defined]


@pytest.mark.parametrize("seed", range(5))
def test_every_tree_is_in_one_batch_of_a_round_and_no_batch_is_too_long(seed: int) -> None:
    chance = random.Random(seed)
    trees = [
        batches.Tree("made", (1,) * chance.randint(5, 60), (batches.Branch((2,), (3, number)),))
        for number in range(100)
    ]
    found = packed(trees, 200, chance)
    assert sorted(id(tree) for batch in found for tree in batch) == sorted(id(tree) for tree in trees)
    assert all(len(batch) * max(len(tree) for tree in batch) <= 200 for batch in found)
    order = BatchOrder(trees, 200, seed)
    again = BatchOrder(trees, 200, seed)
    late = again.step(len(found) + 3)
    assert [order.step(number) for number in range(len(found) + 4)][-1] == late
