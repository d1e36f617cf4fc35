"""Comments of Excel sheets and PowerPoint slides, the old kind and the threaded one, with their authors.

The libraries behind these formats read neither when they read fast or safely, so the parts are read here.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from ingest.formats.structure.xml_parser import safe_parser

_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_PLACEHOLDER = "tc="
"""The author of an old comment that only says, to old programs, that there is a threaded one."""


def sheet_comments(archive: zipfile.ZipFile) -> dict[str, list[tuple[str, str, str]]]:
    """(cell, author, text) of the comments of each sheet of a workbook, by the sheet's name."""
    book = "xl/workbook.xml"
    targets = {identity: target for _, identity, target in _relations(archive, book)}
    people = _people(archive, "person", "id", "displayName")
    found: dict[str, list[tuple[str, str, str]]] = {}
    for sheet in _parsed(archive, book).iter("{*}sheet"):
        path = targets.get(sheet.get(_ID) or "", "")
        comments: list[tuple[str, str, str]] = []
        for kind, _, target in _relations(archive, path):
            if kind == "threadedComment":
                comments += _threaded(archive, target, people)
            elif kind == "comments":
                comments += _plain(archive, target)
        if comments:
            found[sheet.get("name") or ""] = comments
    return found


def slide_comments(archive: zipfile.ZipFile, slide: str) -> list[tuple[str, str]]:
    """(author, text) of the comments, and of the answers to them, on the slide with this part name."""
    people = _people(archive, "cmAuthor", "id", "name") | _people(archive, "author", "id", "name")
    found = []
    for kind, _, target in _relations(archive, slide):
        if kind == "comments":
            for comment in _parsed(archive, target).iter("{*}cm", "{*}reply"):
                own = (part for part in comment if _local(part) in ("text", "txBody"))
                text = " ".join(" ".join(part.itertext()) for part in own).strip()
                if text:
                    found.append((people.get(comment.get("authorId") or "", ""), text))
    return found


def _plain(archive: zipfile.ZipFile, path: str) -> Iterator[tuple[str, str, str]]:
    root = _parsed(archive, path)
    authors = ["".join(author.itertext()) for author in root.iter("{*}author")]
    for comment in root.iter("{*}comment"):
        number = comment.get("authorId") or ""
        author = authors[int(number)] if number.isdigit() and int(number) < len(authors) else ""
        text = "".join(node.text or "" for node in comment.iter("{*}t")).strip()
        if text and not author.startswith(_PLACEHOLDER):
            # Excel writes the author into the text as well, on a line of its own.
            yield comment.get("ref") or "", author, text.removeprefix(f"{author}:").strip()


def _threaded(archive: zipfile.ZipFile, path: str, people: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    for comment in _parsed(archive, path).iter("{*}threadedComment"):
        text = "".join(node.text or "" for node in comment.iter("{*}text")).strip()
        if text:
            yield comment.get("ref") or "", people.get(comment.get("personId") or "", ""), text


def _people(archive: zipfile.ZipFile, tag: str, key: str, name: str) -> dict[str, str]:
    """Names by id, from whichever part lists people under `tag`."""
    found: dict[str, str] = {}
    for member in archive.namelist():
        if member.startswith(("xl/persons/", "ppt/commentAuthors", "ppt/authors")):
            for person in _parsed(archive, member).iter("{*}" + tag):
                found[person.get(key) or ""] = person.get(name) or ""
    return found


def _relations(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[str, str, str]]:
    """(last word of the type, id, part name) of what a part refers to inside the file."""
    folder, name = posixpath.split(part)
    for relation in _parsed(archive, f"{folder}/_rels/{name}.rels").iter(_RELATIONS):
        if relation.get("TargetMode") == "External":
            continue
        target = relation.get("Target") or ""
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
        yield (relation.get("Type") or "").rpartition("/")[2], relation.get("Id") or "", path


def _parsed(archive: zipfile.ZipFile, part: str) -> Any:
    """The root of a part; an empty one where the part is missing or no XML."""
    try:
        return etree.fromstring(archive.read(part), safe_parser())
    except (KeyError, etree.XMLSyntaxError):
        return etree.Element("missing")


def _local(element: Any) -> str:
    return str(etree.QName(element).localname) if isinstance(element.tag, str) else ""
