"""Read CDA, the clinical documents of HL7 version 3: the head, each section's text and its entries."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from ingest.formats.records.record import Record, plain_name, plain_time, set_out
from ingest.formats.structure.compose import PageComposer
from ingest.formats.structure.xml_parser import safe_parser
from ingest.parsed.document import ParsedDocument
from ingest.parsed.filetype import FileType
from ingest.parsed.limits import ParseLimits
from vault.errors import DamagedFile, NoText
from vault.records import ElementKind

_STATEMENTS = {
    "observation": "Result",
    "substanceAdministration": "Medicine",
    "act": "Act",
    "procedure": "Procedure",
    "encounter": "Encounter",
    "supply": "Supply",
    "observationMedia": "Picture",
    "regionOfInterest": "Region",
}
_NAMES = {
    "code": "Test", "value": "Value", "effectiveTime": "Date", "interpretationCode": "Flag",
    "birthTime": "Date of birth",
    "administrativeGenderCode": "Sex", "id": "Number", "addr": "Address", "telecom": "Contact",
    "doseQuantity": "Dose",
    "routeCode": "Route", "statusCode": "Status", "manufacturedMaterial": "Medicine", "text": "Text",
    "referenceRange": "Reference range", "rateQuantity": "Rate", "maritalStatusCode": "Marital status",
    "raceCode": "Race", "ethnicGroupCode": "Ethnic group", "languageCode": "Language", "period": "Every",
    "assignedPerson": "Name", "representedOrganization": "Organisation",
    "representedCustodianOrganization": "Organisation",
}  # fmt: skip
_TECHNICAL = frozenset(("templateId", "realmCode", "typeId", "confidentialityCode", "setId", "versionNumber"))
_TIMES = frozenset(("effectiveTime", "birthTime", "time", "low", "high", "center"))
_PARTIES = {
    "recordTarget": "Patient",
    "author": "Author",
    "custodian": "Custodian",
    "informationRecipient": "Recipient",
    "legalAuthenticator": "Signed by",
    "authenticator": "Signed by",
    "participant": "Participant",
    "informant": "Informant",
    "documentationOf": "Service",
    "componentOf": "Encounter",
    "inFulfillmentOf": "Order",
}
_BLOCKS = frozenset(("paragraph", "list", "table", "item", "caption", "tr", "br"))


def read(path: Path, limits: ParseLimits) -> ParsedDocument:
    """Read the clinical document at `path` as one page. Raises NoText, TooLarge, DamagedFile."""
    try:
        root = etree.fromstring(path.read_bytes(), safe_parser())
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DamagedFile("The CDA file is cut off or malformed. Copy it again from its source.") from error
    composer = PageComposer(limits)
    title = next((_words(child) for child in root if _name(child) == "title"), "")
    composer.add(ElementKind.HEADING, title, 1)
    set_out(composer, _head(root), level=2)
    for section in root.iter("{*}section"):
        _add_section(composer, section)
    page = composer.page(1)
    if not page.text:
        raise NoText("The CDA file has no text. Check where it was copied from.")
    return ParsedDocument(FileType.CDA.media_type, title, (page,))


def _head(root: Any) -> Iterator[Record]:
    """Yield the document's own fields, and its patient, author and others."""
    document = Record("Document")
    parties = []
    for child in root:
        name = _name(child)
        if name in _PARTIES:
            parties.append(Record(_PARTIES[name], list(_fields(child))))
        elif name not in ("title", "component"):
            document.fields += _fields_of_one(child)
    yield from sorted(parties, key=lambda record: record.kind != "Patient")
    yield document


def _add_section(composer: PageComposer, section: Any) -> None:
    """Put a section on the page: its title, its text, and what its entries say."""
    depth = 2 + sum(1 for one in section.iterancestors() if _name(one) == "section")
    for child in section:
        name = _name(child)
        if name == "title":
            composer.add(ElementKind.HEADING, _words(child), depth)
        elif name == "text":
            _add_narrative(composer, child)
    entries = [child for child in section if _name(child) == "entry"]
    statements = [one for entry in entries for one in _statements(entry)]
    set_out(composer, map(_statement, statements), level=depth + 1)


def _add_narrative(composer: PageComposer, element: Any) -> None:
    """Put the text of a section on the page: paragraphs, lists and tables."""
    if not any(_name(one) in _BLOCKS for one in element):
        composer.add(ElementKind.PARAGRAPH, _words(element))
        return
    composer.add(ElementKind.PARAGRAPH, " ".join((element.text or "").split()))
    for child in element:
        name = _name(child)
        if name == "table":
            rows = list(child.iter("{*}tr"))
            header = bool(rows) and all(_name(cell) == "th" for cell in rows[0])
            composer.table(([_words(cell) for cell in row] for row in rows), header=header)
        elif name == "list":
            for item in child:
                composer.add(ElementKind.LIST_ITEM, _words(item), tight=True)
        elif name:
            composer.add(ElementKind.PARAGRAPH, _words(child))
        composer.add(ElementKind.PARAGRAPH, " ".join((child.tail or "").split()))


def _statements(entry: Any) -> Iterator[Any]:
    """Yield the results, medicines and acts in an entry, also those inside an organizer or another."""
    for element in entry.iter():
        if _name(element) in _STATEMENTS:
            yield element


def _statement(element: Any) -> Record:
    record = Record(_STATEMENTS[_name(element)], in_table=True)
    if element.get("negationInd") == "true":
        record.add("Negated", "yes: this was not so")
    record.fields += _fields(element)
    return record


def _fields(element: Any) -> Iterator[tuple[str, str]]:
    """Yield (name, value) of everything below an element that is not a statement of its own."""
    for child in element:
        if _name(child) and _name(child) not in _STATEMENTS:
            yield from _fields_of_one(child)


def _fields_of_one(element: Any) -> Iterator[tuple[str, str]]:
    name = _name(element)
    if name in _TECHNICAL or not name or element.get("nullFlavor"):
        return
    label = _NAMES.get(name) or plain_name(name)
    if name in ("name", "addr"):
        yield label, " ".join(_words(part) for part in element) if len(element) else _words(element)
    elif name in _TIMES and any(_name(part) in ("low", "high") for part in element):
        ends = {_name(part): plain_time(part.get("value", "")) for part in element}
        yield label, " to ".join(filter(None, (ends.get("low"), ends.get("high"))))
    elif name == "referenceRange":
        limits = [
            f"{part.get('value', '')} {part.get('unit', '')}".strip()
            for part in element.iter("{*}low", "{*}high")
        ]
        yield label, _words(element) or " to ".join(filter(None, limits))
    else:
        own = _own_value(element, name)
        if own:
            yield label, own
        yield from _fields(element)


def _own_value(element: Any, name: str) -> str:
    """Return what an element says by itself: its attributes, or its text where it has no elements."""
    given = element.attrib
    if "displayName" in given:
        code = given.get("code", "")
        return f"{given['displayName']} ({code})" if code and name == "code" else str(given["displayName"])
    value = given.get("value") or given.get("extension") or given.get("code") or ""
    if value:
        value = plain_time(value) if name in _TIMES else value
        return f"{value} {given.get('unit', '')}".strip()
    if len(element) and name not in ("originalText", "text", "value"):
        return ""
    return _words(element)


def _name(element: Any) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _words(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())
