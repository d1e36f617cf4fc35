"""The XML parser for all formats: without entities, network access or other files."""

from __future__ import annotations

from typing import Any

from lxml import etree  # type: ignore[import-untyped]


def safe_parser() -> Any:
    """Return a new parser for lxml."""
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
