"""Train the reader.

    python -m training.train training/config.yaml --rows bench/out/rows --to bench/out/reader

Runs on a GPU where there is one, else on the cores of this machine. Every few minutes a checkpoint is
written; the same command goes on from it. With `--start rag/reader.safetensors` a new run begins with the
weights that are given out now; its rate and steps are its own. `log.jsonl` beside it holds losses and
development figures. When it has ended, `python -m training.export` makes the artefact that is given out.
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
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from threading import Event

import torch
from torch import Tensor, nn

from rag.reader.artefact import read_artefact
from rag.reader.network import ReaderNetwork
from rag.reader.windows import ReaderTokens
from training.batches import reads_of, run
from training.config import Config, load_config
from training.figures import figures
from training.losses import losses, total
from training.order import Order
from training.row import Claim, Group, Row, read_rows
from vault.embedding.embedder import minilm_folder
from vault.process.egress import guard_egress

Tell = Callable[[dict[str, object]], None]
"""Called with what the log gets: losses every few steps, figures now and then."""

_TOLD_STEPS = 20
_HELD = 24
"""Rows of a file that give development figures: enough to see a run go wrong, few enough to cost little."""


class Training:
    """A run: network, optimiser, and how far it has come."""

    def __init__(
        self, config: Config, rows: Sequence[Row], folder: Path, start: Mapping[str, Tensor] | None = None
    ) -> None:
        """`folder` keeps the checkpoint; a run that is there is gone on with. A new one begins with the
        weights `start`, without them with those of the embedding model."""
        torch.manual_seed(config.seed)
        self.config = config
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self.network = ReaderNetwork(minilm_folder()).to(self.device).train()
        if start is not None:
            self.network.put(start)
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
        """One step; returns the loss of each head."""
        chance = random.Random(self.config.seed * 1_000_003 + self.step)
        rows = [*self._groups.step(self.step), *self._claims.step(self.step)]
        reads = reads_of(rows, self.tokens, chance, self.config.wrong, self.config.claim_weights)
        with precision(self.device):
            outputs = run(self.network, reads, self.config.most_tokens, self.device)
        terms = losses(outputs, reads)
        whole = total(terms, self.config.losses)
        torch.autograd.backward(whole)
        nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        for group in self._optimiser.param_groups:
            group["lr"] = self._rate() * group["times"]
        self._optimiser.step()
        self._optimiser.zero_grad(set_to_none=True)
        self.step += 1
        return {
            **{head: float(loss.detach()) for head, loss in terms.items()},
            "total": float(whole.detach()),
        }

    def _rate(self) -> float:
        """Rises over the warm-up, then falls in a line to a twentieth."""
        config = self.config
        part = (self.step + 1) / config.steps
        rising = part / config.warmup if config.warmup else 1.0
        return config.rate * min(rising, max(0.05, (1 - part) / (1 - config.warmup)))

    def save(self) -> None:
        """Write the checkpoint whole or not at all."""
        self._folder.mkdir(parents=True, exist_ok=True)
        partial = self._folder / "checkpoint.partial"
        torch.save(
            {"step": self.step, "learned": self.network.learned(), "optimiser": self._optimiser.state_dict()},
            partial,
        )
        partial.rename(self._folder / "checkpoint.pt")

    def _load(self) -> None:
        kept = self._folder / "checkpoint.pt"
        if kept.is_file():
            state = torch.load(kept, map_location=self.device, weights_only=True)
            self.network.put(state["learned"])
            self._optimiser.load_state_dict(state["optimiser"])
            self.step = state["step"]


def precision(device: torch.device) -> AbstractContextManager[object]:
    """bf16 where the processor computes in it, else 32 bits."""
    fast = device.type == "cuda" or torch.backends.cpu.get_cpu_capability() in ("AMX", "AVX512_BF16")
    fast = fast or (device.type == "cpu" and torch.cpu._is_avx512_bf16_supported())
    return torch.autocast(device.type, dtype=torch.bfloat16) if fast else nullcontext()


def train(
    config: Config,
    rows: Sequence[Row],
    held: Sequence[Row],
    folder: Path,
    tell: Tell,
    stop: Event | None = None,
    start: Mapping[str, Tensor] | None = None,
) -> ReaderNetwork:
    """Train to the last step, or to the one after which `stop` is set; `held` rows give the figures.

    The network is left in `folder` as well.
    """
    run_of = Training(config, rows, folder, start)
    saved = started = time.monotonic()
    seen: dict[str, list[float]] = defaultdict(list)
    first = run_of.step
    while run_of.step < config.steps and not (stop and stop.is_set()):
        for head, loss in run_of.advance().items():
            seen[head].append(loss)
        now = time.monotonic()
        if run_of.step % _TOLD_STEPS == 0 or run_of.step == config.steps:
            means = {head: round(sum(values) / len(values), 4) for head, values in seen.items()}
            pace = (now - started) / (run_of.step - first)
            tell({"step": run_of.step, "seconds_a_step": round(pace, 2), **means})
            seen.clear()
        if held and (run_of.step % config.report_steps == 0 or run_of.step == config.steps):
            with precision(run_of.device):
                found = figures(run_of.network, held, run_of.tokens, config.most_tokens, run_of.device)
            tell({"step": run_of.step, "figures": found})
        if now - saved > 60 * config.checkpoint_minutes:
            run_of.save()
            saved = now
    run_of.save()
    return run_of.network


def main() -> None:
    """Read the rows, train, log."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("config", type=Path)
    parser.add_argument("--rows", type=Path, required=True, help="the folder that training.rows filled")
    parser.add_argument("--to", type=Path, required=True, help="where checkpoint and log go")
    parser.add_argument("--start", type=Path, help="an artefact whose weights a new run begins with")
    chosen = parser.parse_args()
    guard_egress()
    rows: list[Row] = []
    held: list[Row] = []
    for path in sorted(chosen.rows.glob("*.jsonl.gz")):
        some = list(read_rows(path))
        held += random.Random(3).sample(some, min(len(some), _HELD)) if ".fit." in path.name else []
        rows += [] if ".fit." in path.name else some
    chosen.to.mkdir(parents=True, exist_ok=True)
    with (chosen.to / "log.jsonl").open("a", encoding="utf-8") as log:

        def tell(entry: dict[str, object]) -> None:
            line = json.dumps({"at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), **entry})
            print(line, flush=True)
            log.write(line + "\n")
            log.flush()

        tell({"rows": len(rows), "held": len(held)})
        stop = Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        start = read_artefact(chosen.start) if chosen.start else None
        train(load_config(chosen.config), rows, held, chosen.to, tell, stop, start)
        if stop.is_set():
            sys.exit("Stopped; the same command goes on from there.")


if __name__ == "__main__":
    main()
