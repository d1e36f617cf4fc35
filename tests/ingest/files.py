"""Make real files for the tests of the parser: all formats, and broken and hostile files."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from email.message import EmailMessage
from pathlib import Path

import docx
import openpyxl
import pptx
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

AGREEMENT = [
    [
        ("Helvetica-Bold", 18, "Supply Agreement"),
        ("Helvetica", 10, ""),
        ("Helvetica", 10, "This agreement is made between Northwind Traders Limited and"),
        ("Helvetica", 10, "Contoso Pharmaceuticals plc on the first of March 2024."),
        ("Helvetica", 10, ""),
        ("Helvetica-Bold", 12, "7. Termination"),
        ("Helvetica", 10, ""),
        ("Helvetica", 10, "7.1 Either party may end this agreement by ninety days' written notice"),
        ("Helvetica", 10, "to the other party, given at any time after the first anniversary."),
        ("Helvetica", 10, "7.2 The Supplier shall return all samples within ten days."),
    ],
    [
        ("Helvetica-Bold", 12, "8. Governing Law"),
        ("Helvetica", 10, ""),
        ("Helvetica", 10, "This agreement is governed by the law of England and Wales."),
    ],
    [("Helvetica", 10, "Signed for and on behalf of the parties by their directors.")],
]


def pdf(
    path: Path,
    pages: Sequence[Sequence[tuple[str, float, str]]] = AGREEMENT,
    *,
    password: str = "",
    title: str = "",
    running: bool = True,
) -> Path:
    """Make a PDF with text; with `running`, each page has a header and a footer "Page n of m"."""
    canvas = Canvas(str(path), A4, encrypt=StandardEncryption(password) if password else None)
    if title:
        canvas.setTitle(title)
    for number, lines in enumerate(pages, 1):
        if running:
            canvas.setFont("Helvetica", 8)
            canvas.drawString(60, 810, "Northwind / Contoso - confidential")
            canvas.drawString(270, 30, f"Page {number} of {len(pages)}")
        y = 740.0
        for font, size, text in lines:
            canvas.setFont(font, size)
            canvas.drawString(60, y, text)
            y -= size * 1.3
        canvas.showPage()
    canvas.save()
    return path


def notes(folder: Path, about: str, count: int) -> list[Path]:
    """Make `count` text files with one sentence each."""
    made = [folder / f"{about}_{number}.txt" for number in range(count)]
    for number, file in enumerate(made):
        file.write_text(f"Entry {number}: the {about} was read and noted.")
    return made


SCAN = (300.0, 300.0)
"""Points of a page that is a picture: recognising the words of an A4 page takes three times as long."""


def picture(text: str = "") -> Image.Image:
    """Draw `text` on a white page of 600 x 600 pixels."""
    image = Image.new("RGB", (600, 600), "white")
    if text:
        ImageDraw.Draw(image).text((60, 60), text, fill="black", font=ImageFont.load_default(24))
    return image


def scanned_pdf(path: Path, *, stamp: str = "", blank_page: bool = False) -> Path:
    """Make a PDF whose first page is a picture, with a line of text if `stamp`; then maybe an empty page."""
    canvas = Canvas(str(path), SCAN)
    canvas.drawImage(ImageReader(picture("A scanned letter")), 0, 0, *SCAN)
    if stamp:
        canvas.drawString(40, 140, stamp)
    canvas.showPage()
    if blank_page:
        canvas.setFont("Helvetica", 10)
        canvas.showPage()
    canvas.save()
    return path


def drawing_pdf(path: Path) -> Path:
    """Make a PDF whose only page shows a diagonal line."""
    image = picture()
    ImageDraw.Draw(image).line((50, 50, 550, 550), fill="black", width=6)
    canvas = Canvas(str(path), SCAN)
    canvas.drawImage(ImageReader(image), 0, 0, *SCAN)
    canvas.save()
    return path


def form_pdf(path: Path, value: str) -> Path:
    """Make a PDF with a filled text field and no other text."""
    canvas = Canvas(str(path), A4)
    canvas.acroForm.textfield(name="name", value=value, x=60, y=700, width=300, height=24, fontSize=12)
    canvas.showPage()
    canvas.save()
    return path


def empty_pdf(path: Path) -> Path:
    """Make a valid PDF without pages."""
    body = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    )
    body += b"xref\n0 3\n0000000000 65535 f \n0000000009 00000 n \n0000000052 00000 n \n"
    body += b"trailer<</Size 3/Root 1 0 R>>\nstartxref\n96\n%%EOF\n"
    path.write_bytes(body)
    return path


def word(path: Path, paragraphs: Sequence[str] = ()) -> Path:
    """Make a Word document with styled headings, a list, a table, header and footer; or plain paragraphs."""
    document = docx.Document()
    if paragraphs:
        for text in paragraphs:
            document.add_paragraph(text)
        document.save(str(path))
        return path
    document.core_properties.title = ""
    document.sections[0].header.paragraphs[0].text = "Ward 7"
    document.sections[0].footer.paragraphs[0].text = "Confidential"
    document.add_heading("Discharge Summary", 1)
    document.add_paragraph("The patient was admitted with chest pain.")
    document.add_heading("Medication", 2)
    document.add_paragraph("Aspirin 75 mg once daily", style="List Bullet")
    table = document.add_table(rows=3, cols=3)
    rows = [("Test", "Result", "Unit"), ("Potassium", "5.9", "mmol/L"), ("Sodium", "", "mmol/L")]
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    document.save(str(path))
    return path


def slides(path: Path) -> Path:
    """Make three slides; the second has speaker notes, the third is empty."""
    presentation = pptx.Presentation()
    for title, body in (("Case Review", "Two patients were seen."), ("Findings", "The lesion had grown.")):
        slide = presentation.slides.add_slide(presentation.slide_layouts[1])
        slide.shapes.title.text = title
        slide.placeholders[1].text = body
    presentation.slides[1].notes_slide.notes_text_frame.text = "Mention the biopsy."
    presentation.slides.add_slide(presentation.slide_layouts[6])
    presentation.save(str(path))
    return path


def workbook(path: Path, rows: Sequence[Sequence[object]], formats: dict[str, str] | None = None) -> Path:
    """Make a workbook with `rows` on the sheet "Haematology"; `formats` are number formats by cell name."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Haematology"
    for row in rows:
        sheet.append(list(row))
    for name, number_format in (formats or {}).items():
        sheet[name].number_format = number_format
    book.save(path)
    return path


def message(path: Path, *, html: str = "", attachment: tuple[str, bytes] | None = None) -> Path:
    """Make an e-mail with a plain body, or with only an HTML body."""
    mail = EmailMessage()
    mail["From"] = "Dr Ada Müller <ada@clinic.example>"
    mail["To"] = "records@clinic.example"
    mail["Cc"] = "legal@clinic.example"
    mail["Date"] = "Mon, 04 Mar 2024 09:30:00 +0000"
    mail["Subject"] = "Consent form of Mr Ölund"
    mail["Message-ID"] = "<1@clinic.example>"
    mail.set_content(
        html or "Dear colleagues,\n\nthe consent form is attached.\n", subtype="html" if html else "plain"
    )
    if attachment:
        mail.add_attachment(
            attachment[1], maintype="application", subtype="octet-stream", filename=attachment[0]
        )
    path.write_bytes(mail.as_bytes())
    return path


def zip_bomb(path: Path) -> Path:
    """Make a Word document that unpacks from a few hundred KB to 300 MiB."""
    word(path, ["x"])
    _replace(path, "word/media/zeros.xml", b"\x00" * (300 * 2**20))
    return path


def entity_bomb(path: Path) -> Path:
    """Make a Word document whose XML declares entities that multiply."""
    word(path, ["x"])
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "lol"}">' for n in range(9))
    xml = f'<?xml version="1.0"?><!DOCTYPE w [{entities}]><w:document xmlns:w="x">&e8;</w:document>'
    _replace(path, "word/document.xml", xml.encode())
    return path


def encrypted_office(path: Path) -> Path:
    """Make an OLE container with an EncryptedPackage stream, like an Office file with a password."""
    path.write_bytes(compound({"EncryptedPackage": b"\x00" * 4096, "EncryptionInfo": b"\x00" * 4096}))
    return path


def compound(streams: dict[str, bytes]) -> bytes:
    """Return a compound file (OLE, version 3) with `streams` of at least 4096 bytes each."""
    sector = 512
    sectors: list[bytes] = []
    table: list[int] = []
    starts: dict[str, int] = {}
    for name, content in streams.items():
        starts[name] = len(sectors)
        count = -(-len(content) // sector)
        for index in range(count):
            sectors.append(content[index * sector : (index + 1) * sector].ljust(sector, b"\0"))
            table.append(len(sectors) if index < count - 1 else 0xFFFFFFFE)
    names = list(streams)
    entries = [_entry("Root Entry", 5, 0xFFFFFFFE, 0, 1 if names else -1, -1)]
    for index, name in enumerate(names, 1):
        entries.append(
            _entry(name, 2, starts[name], len(streams[name]), -1, index + 1 if index < len(names) else -1)
        )
    while len(entries) % 4:
        entries.append(b"\0" * 128)
    directory = len(sectors)
    for index in range(0, len(entries), 4):
        sectors.append(b"".join(entries[index : index + 4]))
        table.append(len(sectors) if index + 4 < len(entries) else 0xFFFFFFFE)
    allocation = len(sectors)
    table.append(0xFFFFFFFD)
    table += [0xFFFFFFFF] * (128 - len(table))
    sectors.append(b"".join(value.to_bytes(4, "little") for value in table))
    header = OLE + b"\0" * 16 + b"\x3e\0\x03\0\xfe\xff\x09\0\x06\0" + b"\0" * 10
    header += (1).to_bytes(4, "little") + directory.to_bytes(4, "little") + b"\0" * 4
    header += (4096).to_bytes(4, "little") + b"\xfe\xff\xff\xff" + b"\0" * 4 + b"\xfe\xff\xff\xff" + b"\0" * 4
    header += allocation.to_bytes(4, "little") + b"\xff" * 4 * 108
    return header + b"".join(sectors)


def _entry(name: str, kind: int, start: int, size: int, child: int, right: int) -> bytes:
    """Return a directory entry of a compound file."""
    raw = name.encode("utf-16-le")
    none = 0xFFFFFFFF
    entry = raw.ljust(64, b"\0") + (len(raw) + 2).to_bytes(2, "little") + bytes([kind, 1])
    entry += none.to_bytes(4, "little") + (none if right < 0 else right).to_bytes(4, "little")
    entry += (none if child < 0 else child).to_bytes(4, "little") + b"\0" * 36
    return entry + start.to_bytes(4, "little") + size.to_bytes(8, "little")


def _replace(path: Path, name: str, content: bytes) -> None:
    """Put `content` into the zip at `path` under `name`."""
    packed = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            if member.filename != name:
                new.writestr(member, old.read(member))
        new.writestr(name, content)
    path.write_bytes(packed.getvalue())
