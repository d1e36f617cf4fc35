"""Put the words of pictures on the page of the document that holds them."""

from __future__ import annotations

import io
from hashlib import sha256

from PIL import Image, ImageOps, UnidentifiedImageError

from ingest.formats.pictures.heif import open_picture
from ingest.formats.pictures.prepared import is_blank, on_white, scaled_for_recognition
from ingest.formats.structure.compose import PageComposer
from ingest.parsed.how_to_read import RECOGNITION_OFF, Recognition, how_to_read
from ingest.parsed.limits import ParseLimits
from vault.records import ElementKind, Unread

_FORMATS = ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP")
_LEAST_SIDE, _LEAST_AREA = 24, 4_000  # pixels: smaller pictures are bullets, lines and buttons
_MANY_LETTERS = 20  # letters that were seen but not made out: fewer are the pattern of a photograph
_TITLE = "Words in a picture:"


class PictureWords:
    """Reads the pictures of one document; each picture once, wherever else it stands again.

    Pictures without words, such as logos and photographs, leave nothing behind. What could not be read is in
    `unread`.
    """

    def __init__(self, limits: ParseLimits) -> None:
        """Start with no picture read; `limits` bound how many are recognised and how large they are."""
        self.unread: list[Unread] = []
        self._limits = limits
        self._seen: set[bytes] = set()
        self._recognised = 0

    def add(self, composer: PageComposer, content: bytes, where: str = "") -> None:
        """Put the words of the picture in `content` on the page; `where` names the page for `unread`.

        Raises TooLarge if the page is full.
        """
        digest = sha256(content).digest()
        if digest in self._seen:
            return
        self._seen.add(digest)
        try:
            picture = self._opened(content)
        except _Unreadable as problem:
            self.unread.append(Unread("Picture", where, str(problem)))
            return
        if picture is None:
            return
        if how_to_read().ocr is Recognition.NEVER:
            self.unread.append(Unread("Picture", where, RECOGNITION_OFF))
            return
        if self._recognised >= self._limits.ocr_pages:
            most = f"Words are recognised only in the first {self._limits.ocr_pages:,} pictures of a file."
            self.unread.append(Unread("Picture", where, most))
            return
        self._recognised += 1
        from ingest.formats.ocr.recognise import recognise  # most documents have no picture with words

        found = recognise(picture)
        if found.legible:
            composer.add(ElementKind.PARAGRAPH, _TITLE)
            for element in found.elements:
                text = found.text[element.start : element.end]
                composer.add(element.kind, text, element.level, tight=element.kind in _ROWS)
        elif sum(character.isalnum() for character in found.text) >= _MANY_LETTERS:
            self.unread.append(Unread("Picture", where, "Its words are not legible. Look at it yourself."))

    def _opened(self, content: bytes) -> Image.Image | None:
        """Return the picture in a size for recognition; None if it is too small or too plain for words."""
        try:
            with open_picture(io.BytesIO(content), _FORMATS) as image:
                if min(image.size) < _LEAST_SIDE or image.width * image.height < _LEAST_AREA:
                    return None
                if image.width * image.height > self._limits.image_pixels:
                    raise _Unreadable(
                        f"It has {image.width:,} x {image.height:,} pixels, above the limit of "
                        f"{self._limits.image_pixels:,}."
                    )
                shown = on_white(ImageOps.exif_transpose(image))
        except UnidentifiedImageError as error:
            raise _Unreadable(_kind_of(content)) from error
        except (OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError) as error:
            raise _Unreadable("It is cut off or broken.") from error
        return None if is_blank(shown) else scaled_for_recognition(shown)


_ROWS = (ElementKind.TABLE_ROW,)


class _Unreadable(Exception):
    """A picture that cannot be opened; the message says why."""


def _kind_of(content: bytes) -> str:
    """Return why a picture that Pillow does not know cannot be read."""
    if content[40:44] == b" EMF" or content.startswith((b"\xd7\xcd\xc6\x9a", b"\x01\x00\t\x00")):
        return "It is a drawing of Windows (EMF or WMF), which cannot be recognised. Save it as PNG."
    return "Its kind of picture is not known, or it is broken."
