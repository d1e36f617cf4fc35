import base64
from pathlib import Path

import pytest

from ingest.formats import read
from ingest.parsed.filetype import FileType, detect
from ingest.parsed.limits import ParseLimits

HEAD = r"MSH|^~\&|PATH|EASTMERE|WARD|11|202311080915||ORU^R01|55120|P|2.4"
PATIENT = "PID|1||881204^^^EST^MR||ORMEROD^JUDITH^ANNE^^MRS||19580723|F|||4 Quay Row^^Saltby"


def text_of(folder: Path, *segments: str, end: str = "\r") -> str:
    path = folder / "message.hl7"
    path.write_bytes(end.join(segments).encode() + end.encode())
    return "\n".join(page.text for page in read(path, ParseLimits()).pages)


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n"])
def test_patient_and_results_are_read_with_their_names(tmp_path: Path, end: str) -> None:
    text = text_of(
        tmp_path, HEAD, PATIENT,
        "OBX|1|NM|2951-2^Sodium^LN||129|mmol/L|133-146|L|||F|||202311080800",
        "OBX|2|NM|2160-0^Creatinine^LN||96|umol/L|45-84|H|||P", end=end,
    )  # fmt: skip
    assert "Patient name: MRS JUDITH ANNE ORMEROD" in text
    assert "Date of birth: 1958-07-23" in text
    assert "Sex: female" in text
    assert "Sodium (2951-2) | 129 | mmol/L | 133-146 | low | final | 2023-11-08 08:00" in text
    assert "Creatinine (2160-0) | 96 | umol/L | 45-84 | high | preliminary" in text


def test_escapes_and_repetitions_are_resolved(tmp_path: Path) -> None:
    text = text_of(tmp_path, HEAD, r"NTE|1||Urea \T\ salts\.br\see page~call the ward")
    assert "Note: Urea & salts see page; call the ward" in text


def test_a_field_that_we_have_no_name_for_has_the_name_of_the_standard(tmp_path: Path) -> None:
    text = text_of(tmp_path, HEAD, "PV1|1|I|WEST^4^2||||^HAMILL^BRIGID")
    assert "Assigned patient location: WEST, 4, 2" in text
    assert "Attending doctor: BRIGID HAMILL" in text


def test_each_message_is_a_page(tmp_path: Path) -> None:
    path = tmp_path / "many.hl7"
    path.write_text("\r".join([HEAD, PATIENT, HEAD, PATIENT.replace("ORMEROD", "BATES")]))
    pages = read(path, ParseLimits()).pages
    assert [page.label for page in pages] == ["Message 1", "Message 2"]
    assert "BATES" in pages[1].text
    assert "BATES" not in pages[0].text


def test_a_report_inside_is_an_attachment(tmp_path: Path) -> None:
    path = tmp_path / "report.hl7"
    inside = base64.b64encode(b"No fracture is seen.").decode()
    path.write_text("\r".join([HEAD, f"OBX|1|ED|REP^Report||^TEXT^txt^Base64^{inside}"]))
    assert [one.content for one in read(path, ParseLimits()).attachments] == [b"No fracture is seen."]


def test_a_text_that_only_begins_alike_is_text(tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_text("MSH is short for message header.")
    assert detect(path) is FileType.TEXT
