"""Recognise the words on a picture of a page, with their places. The models are part of the RapidOCR package.

RapidOCR is loaded when the first page needs it, in the fork that reads the file: most files do not need it.
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

_CONFIDENT = 0.6  # mean over characters; below this the text is a guess
_MIN_LETTERS = 3  # letters and digits; with fewer a page has no words


@dataclass(frozen=True, slots=True)
class Recognised:
    """The result of recognising a page."""

    text: str
    elements: tuple[Element, ...]
    words: tuple[WordBox, ...]
    legible: bool
    """Whether there are words that are more than guesses."""


def recognise(picture: Image.Image) -> Recognised:
    """Recognise the words on a picture of a page, which may be on its side or upside down."""
    begin_ocr_page()
    from rapidocr.inference_engine.onnxruntime.main import ONNXRuntimeError

    try:
        lines, turned = recognised_lines(np.asarray(picture.convert("RGB"))[:, :, ::-1], _engine())
    except ONNXRuntimeError as error:
        raise MemoryError("the models need more memory") from error  # the only cause: their input is ours
    text, elements, places = compose(lines)
    width, height = picture.size
    words = tuple(
        WordBox(start, end, *_on_original(box, turned, width, height)) for start, end, box in places
    )
    return Recognised(text, elements, words, _legible(lines))


def _legible(lines: list[RecognisedLine]) -> bool:
    """Return whether there are enough letters, recognised with enough confidence."""
    letters = sum(character.isalnum() for line in lines for character in line.text)
    weight = sum(len(line.text) for line in lines)
    confidence = sum(line.score * len(line.text) for line in lines) / max(weight, 1)
    return letters >= _MIN_LETTERS and confidence >= _CONFIDENT


def _on_original(
    box: tuple[float, float, float, float], turned: int, width: int, height: int
) -> tuple[int, int, int, int]:
    """Convert a box on the upright picture to `BOX_UNIT`s of the original, before it was turned left."""
    left, top, right, bottom = box
    if turned == 90:  # x was y from the top, y was x from the right
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
    """Load RapidOCR."""
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
