"""The network in torch computes what llama.cpp computes, with an adapter and without."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from rag.models.catalogue.gguf import inspect
from tests import tiny_gguf
from tests.first_use import FirstUse
from tests.threads import THREADS

torch = FirstUse("torch")
network = FirstUse("training.answerer.network")
weights = FirstUse("training.answerer.weights")
operations = FirstUse("training.answerer.operations")
export = FirstUse("training.answerer.export")

TOKENS = [1, 9, 70, 71, 200, 12, 13, 99, 40]
TOLERANCE = 0.02
"""Share of the spread of the scores by which torch and llama.cpp may differ. llama.cpp keeps keys, values and
the adapter with 16 bits, and its exponentials are approximate."""


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model of three random blocks with 32 bits, so that nothing is rounded."""
    return tiny_gguf.write(tmp_path_factory.mktemp("model") / "tiny.gguf", layers=3, width=96)


def llama_scores(model: Path, adapter: Path | None) -> np.ndarray:
    """The scores [tokens, vocabulary] that llama.cpp gives."""
    llama_cpp = pytest.importorskip("llama_cpp")
    llama = llama_cpp.Llama(
        str(model), n_ctx=64, n_threads=THREADS, n_threads_batch=THREADS, verbose=False, logits_all=True,
        lora_path=None if adapter is None else str(adapter),
    )  # fmt: skip
    llama.eval(TOKENS)
    scores = np.array(llama.scores[: len(TOKENS)])
    llama.close()
    return scores


def torch_scores(net: object) -> np.ndarray:
    """The scores that the network gives."""
    count = len(TOKENS)
    mask = torch.full((count, count), -1e9).triu(1)[None, None]
    states = net.states(torch.tensor([TOKENS]), torch.arange(count)[None], mask)  # type: ignore[attr-defined]
    found: np.ndarray = net.scores(states).detach()[0].numpy()  # type: ignore[attr-defined]
    return found


@pytest.mark.llama
@pytest.mark.parametrize("first_block", [0, 2])
def test_llama_cpp_with_the_adapter_gives_the_scores_that_torch_gives(
    model: Path, tmp_path: Path, first_block: int
) -> None:
    torch.manual_seed(1)
    net = network.AnswererNetwork(weights.read_weights(model), rank=4, alpha=8, first_block=first_block)
    without = torch_scores(net)
    spread = without.std()
    assert np.abs(without - llama_scores(model, None)).max() < TOLERANCE * spread

    random = {name: (a, torch.randn(b.shape) * 0.2) for name, (a, b) in net.adapter().items()}
    net.load_adapter(random)
    changed = torch_scores(net)
    adapter = tmp_path / "adapter.gguf"
    export.write_adapter(adapter, net.adapter(), alpha=8, model=inspect(model, hashed=False), name="random")
    assert np.abs(changed - without).max() > 20 * TOLERANCE * spread
    assert np.abs(changed - llama_scores(model, adapter)).max() < TOLERANCE * spread


def test_the_gradients_by_hand_are_those_of_the_functions() -> None:
    torch.manual_seed(2)

    def made(*size: int) -> object:
        return torch.randn(*size, dtype=torch.float64, requires_grad=True)

    weight = torch.randn(5, 6, dtype=torch.float64)
    fixed = weight.t().contiguous()
    assert torch.autograd.gradcheck(
        lambda x, a, b: operations.AdaptedLinear.apply(x, weight, fixed, a, b),
        (made(3, 6), made(2, 6), made(5, 2)),
    )
    mask = torch.full((4, 4), -1e9, dtype=torch.float64).triu(1).expand(2, 1, 4, 4)
    assert torch.autograd.gradcheck(
        lambda q, k, v: operations.Attention.apply(q, k, v, mask),
        (made(2, 6, 4, 3), made(2, 2, 4, 3), made(2, 2, 4, 3)),
    )
    assert torch.autograd.gradcheck(operations.Gated.apply, (made(3, 4), made(3, 4)))
    scale = torch.rand(4, dtype=torch.float64)
    assert torch.autograd.gradcheck(lambda x: operations.Norm.apply(x, scale, 1e-5), (made(3, 4),))


def test_a_model_of_another_architecture_is_refused(tmp_path: Path) -> None:
    falcon = tiny_gguf.write(tmp_path / "falcon.gguf", architecture="falcon")
    with pytest.raises(ValueError, match="'falcon'"):
        weights.read_weights(falcon)
