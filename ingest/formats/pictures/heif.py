"""Open pictures of any kind, those of phones (HEIC) too, which Pillow does not know by itself."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import BinaryIO

from PIL import Image


def open_picture(source: Path | BinaryIO, formats: tuple[str, ...]) -> Image.Image:
    """Open a picture of one of these formats of Pillow, or a HEIC or AVIF picture.

    Raises what `PIL.Image.open` raises.
    """
    if isinstance(source, Path):
        with source.open("rb") as file:
            head = file.read(12)
    else:
        head = source.read(12)
        source.seek(0)
    if head[4:8] == b"ftyp":
        _register()
        formats = ("HEIF", "AVIF")
    return Image.open(source, formats=formats)


@cache
def _register() -> None:
    """Let Pillow know HEIC (once)."""
    import pi_heif  # type: ignore[import-untyped]  # few pictures need it

    pi_heif.register_heif_opener()
