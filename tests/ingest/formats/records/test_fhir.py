import base64
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.formats import read
from ingest.formats.records.fhir_values import ValueTexts
from ingest.parsed.document import ParsedDocument
from ingest.parsed.limits import ParseLimits
from vault.errors import DamagedFile, NoText
from vault.records import ElementKind

PATIENT = {
    "resourceType": "Patient",
    "id": "a1",
    "name": [{"family": "Ferrant", "given": ["Odile", "Marie"], "prefix": ["Mrs"]}],
    "birthDate": "1949-11-02",
    "gender": "female",
    "telecom": [{"system": "phone", "value": "0161 496 0018", "use": "home"}],
}


def result(test: str, value: str, unit: str, day: str) -> dict[str, Any]:
    return {
        "resourceType": "Observation",
        "status": "final",
        "code": {"text": test, "coding": [{"system": "http://loinc.org", "code": "718-7"}]},
        "subject": {"reference": "Patient/a1"},
        "effectiveDateTime": day,
        "valueQuantity": {"value": float(value), "unit": unit},
    }


def read_json(folder: Path, *resources: dict[str, Any], name: str = "record.json") -> ParsedDocument:
    bundle = {
        "resourceType": "Bundle",
        "type": "collection",
        "entry": [{"resource": one} for one in resources],
    }
    path = folder / name
    path.write_text(json.dumps(bundle))
    return read(path, ParseLimits())


def test_a_patient_is_read_as_fields(tmp_path: Path) -> None:
    text = read_json(tmp_path, PATIENT).pages[0].text
    assert "Name: Mrs Odile Marie Ferrant" in text
    assert "Date of birth: 1949-11-02" in text
    assert "Sex: female" in text
    assert "Contact: 0161 496 0018" in text


def test_results_are_rows_with_test_value_date_and_patient(tmp_path: Path) -> None:
    page = read_json(
        tmp_path, result("Haemoglobin", "118", "g/L", "2024-03-01"),
        result("Sodium", "139", "mmol/L", "2024-03-02"), PATIENT,
    ).pages[0]  # fmt: skip
    lines = {
        kind: [page.text[e.start : e.end] for e in page.elements if e.kind is kind] for kind in ElementKind
    }
    assert lines[ElementKind.TABLE_HEADER] == ["Test | Value | Date | Status | Patient"]
    assert lines[ElementKind.TABLE_ROW] == [
        "Haemoglobin (718-7) | 118.0 g/L | 2024-03-01 | final | Mrs Odile Marie Ferrant",
        "Sodium (718-7) | 139.0 mmol/L | 2024-03-02 | final | Mrs Odile Marie Ferrant",
    ]
    assert page.text.index("Date of birth") < page.text.index("Haemoglobin"), "the patient comes first"


def test_a_number_stays_as_it_is_written(tmp_path: Path) -> None:
    path = tmp_path / "one.json"
    path.write_text(
        '{"resourceType": "Observation", "code": {"text": "TSH"}, "valueQuantity": {"value": 5.90}}'
    )
    assert "5.90" in read(path, ParseLimits()).pages[0].text


def test_xml_says_the_same_as_json(tmp_path: Path) -> None:
    path = tmp_path / "one.xml"
    path.write_text(
        '<Observation xmlns="http://hl7.org/fhir"><status value="final"/><code><text value="Ferritin"/>'
        '</code><effectiveDateTime value="2023-09-30"/>'
        '<valueQuantity><value value="61"/><unit value="ug/L"/></valueQuantity>'
        "</Observation>"
    )
    assert "Ferritin | 61 ug/L | 2023-09-30 | final" in read(path, ParseLimits()).pages[0].text


def test_resources_a_line_are_read(tmp_path: Path) -> None:
    path = tmp_path / "bulk.ndjson"
    path.write_text(
        "\n".join(json.dumps(result(name, "1", "g/L", "2024-01-01")) for name in ("Albumin", "Globulin"))
    )
    text = read(path, ParseLimits()).pages[0].text
    assert "Albumin" in text
    assert "Globulin" in text


def test_a_file_inside_is_an_attachment(tmp_path: Path) -> None:
    inside = {
        "contentType": "text/plain",
        "title": "note.txt",
        "data": base64.b64encode(b"Seen today.").decode(),
    }
    document = read_json(tmp_path, {"resourceType": "DocumentReference", "content": [{"attachment": inside}]})
    assert [(one.name, one.content) for one in document.attachments] == [("note.txt", b"Seen today.")]


@pytest.mark.parametrize(
    ("content", "error"),
    [('{"resourceType": "Patient", "name": [', DamagedFile), ('{"resourceType": "Patient"}', NoText)],
)
def test_a_broken_or_empty_file_says_so(tmp_path: Path, content: str, error: type[Exception]) -> None:
    path = tmp_path / "bad.json"
    path.write_text(content)
    with pytest.raises(error):
        read(path, ParseLimits())


_KEYS = st.sampled_from(
    "text code display value unit family given city line start low reference note extra title status".split()
)


@given(
    st.recursive(
        st.integers(100_000, 999_999).map(lambda number: f"w{number}"),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=4),
        max_leaves=12,
    )
)
def test_no_word_of_a_value_is_lost(value: Any) -> None:
    said = ValueTexts([]).text(value)
    assert all(word in said for word in _leaves(value))


def _leaves(value: Any) -> list[str]:
    """Return the words of a value, but for those that its type says a second time."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return [leaf for one in value for leaf in _leaves(one)]
    doubles = {"reference"} if value.get("display") else set()
    if value.keys() & {"family", "given", "city", "line"} and value.get("text"):
        doubles |= {"family", "given", "city", "line"}
    if value.get("unit") and "value" in value:
        doubles |= {"code"}
    if value.get("start"):
        doubles |= {"low"}
    return [leaf for name, one in value.items() if name not in doubles for leaf in _leaves(one)]
