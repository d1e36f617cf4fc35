import numpy as np
from PIL import Image

from ingest.formats.pictures.prepared import is_blank, on_white, scaled_for_recognition


def test_a_picture_with_levels_above_8_bits_keeps_what_it_shows() -> None:
    levels = np.full((40, 40), 20_000, dtype=np.uint16)
    levels[10:20] = 20_900  # dark on dark, if it were only cut off at 255
    assert not is_blank(on_white(Image.fromarray(levels)))


def test_transparent_parts_are_white() -> None:
    clear = Image.new("RGBA", (30, 30), (0, 0, 0, 0))
    assert on_white(clear).getpixel((5, 5)) == (255, 255, 255)
    assert is_blank(on_white(clear))


def test_small_pictures_are_enlarged_and_large_ones_reduced() -> None:
    assert scaled_for_recognition(Image.new("RGB", (100, 50))).size == (300, 150)
    assert scaled_for_recognition(Image.new("RGB", (700, 350))).size == (1400, 700)
    assert scaled_for_recognition(Image.new("RGB", (8000, 100))).size == (4000, 50)
    assert scaled_for_recognition(Image.new("RGB", (2000, 10))).size == (2000, 10)
