"""The hand-written pairs of statement and sentences, of cited statement and passages, and what is found."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from rag.events import Statement
from rag.retrieval.passage import Passage
from rag.verification.verify import Judge, verify
from rag.writing.checking import checked
from rag.writing.statements import split_statements
from tests.documents import document
from vault.records import Slice, Span

_FOLDER = Path(__file__).parent / "rag" / "verification"


def _read(name: str) -> list[dict[str, Any]]:
    pairs: list[dict[str, Any]] = yaml.safe_load((_FOLDER / name).read_text(encoding="utf-8"))
    return pairs


PAIRS = [*_read("verification_pairs.yaml"), *_read("verification_pairs_later.yaml")]
CITED = _read("citation_pairs.yaml")


def judged(pair: dict[str, Any], judge: Judge | None = None) -> tuple[Statement, list[int]]:
    """The statement of a pair of `CITED`, and the numbers of the passages that its citations stand in."""
    passages = [_passage(*parts) for parts in pair["passages"]]
    (draft,) = split_statements([pair["says"]])
    found = checked(draft, dict(enumerate(passages, start=1)), judge=judge)
    places = {(citation.sha256, citation.start // _APART) for citation in found.citations}
    rests_on = [
        number
        for number, passage in enumerate(passages, start=1)
        if (passage.document.sha256, passage.ordinal) in places
    ]
    return found, rests_on


def verdicts(judge: Judge | None = None) -> Iterator[tuple[dict[str, Any], str]]:
    """Every pair with the verdict that is found for it, with the reader's say if it is given."""
    for pair in PAIRS:
        yield pair, verify(pair["says"], pair["from"], judge=judge).verdict
    for pair in CITED:
        yield pair, judged(pair, judge)[0].verdict


_APART = 1_000
"""Characters from one part of a document to the next."""


def _passage(title: str, part: int, text: str) -> Passage:
    span = Span(1, _APART * part, _APART * part + len(text))
    return Passage(
        collection="matter", document=document(f"{title}.txt", title, title=title), chunk_id=part,
        ordinal=part, heading="", slices=(Slice(span, text),), score=1.0, cosine=1.0, names_in_document=1.0,
        terms_in_document=1.0,
    )  # fmt: skip
