"""Read web pages with unstructured, after removing what a browser does not show."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import lxml.html  # type: ignore[import-untyped]

from ingest.formats.pictures.words import PictureWords
from ingest.formats.structure.compose import PageComposer, first_heading
from ingest.formats.structure.decode import decode
from ingest.formats.structure.partition import LANGUAGES, add_elements, partition_html, prepare
from ingest.formats.structure.tables import spread_spans
from ingest.formats.text.html_fields import pictures_in, write_out_fields
from ingest.formats.text.html_frames import put_in_frames
from ingest.parsed.document import ParsedDocument
from ingest.parsed.filetype import FileType
from ingest.parsed.limits import ParseLimits
from vault.errors import NoText, TooLarge
from vault.records import ElementKind

_NOT_SHOWN = ("script", "style", "head", "iframe", "svg")
_LEFT_CLOSED = "template"  # only a script would show it
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
    pictures = PictureWords(limits)
    hidden = add_html(composer, html, pictures)
    page = composer.page(1)
    if not page.text and not pictures.unread:
        raise NoText("The web page shows no text. If it is drawn by a script, print it to PDF and load that.")
    found = _TITLE.search(html)
    title = " ".join(lxml.html.fromstring(f"<p>{found[1]}</p>").text_content().split()) if found else ""
    warnings = ("Text that is hidden on the page was left out.",) if hidden else ()
    return ParsedDocument(
        FileType.HTML.media_type,
        title or first_heading([page]),
        (page,),
        warnings=warnings,
        unread=tuple(pictures.unread),
    )


def add_html(
    composer: PageComposer,
    html: str,
    pictures: PictureWords | None = None,
    load: Callable[[str], bytes | None] = lambda _: None,
) -> bool:
    """Put the text of `html` on a page; return whether hidden text was left out.

    The words of pictures follow the text. `load` returns the bytes of a picture that is not in the page
    itself, or None where the file does not hold it either. Raises TooLarge.
    """
    prepare()
    root = _root(html)
    if root is None:
        return False
    put_in_frames(root)
    held = list(pictures_in(root)) if pictures is not None else []
    write_out_fields(root)
    hidden = _remove_hidden(root)
    _write_out(root)
    cleaned = lxml.html.tostring(root, encoding="unicode")
    add_elements(composer, partition_html(text=cleaned, languages=LANGUAGES))
    for text in _left_out(root, composer.page(1).text):
        composer.add(ElementKind.PARAGRAPH, text)
    for picture in held:
        content = load(picture) if isinstance(picture, str) else picture
        if content is not None and pictures is not None:
            pictures.add(composer, content)
    return hidden


def shown_words(html: str) -> str:
    """Return the text that `html` shows, for comparisons only: without pictures and in no order of layout."""
    root = _root(html)
    if root is None:
        return ""
    put_in_frames(root)
    write_out_fields(root)
    _remove_hidden(root)
    return " ".join(root.itertext())


def _left_out(root: Any, text: str) -> Iterator[str]:
    """Yield the texts that unstructured did not give, such as those in elements that it does not know."""
    given = set(text.split())
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        own = [element.text or "", *(child.tail or "" for child in element)]
        if any(word not in given for piece in own for word in piece.split()):
            line = " ".join(element.text_content().split())
            if any(word not in given for word in line.split()):
                yield line
                given.update(line.split())


def _root(html: str) -> Any:
    """Parse the HTML; return its root element, or None if it is empty."""
    html = re.sub(r"\A\s*<\?xml[^>]*\?>", "", html)
    if not html.strip():
        return None
    parser = lxml.html.HTMLParser(no_network=True, huge_tree=False)
    return lxml.html.document_fromstring(html, parser=parser, ensure_head_body=True)


def _remove_hidden(root: Any) -> bool:
    """Remove what is not shown; return whether hidden text was removed."""
    hidden = False
    for element in list(root.iter()):
        if not isinstance(element.tag, str):
            continue
        is_hidden = (
            element.get("hidden") is not None
            or _HIDDEN.search(element.get("style") or "")
            or element.tag == _LEFT_CLOSED
        )
        if element.tag not in _NOT_SHOWN and not is_hidden:
            continue
        if element.getparent() is None:
            continue
        hidden = hidden or bool(is_hidden and element.text_content().strip())
        element.drop_tree()
    return hidden


def _write_out(root: Any) -> None:
    """Write out list numbers and spanning cells, and unwrap forms."""
    for form in root.iter("form", "fieldset"):
        form.tag = "div"  # unstructured leaves forms out
    for table in root.iter("table"):
        spread_spans(table)
    for ordered in root.iter("ol"):
        start = ordered.get("start") or "1"
        number = int(start) if start.isdigit() else 1
        for item in ordered.iterchildren("li"):
            first = item[0] if len(item) and not (item.text or "").strip() else item
            first.text = f"{number}. {(first.text or '').lstrip()}"
            number += 1
