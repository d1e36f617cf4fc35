"""Pictures of pages (PNG, JPEG, WebP, HEIC, TIFF): their words are recognised (OCR)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from ingest.formats.ocr.recognise import recognise
from ingest.formats.pdf.image import check_size
from ingest.formats.pictures.heif import open_picture
from ingest.formats.pictures.prepared import is_blank, on_white, scaled_for_recognition
from ingest.formats.transcript.recognised import with_numbered_lines
from ingest.parsed.document import ParsedDocument, page_list
from ingest.parsed.filetype import FileType, detect
from ingest.parsed.how_to_read import RECOGNITION_OFF, Recognition, how_to_read
from ingest.parsed.limits import ParseLimits
from vault.errors import DamagedFile, DocumentNotFound, TooLarge
from vault.records import Page

TYPES = (FileType.PNG, FileType.JPEG, FileType.TIFF, FileType.WEBP, FileType.HEIC)


def read(path: Path, limits: ParseLimits) -> ParsedDocument:
    """Read the picture at `path`; each of its frames is a page.

    Pages that show something but no legible words are in `unreadable_pages`.
    Raises TooLarge, DamagedFile.
    """
    pages: list[Page] = []
    unreadable: list[int] = []
    warnings: list[str] = []
    with _open_picture(path, limits) as image:
        count = getattr(image, "n_frames", 1)
        if count > limits.pages:
            raise TooLarge(f"The picture has {count:,} pages, above the limit of {limits.pages:,}. Split it.")
        for number in range(1, count + 1):
            page, has_content = (
                _page(image, number) if number <= limits.ocr_pages else (Page(number, ""), True)
            )
            pages.append(page)
            if has_content and not page.text:
                unreadable.append(number)
        if count > limits.ocr_pages:
            warnings.append(f"Words are recognised only on the first {limits.ocr_pages:,} pages of a file.")
    if unreadable:
        warnings.append(f"Pages without legible words: {page_list(unreadable)}.")
        if how_to_read().ocr is Recognition.NEVER:
            warnings.append(RECOGNITION_OFF)
    kind = detect(path)
    numbered = tuple(with_numbered_lines(pages))
    return ParsedDocument(kind.media_type, "", numbered, tuple(unreadable), tuple(warnings))


def page_picture(path: Path, number: int, width: int, limits: ParseLimits) -> Image.Image:
    """Draw frame `number` (from 1), `width` pixels wide. Raises DocumentNotFound, TooLarge."""
    with _open_picture(path, limits) as image:
        count = getattr(image, "n_frames", 1)
        if not 1 <= number <= count:
            raise DocumentNotFound(f"The picture has no page {number}: its pages are 1 to {count}.")
        shown = _frame(image, number)
        return shown.resize((width, check_size(width, *shown.size, limits)))


def _page(image: Image.Image, number: int) -> tuple[Page, bool]:
    """Recognise the words of a frame; return its page, and whether the frame is not blank."""
    shown = _frame(image, number)
    if is_blank(shown):
        return Page(number, "", ocr=True), False
    if how_to_read().ocr is Recognition.NEVER:
        return Page(number, ""), True
    found = recognise(scaled_for_recognition(shown))
    if not found.legible:
        return Page(number, "", ocr=True), True
    return Page(number, found.text, found.elements, ocr=True, words=found.words), True


def _frame(image: Image.Image, number: int) -> Image.Image:
    """Return a frame as a viewer shows it: turned as the camera noted, on white if it is transparent."""
    try:
        image.seek(number - 1)
        shown = ImageOps.exif_transpose(image)
    except (OSError, EOFError, SyntaxError, ValueError) as error:
        raise DamagedFile(
            f"Page {number} of the picture is cut off or broken. Copy it again from its source."
        ) from error
    return on_white(shown)


@contextmanager
def _open_picture(path: Path, limits: ParseLimits) -> Iterator[Image.Image]:
    """Open the picture; check its size before it is decoded."""
    try:
        image = open_picture(path, ("PNG", "JPEG", "TIFF", "WEBP"))
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise DamagedFile("The picture is cut off or broken. Copy it again from its source.") from error
    except Image.DecompressionBombError as error:
        raise TooLarge("The picture has more pixels than any scanned page. Make it smaller.") from error
    with image:
        if image.width * image.height > 4 * limits.image_pixels:
            raise TooLarge(
                f"The picture has {image.width:,} x {image.height:,} pixels, above the limit of "
                f"{4 * limits.image_pixels:,}. Make it smaller."
            )
        yield image
