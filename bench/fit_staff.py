"""Fit what it counts how a sentence fits the question (`rag.evidence.fit`), and when the best one is stated.

    python -m training.world --side development --seed 5 --count 24 --out FOLDER
    python -m bench.fit_staff FOLDER… [--cache FILE] [--ranking] [--decision] [--quoting] [--write]

FOLDER is a set that `training.world` wrote, or a development set of `bench/staff`. For each question that no
table or list answers, the sentences that are looked at as evidence are collected with their signals. A
sentence is right if it stands in a document that the question names, holds all that its answer must say, and
nothing that only a wrong one says. Ranking: the weights of `fit` make a right sentence the most probable one.
Decision: how probable it is that the best sentence that fits is right. Quoting: how far below the best
sentence another one may be and is quoted beside it. Each is also fitted on half of the collections and
measured on the others.
"""

from __future__ import annotations

import argparse
import pickle
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from bench.staff.asking import answer_of
from bench.staff.question import StaffQuestion
from bench.staff.render import render
from bench.staff.sets import StaffCollection, load_set
from bench.staff.stands import stands
from evaluation.measures import auroc
from evaluation.temporary_vault import temporary_vault
from ingest.parsing.pool import ParserPool
from ingest.pipeline import Ingest
from rag.answer import Answerer
from rag.direct.answer import AnswerForm
from rag.evidence import evidence
from rag.evidence.abstain import decision_signals
from rag.evidence.evidence import EvidenceSentence
from rag.weights.weights import WEIGHTS_FILE, format_weights, load_weights, with_fitted
from ui.services.services import configured_reader
from vault.embedding.load import load_embedder
from vault.settings import Settings

RANKING = tuple(dict.fromkeys((*evidence.READER_WEIGHTS, *evidence.FIT_WEIGHTS)))
DECISION = ("answerable", "gap")
_SENTENCES = 60
"""Sentences of a question that are looked at."""
_MOST_QUOTED = 3
_DISTANCES = tuple(round(0.02 * step, 2) for step in range(31))
"""Distances below the best score that are tried."""
_HOLD = 0.05
"""The price of leaving the present weight of a signal of `fit`; the others stay."""
Numbers = NDArray[np.float32]


@dataclass(frozen=True)
class Collected:
    """One question: its sentences with their signals."""

    collection: str
    signals: Numbers
    """(sentences, `RANKING`)"""
    right: NDArray[np.bool_]
    decision: tuple[float, ...]
    """`DECISION` of the best sentence that fits; empty if none fits."""
    best_is_right: bool
    states: NDArray[np.bool_] | None = None
    """Whether each sentence fits."""
    tempting: NDArray[np.bool_] | None = None
    """Whether it says what only a wrong answer says."""
    scores: NDArray[np.float32] | None = None
    """Best first."""


def collect(folder: Path) -> Iterator[Collected]:
    """Yield what is collected for each question of the set in `folder`."""
    settings = Settings.load().model_copy(update={"evidence_sentences": _SENTENCES})
    embedder = load_embedder(settings.data / "embedder", threads=settings.threads)
    reader = configured_reader(settings, print)
    with ParserPool(settings) as parsers:
        for made in load_set(folder):
            with temporary_vault(settings) as (vault, kept):
                Ingest(kept, embedder, settings, parsers=parsers).run(_files(folder, made, vault.data))
                answerer = Answerer(vault, embedder, settings, None, reader)
                for question in made.questions:
                    answer = answer_of(answerer, question, settings.user)
                    if answer.direct is None or answer.direct.form in (AnswerForm.YES_NO, AnswerForm.WORDS):
                        yield _collected(made.name, question, answer.evidence)


def _files(folder: Path, made: StaffCollection, room: Path) -> list[Path]:
    """Return the files of a collection: those that were written with the set, else made in `room`."""
    written = folder / "files" / made.name
    if written.is_dir():
        return sorted(path for path in written.rglob("*") if path.is_file())
    files = room.parent / "files"
    files.mkdir()
    return [render(document, files) for document in made.documents]


def _collected(name: str, question: StaffQuestion, found: Sequence[EvidenceSentence]) -> Collected:
    right = np.array([_is_right(one, question) for one in found], dtype=bool)
    rows = [{**one.signals, **one.fit.signals()} for one in found]
    signals = [[row.get(signal, 0.0) for signal in RANKING] for row in rows]
    decision = decision_signals(found)
    best = next((index for index, one in enumerate(found) if one.fit.states), None)
    return Collected(
        name,
        np.array(signals, dtype=np.float32).reshape(len(found), len(RANKING)),
        right,
        tuple(decision[signal] for signal in DECISION) if decision else (),
        best is not None and bool(right[best]),
        states=np.array([one.fit.states for one in found], dtype=bool),
        tempting=np.array([_is_tempting(one, question) for one in found], dtype=bool),
        scores=np.array([one.score for one in found], dtype=np.float32),
    )


def _is_right(one: EvidenceSentence, question: StaffQuestion) -> bool:
    quote = one.citation.quote
    return (
        question.answerable
        and one.citation.document in question.documents
        and all(stands(string, quote) for string in question.must)
        and not _is_tempting(one, question)
    )


def _is_tempting(one: EvidenceSentence, question: StaffQuestion) -> bool:
    return any(stands(string, one.citation.quote, whole_words=True) for string in question.must_not)


def fit_ranking(collected: Sequence[Collected], start: Numbers) -> Numbers:
    """Return the weights `start` with those of `fit` changed, so that a right sentence comes first."""
    rows = [
        (torch.from_numpy(one.signals), torch.from_numpy(one.right))
        for one in collected
        if one.right.any() and not one.right.all()
    ]
    origin = torch.from_numpy(start)
    # The other weights were fitted on sets of all kinds of questions: they stay.
    price = torch.tensor([_HOLD if name in evidence.FIT_WEIGHTS else 100.0 for name in RANKING])
    weights = origin.clone().requires_grad_(True)
    optimiser = torch.optim.Adam([weights], lr=0.02)
    for _ in range(300):
        optimiser.zero_grad()
        losses = [
            -torch.logsumexp(torch.log_softmax(5.0 * (signals @ weights), dim=0)[right], dim=0)
            for signals, right in rows
        ]
        loss = torch.stack(losses).mean() + (price * (weights - origin) ** 2).sum()
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
    return weights.detach().numpy()


def first_right(collected: Sequence[Collected], weights: Numbers, k: int) -> float:
    """Return the share of questions with a right sentence for which one of the first `k` is right."""
    found = [
        one.right[np.argsort(-(one.signals @ weights), kind="stable")[:k]].any()
        for one in collected
        if one.right.any()
    ]
    return float(np.mean(found)) if found else float("nan")


def fit_decision(collected: Sequence[Collected]) -> Numbers:
    """Return intercept and weights of the probability that the best sentence that fits is right."""
    decided = [one for one in collected if one.decision]
    x = torch.tensor([[1.0, *one.decision] for one in decided])
    y = torch.tensor([float(one.best_is_right) for one in decided])
    found = torch.zeros(x.shape[1], requires_grad=True)
    optimiser = torch.optim.LBFGS([found], max_iter=300)

    def closure() -> torch.Tensor:
        optimiser.zero_grad()
        loss = torch.nn.functional.binary_cross_entropy_with_logits(x @ found, y)
        loss = loss + 0.003 * (found[1:] ** 2).sum()
        loss.backward()  # type: ignore[no-untyped-call]
        return loss

    optimiser.step(closure)  # type: ignore[no-untyped-call]
    return found.detach().numpy()


def fit_quoting(collected: Sequence[Collected]) -> float:
    """Return the distance below the best score that gives most right answers less wrong ones; of several the
    smallest."""
    return max(_DISTANCES, key=lambda distance: (round(quoted_well(collected, distance), 6), -distance))


def quoted_well(collected: Sequence[Collected], distance: float) -> float:
    """Return the mean over the questions of 1 for an answer that holds a right sentence and nothing tempting,
    and -1 for any other."""
    gains = []
    for one in collected:
        if one.states is None or one.scores is None or one.tempting is None or not one.states.any():
            continue
        places = np.flatnonzero(one.states)
        near = places[one.scores[places] >= one.scores[places[0]] - distance][:_MOST_QUOTED]
        gains.append(1.0 if one.right[near].any() and not one.tempting[near].any() else -1.0)
    return float(np.mean(gains)) if gains else float("nan")


def separation(collected: Sequence[Collected], weights: Numbers) -> float | None:
    """Return how well the decision tells right best sentences from wrong ones, as AUROC."""
    decided = [one for one in collected if one.decision]
    scores = [float(weights @ np.array([1.0, *one.decision])) for one in decided]
    return auroc(scores, [one.best_is_right for one in decided])


def halves(collected: Sequence[Collected]) -> tuple[list[Collected], list[Collected]]:
    """Return the questions of every other collection, and the rest."""
    even = set(sorted({one.collection for one in collected})[::2])
    return (
        [one for one in collected if one.collection in even],
        [one for one in collected if one.collection not in even],
    )


def main() -> None:
    """Collect, fit, print, and write if asked."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folders", type=Path, nargs="+", metavar="FOLDER")
    parser.add_argument("--cache", type=Path, help="keep what is collected in this file")
    parser.add_argument("--ranking", action="store_true", help="fit the weights of `fit`")
    parser.add_argument("--decision", action="store_true", help="fit when the best sentence is stated")
    parser.add_argument("--quoting", action="store_true", help="fit how many sentences are quoted")
    parser.add_argument("--write", action="store_true", help=f"write the weights into {WEIGHTS_FILE.name}")
    given = parser.parse_args()
    if given.cache is not None and given.cache.exists():
        collected: list[Collected] = pickle.loads(given.cache.read_bytes())  # our own file, written below
    else:
        collected = [one for folder in given.folders for one in collect(folder)]
        if given.cache is not None:
            given.cache.write_bytes(pickle.dumps(collected))
    weights = load_weights()
    one, other = halves(collected)
    names = ", ".join(folder.name for folder in given.folders)
    source = {
        "command": "python -m bench.fit_staff FOLDER… --write",
        "questions": f"sets {names} of bench/staff",
    }
    if given.ranking:
        values = {**evidence.READER_WEIGHTS, **evidence.FIT_WEIGHTS}
        now = np.array([values[name] for name in RANKING], dtype=np.float32)
        for fitted_on, held_out in ((one, other), (other, one)):
            fitted = fit_ranking(fitted_on, now)
            shares = (f"@{k} {first_right(held_out, now, k):.3f} {first_right(held_out, fitted, k):.3f}"
                      for k in (1, 3, 6))  # fmt: skip
            print("right sentence, now and fitted on the other half:", *shares)
        found = dict(zip(RANKING, map(float, fit_ranking(collected, now)), strict=True))
        print({name: round(found[name], 2) for name in evidence.FIT_WEIGHTS})
        kept = {name: found[name] for name in evidence.FIT_WEIGHTS}
        weights = with_fitted(weights, "fit", kept, **source)
    if given.decision:
        for fitted_on, held_out in ((one, other), (other, one)):
            print("AUROC on the other half:", separation(held_out, fit_decision(fitted_on)))
        decision = dict(zip(("intercept", *DECISION), map(float, fit_decision(collected)), strict=True))
        print({name: round(value, 2) for name, value in decision.items()})
        weights = with_fitted(weights, "abstention_understood", decision, **source)
    if given.quoting:
        for fitted_on, held_out in ((one, other), (other, one)):
            distance = fit_quoting(fitted_on)
            print(f"distance {distance}: {quoted_well(held_out, distance):.3f} on the other half")
        print({distance: round(quoted_well(collected, distance), 3) for distance in _DISTANCES})
        weights = with_fitted(weights, "quoting", {"near_best": fit_quoting(collected)}, **source)
    if given.write:
        WEIGHTS_FILE.write_text(format_weights(weights), encoding="utf-8")


if __name__ == "__main__":
    main()
