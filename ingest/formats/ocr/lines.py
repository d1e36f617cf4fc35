"""Find lines of text on a picture, turn it upright and recognise the words with their places.

Lines are detected on a smaller copy of the picture, which takes a third of the time and memory and misses no
ordinary print. They are recognised on the full picture.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

_DETECT_SIDE = 1408  # pixels of the longer side of the smaller copy: an A4 page at 120 dpi
_INK = 40  # of 255: what differs more from the paper is print
_MARGIN = 60  # pixels around the print
_ORIENTATION_LINES = 16  # lines that are checked for which way up they are
_ORIENTATION_SHAPE = 4.0  # length to height of the part of a line that is checked
_LONG = 2.0  # length to height from which a line shows its direction
_SCORE = 0.5  # below this a line is a smudge

Pixels = NDArray[np.uint8]
Edges = tuple[float, float, float, float]
"""Left, top, right, bottom in pixels of the upright picture."""


@dataclass(frozen=True, slots=True)
class RecognisedWord:
    """A word and its edges on the upright picture."""

    text: str
    edges: Edges


@dataclass(frozen=True, slots=True)
class RecognisedLine:
    """Words that were detected as one line; a row of a table is several lines."""

    words: tuple[RecognisedWord, ...]
    edges: Edges
    slope: float
    """How many pixels the line goes down for each pixel to the right: scans may be crooked."""
    score: float
    """The confidence of the recogniser, from 0 to 1."""

    @property
    def text(self) -> str:
        """The words, with blanks between them."""
        return " ".join(word.text for word in self.words)


def recognised_lines(picture: Pixels, engine: Any) -> tuple[list[RecognisedLine], int]:
    """Return the lines in no order, and by how many degrees the picture was turned left to be upright."""
    quads = _detect(picture, engine) or _detect_in_ink(picture, engine)
    turned = 0
    if _is_on_its_side(quads):
        turned = 90
        picture, quads = _turn_by_90(picture, quads)
    if quads and _upside_down(picture, quads, engine):
        turned += 180
        picture, quads = _turn_by_180(picture, quads)
    if not quads:
        return [], turned
    crops = engine.crop_text_regions(picture, np.array(quads, dtype=np.float32))
    found = engine.recognize_txt(crops)
    lines: list[RecognisedLine] = []
    for quad, text, score, places in zip(quads, found.txts, found.scores, found.word_results, strict=True):
        if score < _SCORE or not text.strip() or _runs_down(quad):
            continue
        words = _words(text, places, quad)
        if words:
            lines.append(RecognisedLine(words, _edges(quad), _slope(quad), float(score)))
    return lines, turned


def _detect(picture: Pixels, engine: Any) -> list[NDArray[np.float32]]:
    """Return the corners of each line: top left, top right, bottom right, bottom left."""
    height, width = picture.shape[:2]
    scale = min(1.0, _DETECT_SIDE / max(height, width))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    small = (
        picture if scale == 1.0 else np.asarray(Image.fromarray(picture).resize(size, Image.Resampling.BOX))
    )
    found = engine(small, use_det=True, use_cls=False, use_rec=False)
    if found.boxes is None:
        return []
    shrunk = np.array([size[0] / width, size[1] / height], dtype=np.float32)
    return [np.asarray(box, dtype=np.float32) / shrunk for box in found.boxes]


def _detect_in_ink(picture: Pixels, engine: Any) -> list[NDArray[np.float32]]:
    """Detect lines only in the printed part: on a large blank page a few lines may be missed."""
    grey = picture.mean(axis=2)
    ink = np.abs(grey - np.median(grey)) > _INK
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    if not len(rows):
        return []
    top, left = max(rows[0] - _MARGIN, 0), max(columns[0] - _MARGIN, 0)
    part = np.ascontiguousarray(picture[top : rows[-1] + _MARGIN, left : columns[-1] + _MARGIN])
    if part.size > picture.size // 2:
        return []
    return [quad + np.array([left, top], dtype=np.float32) for quad in _detect(part, engine)]


def _sides(quad: NDArray[np.float32]) -> tuple[float, float]:
    """Return the length of the upper and of the left edge."""
    return float(np.linalg.norm(quad[1] - quad[0])), float(np.linalg.norm(quad[3] - quad[0]))


def _runs_down(quad: NDArray[np.float32]) -> bool:
    """Return whether a line runs from top to bottom."""
    across, down = _sides(quad)
    return down > _LONG * across and down > 40


def _is_on_its_side(quads: Sequence[NDArray[np.float32]]) -> bool:
    """Return whether most lines run from top to bottom, weighted by their length."""
    standing = lying = 0.0
    for across, down in map(_sides, quads):
        standing += down if down > _LONG * across else 0.0
        lying += across if across > _LONG * down else 0.0
    return standing > lying


def _turn_by_90(
    picture: Pixels, quads: Sequence[NDArray[np.float32]]
) -> tuple[Pixels, list[NDArray[np.float32]]]:
    """Turn the picture and the corners by 90 degrees to the left."""
    width = picture.shape[1]
    turned = [
        np.stack([quad[:, 1], width - quad[:, 0]], axis=1)[[1, 2, 3, 0]].astype(np.float32) for quad in quads
    ]
    return np.ascontiguousarray(np.rot90(picture)), turned


def _turn_by_180(
    picture: Pixels, quads: Sequence[NDArray[np.float32]]
) -> tuple[Pixels, list[NDArray[np.float32]]]:
    """Turn the picture and the corners by 180 degrees."""
    height, width = picture.shape[:2]
    far = np.array([width, height], dtype=np.float32)
    return np.ascontiguousarray(picture[::-1, ::-1]), [(far - quad)[[2, 3, 0, 1]] for quad in quads]


def _upside_down(picture: Pixels, quads: Sequence[NDArray[np.float32]], engine: Any) -> bool:
    """Return whether most of the longest lines are upside down."""
    longest = sorted(quads, key=lambda quad: -_sides(quad)[0])[:_ORIENTATION_LINES]
    crops = engine.crop_text_regions(picture, np.array([_beginning(quad) for quad in longest]))
    _, orientations = engine.cls_and_rotate(crops)
    votes = sum(float(score) if label == "180" else -float(score) for label, score in orientations.cls_res)
    return votes > 0


def _beginning(quad: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the first part of a line, in the shape to which the orientation model scales its input."""
    across, down = _sides(quad)
    share = min(1.0, _ORIENTATION_SHAPE * max(down, 1.0) / max(across, 1.0))
    upper, lower = quad[0] + (quad[1] - quad[0]) * share, quad[3] + (quad[2] - quad[3]) * share
    return np.array([quad[0], upper, lower, quad[3]], dtype=np.float32)


def _slope(quad: NDArray[np.float32]) -> float:
    """Return how many pixels a line goes down for each pixel to the right."""
    run = float(quad[1][0] - quad[0][0])
    return float(quad[1][1] - quad[0][1]) / run if run > 1 else 0.0


def _edges(corners: NDArray[np.float32]) -> Edges:
    """Return the smallest upright rectangle around the corners."""
    low, high = corners.min(axis=0), corners.max(axis=0)
    return float(low[0]), float(low[1]), float(high[0]), float(high[1])


def _words(text: str, places: Any, quad: NDArray[np.float32]) -> tuple[RecognisedWord, ...]:
    """Return the words of a line; `places` has the column of each character that is not blank."""
    columns = [column for group in places.word_cols for column in group]
    total = max(float(places.line_txt_len), 1.0)
    letters = sum(not character.isspace() for character in text)
    words: list[RecognisedWord] = []
    seen = 0
    for word in text.split():
        first, last = seen, seen + len(word) - 1
        seen += len(word)
        if len(columns) == letters:
            begin, end = columns[first] / total, (columns[last] + 1) / total
        else:  # the counts differ: shares of the line are precise enough for a highlight
            begin, end = first / letters, (last + 1) / letters
        words.append(RecognisedWord(word, _slice(quad, begin, min(end, 1.0))))
    return tuple(words)


def _slice(quad: NDArray[np.float32], begin: float, end: float) -> Edges:
    """Return the edges of a part of a line, from and to shares of its length."""
    upper, lower = quad[1] - quad[0], quad[2] - quad[3]
    corners = [quad[0] + upper * begin, quad[0] + upper * end, quad[3] + lower * begin, quad[3] + lower * end]
    return _edges(np.array(corners))
