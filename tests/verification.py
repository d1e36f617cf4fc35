"""The hand-written pairs of a statement and what it may rest on, and the verdicts found for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml

from rag.events import Statement
from rag.retrieval.passage import Passage
from rag.verification.guards.guard import Guard
from rag.verification.verify import Judge, Verification, verify
from rag.writing.checking import check_draft
from rag.writing.statements import split_statements
from tests.documents import document
from vault.records import Slice, Span

_FOLDER = Path(__file__).parent / "rag" / "verification"


def _read(name: str) -> list[dict[str, Any]]:
    pairs: list[dict[str, Any]] = yaml.load((_FOLDER / name).read_text(encoding="utf-8"), yaml.CSafeLoader)
    return pairs


PAIRS = [*_read("verification_pairs.yaml"), *_read("verification_pairs_later.yaml")]
"""Pairs of a statement and sentences."""
CITED = _read("citation_pairs.yaml")
"""Pairs of a statement with citation marks and passages."""
GUARD_PAIRS = _read("guard_pairs.yaml")
"""For each guard a pair that only this guard denies."""


def judged(pair: dict[str, Any], judge: Judge | None = None) -> tuple[Statement, list[int]]:
    """Return the statement of a pair of `CITED`, and the numbers of the passages with its citations."""
    passages = [_passage(*parts) for parts in pair["passages"]]
    (draft,) = split_statements([pair["says"]])
    found = check_draft(draft, dict(enumerate(passages, start=1)), judge=judge)
    places = {(citation.sha256, citation.start // _PART_LENGTH) for citation in found.citations}
    rests_on = [
        number
        for number, passage in enumerate(passages, start=1)
        if (passage.document.sha256, passage.ordinal) in places
    ]
    return found, rests_on


def verdicts(judge: Judge | None = None) -> Iterator[tuple[dict[str, Any], str]]:
    """Yield every pair with the verdict that is found for it, with the judge's help if there is one."""
    for pair in PAIRS:
        yield pair, verify(pair["says"], pair["from"], judge=judge).verdict
    for pair in CITED:
        yield pair, judged(pair, judge)[0].verdict


def verifications(guards: Sequence[Guard]) -> Iterator[tuple[dict[str, Any], Verification]]:
    """Yield every pair of `PAIRS` with what these guards find."""
    for pair in PAIRS:
        yield pair, verify(pair["says"], pair["from"], guards=guards)


_PART_LENGTH = 1_000
"""Characters from the start of one part of a document to the start of the next."""


def _passage(title: str, part: int, text: str) -> Passage:
    span = Span(1, _PART_LENGTH * part, _PART_LENGTH * part + len(text))
    return Passage(
        collection="matter", document=document(f"{title}.txt", title, title=title), chunk_id=part,
        ordinal=part, heading="", slices=(Slice(span, text),), score=1.0, cosine=1.0, names_in_document=1.0,
        terms_in_document=1.0,
    )  # fmt: skip
