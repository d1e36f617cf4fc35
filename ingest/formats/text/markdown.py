"""Read Markdown by converting it to HTML, so that its markup is not part of the text."""

from __future__ import annotations

import re
from pathlib import Path

import markdown as library  # type: ignore[import-untyped]

from ingest.formats.pictures.words import PictureWords
from ingest.formats.structure.compose import PageComposer, first_heading
from ingest.formats.structure.decode import decode
from ingest.formats.text.html import add_html
from ingest.parsed.document import ParsedDocument
from ingest.parsed.filetype import FileType
from ingest.parsed.limits import ParseLimits
from vault.errors import NoText, TooLarge
from vault.records import ElementKind

_FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
_TITLE = re.compile(r"^title:\s*[\"']?(.+?)[\"']?\s*$", re.MULTILINE)


def read(path: Path, limits: ParseLimits) -> ParsedDocument:
    """Read the Markdown at `path` as one page. Raises NoText, TooLarge."""
    text = decode(path.read_bytes())
    if len(text) > limits.characters:
        raise TooLarge(f"The file has more than {limits.characters:,} characters. Split it.")
    front = _FRONT_MATTER.match(text)
    title = _TITLE.search(front[1]) if front else None
    composer = PageComposer(limits)
    for line in front[1].splitlines() if front else ():
        if not _TITLE.match(line):
            composer.add(ElementKind.PARAGRAPH, line, tight=True)
    body = text[front.end() :] if front else text
    pictures = PictureWords(limits)
    html = library.markdown(body, extensions=["tables", "fenced_code", "sane_lists", "footnotes", "def_list"])
    add_html(composer, html, pictures)
    page = composer.page(1)
    if not page.text:
        raise NoText("The file shows no text. Check where it was copied from.")
    return ParsedDocument(
        FileType.MARKDOWN.media_type,
        title[1] if title else first_heading([page]),
        (page,),
        unread=tuple(pictures.unread),
    )
