"""The verdicts on hand-written pairs of statement and sentences, one by one and counted together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from bench.verification import pairs_table
from rag.reader.reader import Support
from rag.verification.verify import Verdict, verify
from tests.verification import CITED, PAIRS, judged, verdicts

EASY = [pair for pair in PAIRS if not pair.get("hard")]


@pytest.mark.parametrize("pair", EASY, ids=lambda pair: pair["says"][:50])
def test_a_pair_gets_the_verdict_that_a_careful_reader_gives(pair: dict[str, Any]) -> None:
    found = verify(pair["says"], pair["from"])
    assert found.verdict == pair["verdict"], found.reason


@pytest.mark.parametrize("pair", CITED, ids=lambda pair: pair["says"][:50])
def test_a_cited_sentence_rests_on_the_passages_that_carry_it(pair: dict[str, Any]) -> None:
    found, rests_on = judged(pair)
    assert (found.verdict, rests_on) == (pair["verdict"], pair["rests_on"]), found.reason


def test_no_more_than_two_in_a_hundred_false_statements_are_supported_and_most_true_ones_are_kept() -> None:
    found = [(pair["verdict"], verdict) for pair, verdict in verdicts()]
    false = [verdict for said, verdict in found if said == Verdict.UNSUPPORTED]
    true = [verdict for said, verdict in found if said != Verdict.UNSUPPORTED]
    assert len(found) >= 200
    assert sum(verdict != Verdict.UNSUPPORTED for verdict in false) <= 0.02 * len(false)
    assert sum(verdict != Verdict.UNSUPPORTED for verdict in true) >= 0.85 * len(true)


def test_the_command_prints_the_table_of_the_pairs() -> None:
    table = pairs_table()
    assert table[0].startswith("| a careful reader says")
    assert f"{len(PAIRS) + len(CITED)} pairs." in table[-1]


def test_the_verdict_names_the_sentences_that_carry_the_statement() -> None:
    sentences = ["Rent is due monthly.", "The lease began on 1 May 2023.", "It is governed by Irish law."]
    found = verify("The lease began on 1 May 2023 and is governed by Irish law.", sentences)
    assert found.verdict is Verdict.SUPPORTED
    assert found.sentences == (1, 2)


def test_a_refused_statement_says_why() -> None:
    found = verify("The notice period is 45 days.", ["The notice period is 30 days."])
    assert found.reason == "the number 45 (day) is not in the cited passage"
    assert found.sentences == ()


def test_similarity_can_only_refuse() -> None:
    def different(text: str, others: Sequence[str]) -> Sequence[float]:
        return [0.0] * len(others)

    def alike(text: str, others: Sequence[str]) -> Sequence[float]:
        return [1.0] * len(others)

    carried = ("The doctor prescribed the medicine.", ["The physician prescribed the drug."])
    invented = ("The doctor prescribed aspirin.", ["The physician prescribed the drug."])
    assert verify(*carried, similarity=alike).verdict is Verdict.SUPPORTED
    assert verify(*carried, similarity=different).verdict is Verdict.UNSUPPORTED
    assert verify(*invented, similarity=alike).verdict is Verdict.UNSUPPORTED


def test_a_judge_denies_contradictions_and_accepts_other_words_if_every_guard_agrees() -> None:
    def sure(statement: str, text: str) -> Support:
        return Support(0.99, 0.0, 0.01)

    def against(statement: str, text: str) -> Support:
        return Support(0.0, 0.99, 0.01)

    carried = ("The doctor prescribed the medicine.", ["The physician prescribed the drug."])
    passage = ["The surgeon mended the torn ligament at once."]
    other_words = ("The surgeon repaired the torn ligament at once.", passage)
    wrong = ("The surgeon repaired the 3 torn ligaments.", ["The surgeon mended the 2 torn ligaments."])
    assert verify(*carried, judge=against).verdict is Verdict.UNSUPPORTED
    assert verify(*other_words).verdict is Verdict.UNSUPPORTED
    assert verify(*other_words, judge=sure).verdict is Verdict.SUPPORTED
    assert verify(*wrong, judge=sure).verdict is Verdict.UNSUPPORTED


@pytest.mark.parametrize("text", ["", " ", "[1]", "…", "\ufffe", "a" * 20_000, "no " * 2_000, "(" * 500])
def test_odd_text_is_judged_without_an_error(text: str) -> None:
    assert verify(text, ["The fee is 5 euro.", text]).verdict in Verdict
    assert verify("The fee is 6 euro.", [text]).verdict is Verdict.UNSUPPORTED
