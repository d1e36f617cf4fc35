"""Fit and print the weights of evidence (`rag.evidence.evidence`) and of abstention (`rag.evidence.abstain`).

    python -m bench.fit_evidence ../shared --cache bench/out/fit

Documents with an even hash are fitted on, the others are reported on. Each set is ingested once into
the cache folder; a run that was interrupted goes on there.
"""

from __future__ import annotations

import argparse
import pickle
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

import numpy as np
import torch

from evaluation.kept_vault import USER, Kept, kept_vault
from evaluation.measures import Place, auroc, evidence_hit
from evaluation.own_vault import COLLECTION
from evaluation.question_set import Question, load_set
from rag.evidence import abstain, evidence
from rag.evidence.evidence import candidates
from rag.retrieval.search import Scope, Search
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
    """One question with the signals of its candidate sentences, (sentences, signals), and the gold."""

    signals: np.ndarray
    gold: np.ndarray
    places: list[Place]
    spans: list[Place]
    answerable: bool
    fitted_on: bool


def main() -> None:
    """Collect, fit, report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--cache", type=Path, default=Path("bench/out/fit"))
    parser.add_argument("--questions", type=int, default=300, help="of each set")
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
    ranking = fit_ranking([one for each in asked.values() for one in each if one.fitted_on], now)
    decision = fit_decision([[one for one in each if one.fitted_on] for each in asked.values()], ranking)
    print("evidence:", {name: round(float(w), 3) for name, w in zip(RANKING, ranking, strict=True)})
    print(
        "abstention:",
        {n: round(float(w), 3) for n, w in zip(("intercept", *RANKING), decision, strict=True)},
    )
    decided = np.array([abstain.INTERCEPT, *(abstain.WEIGHTS.get(name, 0.0) for name in RANKING)])
    for (name, scoped), each in asked.items():
        held = [one for one in each if not one.fitted_on]
        print(
            f"{name} {'document' if scoped else 'collection'}: "
            f"hit@1 now {hits(held, now, 1):.3f} fitted {hits(held, ranking, 1):.3f}, "
            f"hit@3 now {hits(held, now, 3):.3f} fitted {hits(held, ranking, 3):.3f}, "
            f"AUROC now {separation(held, now, decided):.3f} fitted {separation(held, ranking, decision):.3f}"
        )
    print("refused below, of the held back: wrongly (of those with an answer) and rightly (of those without)")
    for least in THRESHOLDS:
        shares = [refused([one for one in each if not one.fitted_on], now, decided, least)
                  for each in asked.values()]  # fmt: skip
        print(f"{least:.2f}", *(f"{100 * wrong:.0f}/{100 * right:.0f} %" for wrong, right in shares))


def collect(folder: Path, scoped: bool, cache: Path, embedder: Embedder, limit: int) -> list[Asked]:
    """The signals of a set's questions, from the cache when they are there."""
    # Signals of another version of `rag/evidence/evidence.py` are not these.
    signals = sha256(" ".join(RANKING).encode()).hexdigest()[:8]
    kept = cache / f"{folder.name}-{'document' if scoped else 'collection'}-{limit}-{signals}.pickle"
    if kept.exists():
        loaded: list[Asked] = pickle.loads(kept.read_bytes())  # our own file, written below
        return loaded
    questions = load_set(folder)
    with kept_vault(questions, cache, embedder) as there:
        asked = [
            _asked(question, there, embedder, scoped)
            for question in _some(questions.questions, limit)
            if question.document or not scoped
        ]
    kept.write_bytes(pickle.dumps(asked))
    print(f"{folder.name}: {len(asked)} questions", flush=True)
    return asked


def _some(questions: Sequence[Question], limit: int) -> list[Question]:
    wanted = [question for question in questions if question.spans or not question.answerable]
    random.Random(1).shuffle(wanted)
    return wanted[:limit]


def _asked(question: Question, there: Kept, embedder: Embedder, scoped: bool) -> Asked:
    names = there.names
    inside = (there.ids[question.document],) if scoped and question.document else None
    found = Search(there.vault, embedder, Scope(USER, (COLLECTION,), inside)).find(question.question)
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
    """Weights that make a gold sentence the most probable one (softmax over a question's sentences), found
    from those to `start` with; the first signal's is 1."""
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
    """The same questions with the sentences of the documents that answer them taken away.

    What is left is what a user gets who asks for something that is not in the collection.
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
    """Intercept and weights of the logistic regression; every set and both labels weigh the same."""
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
    """Share of the questions with gold of which one of the first k sentences covers it."""
    found = []
    for one in asked:
        if one.spans:
            order = np.argsort(-(one.signals @ weights), kind="stable")[:k]
            found.append(evidence_hit([one.places[index] for index in order], one.spans, k))
    return float(np.mean(found)) if found else 0.0


def decisions(
    asked: Iterable[Asked], ranking: np.ndarray, decision: np.ndarray
) -> tuple[list[float], list[bool]]:
    """(scores from 0 to 1, labels) of the decision."""
    scores, labels = [], []
    for one in asked:
        if len(one.signals):
            best = one.signals[int(np.argmax(one.signals @ ranking))]
            total = decision @ [1.0, *best]
            scores.append(float(1 / (1 + np.exp(-total))))
            labels.append(one.answerable)
    return scores, labels


def separation(asked: Iterable[Asked], ranking: np.ndarray, decision: np.ndarray) -> float:
    """AUROC of the decision; not a number where a label is missing."""
    found = auroc(*decisions(asked, ranking, decision))
    return float("nan") if found is None else found


def refused(
    asked: Iterable[Asked], ranking: np.ndarray, decision: np.ndarray, least: float
) -> tuple[float, float]:
    """Shares refused below `least`: of those with an answer, and of those without."""
    scores, labels = decisions(asked, ranking, decision)
    low = [score < least for score in scores]
    with_answer = [one for one, label in zip(low, labels, strict=True) if label]
    without = [one for one, label in zip(low, labels, strict=True) if not label]
    return float(np.mean(with_answer)), float(np.mean(without))


if __name__ == "__main__":
    main()
