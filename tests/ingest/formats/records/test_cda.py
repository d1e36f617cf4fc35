from pathlib import Path

import pytest

from ingest.formats import read
from ingest.parsed.limits import ParseLimits
from vault.errors import DamagedFile

DOCUMENT = """<?xml version="1.0"?>
<ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<title>Clinic letter</title><effectiveTime value="202305021430"/>
<recordTarget><patientRole><id extension="70-2291"/>
<patient><name><given>Emrys</given><family>Vaughan</family></name>
<administrativeGenderCode code="M" displayName="Male"/>
<birthTime value="19390108"/></patient></patientRole>
</recordTarget>
<author><assignedAuthor><assignedPerson><name>Dr Sioned Hale</name></assignedPerson></assignedAuthor></author>
<component><structuredBody><component><section><title>Medicines</title>
<text><table><thead><tr><th>Medicine</th><th>Dose</th></tr></thead>
<tbody><tr><td>ramotil</td><td>5 mg</td></tr></tbody>
</table><paragraph>Reviewed today.</paragraph><list><item>No allergies</item></list></text>
<entry><substanceAdministration><effectiveTime xsi:type="IVL_TS"><low value="20230401"/>
<high value="20230430"/></effectiveTime>
<doseQuantity value="5" unit="mg"/>
<consumable><manufacturedProduct><manufacturedMaterial>
<code code="11" displayName="Ramotil"/>
</manufacturedMaterial></manufacturedProduct></consumable></substanceAdministration></entry></section></component>
<component><section><title>Results</title><text>See below.</text>
<entry><organizer><component><observation>
<code code="33914-3" displayName="eGFR"/>
<effectiveTime value="20230429"/>
<value xsi:type="PQ" value="41" unit="mL/min"/>
<interpretationCode code="L"/></observation></component></organizer></entry></section></component>
</structuredBody></component></ClinicalDocument>"""


def text_of(folder: Path, content: str) -> str:
    path = folder / "letter.xml"
    path.write_text(content)
    return read(path, ParseLimits()).pages[0].text


def test_the_head_is_read_as_fields(tmp_path: Path) -> None:
    text = text_of(tmp_path, DOCUMENT)
    assert "Name: Emrys Vaughan" in text
    assert "Date of birth: 1939-01-08" in text
    assert "Sex: Male" in text
    assert "Dr Sioned Hale" in text
    assert "Date: 2023-05-02 14:30" in text


def test_sections_have_their_text_with_tables_and_lists(tmp_path: Path) -> None:
    text = text_of(tmp_path, DOCUMENT)
    assert "Medicine | Dose\nramotil | 5 mg" in text
    assert "Reviewed today." in text
    assert "No allergies" in text


def test_values_that_stand_in_attributes_are_read(tmp_path: Path) -> None:
    text = text_of(tmp_path, DOCUMENT)
    assert "eGFR (33914-3) | 2023-04-29 | 41 mL/min | L" in text
    assert "2023-04-01 to 2023-04-30" in text
    assert "5 mg" in text
    assert "Ramotil" in text


def test_a_file_that_is_cut_off_is_damaged(tmp_path: Path) -> None:
    with pytest.raises(DamagedFile):
        text_of(tmp_path, DOCUMENT[:900])
