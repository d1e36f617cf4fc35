"""The verdicts on hand-written pairs of statement and sentences, one by one and counted together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

from rag.verify import Verdict, verify

PAIRS: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "verification_pairs.yaml").read_text(encoding="utf-8")
)
JUDGED = [pair for pair in PAIRS if not pair.get("hard")]


@pytest.mark.parametrize("pair", JUDGED, ids=lambda pair: pair["says"][:50])
def test_a_pair_gets_the_verdict_that_a_careful_reader_gives(pair: dict[str, Any]) -> None:
    found = verify(pair["says"], pair["from"])
    assert found.verdict == pair["verdict"], found.reason


def test_no_pair_is_falsely_supported_and_most_true_ones_are_kept(capsys: pytest.CaptureFixture[str]) -> None:
    matrix: Counter[tuple[str, str]] = Counter()
    for pair in PAIRS:
        matrix[pair["verdict"], verify(pair["says"], pair["from"]).verdict] += 1
    with capsys.disabled():
        print("\nexpected ↓ found →" + "".join(f"{verdict:>13}" for verdict in Verdict))
        for expected in Verdict:
            print(f"{expected:<18}" + "".join(f"{matrix[expected, found]:>13}" for found in Verdict))
    carried = [(e, f) for (e, f), n in matrix.items() for _ in range(n) if e != Verdict.UNSUPPORTED]
    kept = sum(found != Verdict.UNSUPPORTED for _, found in carried)
    assert sum(n for (e, f), n in matrix.items() if e == Verdict.UNSUPPORTED and f != e) == 0
    assert kept / len(carried) >= 0.7
    assert len(PAIRS) >= 180


def test_the_sentences_that_carry_it_are_named() -> None:
    sentences = ["Rent is due monthly.", "The lease began on 1 May 2023.", "It is governed by Irish law."]
    found = verify("The lease began on 1 May 2023 and is governed by Irish law.", sentences)
    assert found.verdict is Verdict.SUPPORTED
    assert found.sentences == (1, 2)


def test_a_refused_statement_says_why() -> None:
    found = verify("The notice period is 45 days.", ["The notice period is 30 days."])
    assert found.reason == "the number 45 (day) is not in the cited passage"
    assert found.sentences == ()


def test_similarity_can_only_refuse() -> None:
    def apart(text: str, others: Sequence[str]) -> Sequence[float]:
        return [0.0] * len(others)

    def alike(text: str, others: Sequence[str]) -> Sequence[float]:
        return [1.0] * len(others)

    carried = ("The doctor prescribed the medicine.", ["The physician prescribed the drug."])
    invented = ("The doctor prescribed aspirin.", ["The physician prescribed the drug."])
    assert verify(*carried, similarity=alike).verdict is Verdict.SUPPORTED
    assert verify(*carried, similarity=apart).verdict is Verdict.UNSUPPORTED
    assert verify(*invented, similarity=alike).verdict is Verdict.UNSUPPORTED


@pytest.mark.parametrize("text", ["", " ", "[1]", "…", "\ufffe", "a" * 20_000, "no " * 2_000, "(" * 500])
def test_odd_text_is_judged_without_an_error(text: str) -> None:
    assert verify(text, ["The fee is 5 euro.", text]).verdict in Verdict
    assert verify("The fee is 6 euro.", [text]).verdict is Verdict.UNSUPPORTED
