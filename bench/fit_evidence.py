"""Fit the weights of evidence (`rag.evidence.evidence`) and of abstention (`rag.evidence.abstain`), and print
them.

    python -m bench.fit_evidence ../shared --cache bench/out/fit [--write]

Documents with an even hash are used for fitting, the others for the figures. Each set is ingested once into
the cache folder; an interrupted run continues there. `--write` writes the weights into
`rag/weights/weights.yaml`, except those that were set by hand.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

import numpy as np
import torch

from bench.kept import kept
from evaluation.cached_vault import USER, CachedVault, cached_vault
from evaluation.measures import Place, auroc, evidence_hit
from evaluation.question_set import TextQuestion, load_set
from evaluation.temporary_vault import COLLECTION
from rag.evidence import abstain, evidence
from rag.evidence.evidence import candidates
from rag.retrieval.search import Scope, Search
from rag.weights.weights import WEIGHTS_FILE, format_weights, load_weights, with_fitted
from vault.embedding.embedder import Embedder
from vault.embedding.load import load_embedder

SETS = (
    ("train/covid_qa", False),
    ("train/doc2dial_val", False),
    ("eval/squad2", True),
    ("eval/contractnli", True),
    ("eval/cuad", False),
    ("eval/cuad", True),
)
"""(folder, whether the search is scoped to the question's document)"""
THRESHOLDS = (0.1, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5)
RANKING = tuple(evidence.WEIGHTS)


@dataclass(frozen=True)
class Asked:
    """One question with the signals of its candidate sentences, (sentences, signals), and its gold."""

    signals: np.ndarray
    gold: np.ndarray
    places: list[Place]
    spans: list[Place]
    answerable: bool
    used_to_fit: bool


def main() -> None:
    """Collect, fit, report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--cache", type=Path, default=Path("bench/out/fit"))
    parser.add_argument("--questions", type=int, default=300, help="of each set")
    parser.add_argument("--write", action="store_true", help=f"write the weights into {WEIGHTS_FILE.name}")
    given = parser.parse_args()
    embedder = load_embedder(given.cache / "embedder")
    asked = {
        (name, scoped): collect(given.shared / name, scoped, given.cache, embedder, given.questions)
        for name, scoped in SETS
        if (given.shared / name).is_dir()
    }
    for (_, scoped), each in asked.items():
        if not scoped:
            each += without_answer(each)
    now = np.array([evidence.WEIGHTS[name] for name in RANKING])
    ranking = fit_ranking([one for each in asked.values() for one in each if one.used_to_fit], now)
    decision = fit_decision([[one for one in each if one.used_to_fit] for each in asked.values()], ranking)
    print("evidence:", {name: round(float(w), 3) for name, w in zip(RANKING, ranking, strict=True)})
    print(
        "abstention:",
        {n: round(float(w), 3) for n, w in zip(("intercept", *RANKING), decision, strict=True)},
    )
    decided = np.array([abstain.INTERCEPT, *(abstain.WEIGHTS.get(name, 0.0) for name in RANKING)])
    for (name, scoped), each in asked.items():
        held_out = [one for one in each if not one.used_to_fit]
        auroc_now, auroc_fitted = separation(held_out, now, decided), separation(held_out, ranking, decision)
        print(
            f"{name} {'document' if scoped else 'collection'}: "
            f"hit@1 now {hits(held_out, now, 1):.3f} fitted {hits(held_out, ranking, 1):.3f}, "
            f"hit@3 now {hits(held_out, now, 3):.3f} fitted {hits(held_out, ranking, 3):.3f}, "
            f"AUROC now {auroc_now:.3f} fitted {auroc_fitted:.3f}"
        )
    print("refused below, of the held-out: wrongly (of those with an answer) and rightly (of those without)")
    for least in THRESHOLDS:
        shares = [refused([one for one in each if not one.used_to_fit], now, decided, least)
                  for each in asked.values()]  # fmt: skip
        print(f"{least:.2f}", *(f"{100 * wrong:.0f}/{100 * right:.0f} %" for wrong, right in shares))
    if given.write:
        write(ranking, decision, [name for name, _ in asked], given.questions)


def write(ranking: np.ndarray, decision: np.ndarray, sets: Iterable[str], questions: int) -> None:
    """Write the fitted weights into the file of the weights."""
    names = ", ".join(dict.fromkeys(Path(name).name for name in sets))
    source = f"{questions} questions of each of {names}, on documents with an even hash"
    command = f"python -m bench.fit_evidence SETS --questions {questions} --write"
    fitted = dict(zip(RANKING, map(float, ranking), strict=True))
    weights = with_fitted(load_weights(), "evidence", fitted, command=command, questions=source)
    fitted = dict(zip(("intercept", *RANKING), map(float, decision), strict=True))
    source += ", with and without an answer"
    weights = with_fitted(weights, "abstention", fitted, command=command, questions=source)
    WEIGHTS_FILE.write_text(format_weights(weights), encoding="utf-8")
    print(f"Written: {WEIGHTS_FILE}")


def collect(folder: Path, scoped: bool, cache: Path, embedder: Embedder, limit: int) -> list[Asked]:
    """Return the signals of a set's questions, from the cache if it has them."""
    # The name tells signals of another version of `rag/evidence/evidence.py` apart.
    signals = sha256(" ".join(RANKING).encode()).hexdigest()[:8]
    file = cache / f"{folder.name}-{'document' if scoped else 'collection'}-{limit}-{signals}.pickle"
    return kept(file, lambda: _collect(folder, scoped, cache, embedder, limit))


def _collect(folder: Path, scoped: bool, cache: Path, embedder: Embedder, limit: int) -> list[Asked]:
    questions = load_set(folder)
    with cached_vault(questions, cache, embedder) as cached:
        asked = [
            _asked(question, cached, embedder, scoped)
            for question in _drawn(questions.questions, limit)
            if question.document or not scoped
        ]
    print(f"{folder.name}: {len(asked)} questions", flush=True)
    return asked


def _drawn(questions: Sequence[TextQuestion], limit: int) -> list[TextQuestion]:
    wanted = [question for question in questions if question.spans or not question.answerable]
    random.Random(1).shuffle(wanted)
    return wanted[:limit]


def _asked(question: TextQuestion, cached: CachedVault, embedder: Embedder, scoped: bool) -> Asked:
    names = cached.names
    documents = (cached.ids[question.document],) if scoped and question.document else None
    found = Search(cached.vault, embedder, Scope(USER, (COLLECTION,), documents)).find(question.question)
    rows, places, gold = [], [], []
    for index, sentence, signals in candidates(found.question, found.passages, embedder):
        name = names[found.passages[index].document.sha256]
        place = (name, sentence.span.start, sentence.span.end)
        rows.append([signals[signal] for signal in RANKING])
        places.append(place)
        gold.append(evidence_hit([place], question.spans, 1))
    document = question.document or (question.spans[0][0] if question.spans else question.id)
    even = int(sha256(document.encode()).hexdigest(), 16) % 2 == 0
    return Asked(
        np.array(rows, dtype=np.float32).reshape(-1, len(RANKING)),
        np.array(gold),
        places,
        list(question.spans),
        question.answerable,
        even,
    )


def fit_ranking(asked: Iterable[Asked], start: np.ndarray) -> np.ndarray:
    """Return weights that make a gold sentence the most probable one (softmax over a question's sentences).

    The search for them begins at `start`. They are scaled so that the weight of the first signal is 1 or -1.
    """
    usable = [one for one in asked if one.gold.any() and not one.gold.all()]
    weights = torch.tensor(start, dtype=torch.float32, requires_grad=True)
    scale = torch.tensor(5.0, requires_grad=True)
    optimiser = torch.optim.Adam([weights, scale], lr=0.03)
    rows = [(torch.from_numpy(one.signals), torch.from_numpy(one.gold)) for one in usable]
    for _ in range(250):
        optimiser.zero_grad()
        losses = []
        for signals, gold in rows:
            scores = torch.log_softmax(scale * (signals @ weights), dim=0)
            losses.append(-torch.logsumexp(scores[gold], dim=0))
        loss = torch.stack(losses).mean() + 0.02 * (weights**2).sum()
        loss.backward()
        optimiser.step()
    found = weights.detach().numpy()
    return found / abs(found[0])


def without_answer(asked: Sequence[Asked]) -> list[Asked]:
    """Return the same questions without the sentences of the documents that answer them.

    The rest is what a user finds who asks for something that is not in the collection.
    """
    made = []
    for one in asked:
        gone = {span[0] for span in one.spans}
        kept = [index for index, place in enumerate(one.places) if place[0] not in gone]
        if gone and kept:
            places = [one.places[index] for index in kept]
            made.append(replace(one, signals=one.signals[kept], gold=one.gold[kept], places=places,
                                spans=[], answerable=False))  # fmt: skip
    return made


def fit_decision(sets: Sequence[Sequence[Asked]], ranking: np.ndarray) -> np.ndarray:
    """Return intercept and weights of the logistic regression; every set and both labels count the same."""
    rows, labels, weights = [], [], []
    for asked in sets:
        kept = [one for one in asked if len(one.signals)]
        for label in (True, False):
            some = [one for one in kept if one.answerable is label]
            for one in some:
                best = one.signals[int(np.argmax(one.signals @ ranking))]
                rows.append([1.0, *best])
                labels.append(float(label))
                weights.append(1 / len(some))
    x, y, w = (torch.tensor(values, dtype=torch.float32) for values in (rows, labels, weights))
    w = w / w.sum()
    found = torch.zeros(x.shape[1], requires_grad=True)
    optimiser = torch.optim.LBFGS([found], max_iter=200)

    def closure() -> torch.Tensor:
        optimiser.zero_grad()
        loss = torch.nn.functional.binary_cross_entropy_with_logits(x @ found, y, weight=w, reduction="sum")
        loss = loss + 0.002 * (found[1:] ** 2).sum()
        loss.backward()
        return loss

    optimiser.step(closure)
    return found.detach().numpy()


def hits(asked: Iterable[Asked], weights: np.ndarray, k: int) -> float:
    """Return the share of the questions with gold for which one of the first k sentences covers it."""
    found = []
    for one in asked:
        if one.spans:
            order = np.argsort(-(one.signals @ weights), kind="stable")[:k]
            found.append(evidence_hit([one.places[index] for index in order], one.spans, k))
    return float(np.mean(found)) if found else 0.0


def decisions(
    asked: Iterable[Asked], ranking: np.ndarray, decision: np.ndarray
) -> tuple[list[float], list[bool]]:
    """Return (scores from 0 to 1, labels) of the decision."""
    scores, labels = [], []
    for one in asked:
        if len(one.signals):
            best = one.signals[int(np.argmax(one.signals @ ranking))]
            total = decision @ [1.0, *best]
            scores.append(float(1 / (1 + np.exp(-total))))
            labels.append(one.answerable)
    return scores, labels


def separation(asked: Iterable[Asked], ranking: np.ndarray, decision: np.ndarray) -> float:
    """Return the AUROC of the decision; not a number if all questions have the same label."""
    found = auroc(*decisions(asked, ranking, decision))
    return float("nan") if found is None else found


def refused(
    asked: Iterable[Asked], ranking: np.ndarray, decision: np.ndarray, least: float
) -> tuple[float, float]:
    """Return the shares refused below `least`: of those with an answer, and of those without."""
    scores, labels = decisions(asked, ranking, decision)
    low = [score < least for score in scores]
    with_answer = [one for one, label in zip(low, labels, strict=True) if label]
    without = [one for one, label in zip(low, labels, strict=True) if not label]
    return float(np.mean(with_answer)), float(np.mean(without))


if __name__ == "__main__":
    main()
