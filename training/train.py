"""Train the reader.

    python -m training.train training/config.yaml --rows bench/out/rows --to bench/out/reader

It runs on a GPU if there is one, else on the CPU. Every few minutes it writes a checkpoint; the same command
continues from there. With `--start rag/reader/reader.safetensors` a new run begins with the weights that we
ship now, with its own rate and steps. `log.jsonl` beside the checkpoint holds losses and development figures.
After the run, `python -m training.export` makes the artefact that we ship.
"""

from __future__ import annotations

import argparse
import json
import random
import signal
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from threading import Event

import torch
from torch import Tensor, nn

from rag.reader.artefact import read_artefact
from rag.reader.network import ReaderNetwork
from rag.reader.windows import ReaderTokens
from training.batches import labelled_pairs, run_network
from training.checkpoint import learning_rate, load_checkpoint, save_checkpoint
from training.config import Config, load_config
from training.figures import figures
from training.losses import losses, total
from training.order import Order
from training.precision import precision
from training.row import Claim, Group, Row, read_rows
from vault.embedding.embedder import minilm_folder
from vault.process.egress import guard_egress

WriteLog = Callable[[dict[str, object]], None]
"""Writes one entry of the log: losses every few steps, figures now and then."""

_LOG_STEPS = 20
_HELD_OUT = 24
"""Rows of each file for development figures: enough to notice a bad run, and few enough to take little
time."""


class Training:
    """A training run: network, optimiser, and the number of the step."""

    def __init__(
        self, config: Config, rows: Sequence[Row], folder: Path, start: Mapping[str, Tensor] | None = None
    ) -> None:
        """`folder` holds the checkpoint; if there is one, the run continues from it. A new run begins with
        the weights `start`, or with those of the embedding model."""
        torch.manual_seed(config.seed)
        self.config = config
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self.network = ReaderNetwork(minilm_folder()).to(self.device).train()
        if self.device.type == "cpu":
            # On a CPU the gradient of torch's fused attention takes several times as long as that of this.
            self.network.encoder.set_attn_implementation("eager")
        if start is not None:
            self.network.load_learned(start)
        self.tokens = ReaderTokens(minilm_folder())
        self.step = 0
        self._folder = folder
        groups = [row for row in rows if isinstance(row, Group)]
        claims = [row for row in rows if isinstance(row, Claim)]
        self._groups = Order(groups, config.groups, config.repeats, config.seed)
        self._claims = Order(claims, config.claims, config.repeats, config.seed)
        own = [
            p for name, p in self.network.named_parameters() if name.startswith("encoder") and p.requires_grad
        ]
        heads = [p for name, p in self.network.named_parameters() if not name.startswith("encoder")]
        self._optimiser = torch.optim.AdamW(
            [{"params": own, "times": 1.0}, {"params": heads, "times": config.heads_rate}],
            lr=config.rate, betas=(0.9, 0.98), weight_decay=config.decay,
        )  # fmt: skip
        self._load()

    def advance(self) -> dict[str, float]:
        """Do one step and return the loss of each head, and "total"."""
        chance = random.Random(self.config.seed * 1_000_003 + self.step)
        rows = [*self._groups.step(self.step), *self._claims.step(self.step)]
        labelled = labelled_pairs(rows, self.tokens, chance, self.config.wrong, self.config.claim_weights)
        with precision(self.device):
            outputs = run_network(self.network, labelled, self.config.most_tokens, self.device)
        terms = losses(outputs, labelled)
        weighted = total(terms, self.config.losses)
        torch.autograd.backward(weighted)
        nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        for group in self._optimiser.param_groups:
            group["lr"] = self._rate() * group["times"]
        self._optimiser.step()
        self._optimiser.zero_grad(set_to_none=True)
        self.step += 1
        return {
            **{head: float(loss.detach()) for head, loss in terms.items()},
            "total": float(weighted.detach()),
        }

    def _rate(self) -> float:
        """Return the learning rate, which falls to a twentieth."""
        config = self.config
        return learning_rate(self.step, config.steps, most=config.rate, warmup=config.warmup, least=0.05)

    def save(self) -> None:
        """Write the whole checkpoint, or keep the old one."""
        state = {"learned": self.network.learned(), "optimiser": self._optimiser.state_dict()}
        save_checkpoint(self._folder, {"step": self.step, **state})

    def _load(self) -> None:
        state = load_checkpoint(self._folder, self.device)
        if state is not None:
            self.network.load_learned(state["learned"])
            self._optimiser.load_state_dict(state["optimiser"])
            self.step = state["step"]


def train(
    config: Config,
    rows: Sequence[Row],
    held_out: Sequence[Row],
    folder: Path,
    write_log: WriteLog,
    stop: Event | None = None,
    start: Mapping[str, Tensor] | None = None,
) -> ReaderNetwork:
    """Train to the last step, or until `stop` is set; return the network, which `folder` holds too.

    `held_out` rows give the figures.
    """
    training = Training(config, rows, folder, start)
    saved = started = time.monotonic()
    seen: dict[str, list[float]] = defaultdict(list)
    first = training.step
    while training.step < config.steps and not (stop and stop.is_set()):
        for head, loss in training.advance().items():
            seen[head].append(loss)
        now = time.monotonic()
        if training.step % _LOG_STEPS == 0 or training.step == config.steps:
            means = {head: round(sum(values) / len(values), 4) for head, values in seen.items()}
            pace = (now - started) / (training.step - first)
            write_log({"step": training.step, "seconds_a_step": round(pace, 2), **means})
            seen.clear()
        if held_out and (training.step % config.report_steps == 0 or training.step == config.steps):
            with precision(training.device):
                found = figures(
                    training.network, held_out, training.tokens, config.most_tokens, training.device
                )
            write_log({"step": training.step, "figures": found})
        if now - saved > 60 * config.checkpoint_minutes:
            training.save()
            saved = now
    training.save()
    return training.network


def main() -> None:
    """Read the rows, train, and write the log."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("config", type=Path)
    parser.add_argument("--rows", type=Path, required=True, help="the folder that training.rows filled")
    parser.add_argument("--to", type=Path, required=True, help="where checkpoint and log go")
    parser.add_argument("--start", type=Path, help="an artefact whose weights a new run begins with")
    chosen = parser.parse_args()
    guard_egress()
    rows: list[Row] = []
    held_out: list[Row] = []
    for path in sorted(chosen.rows.glob("*.jsonl.gz")):
        of_file = list(read_rows(path))
        if ".fit." in path.name:
            held_out += random.Random(3).sample(of_file, min(len(of_file), _HELD_OUT))
        else:
            rows += of_file
    chosen.to.mkdir(parents=True, exist_ok=True)
    with (chosen.to / "log.jsonl").open("a", encoding="utf-8") as log:

        def write_log(entry: dict[str, object]) -> None:
            line = json.dumps({"at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), **entry})
            print(line, flush=True)
            log.write(line + "\n")
            log.flush()

        write_log({"rows": len(rows), "held": len(held_out)})
        stop = Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        start = read_artefact(chosen.start) if chosen.start else None
        train(load_config(chosen.config), rows, held_out, chosen.to, write_log, stop, start)
        if stop.is_set():
            sys.exit("Stopped. The same command continues from there.")


if __name__ == "__main__":
    main()
