"""Documents, questions and answers for the tests of the staff sets."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from bench.staff.document import StaffDocument
from bench.staff.question import StaffQuestion
from bench.staff.render import render
from ingest.formats import read
from ingest.parsed.document import ParsedDocument
from ingest.parsed.limits import ParseLimits

TABLE = [
    ["Date", "Potassium (mmol/L)", "Note"],
    ["2024-05-13", "3.4", ""],
    ["2024-05-16", "3.9", "haemolysed, 1,250 units"],
]
BLOCKS: list[dict[str, Any]] = [
    {"heading": "Discharge letter"},
    {"lines": ["Mr Alfred Orme", "born 3 June 1951"]},
    {"text": "Seen on Maple ward & sent home.\n\nTemperature < 38 °C, creatinine 98 µmol/L, eGFR ≥ 60."},
    {"list": ["Amlodipine 5 mg in the morning", "Stop ibuprofen"]},
    {"table": TABLE},
    {"fields": {"Consultant": "Dr I. Quill", "Hospital no.": "K-220417"}},
    {"checks": {"Consent signed": True, "Photographs taken": False}},
]
MAIL = {
    "from": "R. Tamsin <r.tamsin@example.org>",
    "to": ["Ward clerk <clerk@example.org>"],
    "cc": ["quill@example.org"],
    "date": "2024-05-17T09:31:00+01:00",
    "subject": "Letter of Mr Orme – please file",
}


def staff_document(file: str, pages: Sequence[Sequence[dict[str, Any]]] | None = None) -> StaffDocument:
    """A document with these pages; without them, one page with a part of each kind that its format has."""
    made: dict[str, Any] = {"file": file, "pages": pages or [BLOCKS]}
    if file.endswith(".csv") and pages is None:
        made["pages"] = [[{"table": TABLE}]]
    if file.endswith(".eml"):
        made["mail"] = MAIL
    return StaffDocument.model_validate(made)


def read_back(document: StaffDocument, folder: Path) -> ParsedDocument:
    """The file that is made of a document, as the product reads it."""
    return read(render(document, folder), ParseLimits())


def staff_question(**changes: Any) -> StaffQuestion:
    """A question on Mr Orme's potassium of 13 May."""
    fields: dict[str, Any] = {
        "id": "potassium",
        "question": "What was Mr Orme's potassium on 13 May?",
        "kind": "value by date",
        "answerable": True,
        "must": ["3.4"],
        "must_not": ["3.9"],
        "document": "letter.pdf",
    }
    if changes.get("answerable") is False:
        for name in ("must", "document"):
            del fields[name]
    return StaffQuestion.model_validate({**fields, **changes})


def statement(text: str, *quotes: str, verdict: str = "quoted") -> dict[str, Any]:
    """A statement as in the JSON of an answer; without quotes, it is its own."""
    cited = [{"document": "letter.pdf", "page": 1, "quote": quote} for quote in quotes or (text,)]
    return {"text": text, "verdict": verdict, "citations": cited}


def answer(*statements: dict[str, Any], outcome: str = "answered", **more: Any) -> dict[str, Any]:
    """An answer as `incamera ask --json` prints it, as far as it is judged."""
    return {"outcome": outcome, "statements": list(statements), "evidence": [], **more}


def write_yaml(path: Path, value: object) -> None:
    """Write a file of a set; its folders are made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(value, allow_unicode=True, sort_keys=False), encoding="utf-8")
