"""Read PDF: text with pdfium's own offsets, structure from the layout, OCR for pages without text."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.formats.ocr.sense import is_nonsense
from ingest.formats.pdf.attached import attached_files
from ingest.formats.pdf.columns import in_reading_order
from ingest.formats.pdf.damage import damaged_parts
from ingest.formats.pdf.hidden import HiddenText
from ingest.formats.pdf.line_numbers import margin_numbers, numbered_lines, without_numbers
from ingest.formats.pdf.lines import PageLines, page_lines, to_shown_coordinates
from ingest.formats.pdf.notes import PageNote, with_notes
from ingest.formats.pdf.page_names import page_names
from ingest.formats.pdf.pictures import PagePicture, pictures_beside_text, recognise_pictures
from ingest.formats.pdf.pinned import Pinned
from ingest.formats.pdf.places import word_boxes
from ingest.formats.pdf.scan import recognise_all, recognise_anew, recognise_pages
from ingest.formats.pdf.signatures import signature_notes
from ingest.formats.pdf.structure import structure
from ingest.formats.pdf.tables import mark_tables
from ingest.formats.pdf.text import PageText, load_page, open_pdf, page_text
from ingest.formats.pdf.xfa import form_notes
from ingest.formats.transcript.paragraphs import transcript_elements
from ingest.formats.transcript.recognised import with_numbered_lines
from ingest.parsed.document import ParsedDocument, page_list
from ingest.parsed.filetype import FileType
from ingest.parsed.how_to_read import RECOGNITION_OFF, Recognition, how_to_read
from ingest.parsed.limits import ParseLimits
from vault.errors import DamagedFile, TooLarge
from vault.line_numbers import LineNumbers
from vault.records import Element, ElementKind, Page, Unread, WordBox

_SAMPLE = 200  # characters of a page for which the font is checked
_GARBLED_SHARE = 0.5  # share of meaningless characters from which a page is unreadable
_FEW_CHARACTERS = 50  # characters: no more beside a picture of the page is a stamp or fax line on a scan
_PICTURE_SHARE = 0.5  # share of the page that a picture must cover to count as the page itself
_THUMBNAIL = 120  # pixels of the longer side
_JUNK_TITLE = re.compile(
    r"untitled.*|document\d*|title|none|\W*|.*\.(?:docx?|pdf|indd|qxd|tmp|rtf|pptx?)", re.IGNORECASE
)
_EXHIBIT = re.compile(
    r"(?:exhibit|ex|annex|appendix|schedule)[-. ]*[\dA-Z.()-]{1,12}|page \d+", re.IGNORECASE
)
_PROGRAM_PREFIX = re.compile(r"microsoft (?:office )?(?:word|powerpoint|excel) ?-\s*", re.IGNORECASE)


@dataclass(slots=True)
class _Doubts:
    """What the text layer of pages may have wrong, or lack."""

    nonsense: list[int] = field(default_factory=list)
    """The numbers of the pages whose text spells no words."""
    words: dict[int, tuple[WordBox, ...]] = field(default_factory=dict)
    """The places of the words of the pages whose text was put in another order."""
    pictures: list[PagePicture] = field(default_factory=list)
    """Pictures beside text."""
    lines: dict[int, LineNumbers] = field(default_factory=dict)
    """The numbered lines of the pages whose margin counts them."""


def read(path: Path, limits: ParseLimits) -> ParsedDocument:
    """Read the PDF at `path`.

    If a page shows something but has no usable text, its words are recognised (OCR). If that fails too, the
    page is in `unreadable_pages`; this may be so for all pages.
    Raises PasswordProtected, DamagedFile, TooLarge, FileUnreadable.
    """
    document = open_pdf(path)
    try:
        signatures = signature_notes(document, path)  # first: reading a page removes its fields
        pinned = Pinned()
        parsed = _read(document, limits, pinned)
        attachments, unread = attached_files(document, pinned, limits)
        form = form_notes(document, " ".join(page.text for page in parsed.pages))
        pages = (with_notes(parsed.pages[0], [*signatures, *form]), *parsed.pages[1:])
        return replace(
            parsed,
            pages=pages,
            attachments=tuple(attachments),
            unread=(*parsed.unread, *unread, *damaged_parts(path)),
        )
    finally:
        document.close()


def _read(document: pypdfium2.PdfDocument, limits: ParseLimits, pinned: Pinned) -> ParsedDocument:
    """Read an open PDF; what is pinned to its pages is added to `pinned`."""
    count = len(document)
    if count > limits.pages:
        raise TooLarge(f"The PDF has {count:,} pages, above the limit of {limits.pages:,}. Split it.")
    texts: list[str] = []
    lines: list[PageLines] = []
    suspects: dict[int, bool] = {}
    broken: list[int] = []
    hidden, doubts = HiddenText(), _Doubts()
    notes: defaultdict[int, list[PageNote]] = defaultdict(list)
    characters = 0
    for number in range(1, count + 1):
        try:
            page = load_page(document, number, notes[number], pinned)
        except pypdfium2.PdfiumError:
            broken.append(number)
            texts.append("")
            lines.append(PageLines(1.0, 1.0, []))
            continue
        content, layout, suspect = _page(page, number, hidden, doubts)
        texts.append(content)
        lines.append(layout)
        if suspect is not None:
            suspects[number] = suspect
        characters += len(content)
        if characters > limits.characters:
            raise TooLarge(f"The PDF has more than {limits.characters:,} characters. Split it.")
    if len(broken) == count:
        raise DamagedFile(
            "No page of the PDF can be opened. Copy it again from its source, or print it to a new PDF."
        )
    elements = structure(lines)
    unreadable = [
        number
        for number, certain in suspects.items()
        if certain or _characters_outside_margins(texts[number - 1], elements[number - 1]) < _FEW_CHARACTERS
    ]
    lines_on = doubts.lines
    pages = [
        Page(
            number,
            text,
            transcript_elements(text, lines_on[number]) if number in lines_on else found,
            words=doubts.words.get(number, ()),
            lines=lines_on.get(number, ()),
        )
        for number, (text, found) in enumerate(zip(texts, elements, strict=True), 1)
    ]
    unreadable = recognise_pages(document, pages, unreadable, limits)
    anew = recognise_anew(document, pages, [n for n in doubts.nonsense if not pages[n - 1].ocr], limits)
    ocr = how_to_read().ocr
    everywhere = recognise_all(document, pages, limits) if ocr is Recognition.ALWAYS else []
    beside = [picture for picture in doubts.pictures if not pages[picture.number - 1].ocr]
    if ocr is not Recognition.NEVER:
        recognise_pictures(document, pages, beside, limits)
    pages = with_numbered_lines(pages)
    names = page_names(document, pages, lines)
    pages = [
        with_notes(replace(page, name=name), notes[page.number])
        for page, name in zip(pages, names, strict=True)
    ]
    warnings = list(hidden.warnings())
    if anew:
        warnings.append(
            f"The text that the file holds for page {page_list(anew)} spells no words, so the words were "
            "recognised anew from the picture of the page. Compare them with it before you rely on a figure."
        )
    if everywhere:
        warnings.append(
            f"As asked, the words of page {page_list(everywhere)} were recognised from its picture, "
            "though the file holds text. Compare them with it before you rely on a figure."
        )
    if unreadable and ocr is Recognition.NEVER:
        warnings.append(f"Page {page_list(unreadable)}: {RECOGNITION_OFF}")
    if broken:
        warnings.append(f"Pages that cannot be opened and were not inspected: {page_list(broken)}.")
    return ParsedDocument(
        media_type=FileType.PDF.media_type,
        title=_title(document, pages),
        pages=tuple(pages),
        unreadable_pages=tuple(sorted({*unreadable, *broken})),
        warnings=tuple(warnings),
        unread=tuple(
            Unread("Picture", f"page {number}", RECOGNITION_OFF)
            for number in dict.fromkeys(picture.number for picture in beside)
            if ocr is Recognition.NEVER
        ),
    )


def _page(page: Any, number: int, hidden: HiddenText, doubts: _Doubts) -> tuple[str, PageLines, bool | None]:
    """Return text and lines of a page, and whether it is unreadable: yes (True), maybe (False), no (None)."""
    textpage = page.get_textpage()
    try:
        content = page_text(textpage)
        if not content.text.strip():
            return "", _no_lines(page), _shows_something(page) or None
        if _is_garbled(textpage, content):
            return "", _no_lines(page), True
        images = hidden.inspect(number, page, textpage, content)
        layout = page_lines(page, textpage, content)
        if numbers := margin_numbers(page, textpage, content, layout, known=bool(doubts.lines)):
            content = without_numbers(content, numbers)
            layout = page_lines(page, textpage, content)
            doubts.lines[number] = numbered_lines(layout, numbers)
            doubts.words[number] = tuple(word_boxes(page, textpage, content))
        elif is_nonsense(content.text, scanned=True):
            if is_nonsense(content.text) or _has_picture_of_page(page):
                doubts.nonsense.append(number)
        elif ordered := in_reading_order(layout, content):
            content = ordered
            layout = page_lines(page, textpage, content)
            doubts.words[number] = tuple(word_boxes(page, textpage, content))
        if images:
            to_shown = to_shown_coordinates(page)
            doubts.pictures += pictures_beside_text(number, [to_shown(image) for image in images], layout)
        if not numbers:
            mark_tables(page, textpage, content, layout)
        few = len(content.text) < 10 * _FEW_CHARACTERS and _has_picture_of_page(page)
        return content.text, layout, False if few else None
    finally:
        textpage.close()
        page.close()


def _no_lines(page: Any) -> PageLines:
    """Return the lines of a page without usable text: none."""
    width, height = page.get_size()
    return PageLines(width, height, [])


def _is_garbled(textpage: Any, content: PageText) -> bool:
    """Return whether most characters are meaningless because the font does not name its letters."""
    offsets = [i for i, character in enumerate(content.text) if not character.isspace()]
    step = max(1, len(offsets) // _SAMPLE)
    sample = offsets[::step]
    meaningless = sum(
        content.text[i] in "\ufffd\x00"
        or (content.text[i] < " ")
        or "\ue000" <= content.text[i] <= "\uf8ff"
        or pdfium.FPDFText_HasUnicodeMapError(textpage, content.index(i)) == 1
        for i in sample
    )
    return bool(meaningless > _GARBLED_SHARE * len(sample))


def _shows_something(page: Any) -> bool:
    """Return whether a page without text is not blank when it is drawn."""
    if pdfium.FPDFPage_CountObjects(page) == 0 and pdfium.FPDFPage_GetAnnotCount(page) == 0:
        return False
    width, height = page.get_size()
    image = page.render(scale=_THUMBNAIL / max(width, height, 1), grayscale=True).to_pil().convert("L")
    darkest, lightest = image.getextrema()
    return bool(lightest - darkest > 16)


def _has_picture_of_page(page: Any) -> bool:
    """Return whether a picture covers most of the page."""
    left, bottom, right, top = page.get_bbox()
    area = max((right - left) * (top - bottom), 1.0)
    for item in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_IMAGE,), max_depth=3):
        x0, y0, x1, y1 = item.get_bounds()
        if (min(x1, right) - max(x0, left)) * (min(y1, top) - max(y0, bottom)) > _PICTURE_SHARE * area:
            return True
    return False


def _characters_outside_margins(text: str, elements: tuple[Element, ...]) -> int:
    """Count the characters outside running headers and footers, without blanks."""
    margins = (ElementKind.PAGE_HEADER, ElementKind.PAGE_FOOTER)
    return sum(len("".join(text[e.start : e.end].split())) for e in elements if e.kind not in margins)


def _title(document: pypdfium2.PdfDocument, pages: list[Page]) -> str:
    """Return the title in the metadata, unless it is a file name or similar; else the first heading."""
    title = " ".join(document.get_metadata_value("Title").replace("\x00", " ").split())
    title = _PROGRAM_PREFIX.sub("", title)
    if title and not _JUNK_TITLE.fullmatch(title):
        return title
    headings = [
        " ".join(page.text[element.start : element.end].replace("\ufffe", "").split())
        for page in pages[:3]
        for element in page.elements
        if element.kind is ElementKind.HEADING
    ]
    return next((text for text in headings if not _EXHIBIT.fullmatch(text)), headings[0] if headings else "")
