"""Read PowerPoint presentations with unstructured: each slide is a page, speaker notes are notes."""

from __future__ import annotations

import zipfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pptx

from ingest.formats.office.ooxml.comments import slide_comments
from ingest.formats.office.ooxml.drawings import add_drawings
from ingest.formats.office.ooxml.left_out import descriptions, left_out, paragraphs_of
from ingest.formats.office.ooxml.package import open_ooxml
from ingest.formats.office.ooxml.pictures import add_pictures, embedded_files
from ingest.formats.pictures.words import PictureWords
from ingest.formats.structure.compose import PageComposer, first_heading
from ingest.formats.structure.container import check_container
from ingest.formats.structure.partition import LANGUAGES, add_elements, prepare
from ingest.parsed.document import Attachment, ParsedDocument
from ingest.parsed.filetype import FileType
from ingest.parsed.limits import ParseLimits
from vault.errors import NoText, TooLarge
from vault.records import ElementKind, Page, Unread

# After our own module, which defers libraries that this one would import for nothing.
# isort: split
from unstructured.partition.pptx import partition_pptx

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_OFF = ("0", "false")
_LISTED = 20


def read(path: Path, limits: ParseLimits) -> ParsedDocument:
    """Read the pptx at `path`. Raises NoText, TooLarge, DamagedFile, PasswordProtected."""
    prepare()
    check_container(path, limits)
    file = open_ooxml(path)
    presentation = pptx.Presentation(file)
    slides = list(presentation.slides)
    if len(slides) > limits.pages:
        raise TooLarge(
            f"The presentation has {len(slides):,} slides, above the limit of {limits.pages:,}. Split it."
        )
    by_slide: defaultdict[int, list[Any]] = defaultdict(list)
    file.seek(0)
    for element in partition_pptx(file=file, include_slide_notes=False, languages=LANGUAGES):
        if element.category == "Title" and element.metadata.category_depth != 0:
            element.metadata.category_depth = None  # this is a guess: only the title of a slide has depth 0
        by_slide[element.metadata.page_number or 1].append(element)
    pages: list[Page] = []
    archive = zipfile.ZipFile(file)
    pictures, unread, attachments = PictureWords(limits), list[Unread](), list[Attachment]()
    seen: set[str] = set()
    for number, slide in enumerate(slides, 1):
        composer = PageComposer(limits)
        add_elements(composer, by_slide[number])
        for text in left_out(paragraphs_of(slide.element, _A + "p"), composer.page(number).text):
            composer.add(ElementKind.PARAGRAPH, text)
        add_drawings(composer, slide.part)
        for note in _speaker_notes(slide):
            composer.add(ElementKind.NOTE, f"Speaker notes: {note}")
        for author, text in slide_comments(archive, str(slide.part.partname).lstrip("/")):
            composer.comment(author, text)
        for text in _behind(slide, seen):
            composer.add(ElementKind.PAGE_FOOTER, text)
        for text in descriptions(slide.element):
            composer.add(ElementKind.NOTE, text)
        for part in (slide.part, slide.slide_layout.part, slide.slide_layout.slide_master.part):
            add_pictures(composer, part, pictures, f"slide {number}")
        attachments += embedded_files(slide.part, unread, f"slide {number}")
        pages.append(composer.page(number, f"Slide {number}"))
    unread += pictures.unread
    if not any(page.text for page in pages) and not attachments and not unread:
        raise NoText(
            "The presentation has no text. If its slides are pictures, print it to PDF and load that."
        )
    hidden = [str(number) for number, slide in enumerate(slides, 1) if slide.element.get("show") in _OFF]
    notice = (f"Hidden slides were read too: {', '.join(hidden[:_LISTED])}.",) if hidden else ()
    title = " ".join((presentation.core_properties.title or "").split())
    if title.lower() in ("powerpoint presentation", "presentation", "slide 1"):
        title = ""
    return ParsedDocument(
        FileType.PPTX.media_type,
        title or first_heading(pages),
        tuple(pages),
        warnings=notice,
        attachments=tuple(attachments),
        unread=tuple(unread),
    )


def _speaker_notes(slide: Any) -> Iterator[str]:
    """Yield the speaker notes of a slide, and what else is written on its page of notes."""
    if not slide.has_notes_slide:
        return
    frame = slide.notes_slide.notes_text_frame
    notes = frame.text.strip() if frame is not None else ""
    if notes:
        yield notes
    for shape in slide.notes_slide.element.iter(_P + "sp", _P + "graphicFrame"):
        if next(shape.iter(_P + "ph"), None) is None:
            yield from left_out(paragraphs_of(shape, _A + "p"), notes)


def _behind(slide: Any, seen: set[str]) -> Iterator[str]:
    """Yield what the layout and the master of a slide write on it, if no slide before had it (`seen`)."""
    for below in (slide.slide_layout, slide.slide_layout.slide_master):
        for shape in below.element.iter(_P + "sp"):
            if next(shape.iter(_P + "ph"), None) is not None:
                continue  # a place that slides fill; its words only say so
            for text in paragraphs_of(shape, _A + "p"):
                if text.strip() and text not in seen:
                    seen.add(text)
                    yield text
