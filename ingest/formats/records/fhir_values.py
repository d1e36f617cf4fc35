"""Values of FHIR as people read them: quantities, codes, names, addresses, references."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from typing import Any

from ingest.formats.records.record import plain_name

_TYPES = (
    "CodeableConcept Quantity String Boolean Integer Decimal DateTime Date Time Instant Period Range Ratio "
    "Age Reference Timing Attachment SampledData Uri Code"
).split()
_CHOICE = re.compile(
    r"(value|effective|onset|abatement|occurrence|performed|deceased|medication|multipleBirth|serviced|timing"
    rf"|asNeeded|dose|rate|scheduled|born|age|start|due|product|item)(?:{'|'.join(_TYPES)})"
)
_NAMES = {
    "birthDate": "Date of birth",
    "gender": "Sex",
    "telecom": "Contact",
    "effective": "Date",
    "subject": "Patient",
    "patient": "Patient",
    "medication": "Medicine",
    "dosageInstruction": "Dosage",
    "authoredOn": "Date",
    "referenceRange": "Reference range",
    "recordedDate": "Recorded on",
}
_NAMES_BY_KIND = {
    ("Observation", "code"): "Test",
    ("Condition", "code"): "Condition",
    ("AllergyIntolerance", "code"): "Allergy",
    ("Procedure", "code"): "Procedure",
}
_TECHNICAL = frozenset(("system", "id", "use", "version", "userSelected", "rank"))
"""Properties inside a value that say nothing to people."""
_TAG = re.compile(r"<[^>]*>")
_DEEPEST = 40


def property_name(kind: str, name: str) -> str:
    """Return the name of a property of a resource, without the type that its value has.

    >>> property_name("Observation", "valueQuantity"), property_name("Patient", "birthDate")
    ('Value', 'Date of birth')
    """
    choice = _CHOICE.fullmatch(name)
    name = choice[1] if choice else name
    return _NAMES_BY_KIND.get((kind, name)) or _NAMES.get(name) or plain_name(name)


class ValueTexts:
    """Turns values into text; knows the resources that others refer to."""

    def __init__(self, resources: Iterable[Mapping[str, Any]]) -> None:
        """Note the names of `resources`, by the ways in which they are referred to."""
        self._names: dict[str, str] = {}
        for resource in resources:
            name = self._name_of(resource)
            if name:
                for key in (f"{resource['resourceType']}/{resource.get('id')}", f"#{resource.get('id')}"):
                    self._names[key] = name
                if resource.get("fullUrl"):
                    self._names[str(resource["fullUrl"])] = name

    def text(self, value: Any, depth: int = 0) -> str:
        """Return a value as text; empty for what has no words."""
        if depth > _DEEPEST or value is None:
            return ""
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, list):
            return "; ".join(filter(None, (self.text(one, depth + 1) for one in value)))
        if isinstance(value, Mapping):
            return self._object(value, depth)
        return str(value)

    def _object(self, value: Mapping[str, Any], depth: int) -> str:
        """Return what an object says, as its type is written, and then what else it has."""
        texts = {name: self.text(one, depth + 1) for name, one in value.items() if name not in _TECHNICAL}
        said, names = self._typed(value, texts)
        others = (
            f"{property_name('', name)}: {text}" for name, text in texts.items() if text and name not in names
        )
        return "; ".join(filter(None, (said, *others)))

    def _typed(self, value: Mapping[str, Any], texts: Mapping[str, str]) -> tuple[str, frozenset[str]]:
        """Return an object of a known type as text, and the names of the properties that it says."""
        names = texts.keys()
        parts: tuple[str, ...]

        def part(*asked: str) -> str:
            return next((text for name in asked if (text := texts.get(name))), "")

        if "div" in names:
            return " ".join(html.unescape(_TAG.sub(" ", part("div"))).split()), frozenset(("div", "status"))
        if "data" in names and "contentType" in names:
            return part("title", "contentType"), frozenset(("data", "contentType", "title"))
        if "coding" in names:
            return _with_code(part("text"), part("coding")), frozenset(("coding", "text"))
        if "value" in names and names & {"unit", "code", "comparator"}:
            amount = f"{part('comparator')}{part('value')} {part('unit', 'code')}".strip()
            return amount, frozenset(("comparator", "value", "unit", "code"))
        if names & {"family", "given"}:
            parts = ("prefix", "given", "family", "suffix")
            whole = " ".join(filter(None, map(part, parts))).replace(";", "")
            return part("text") or whole, frozenset(("text", *parts))
        if names & {"display", "reference"}:
            said = part("display") or self._names.get(part("reference"), part("reference"))
            return _with_code(said, part("code")), frozenset(("display", "reference", "code", "type"))
        if names & {"city", "postalCode", "line"}:
            parts = ("line", "city", "district", "state", "postalCode", "country")
            return part("text") or ", ".join(filter(None, map(part, parts))), frozenset(("text", *parts))
        if names & {"start", "end"} or names & {"low", "high"}:
            first, last = part("start", "low"), part("end", "high")
            said = " to ".join(filter(None, (first, last))) if first else f"up to {last}"
            return said, frozenset(("start", "end", "low", "high"))
        if {"numerator", "denominator"} <= names:
            said = f"{part('numerator')} per {part('denominator')}"
            return said, frozenset(("numerator", "denominator"))
        # An identifier, a telephone number or a code: only its value counts, not the system that it is from.
        plain = "value" if "value" in names else "text" if "text" in names else "code"
        return part(plain), frozenset((plain,)) if value.get(plain) is not None else frozenset()

    def _name_of(self, resource: Mapping[str, Any]) -> str:
        return next(
            (text for name in ("name", "code", "title") if (text := self.text(resource.get(name)))), ""
        )


def _with_code(text: str, coded: str) -> str:
    """Return the words of a concept, and its code where the words do not say it already."""
    if not text or not coded or text == coded:
        return text or coded
    return text if coded in text else f"{text} ({coded})"
