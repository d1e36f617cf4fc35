"""Recognise medical records that are text by how they begin."""

from __future__ import annotations

import re

_FHIR_JSON = re.compile(r'\A\s*\{.*"resourceType"\s*:\s*"[A-Z]', re.DOTALL)
_FHIR_XML = re.compile(r"""<[A-Z]\w+[^>]*\bxmlns\s*=\s*["']http://hl7\.org/fhir["']""")
_CDA = re.compile(r"""<(?:\w+:)?ClinicalDocument\b""")
_HL7 = re.compile(r"\A\s*(?:MSH|FHS|BHS)([^\w\s])[^\w\s]{2,5}\1")


def kind_of_record(text: str) -> str:
    """Return "hl7", "fhir" or "cda" for a text that begins as such a record, else nothing."""
    if _HL7.match(text):
        return "hl7"
    if _FHIR_JSON.match(text):
        return "fhir"
    if text.lstrip().startswith("<"):
        if _CDA.search(text):
            return "cda"
        if _FHIR_XML.search(text):
            return "fhir"
    return ""
