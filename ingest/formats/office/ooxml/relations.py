"""Parse the parts of an Office file and follow their relations, where the libraries do not."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from ingest.formats.structure.xml_parser import safe_parser

_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


def relations_of(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[str, str, str]]:
    """Yield (last word of the type, id, part name) for each relation of a part inside the file."""
    folder, name = posixpath.split(part)
    for relation in parsed_part(archive, f"{folder}/_rels/{name}.rels").iter(_RELATIONS):
        if relation.get("TargetMode") == "External":
            continue
        target = relation.get("Target") or ""
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
        yield (relation.get("Type") or "").rpartition("/")[2], relation.get("Id") or "", path


def parsed_part(archive: zipfile.ZipFile, part: str) -> Any:
    """Parse a part; return an empty element if it is missing or not XML."""
    try:
        return etree.fromstring(archive.read(part), safe_parser())
    except (KeyError, etree.XMLSyntaxError):
        return etree.Element("missing")
