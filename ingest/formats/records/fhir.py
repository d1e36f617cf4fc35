"""Read FHIR, as JSON (a resource, a bundle, or a resource a line) and as XML."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from ingest.formats.records.fhir_values import ValueTexts, property_name
from ingest.formats.records.record import Record, plain_name, set_out
from ingest.formats.structure.compose import PageComposer
from ingest.formats.structure.decode import decode
from ingest.formats.structure.inside import within_limits
from ingest.formats.structure.xml_parser import safe_parser
from ingest.parsed.document import Attachment, ParsedDocument
from ingest.parsed.filetype import FileType
from ingest.parsed.limits import ParseLimits
from vault.errors import DamagedFile, NoText
from vault.records import Unread

Resource = Mapping[str, Any]

_DAMAGED = "The FHIR file is cut off or malformed. Copy it again from its source."
_FIRST = {
    "Observation": ("code", "value", "component", "effective"),
    "Patient": ("name", "birthDate", "gender"),
}
_TABLES = frozenset(("Observation",))
_TECHNICAL = frozenset(("resourceType", "id", "meta", "implicitRules", "contained", "fullUrl"))
_DEEPEST = 60


def read(path: Path, limits: ParseLimits) -> ParsedDocument:
    """Read the resources of the file at `path` as one page; files inside it become attachments.

    Raises NoText, TooLarge, DamagedFile.
    """
    content = path.read_bytes()
    resources = list(_all_resources(_from_xml(content) if _is_xml(content) else _from_json(content)))
    unread: list[Unread] = []
    texts = ValueTexts(resources)
    composer = PageComposer(limits)
    set_out(composer, _records(resources, texts))
    inside = (one for resource in resources for one in _attachments(resource, 0))
    attachments = tuple(within_limits(inside, limits, unread))
    page = composer.page(1)
    if not page.text:
        raise NoText("The FHIR file has no resource with a value. Check where it was copied from.")
    title = next((texts.text(one["title"]) for one in resources if isinstance(one.get("title"), str)), "")
    return ParsedDocument(
        FileType.FHIR.media_type, title, (page,), attachments=attachments, unread=tuple(unread)
    )


def _is_xml(content: bytes) -> bool:
    return content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


def _from_json(content: bytes) -> list[Resource]:
    """Return what the file holds; numbers stay as they are written, so that 5.90 is not 5.9."""
    text = decode(content)
    try:
        return [json.loads(text, parse_float=str, parse_int=str)]
    except (ValueError, RecursionError):
        pass
    try:
        lines = [line for line in text.splitlines() if line.strip()]
        return [json.loads(line, parse_float=str, parse_int=str) for line in lines]
    except (ValueError, RecursionError) as error:
        raise DamagedFile(_DAMAGED) from error


def _from_xml(content: bytes) -> list[Resource]:
    try:
        root = etree.fromstring(content, safe_parser())
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DamagedFile(_DAMAGED) from error
    return [_as_json(root, 0)]


def _as_json(element: Any, depth: int) -> dict[str, Any]:
    """Return an element of FHIR's XML as its JSON would be; what comes twice becomes a list."""
    made: dict[str, Any] = {}
    if element.tag[:1].isupper() or etree.QName(element).localname[:1].isupper():
        made["resourceType"] = etree.QName(element).localname
    if "url" in element.attrib:
        made["url"] = element.attrib["url"]
    for child in element:
        if not isinstance(child.tag, str) or depth > _DEEPEST:
            continue
        name = etree.QName(child).localname
        value: Any = child.attrib.get("value")
        if name == "div":
            value = " ".join("".join(child.itertext()).split())
        elif name in ("resource", "contained"):
            value = _as_json(child[0], depth + 1) if len(child) else {}
        elif value is None or len(child):
            value = _as_json(child, depth + 1)
        if name in made:
            made[name] = [*(made[name] if isinstance(made[name], list) else [made[name]]), value]
        else:
            made[name] = value
    return made


def _all_resources(found: Iterable[Any], depth: int = 0) -> Iterator[Resource]:
    """Yield the resources, also those in bundles and in other resources."""
    for one in found:
        if not isinstance(one, dict) or depth > _DEEPEST:
            continue
        if one.get("resourceType") == "Bundle":
            yield from _all_resources((_entry(entry) for entry in _listed(one.get("entry"))), depth + 1)
        elif "resourceType" in one:
            yield one
            yield from _all_resources(_listed(one.get("contained")), depth + 1)


def _entry(entry: Any) -> Any:
    if not isinstance(entry, dict):
        return None
    resource = entry.get("resource")
    if isinstance(resource, dict) and "fullUrl" in entry:
        return {**resource, "fullUrl": entry["fullUrl"]}
    return resource


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _records(resources: Iterable[Resource], texts: ValueTexts) -> list[Record]:
    """Return a record for each resource, patients first, those of one type together."""
    order: dict[str, list[Record]] = {"Patient": []}
    for resource in resources:
        kind = str(resource["resourceType"])
        record = Record(plain_name(kind), in_table=kind in _TABLES)
        for name in sorted(resource, key=lambda name: _place(kind, name)):
            if name not in _TECHNICAL and not name.startswith("_"):
                record.add(property_name(kind, name), texts.text(resource[name]))
        order.setdefault(kind, []).append(record)
    return [record for records in order.values() for record in records]


def _place(kind: str, name: str) -> int:
    first = _FIRST.get(kind, ("code", "medication", "dosage"))
    return next((place for place, start in enumerate(first) if name.startswith(start)), len(first))


def _attachments(value: Any, depth: int) -> Iterator[Attachment]:
    """Yield the files that stand in a resource as base64."""
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for one in value:
            yield from _attachments(one, depth + 1)
    elif isinstance(value, dict):
        data = value.get("data")
        if isinstance(data, str) and "contentType" in value:
            try:
                content = base64.b64decode(data, validate=False)
            except (binascii.Error, ValueError):
                content = b""
            if content:
                yield Attachment(str(value.get("title") or value["contentType"]), content)
        for name, one in value.items():
            if name != "contained":
                yield from _attachments(one, depth + 1)
