"""Read web pages with unstructured, after removing what a browser does not show."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import lxml.html  # type: ignore[import-untyped]
from unstructured.partition.html import partition_html

from ingest.formats.structure.compose import PageComposer, first_heading
from ingest.formats.structure.decode import decode
from ingest.formats.structure.partition import LANGUAGES, add_elements, prepare
from ingest.parsed.document import ParsedDocument
from ingest.parsed.filetype import FileType
from ingest.parsed.limits import ParseLimits
from vault.errors import NoText, TooLarge

_NOT_SHOWN = ("script", "style", "template", "noscript", "head", "iframe", "object", "svg")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_TITLE = re.compile(r"<title[^>]*>(.*?)</title>", re.IGNORECASE | re.DOTALL)


def read(path: Path, limits: ParseLimits) -> ParsedDocument:
    """Read the web page at `path` as one page. Raises NoText, TooLarge."""
    data = path.read_bytes()
    declared = _CHARSET.search(data[:4096])
    html = decode(data, declared[1].decode("ascii") if declared else None)
    if len(html) > 4 * limits.characters:
        raise TooLarge(f"The file has more than {4 * limits.characters:,} characters. Split it.")
    composer = PageComposer(limits)
    hidden = add_html(composer, html)
    page = composer.page(1)
    if not page.text:
        raise NoText("The web page shows no text. If it is drawn by a script, print it to PDF and load that.")
    found = _TITLE.search(html)
    title = " ".join(lxml.html.fromstring(f"<p>{found[1]}</p>").text_content().split()) if found else ""
    warnings = ("Text that is hidden on the page was left out.",) if hidden else ()
    return ParsedDocument(
        FileType.HTML.media_type, title or first_heading([page]), (page,), warnings=warnings
    )


def add_html(composer: PageComposer, html: str) -> bool:
    """Put the text of `html` on a page; return whether hidden text was left out. Raises TooLarge."""
    prepare()
    root = _root(html)
    if root is None:
        return False
    hidden = _simplify(root)
    cleaned = lxml.html.tostring(root, encoding="unicode")
    add_elements(composer, partition_html(text=cleaned, languages=LANGUAGES))
    return hidden


def _root(html: str) -> Any:
    """Parse the HTML; return its root element, or None if it is empty."""
    html = re.sub(r"\A\s*<\?xml[^>]*\?>", "", html)
    if not html.strip():
        return None
    parser = lxml.html.HTMLParser(no_network=True, huge_tree=False)
    return lxml.html.document_fromstring(html, parser=parser, ensure_head_body=True)


def _simplify(root: Any) -> bool:
    """Remove what is not shown and write out list numbers; return whether hidden text was removed."""
    hidden = False
    for element in list(root.iter()):
        if not isinstance(element.tag, str):
            continue
        is_hidden = element.get("hidden") is not None or _HIDDEN.search(element.get("style") or "")
        if element.tag not in _NOT_SHOWN and not is_hidden:
            continue
        if element.getparent() is None:
            continue
        hidden = hidden or bool(is_hidden and element.text_content().strip())
        element.drop_tree()
    for ordered in root.iter("ol"):
        start = ordered.get("start") or "1"
        number = int(start) if start.isdigit() else 1
        for item in ordered.iterchildren("li"):
            first = item[0] if len(item) and not (item.text or "").strip() else item
            first.text = f"{number}. {(first.text or '').lstrip()}"
            number += 1
    return hidden
