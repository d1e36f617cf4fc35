"""Read what lies on the sheets of a workbook: text boxes, charts, pictures, controls and embedded files."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ingest.formats.office.ooxml.drawings import KINDS, add_drawing
from ingest.formats.office.ooxml.left_out import descriptions
from ingest.formats.office.ooxml.pictures import EMBEDDED, embedded_file
from ingest.formats.office.ooxml.relations import parsed_part, relations_of
from ingest.formats.office.ooxml.symbols import EMPTY, TICKED
from ingest.formats.pictures.words import PictureWords
from ingest.formats.structure.compose import PageComposer
from ingest.parsed.document import Attachment
from vault.records import ElementKind, Unread

_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_BOOK = "xl/workbook.xml"
_IN_CELLS = "xl/richData/richValueRel.xml"


@dataclass(slots=True)
class BesideCells:
    """What a workbook holds beside its cells."""

    pictures: PictureWords
    attachments: list[Attachment] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)


def parts_of_sheets(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the name of the part of each sheet by the sheet's name."""
    targets = {identity: target for _, identity, target in relations_of(archive, _BOOK)}
    return {
        sheet.get("name") or "": targets.get(sheet.get(_ID) or "", "")
        for sheet in parsed_part(archive, _BOOK).iter("{*}sheet")
    }


def add_sheet_drawings(
    composer: PageComposer, archive: zipfile.ZipFile, part: str, beside: BesideCells, where: str
) -> None:
    """Put what lies on a sheet on its page; `part` is the sheet's part. Files go to `beside`."""
    known = composer.page(1).text
    for kind, _, target in relations_of(archive, part):
        if target not in archive.namelist():
            continue
        if kind == "drawing":
            _add_drawing(composer, archive, target, beside, where, known)
        elif kind == "vmlDrawing":
            for text in _controls(parsed_part(archive, target)):
                composer.add(ElementKind.PARAGRAPH, text)
        elif kind in EMBEDDED:
            name = target.rpartition("/")[2]
            beside.attachments += embedded_file(kind, name, archive.read(target), beside.unread, where)


def add_pictures_in_cells(composer: PageComposer, archive: zipfile.ZipFile, beside: BesideCells) -> None:
    """Put the words of pictures that were placed in cells on the page; the file does not say in which."""
    for kind, _, target in relations_of(archive, _IN_CELLS):
        if kind == "image" and target in archive.namelist():
            beside.pictures.add(composer, archive.read(target), "a cell")


def _add_drawing(
    composer: PageComposer,
    archive: zipfile.ZipFile,
    drawing: str,
    beside: BesideCells,
    where: str,
    known: str,
) -> None:
    """Put text boxes, charts, diagrams and the words of pictures of a drawing on the page."""
    root = parsed_part(archive, drawing)
    for body in root.iter("{*}txBody"):
        lines = ("".join(node.text or "" for node in p.iter("{*}t")) for p in body.iter("{*}p"))
        composer.add(ElementKind.PARAGRAPH, "\n".join(filter(None, lines)))
    for text in descriptions(root):
        composer.add(ElementKind.NOTE, text)
    for kind, _, target in relations_of(archive, drawing):
        if target not in archive.namelist():
            continue
        if kind == "image":
            beside.pictures.add(composer, archive.read(target), where)
        elif kind in KINDS:
            add_drawing(composer, kind, parsed_part(archive, target), known)


def _controls(root: Any) -> Iterator[str]:
    """Yield the labels of the controls of a sheet, with their ticks; comments are read elsewhere."""
    for shape in root.iter("{*}shape"):
        data = shape.find("{*}ClientData")
        kind = data.get("ObjectType") if data is not None else "Note"
        words = " ".join(" ".join(box.itertext()) for box in shape.iter("{*}textbox")).split()
        if kind != "Note" and words:
            ticked = data.findtext("{*}Checked") == "1"
            tick = f"{TICKED if ticked else EMPTY} " if kind in ("Checkbox", "Radio") else ""
            yield tick + " ".join(words)
