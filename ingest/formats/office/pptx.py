"""Read PowerPoint presentations with unstructured: each slide is a page, speaker notes are notes."""

from __future__ import annotations

import zipfile
from collections import defaultdict
from pathlib import Path
from typing import Any

import pptx
from unstructured.partition.pptx import partition_pptx

from ingest.formats.office.ooxml.comments import slide_comments
from ingest.formats.office.ooxml.drawings import add_drawings
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
    for number, slide in enumerate(slides, 1):
        composer = PageComposer(limits)
        add_elements(composer, by_slide[number])
        add_drawings(composer, slide.part)
        notes = slide.notes_slide.notes_text_frame if slide.has_notes_slide else None
        if notes is not None and notes.text.strip():
            composer.add(ElementKind.NOTE, f"Speaker notes: {notes.text.strip()}")
        for author, text in slide_comments(archive, str(slide.part.partname).lstrip("/")):
            composer.comment(author, text)
        add_pictures(composer, slide.part, pictures, f"slide {number}")
        attachments += embedded_files(slide.part, unread, f"slide {number}")
        pages.append(composer.page(number, f"Slide {number}"))
    unread += pictures.unread
    if not any(page.text for page in pages) and not attachments and not unread:
        raise NoText(
            "The presentation has no text. If its slides are pictures, print it to PDF and load that."
        )
    title = " ".join((presentation.core_properties.title or "").split())
    if title.lower() in ("powerpoint presentation", "presentation", "slide 1"):
        title = ""
    return ParsedDocument(
        FileType.PPTX.media_type,
        title or first_heading(pages),
        tuple(pages),
        attachments=tuple(attachments),
        unread=tuple(unread),
    )
