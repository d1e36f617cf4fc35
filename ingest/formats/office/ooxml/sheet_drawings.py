"""Read what lies on the sheets of a workbook: text boxes and pictures, which openpyxl leaves out."""

from __future__ import annotations

import zipfile

from ingest.formats.office.ooxml.relations import parsed_part, relations_of
from ingest.formats.pictures.words import PictureWords
from ingest.formats.structure.compose import PageComposer
from vault.records import ElementKind

_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_BOOK = "xl/workbook.xml"


def parts_of_sheets(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the name of the part of each sheet by the sheet's name."""
    targets = {identity: target for _, identity, target in relations_of(archive, _BOOK)}
    return {
        sheet.get("name") or "": targets.get(sheet.get(_ID) or "", "")
        for sheet in parsed_part(archive, _BOOK).iter("{*}sheet")
    }


def add_sheet_drawings(
    composer: PageComposer, archive: zipfile.ZipFile, part: str, pictures: PictureWords, where: str
) -> None:
    """Put the text boxes and the words of the pictures of a sheet on its page; `part` is the sheet's part."""
    for kind, _, drawing in relations_of(archive, part):
        if kind != "drawing":
            continue
        for body in parsed_part(archive, drawing).iter("{*}txBody"):
            lines = ("".join(node.text or "" for node in p.iter("{*}t")) for p in body.iter("{*}p"))
            composer.add(ElementKind.PARAGRAPH, "\n".join(filter(None, lines)))
        for inner, _, target in relations_of(archive, drawing):
            if inner == "image" and target in archive.namelist():
                pictures.add(composer, archive.read(target), where)
