"""Files of each format that tests can make, and the same files with some of their bytes changed."""

from __future__ import annotations

import bz2
import gzip
import lzma
import random
import shutil
import tarfile
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

from ingest.parsed.filetype import FileType
from tests.ingest import files, other_files
from tests.ingest.formats.office.test_binary_workbooks import workbook
from tests.ingest.formats.pictures.test_heic import SLIP
from tests.ingest.formats.records.test_cda import DOCUMENT
from tests.ingest.formats.records.test_dicom import dicom
from tests.ingest.formats.test_mail_containers import envelope
from tests.ingest.formats.transcript.made import transcript_pdf, transcript_text
from tests.ingest.outlook_folders import Letter, pst

SENTENCES = [
    f"The {thing} in {place} was inspected in week {number} and found to be {state}."
    for number, (thing, place, state) in enumerate(
        [
            ("boiler", "the cellar", "leaking"),
            ("staircase", "the north wing", "sound"),
            ("archive", "the attic", "incomplete"),
            ("lift", "the annex", "out of order"),
            ("kitchen", "the old ward", "spotless"),
            ("fence", "the rear garden", "broken"),
        ],
        1,
    )
]
PROSE = "\n\n".join(SENTENCES) + "\n"
ROWS = [("Test", "Result", "Unit"), *((f"Marker{n}", 10 + n, "mmol") for n in range(12))]
NOT_MADE = frozenset({FileType.DOC, FileType.PPT, FileType.XLS, FileType.MSG})
"""Formats that only programs of others write."""


def written(content: str) -> Callable[[Path], Path]:
    """Return a maker of files with this text."""

    def make(path: Path) -> Path:
        path.write_text(content)
        return path

    return make


def _packed(pack: Callable[[bytes], bytes]) -> Callable[[Path], Path]:
    def make(path: Path) -> Path:
        path.write_bytes(pack(PROSE.encode()))
        return path

    return make


def _tar(path: Path) -> Path:
    inside = path.parent / "inside.txt"
    inside.write_text(PROSE)
    with tarfile.open(path, "w") as archive:
        archive.add(inside, "inside.txt")
    return path


def _mail(path: Path) -> Path:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "una@survey.example", "rex@survey.example", "Inspection"
    mail["Date"] = "Mon, 04 Mar 2024 09:30:00 +0000"
    mail.set_content(PROSE)
    mail.add_attachment("Seven photographs show every corner of both cellars.\n", filename="first.txt")
    path.write_bytes(mail.as_bytes())
    return path


def _signed(path: Path) -> Path:
    path.write_bytes(envelope(b"Content-Type: text/plain\r\n\r\n" + PROSE.encode()))
    return path


def _page(path: Path, kind: str) -> Path:
    other_files.page_picture("The boiler in the cellar\nwas found to be leaking.", size=(800, 300)).save(
        path, kind
    )
    return path


_HTML = "<html><body><h1>Inspection</h1>" + "".join(f"<p>{one}</p>" for one in SENTENCES) + "</body></html>"
_XML = "<?xml version='1.0'?><list>" + "".join(f"<a>{one}</a>" for one in SENTENCES) + "</list>"
_ODF = "".join(f"<text:p>{one}</text:p>" for one in SENTENCES)
_SHEET = (
    "<table:table>"
    + "".join(
        "<table:table-row>"
        + "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in row)
        + "</table:table-row>"
        for row in ROWS
    )
    + "</table:table>"
)
_FHIR = (
    '{"resourceType":"Patient","name":[{"family":"Vaughan","given":["Emrys","Rhys"]}],"birthDate":"1939-01-08",'
    '"address":[{"line":["4 Mill Lane"],"city":"Harrowgate","country":"Wales"}],"gender":"male",'
    '"maritalStatus":{"text":"widowed"},"contact":[{"name":{"text":"Sioned Hale"},"relationship":'
    '[{"text":"daughter"}]}],"generalPractitioner":[{"display":"Doctor Pell"}]}'
)
_HL7 = (
    "MSH|^~\\&|LAB|NORTH|WARD|SOUTH|202305021430||ORU^R01|77|P|2.5\r"
    "PID|1||70-2291^^^NORTH||Vaughan^Emrys^Rhys||19390108|M|||4 Mill Lane^^Harrowgate\r"
    "OBR|1|||24323-8^Metabolic panel|||202304290900\r"
    "OBX|1|NM|2823-3^Potassium||5.9|mmol/L|3.5-5.1|H|||F\rOBX|2|NM|2951-2^Sodium||139|mmol/L|136-145||||F\r"
)
_CARD = (
    "BEGIN:VCARD\nVERSION:3.0\nFN:Ida Marlow\nORG:Survey North\nTITLE:Surveyor\nTEL:0123 456\n"
    "NOTE:Knows the boiler in the cellar\nEND:VCARD\n"
)
_ENTRY = (
    "BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nUID:1\nSUMMARY:Visit to the north wing\n"
    "DESCRIPTION:The staircase is inspected\nLOCATION:Harrowgate\nDTSTART:20240304T093000\nEND:VEVENT\n"
    "END:VCALENDAR\n"
)
_MIXED = "# Inspection\n\n" + PROSE + "\n- one\n- two\n"

MAKERS: dict[str, Callable[[Path], Path]] = {
    "a.pdf": lambda path: files.pdf(path, [[("Helvetica", 11, one) for one in SENTENCES]] * 3),
    "transcript.pdf": transcript_pdf,
    "a.docx": lambda path: files.word(path, SENTENCES),
    "a.pptx": files.slides,
    "a.xlsx": lambda path: files.workbook(path, ROWS),
    "a.odt": lambda path: other_files.open_document(path, "text", _ODF),
    "a.ods": lambda path: other_files.open_document(path, "spreadsheet", _SHEET),
    "a.odp": lambda path: other_files.open_document(path, "presentation", f"<draw:page>{_ODF}</draw:page>"),
    "a.rtf": written("{\\rtf1\\ansi " + "\\par ".join(SENTENCES) + "}"),
    "a.epub": other_files.epub,
    "a.html": written(_HTML),
    "a.md": written(_MIXED),
    "a.txt": written(PROSE),
    "transcript.txt": transcript_text,
    "a.csv": written("\n".join(",".join(map(str, row)) for row in ROWS) + "\n"),
    "a.eml": _mail,
    "a.mbox": lambda path: other_files.mbox(path, 3),
    "a.pst": lambda path: pst(path, {"Inbox": [Letter(one[:30], one) for one in SENTENCES]}),
    "a.xlsb": workbook,
    "a.heic": lambda path: Path(shutil.copyfile(SLIP, path)),
    "a.xml": written(
        "<?xml version='1.0'?><list>" + "".join(f"<a>{one}</a>" for one in SENTENCES) + "</list>"
    ),
    "a.png": lambda path: _page(path, "png"),
    "a.jpeg": lambda path: _page(path, "jpeg"),
    "a.tiff": lambda path: _page(path, "tiff"),
    "a.webp": lambda path: _page(path, "webp"),
    "a.zip": lambda path: other_files.zipped(path, {"a.txt": PROSE, "b.txt": SENTENCES[0]}),
    "a.json": written(_FHIR),
    "cda.xml": written(DOCUMENT),
    "a.hl7": written(_HL7),
    "a.dcm": lambda path: dicom(path, StudyDescription="Boiler of the lungs", PatientComments="Came alone"),
    "a.tar": _tar,
    "a.txt.gz": _packed(gzip.compress),
    "a.txt.bz2": _packed(bz2.compress),
    "a.txt.xz": _packed(lzma.compress),
    "a.p7m": _signed,
    "a.ics": written(_ENTRY),
    "a.vcf": written(_CARD),
}
"""A maker for each kind of file, by a name for it."""


def changed(content: bytes, chance: random.Random) -> tuple[bytes, int | None]:
    """Return a file with some bytes changed, and how many.

    None where bytes are gone or new: then words of a plain text may be gone, and nothing shows it.
    """
    mutable = bytearray(content)
    way = chance.randrange(6)
    place = chance.randrange(len(mutable))
    if way == 0:
        return bytes(mutable[:place]), None
    if way == 1:
        length = chance.randrange(1, 200)
        del mutable[place : place + length]
        return bytes(mutable), None
    if way == 2:
        mutable[place:place] = chance.randbytes(chance.randrange(1, 60))
        return bytes(mutable), None
    count = chance.choice([1, 2, 4, 8])
    for step in range(count):
        where = chance.randrange(len(mutable)) if way > 3 else min(place + step, len(mutable) - 1)
        mutable[where] = chance.randrange(256)
    return bytes(mutable), count
