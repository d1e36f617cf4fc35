"""Train an answerer: LoRA weights for a small language model.

    python -m training.answerer.train training/answerer/config.yaml --model MODEL.gguf \\
        --rows bench/out/answers --to bench/out/answerer

It runs on a GPU if there is one, else on the CPU. Every few minutes it writes a checkpoint; the same command
continues from there. `log.jsonl` beside the checkpoint holds losses and development figures. After the run,
`python -m training.answerer.export` makes the adapter that llama.cpp loads.
"""

from __future__ import annotations

import argparse
import json
import random
import signal
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Event

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.answerer.batches import Batch, Tree, batch_of, tree_of
from training.answerer.config import AnswererConfig, load_config
from training.answerer.network import AnswererNetwork
from training.answerer.order import BatchOrder, packed
from training.answerer.row import read_answer_rows
from training.answerer.tokens import ModelTokens
from training.answerer.weights import Weights, read_weights
from training.checkpoint import learning_rate, load_checkpoint, save_checkpoint
from training.precision import fast_dtype
from vault.process.egress import guard_egress

WriteLog = Callable[[dict[str, object]], None]
"""Writes one entry of the log: losses every few steps, figures now and then."""

_LOG_STEPS = 10
_HELD_OUT = 8
"""Rows of each file for development figures: enough to notice a bad run, and few enough to take little
time."""


class AnswererTraining:
    """A training run: network, optimiser, and the number of the step."""

    def __init__(
        self,
        config: AnswererConfig,
        weights: Weights,
        trees: Sequence[Tree],
        folder: Path,
        dtype: torch.dtype | None = None,
    ) -> None:
        """`folder` holds the checkpoint; if there is one, the run continues from it.

        `dtype` is what the fixed weights have; by default bf16 where the processor has instructions for it.
        """
        torch.manual_seed(config.seed)
        self.config = config
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self.network = AnswererNetwork(
            weights, rank=config.rank, alpha=config.alpha, first_block=config.first_block,
            dtype=dtype or fast_dtype(self.device), device=self.device,
        )  # fmt: skip
        self.step = 0
        self._folder = folder
        self._order = BatchOrder(trees, config.most_tokens, config.seed)
        self._optimiser = torch.optim.AdamW(
            self.network.parameters(), lr=config.rate, betas=(0.9, 0.98), weight_decay=config.decay
        )
        self._load()

    def advance(self) -> tuple[float, int]:
        """Do one step and return its loss (a token) and how many tokens went through the network."""
        batch = batch_of(self._order.step(self.step))
        loss = answer_losses(self.network, batch, self.device).mean()
        torch.autograd.backward(loss)
        nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        for group in self._optimiser.param_groups:
            group["lr"] = self._rate()
        self._optimiser.step()
        self._optimiser.zero_grad(set_to_none=True)
        self.step += 1
        return float(loss.detach()), batch.tokens.numel()

    def _rate(self) -> float:
        """Return the learning rate, which falls to a fiftieth."""
        config = self.config
        return learning_rate(self.step, config.steps, most=config.rate, warmup=config.warmup, least=0.02)

    def save(self) -> None:
        """Write the whole checkpoint, or keep the old one."""
        state = {
            "step": self.step, "adapter": self.network.adapter(), "rank": self.config.rank,
            "alpha": self.config.alpha, "optimiser": self._optimiser.state_dict(),
        }  # fmt: skip
        save_checkpoint(self._folder, state)

    def _load(self) -> None:
        state = load_checkpoint(self._folder, self.device)
        if state is not None:
            self.network.load_adapter(state["adapter"])
            self._optimiser.load_state_dict(state["optimiser"])
            self.step = state["step"]


def answer_losses(network: AnswererNetwork, batch: Batch, device: torch.device) -> Tensor:
    """Return the loss of each token of the answers; the other tokens only give context."""
    states = network.states(batch.tokens.to(device), batch.places.to(device), batch.mask.to(device))
    at = batch.at.to(device)
    scores = network.scores(states[at[:, 0], at[:, 1]]).float()
    return functional.cross_entropy(scores, batch.wanted.to(device), reduction="none")


def held_out_loss(training: AnswererTraining, trees: Sequence[Tree]) -> float:
    """Return the loss of a token of the answers to questions that do not train."""
    batches = packed(trees, training.config.most_tokens, random.Random(1))
    with torch.no_grad():
        losses = [answer_losses(training.network, batch_of(some), training.device) for some in batches]
    return float(torch.cat(losses).mean())


def train(
    training: AnswererTraining, held_out: Sequence[Tree], write_log: WriteLog, stop: Event | None = None
) -> None:
    """Train to the last step, or until `stop` is set; the folder holds the result."""
    config = training.config
    saved = started = time.monotonic()
    seen: list[float] = []
    tokens = 0
    while training.step < config.steps and not (stop and stop.is_set()):
        loss, through = training.advance()
        seen.append(loss)
        tokens += through
        now = time.monotonic()
        last = training.step == config.steps
        if training.step % _LOG_STEPS == 0 or last:
            pace = round(tokens / (now - started), 1)
            mean = round(sum(seen) / len(seen), 4)
            write_log({"step": training.step, "loss": mean, "tokens_a_second": pace})
            seen.clear()
        if held_out and (training.step % config.report_steps == 0 or last):
            write_log({"step": training.step, "held_out_loss": round(held_out_loss(training, held_out), 4)})
        if now - saved > 60 * config.checkpoint_minutes:
            training.save()
            saved = now
    training.save()


def read_trees(folder: Path, model: Path) -> tuple[list[Tree], list[Tree]]:
    """Return the rows in the folder as trees: those that train, and some of those that do not."""
    tokens = ModelTokens(model)
    trees: list[Tree] = []
    held_out: list[Tree] = []
    for path in sorted(folder.glob("*.jsonl.gz")):
        of_file = list(read_answer_rows(path))
        if ".fit." in path.name:
            of_file = random.Random(3).sample(of_file, min(len(of_file), _HELD_OUT))
        made = [tree_of(row, tokens.prompt, tokens.text, tokens.end) for row in of_file]
        (held_out if ".fit." in path.name else trees).extend(made)
    return trees, held_out


def main(given: Sequence[str] | None = None) -> None:
    """Read the rows, train, and write the log."""
    parser = argparse.ArgumentParser(
        prog="python -m training.answerer.train", description=(__doc__ or "").splitlines()[0]
    )
    parser.add_argument("config", type=Path)
    parser.add_argument("--model", type=Path, required=True, help="the GGUF file that the adapter is for")
    parser.add_argument("--rows", type=Path, required=True, help="the folder that the rows are in")
    parser.add_argument("--to", type=Path, required=True, help="where checkpoint and log go")
    parser.add_argument("--steps", type=int, help="instead of the configuration's")
    chosen = parser.parse_args(given)
    guard_egress()
    config = load_config(chosen.config)
    if chosen.steps:
        config = config.model_copy(update={"steps": chosen.steps})
    trees, held_out = read_trees(chosen.rows, chosen.model)
    if not trees:
        sys.exit(f"No rows in {chosen.rows}. Make some first (training.answerer.rows or .approved).")
    chosen.to.mkdir(parents=True, exist_ok=True)
    with (chosen.to / "log.jsonl").open("a", encoding="utf-8") as log:

        def write_log(entry: dict[str, object]) -> None:
            line = json.dumps({"at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), **entry})
            print(line, flush=True)
            log.write(line + "\n")
            log.flush()

        stop = Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        training = AnswererTraining(config, read_weights(chosen.model), trees, chosen.to)
        write_log({"rows": len(trees), "held": len(held_out), "step": training.step})
        train(training, held_out, write_log, stop)
        if stop.is_set():
            sys.exit("Stopped. The same command continues from there.")


if __name__ == "__main__":
    main()
