from pathlib import Path

import pytest
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import EncapsulatedPDFStorage, ExplicitVRLittleEndian, generate_uid

from ingest.formats import read
from ingest.parsed.document import ParsedDocument
from ingest.parsed.limits import ParseLimits
from tests.ingest import files
from vault.errors import ParseError


def dicom(path: Path, **values: object) -> Path:
    made = Dataset()
    made.SOPClassUID, made.SOPInstanceUID = EncapsulatedPDFStorage, generate_uid()
    made.PatientName, made.PatientBirthDate = "Thackray^Rufus", "19611203"
    for name, value in values.items():
        setattr(made, name, value)
    made.file_meta = FileMetaDataset()
    made.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    made.file_meta.MediaStorageSOPClassUID = made.SOPClassUID
    made.file_meta.MediaStorageSOPInstanceUID = made.SOPInstanceUID
    made.save_as(path, enforce_file_format=True)
    return path


def read_dicom(path: Path) -> ParsedDocument:
    return read(path, ParseLimits())


def test_the_patient_is_named_and_a_report_inside_is_an_attachment(tmp_path: Path) -> None:
    report = files.pdf(tmp_path / "report.pdf").read_bytes()
    path = dicom(
        tmp_path / "a.dcm", MIMETypeOfEncapsulatedDocument="application/pdf",
        EncapsulatedDocument=report + b"\x00" * (len(report) % 2), EncapsulatedDocumentLength=len(report),
    )  # fmt: skip
    document = read_dicom(path)
    assert "Patient's Name: Rufus Thackray" in document.pages[0].text
    assert "1961-12-03" in document.pages[0].text
    assert [(one.name, one.content) for one in document.attachments] == [("report.pdf", report)]


def test_the_findings_of_a_structured_report_are_read(tmp_path: Path) -> None:
    name, finding, unit, size, report = (Dataset() for _ in range(5))
    name.CodeMeaning, unit.CodeValue = "Largest nodule", "mm"
    size.NumericValue, size.MeasurementUnitsCodeSequence = "6.5", [unit]
    finding.ConceptNameCodeSequence, finding.MeasuredValueSequence = [name], [size]
    report.ContentSequence = [finding]
    assert (
        "Largest nodule: 6.5 mm"
        in read_dicom(dicom(tmp_path / "sr.dcm", ContentSequence=[report])).pages[0].text
    )


def test_a_picture_is_said_to_be_unread(tmp_path: Path) -> None:
    path = dicom(
        tmp_path / "x.dcm", Rows=2, Columns=2, BitsAllocated=8, BitsStored=8, HighBit=7, SamplesPerPixel=1,
        PixelRepresentation=0, PhotometricInterpretation="MONOCHROME2", PixelData=b"\0\1\2\3",
    )  # fmt: skip
    document = read_dicom(path)
    assert [one.what for one in document.all_unread] == ["Medical pictures"]


@pytest.mark.parametrize("length", [132, 150, 300, 420])
def test_a_file_that_is_cut_off_ends_in_a_clear_error_or_in_what_is_left(tmp_path: Path, length: int) -> None:
    path = dicom(tmp_path / "cut.dcm", StudyDescription="Chest")
    path.write_bytes(path.read_bytes()[:length])
    try:
        assert read_dicom(path).pages[0].text
    except ParseError as error:
        assert "from" in str(error)
