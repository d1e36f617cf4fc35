"""Fit the weights of evidence for questions of staff, on documents of the made-up world.

    python -m training.world --side development --seed 3 --count 40 --out FOLDER
    python -m bench.fit_staff FOLDER --cache FILE [--write]

For each question the sentences that are looked at as evidence are collected with their signals. A sentence is
right if it stands in a document that the question names and holds all that its answer must say, and nothing
that only a wrong one says. Ranking: the weights make a right sentence the most probable one, and stay near
those that other sets gave. Decision: how probable it is that the best sentence that fits is right.
"""

from __future__ import annotations

import argparse
import pickle
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from bench.staff.question import StaffQuestion
from bench.staff.sets import StaffCollection, load_set
from bench.staff.stands import stands
from evaluation.temporary_vault import answer_to, temporary_vault
from ingest.parsing.pool import ParserPool
from ingest.pipeline import Ingest
from rag.answer import Answerer
from rag.evidence import evidence
from rag.evidence.evidence import EvidenceSentence
from rag.weights.weights import WEIGHTS_FILE, format_weights, load_weights, with_fitted
from ui.services.services import configured_reader
from vault.embedding.load import load_embedder
from vault.settings import Settings

RANKING = tuple(dict.fromkeys((*evidence.READER_WEIGHTS, *evidence.FIT_WEIGHTS)))
DECISION = (
    *RANKING,
    "reader_answerable",
    "reader_most_answerable",
    "gap",
)
"""Signals of the decision; `gap` is how far the best score lies above the next of other words."""
_WORKED_OUT = ("count", "computed", "comparison", "date arithmetic", "list")


@dataclass(frozen=True)
class Collected:
    """One question: (sentences, signals) of its evidence, and which of it is right."""

    kind: str
    collection: str
    answerable: bool
    signals: np.ndarray
    states: np.ndarray
    right: np.ndarray


def collect(folder: Path) -> Iterator[Collected]:
    """Yield what is collected for each question of the set in `folder`."""
    settings = Settings.load().model_copy(update={"evidence_sentences": 60})
    embedder = load_embedder(settings.data / "embedder", threads=settings.threads)
    reader = configured_reader(settings, print)
    with ParserPool(settings) as parsers:
        for made in load_set(folder):
            files = sorted(path for path in (folder / "files" / made.name).rglob("*") if path.is_file())
            with temporary_vault(settings) as (vault, kept):
                Ingest(kept, embedder, settings, parsers=parsers).run(files)
                answerer = Answerer(vault, embedder, settings, None, reader)
                for question in made.questions:
                    if question.kind not in _WORKED_OUT and not question.history:
                        yield _collected(answerer, made, question, settings.user)


def _collected(answerer: Answerer, made: StaffCollection, question: StaffQuestion, user: str) -> Collected:
    answer = answer_to(answerer, question.question, user)
    found = answer.evidence
    return Collected(
        question.kind,
        made.name,
        question.answerable,
        np.array([_row(one) for one in found], dtype=np.float32).reshape(len(found), -1),
        np.array([one.fit.states for one in found], dtype=bool),
        np.array([_is_right(one, question) for one in found], dtype=bool),
    )


def _row(one: EvidenceSentence) -> list[float]:
    signals = {**one.signals, **one.fit.signals()}
    return [signals.get(name, 0.0) for name in DECISION[:-1]]


def _is_right(one: EvidenceSentence, question: StaffQuestion) -> bool:
    quote = one.citation.quote
    return (
        question.answerable
        and one.citation.document in question.documents
        and all(stands(string, quote) for string in question.must)
        and not any(stands(string, quote, whole_words=True) for string in question.must_not)
    )


def fit_ranking(collected: Sequence[Collected], start: np.ndarray, hold: float) -> np.ndarray:
    """Return weights near `start` that put a right sentence first; `hold` is the price of leaving it."""
    usable = [one for one in collected if one.right.any() and not one.right.all()]
    origin = torch.tensor(start, dtype=torch.float32)
    # The weights of all questions were fitted on other sets: they stay.
    price = torch.tensor([hold if name in evidence.FIT_WEIGHTS else 100.0 for name in RANKING])
    weights = origin.clone().requires_grad_(True)
    rows = [(torch.from_numpy(one.signals[:, : len(RANKING)]), torch.from_numpy(one.right)) for one in usable]
    optimiser = torch.optim.Adam([weights], lr=0.02)
    for _ in range(300):
        optimiser.zero_grad()
        losses = [
            -torch.logsumexp(torch.log_softmax(5.0 * (signals @ weights), dim=0)[right], dim=0)
            for signals, right in rows
        ]
        loss = torch.stack(losses).mean() + (price * (weights - origin) ** 2).sum()
        loss.backward()
        optimiser.step()
    return weights.detach().numpy()


def first_right(collected: Sequence[Collected], weights: np.ndarray, k: int = 1) -> float:
    """Return the share of the questions with a right sentence for which one of the first k is right."""
    usable = [one for one in collected if one.right.any()]
    return float(np.mean([one.right[_order(one, weights)[:k]].any() for one in usable]))


def _order(one: Collected, weights: np.ndarray) -> np.ndarray:
    return np.argsort(-(one.signals[:, : len(RANKING)] @ weights), kind="stable")


def fit_decision(collected: Sequence[Collected], ranking: np.ndarray) -> np.ndarray:
    """Return intercept and weights of the probability that the best sentence that fits is right."""
    rows, labels = [], []
    for one in collected:
        order = [index for index in _order(one, ranking) if one.states[index]]
        if order:
            rows.append([1.0, *_decided(one, order, ranking)])
            labels.append(float(one.right[order[0]]))
    x, y = torch.tensor(rows, dtype=torch.float32), torch.tensor(labels, dtype=torch.float32)
    found = torch.zeros(x.shape[1], requires_grad=True)
    optimiser = torch.optim.LBFGS([found], max_iter=300)

    def closure() -> torch.Tensor:
        optimiser.zero_grad()
        loss = torch.nn.functional.binary_cross_entropy_with_logits(x @ found, y)
        loss = loss + 0.003 * (found[1:] ** 2).sum()
        loss.backward()
        return loss

    optimiser.step(closure)
    return found.detach().numpy()


def _decided(one: Collected, order: Sequence[int], ranking: np.ndarray) -> list[float]:
    scores = one.signals[:, : len(RANKING)] @ ranking
    gap = float(scores[order[0]] - scores[order[1]]) if len(order) > 1 else 1.0
    return [*(float(value) for value in one.signals[order[0]]), min(gap, 1.0)]


def decided(
    collected: Sequence[Collected], ranking: np.ndarray, decision: np.ndarray
) -> list[tuple[float, bool, bool]]:
    """Return (probability, whether the best sentence is right, whether there is an answer)."""
    found = []
    for one in collected:
        order = [index for index in _order(one, ranking) if one.states[index]]
        if order:
            total = float(decision @ np.array([1.0, *_decided(one, order, ranking)]))
            found.append((1 / (1 + np.exp(-total)), bool(one.right[order[0]]), one.answerable))
    return found


def main() -> None:
    """Collect, fit on the even collections, report on the odd ones."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--hold", type=float, default=0.05)
    parser.add_argument("--state-from", type=float, default=0.4, help="probability from which to answer")
    parser.add_argument("--write", action="store_true", help=f"write the weights into {WEIGHTS_FILE.name}")
    given = parser.parse_args()
    if given.cache.exists():
        collected = pickle.loads(given.cache.read_bytes())  # our own file, written below
    else:
        collected = list(collect(given.folder))
        given.cache.write_bytes(pickle.dumps(collected))
    names = sorted({one.collection for one in collected})
    even = set(names[::2])
    fit = [one for one in collected if one.collection in even]
    held = [one for one in collected if one.collection not in even]
    all_weights = {**evidence.READER_WEIGHTS, **evidence.FIT_WEIGHTS}
    now = np.array([all_weights[name] for name in RANKING])
    ranking = fit_ranking(fit, now, given.hold)
    for name, before, after in zip(RANKING, now, ranking, strict=True):
        print(f"{name:20} {before:6.2f} -> {after:6.2f}")
    for k in (1, 3, 6):
        print(f"right@{k}: now {first_right(held, now, k):.3f} fitted {first_right(held, ranking, k):.3f}")
    answerable = [one for one in held if one.answerable]
    print(f"right among all: {np.mean([one.right.any() for one in answerable]):.3f} of {len(answerable)}")
    decision = fit_decision(fit, ranking)
    print(
        "decision", {n: round(float(w), 2) for n, w in zip(("intercept", *DECISION), decision, strict=True)}
    )
    results = decided(held, ranking, decision)
    for least in (0.2, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6, 0.7):
        stated = [one for one in results if one[0] >= least]
        right = sum(one[1] for one in stated)
        print(f"from {least}: {len(stated)} of {len(results)} stated, {right} of them right;"
              f" unanswerable stated {sum(not one[2] for one in stated)}"
              f" of {sum(not one[2] for one in results)}")  # fmt: skip
    if given.write:
        write(ranking, decision, given.state_from)


def write(ranking: np.ndarray, decision: np.ndarray, state_from: float) -> None:
    """Write the weights; the probability `state_from` becomes the setting's own bound for an answer."""
    source = "questions of the made-up world, side development (training/world)"
    command = "python -m bench.fit_staff FOLDER --write"
    fit = {name: float(w) for name, w in zip(RANKING, ranking, strict=True) if name in evidence.FIT_WEIGHTS}
    weights = with_fitted(load_weights(), "fit", fit, command=command, questions=source)
    shift = _logit(Settings().abstain_below) - _logit(state_from)
    decided = {name: float(w) for name, w in zip(("intercept", *DECISION), decision, strict=True)}
    decided["intercept"] += shift
    weights = with_fitted(weights, "abstention_understood", decided, command=command, questions=source)
    WEIGHTS_FILE.write_text(format_weights(weights), encoding="utf-8")


def _logit(share: float) -> float:
    return float(np.log(share / (1 - share)))


if __name__ == "__main__":
    main()
