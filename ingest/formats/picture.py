"""Pictures of pages (PNG, JPEG, and TIFF with one or more pages): their words are recognised (OCR)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from ingest.formats.ocr.recognise import recognise
from ingest.formats.pdf.image import check_size
from ingest.parsed.document import ParsedDocument, page_list
from ingest.parsed.filetype import FileType, detect
from ingest.parsed.limits import ParseLimits
from vault.errors import DamagedFile, DocumentNotFound, TooLarge
from vault.records import Page

TYPES = (FileType.PNG, FileType.JPEG, FileType.TIFF)
_BLANK_CONTRAST = 16  # levels of grey: a page with no more contrast is blank
_MAX_SIDE = 4000  # pixels of the longer side: an A4 page at 340 dpi
_MIN_SIDE = 1400  # pixels of the longer side: smaller pictures are enlarged, to make letters legible


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
    return ParsedDocument(detect(path).media_type, "", tuple(pages), tuple(unreadable), tuple(warnings))


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
    if _contrast(shown.convert("L")) <= _BLANK_CONTRAST:
        return Page(number, "", ocr=True), False
    found = recognise(_scaled_for_ocr(shown))
    if not found.legible:
        return Page(number, "", ocr=True), True
    return Page(number, found.text, found.elements, ocr=True, words=found.words), True


def _scaled_for_ocr(image: Image.Image) -> Image.Image:
    """Scale the picture to a size at which letters are recognised well."""
    longest = max(image.size)
    wanted = min(max(longest, _MIN_SIDE), _MAX_SIDE)
    scale = min(wanted / longest, 3.0)
    if scale == 1.0:
        return image
    return image.resize((max(1, round(image.width * scale)), max(1, round(image.height * scale))))


def _frame(image: Image.Image, number: int) -> Image.Image:
    """Return a frame as a viewer shows it: turned as the camera noted, on white if it is transparent."""
    try:
        image.seek(number - 1)
        shown = ImageOps.exif_transpose(image)
    except (OSError, EOFError, SyntaxError, ValueError) as error:
        raise DamagedFile(
            f"Page {number} of the picture is cut off or broken. Copy it again from its source."
        ) from error
    if shown.mode in ("RGBA", "LA", "PA") or "transparency" in shown.info:
        shown = shown.convert("RGBA")
        white = Image.new("RGBA", shown.size, "white")
        return Image.alpha_composite(white, shown).convert("RGB")
    if shown.mode.startswith("I") or shown.mode == "F":
        levels = np.asarray(shown, dtype=np.float64)
        spread = max(float(np.ptp(levels)), 1.0)
        shown = Image.fromarray(((levels - levels.min()) * (255 / spread)).astype(np.uint8))
    return shown.convert("RGB")


def _contrast(grey: Image.Image) -> int:
    """Return the difference between the darkest and the lightest point, from 0 to 255."""
    levels = np.asarray(grey)
    return int(levels.max()) - int(levels.min())


@contextmanager
def _open_picture(path: Path, limits: ParseLimits) -> Iterator[Image.Image]:
    """Open the picture; check its size before it is decoded."""
    try:
        image = Image.open(path, formats=("PNG", "JPEG", "TIFF", "MPO"))
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
