"""Read Word documents with unstructured, after changing what it would otherwise skip."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import docx
from lxml import etree  # type: ignore[import-untyped]

from ingest.formats.office import rtf
from ingest.formats.office.ooxml.drawings import add_drawings
from ingest.formats.office.ooxml.equations import equation_text, write_out_equations
from ingest.formats.office.ooxml.forms import write_out_forms
from ingest.formats.office.ooxml.left_out import descriptions, left_out, paragraphs_of
from ingest.formats.office.ooxml.package import open_ooxml
from ingest.formats.office.ooxml.pictures import add_pictures, embedded_files
from ingest.formats.pictures.words import PictureWords
from ingest.formats.structure.compose import TRACKED_CHANGES, PageComposer, deletion_note, first_heading
from ingest.formats.structure.container import check_container
from ingest.formats.structure.partition import LANGUAGES, add_elements
from ingest.formats.structure.partition import prepare as prepare_partition
from ingest.formats.structure.xml_parser import safe_parser
from ingest.formats.text import html
from ingest.formats.text import text as plain_text
from ingest.parsed.document import Attachment, ParsedDocument
from ingest.parsed.filetype import FileType, detect
from ingest.parsed.limits import ParseLimits
from vault.errors import NoText, ParseError, UnsupportedType
from vault.records import ElementKind, Unread

# After our own module, which defers libraries that this one would import for nothing.
# isort: split
from unstructured.partition.docx import partition_docx

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_V = "{urn:schemas-microsoft-com:vml}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath"
_HYPHEN = _W + "noBreakHyphen"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_UNWRAPPED = tuple(
    _W + tag
    for tag in ("ins", "moveTo", "smartTag", "customXml", "sdt", "sdtContent", "fldSimple", "dir", "bdo")
)
_REMOVED = tuple(_W + tag for tag in ("del", "moveFrom", "sdtPr", "sdtEndPr"))
_EMBEDDABLE = {FileType.HTML: html.read, FileType.RTF: rtf.read, FileType.TEXT: plain_text.read}
_NOTES = (("footnotes", "footnote", "Footnote"), ("endnotes", "endnote", "Endnote"))


@cache
def prepare() -> None:
    """Load what the first document of a process needs (once)."""
    prepare_partition()
    smallest = io.BytesIO()
    docx.Document().save(smallest)
    partition_docx(file=smallest, languages=LANGUAGES)


def read(path: Path, limits: ParseLimits) -> ParsedDocument:
    """Read the docx at `path` as one page.

    Tracked changes are read as if they were accepted, with a warning. Text boxes, charts, diagrams, embedded
    files, notes, comments and deleted text follow the text. Raises NoText, TooLarge, DamagedFile,
    PasswordProtected.
    """
    prepare()
    check_container(path, limits)
    file = open_ooxml(path)
    document = docx.Document(file)
    warnings: list[str] = []
    unread: list[Unread] = []
    roots = [document.element.body, *(part.element for part in _margins(document))]
    deletions = [note for root in [*roots, *_note_roots(document)] for note in _deletions(root)]
    if any(True for root in roots for _ in root.iter(_W + "ins", _W + "del", _W + "moveFrom")):
        warnings.append(TRACKED_CHANGES)
    if _has_hidden_text(document.element.body):
        warnings.append("The document has text that is formatted as hidden. It was read like the rest.")
    source: Any = file
    written, unknown = _write_out_forms(roots)
    if unknown:
        unread.append(Unread("Letters of a symbol font", "", "Their meaning is not known.", words=False))
    if any([written, *(write_out_equations(root) for root in roots), *(_simplify(root) for root in roots)]):
        source = io.BytesIO()
        document.save(source)
    with source:
        source.seek(0)
        elements = partition_docx(file=source, languages=LANGUAGES)
    composer = PageComposer(limits)
    add_elements(composer, elements)
    text_so_far = composer.page(1).text
    for text in _text_boxes(roots):
        if text not in text_so_far:
            composer.add(ElementKind.PARAGRAPH, text)
    for root in roots:
        for text in left_out(paragraphs_of(root, _W + "p"), composer.page(1).text):
            composer.add(ElementKind.PARAGRAPH, text)
    add_drawings(composer, document.part)
    _add_embedded_files(composer, document, limits, unread)
    for note in (*_notes(document), *_comments(document), *deletions):
        composer.add(ElementKind.NOTE, note)
    for text in dict.fromkeys(text for root in roots for text in descriptions(root)):
        composer.add(ElementKind.NOTE, text)
    pictures = PictureWords(limits)
    attachments: list[Attachment] = []
    for part in (document.part, *_margins(document)):
        add_pictures(composer, part, pictures)
        attachments += embedded_files(part, unread)
    unread += pictures.unread
    page = composer.page(1)
    if not page.text and not attachments and not unread:
        raise NoText(
            "The Word document has no text. If it contains pictures of pages, print it to PDF and load that."
        )
    title = " ".join((document.core_properties.title or "").split())
    return ParsedDocument(
        FileType.DOCX.media_type,
        title or first_heading([page]),
        (page,),
        warnings=tuple(warnings),
        attachments=tuple(attachments),
        unread=tuple(unread),
    )


def _write_out_forms(roots: list[Any]) -> tuple[bool, int]:
    """Write out the form fields of the text, headers and footers; see `write_out_forms`."""
    results = [write_out_forms(root) for root in roots]
    return any(changed for changed, _ in results), sum(unknown for _, unknown in results)


def _margins(document: Any) -> Iterator[Any]:
    """Yield the parts of headers and footers."""
    for relation in document.part.rels.values():
        if not relation.is_external and relation.reltype.endswith(("/header", "/footer")):
            yield relation.target_part


def _simplify(body: Any) -> bool:
    """Remove deleted content and the wrappers around inserted content; return whether anything changed."""
    changed = False
    for reading in list(body.iter(_W + "rt")):
        for node in reading.iter(_W + "t"):
            node.text = f" ({node.text})" if node.text else ""
        for ruby in reading.iterancestors(_W + "ruby"):
            _unwrap_ruby(ruby)
            changed = True
    for element in list(body.iter(*_REMOVED)):
        parent = element.getparent()
        if parent is not None and parent.tag != _W + "rPr" and parent.tag != _W + "trPr":
            parent.remove(element)
            changed = True
    for element in list(body.iter(*_UNWRAPPED)):
        parent = element.getparent()
        if parent is None or parent.tag in (_W + "rPr", _W + "trPr", _W + "numPr"):
            continue  # it marks a paragraph, row or number and is not a wrapper
        place = parent.index(element)
        for child in reversed(list(element)):
            parent.insert(place, child)
        parent.remove(element)
        changed = True
    return changed


def _unwrap_ruby(ruby: Any) -> None:
    """Put words with their readings above them in place of what draws both."""
    run = ruby.getparent()
    for part in (_W + "rt", _W + "rubyBase"):
        for inner in reversed(list(ruby.iterfind(f"{part}/{_W}r"))):
            run.addnext(inner)
    run.remove(ruby)


def _has_hidden_text(body: Any) -> bool:
    """Return whether text is formatted as hidden; the codes in fields and tables of contents do not count."""
    for mark in body.iter(_W + "vanish"):
        run = mark.getparent().getparent()
        if mark.get(_W + "val") in ("0", "false", "off") or run.tag != _W + "r":
            continue
        if any((node.text or "").strip() for node in run.iter(_W + "t")):
            return True
    return False


def _text_boxes(roots: list[Any]) -> Iterator[str]:
    """Yield the paragraphs of text boxes, and words that are drawn, such as a watermark."""
    for root in roots:
        for box in root.iter(_W + "txbxContent", _V + "textpath"):
            if any(True for _ in box.iterancestors(_FALLBACK)):
                continue  # a copy of the box for old programs
            drawn = (box.get("string") or "").strip()
            yield from filter(None, (drawn, *(_text(part).strip() for part in box.iter(_W + "p"))))


def _note_roots(document: Any) -> Iterator[Any]:
    """Yield the XML of footnotes and endnotes."""
    for relation in document.part.rels.values():
        if not relation.is_external and relation.reltype.endswith(("/footnotes", "/endnotes")):
            yield etree.fromstring(relation.target_part.blob, safe_parser())


def _notes(document: Any) -> Iterator[str]:
    """Yield footnotes and endnotes, which python-docx does not support."""
    for relation in document.part.rels.values():
        for kind, tag, label in _NOTES:
            if relation.is_external or not relation.reltype.endswith("/" + kind):
                continue
            root = etree.fromstring(relation.target_part.blob, safe_parser())
            notes = [note for note in root.iter(_W + tag) if note.get(_W + "type") is None]
            for number, note in enumerate(notes, 1):
                text = " ".join(_text(paragraph) for paragraph in note.iter(_W + "p")).strip()
                if text:
                    yield f"{label} {number}: {text}"


def _comments(document: Any) -> Iterator[str]:
    """Yield the comments with their authors."""
    for comment in document.comments:
        text = " ".join(comment.text.split())
        if text:
            yield f"Comment by {comment.author or 'an unnamed person'}: {text}"


def _deletions(body: Any) -> Iterator[str]:
    """Yield what tracked changes deleted, by paragraph and author."""
    for paragraph in body.iter(_W + "p"):
        deleted: dict[tuple[str, str], str] = {}
        for deletion in paragraph.iter(_W + "del"):
            who = deletion.get(_W + "author") or "", (deletion.get(_W + "date") or "")[:10]
            deleted[who] = deleted.get(who, "") + "".join(
                node.text or "" for node in deletion.iter(_W + "delText")
            )
        for (author, date), text in deleted.items():
            if note := deletion_note(author, date, text):
                yield note


def _add_embedded_files(
    composer: PageComposer, document: Any, limits: ParseLimits, unread: list[Unread]
) -> None:
    """Add the files that are embedded in the document (altChunk); Word shows them as part of the text."""
    for relation in document.part.rels.values():
        if relation.is_external or not relation.reltype.endswith("/aFChunk"):
            continue
        with tempfile.NamedTemporaryFile() as file:
            file.write(relation.target_part.blob)
            file.flush()
            try:
                kind = detect(Path(file.name), None)
                if kind not in _EMBEDDABLE and kind is not FileType.DOCX:
                    raise UnsupportedType(f"It is a file of type {kind.value}.")
                embedded = _EMBEDDABLE.get(kind, read)(Path(file.name), limits)
            except ParseError as error:
                unread.append(Unread("File in the text", "", str(error)))
                continue
        unread += embedded.unread
        for page in embedded.pages:
            for element in page.elements:
                composer.add(element.kind, page.text[element.start : element.end], element.level)


def _text(paragraph: Any) -> str:
    """Return the text of a paragraph."""
    return "".join(
        equation_text(node) if node.tag == _MATH else "-" if node.tag == _HYPHEN else node.text or ""
        for node in paragraph.iter(_W + "t", _MATH, _HYPHEN)
    )
