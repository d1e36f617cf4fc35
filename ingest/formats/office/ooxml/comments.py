"""Read comments in Excel sheets and PowerPoint slides, old and threaded ones, with their authors.

openpyxl (in its read-only mode) and python-pptx do not give them, so we read their parts ourselves.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from ingest.formats.office.ooxml.relations import parsed_part, relations_of

_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_PLACEHOLDER = "tc="
"""The start of the author of an old comment that only tells old programs about a threaded comment."""


def sheet_comments(archive: zipfile.ZipFile) -> dict[str, list[tuple[str, str, str]]]:
    """Return the comments of a workbook by sheet name, each as (cell, author, text)."""
    book = "xl/workbook.xml"
    targets = {identity: target for _, identity, target in relations_of(archive, book)}
    people = _people(archive, "person", "id", "displayName")
    found: dict[str, list[tuple[str, str, str]]] = {}
    for sheet in parsed_part(archive, book).iter("{*}sheet"):
        path = targets.get(sheet.get(_ID) or "", "")
        comments: list[tuple[str, str, str]] = []
        for kind, _, target in relations_of(archive, path):
            if kind == "threadedComment":
                comments += _threaded_comments(archive, target, people)
            elif kind == "comments":
                comments += _old_comments(archive, target)
        if comments:
            found[sheet.get("name") or ""] = comments
    return found


def slide_comments(archive: zipfile.ZipFile, slide: str) -> list[tuple[str, str]]:
    """Return (author, text) of the comments and replies on a slide; `slide` is the name of its part."""
    people = _people(archive, "cmAuthor", "id", "name") | _people(archive, "author", "id", "name")
    found = []
    for kind, _, target in relations_of(archive, slide):
        if kind == "comments":
            for comment in parsed_part(archive, target).iter("{*}cm", "{*}reply"):
                own = (part for part in comment if _local_name(part) in ("text", "txBody"))
                text = " ".join(" ".join(part.itertext()) for part in own).strip()
                if text:
                    found.append((people.get(comment.get("authorId") or "", ""), text))
    return found


def _old_comments(archive: zipfile.ZipFile, path: str) -> Iterator[tuple[str, str, str]]:
    """Yield the old comments in a part, as (cell, author, text)."""
    root = parsed_part(archive, path)
    authors = ["".join(author.itertext()) for author in root.iter("{*}author")]
    for comment in root.iter("{*}comment"):
        number = comment.get("authorId") or ""
        author = authors[int(number)] if number.isdigit() and int(number) < len(authors) else ""
        text = "".join(node.text or "" for node in comment.iter("{*}t")).strip()
        if text and not author.startswith(_PLACEHOLDER):
            # Excel also writes the author at the start of the text.
            yield comment.get("ref") or "", author, text.removeprefix(f"{author}:").strip()


def _threaded_comments(
    archive: zipfile.ZipFile, path: str, people: dict[str, str]
) -> Iterator[tuple[str, str, str]]:
    """Yield the threaded comments in a part, as (cell, author, text)."""
    for comment in parsed_part(archive, path).iter("{*}threadedComment"):
        text = "".join(node.text or "" for node in comment.iter("{*}text")).strip()
        if text:
            yield comment.get("ref") or "", people.get(comment.get("personId") or "", ""), text


def _people(archive: zipfile.ZipFile, tag: str, key: str, name: str) -> dict[str, str]:
    """Return the names of people by id, from all parts that list them under `tag`."""
    found: dict[str, str] = {}
    for member in archive.namelist():
        if member.startswith(("xl/persons/", "ppt/commentAuthors", "ppt/authors")):
            for person in parsed_part(archive, member).iter("{*}" + tag):
                found[person.get(key) or ""] = person.get(name) or ""
    return found


def _local_name(element: Any) -> str:
    """Return the name of an element without its namespace."""
    return str(etree.QName(element).localname) if isinstance(element.tag, str) else ""
