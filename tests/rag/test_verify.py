"""The verdicts on hand-written pairs of statement and sentences, one by one and counted together."""

from __future__ import annotations

from collections import Counter
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
