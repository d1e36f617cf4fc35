"""Prepare a picture for the recognition of its words."""

from __future__ import annotations

import numpy as np
from PIL import Image

_BLANK_CONTRAST = 16  # levels of grey: a picture with no more contrast is blank
_MAX_SIDE = 4000  # pixels of the longer side: an A4 page at 340 dpi
_MIN_SIDE = 1400  # pixels of the longer side: smaller pictures are enlarged, to make letters legible
_MOST_ENLARGED = 3.0


def on_white(image: Image.Image) -> Image.Image:
    """Return a picture as it looks on white paper: RGB without transparency, 16-bit levels in 8 bits."""
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        image = image.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", image.size, "white"), image).convert("RGB")
    if image.mode.startswith("I") or image.mode == "F":
        levels = np.asarray(image, dtype=np.float64)
        spread = max(float(np.ptp(levels)), 1.0)
        image = Image.fromarray(((levels - levels.min()) * (255 / spread)).astype(np.uint8))
    return image.convert("RGB")


def is_blank(image: Image.Image) -> bool:
    """Return whether a picture has next to no contrast."""
    return int(np.ptp(np.asarray(image.convert("L")))) <= _BLANK_CONTRAST


def scaled_for_recognition(image: Image.Image) -> Image.Image:
    """Scale a picture to a size at which letters are recognised well."""
    longest = max(image.size)
    scale = min(min(max(longest, _MIN_SIDE), _MAX_SIDE) / longest, _MOST_ENLARGED)
    if scale == 1.0:
        return image
    return image.resize((max(1, round(image.width * scale)), max(1, round(image.height * scale))))
