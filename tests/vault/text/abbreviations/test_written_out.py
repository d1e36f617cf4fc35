"""Abbreviations that mean one thing everywhere are written out."""

from __future__ import annotations

import pytest

from rag.verification.verify import Verdict, verify
from vault.text.abbreviations.written_out import written_out


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("5 mg b.i.d.", "5 mg twice daily"),
        ("5 mg bd", "5 mg twice daily"),
        ("5 mg tds", "5 mg 3 times daily"),
        ("5 mg q.d.s.", "5 mg 4 times daily"),
        ("every q.6.h", "every every 6 hours"),
        ("5 per cent", "5 percent"),
        ("BP: 120/80", "blood pressure: 120/80"),
        ("BP Plc", "BP Plc"),
        ("No. 4", "number 4"),
        ("He said no. Four left.", "He said no. Four left."),
        ("Dr. Lee and Acme Inc. came on 3 Jan. 2024", "Dr Lee and Acme Inc came on 3 Jan 2024"),
    ],
)
def test_short_forms_are_written_out(text: str, words: str) -> None:
    assert written_out(text) == words


def test_a_statement_may_write_out_what_its_passage_abbreviates() -> None:
    passage = ["Metformin 500 mg bd was continued."]
    assert verify("Metformin 500 mg twice daily was continued.", passage).verdict is Verdict.SUPPORTED
    assert verify("Metformin 500 mg three times daily was continued.", passage).verdict is Verdict.UNSUPPORTED
