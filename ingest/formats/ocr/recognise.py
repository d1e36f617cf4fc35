"""The words of a picture of a page, with their places; the models lie inside RapidOCR's wheel.

Loaded when the first page needs it, in the fork that reads the file: most files never do.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from PIL import Image

from ingest.formats.ocr.layout import compose
from ingest.formats.ocr.lines import RecognisedLine, recognised_lines
from ingest.formats.structure.more_time import begin_ocr_page
from vault.records import BOX_UNIT, Element, WordBox

_CONFIDENT = 0.6  # mean over characters, below which what was read is a guess
_FEWEST = 3  # letters and digits, below which a page has no words


@dataclass(frozen=True, slots=True)
class Recognised:
    """What was recognised on a page."""

    text: str
    elements: tuple[Element, ...]
    words: tuple[WordBox, ...]
    legible: bool
    """Whether there are words at all, and they are more than guesses."""


def recognise(picture: Image.Image) -> Recognised:
    """The words on a picture of a page that may lie on its side or upside down."""
    begin_ocr_page()
    from rapidocr.inference_engine.onnxruntime.main import ONNXRuntimeError

    try:
        lines, turned = recognised_lines(np.asarray(picture.convert("RGB"))[:, :, ::-1], _engine())
    except ONNXRuntimeError as error:
        raise MemoryError("the models found no room") from error  # the one cause: their input is ours
    text, elements, places = compose(lines)
    width, height = picture.size
    words = tuple(WordBox(start, end, *_as_shown(box, turned, width, height)) for start, end, box in places)
    return Recognised(text, elements, words, _legible(lines))


def _legible(lines: list[RecognisedLine]) -> bool:
    letters = sum(character.isalnum() for line in lines for character in line.text)
    weight = sum(len(line.text) for line in lines)
    confidence = sum(line.score * len(line.text) for line in lines) / max(weight, 1)
    return letters >= _FEWEST and confidence >= _CONFIDENT


def _as_shown(
    box: tuple[float, float, float, float], turned: int, width: int, height: int
) -> tuple[int, int, int, int]:
    """A box of the upright picture in `BOX_UNIT`s of the picture as it came, `turned` degrees (left) ago."""
    left, top, right, bottom = box
    if turned == 90:  # upright x was y from the top; upright y was x from the right
        left, top, right, bottom = width - bottom, left, width - top, right
    elif turned == 180:
        left, top, right, bottom = width - right, height - bottom, width - left, height - top
    elif turned == 270:
        left, top, right, bottom = top, height - right, bottom, height - left
    edges = (left / width, top / height, right / width, bottom / height)
    scaled = tuple(min(max(round(edge * BOX_UNIT), 0), BOX_UNIT) for edge in edges)
    return scaled[0], scaled[1], scaled[2], scaled[3]


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR

    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.return_word_box": True,
            # One thread: the cores belong to the other parsers and to the embedder.
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )
