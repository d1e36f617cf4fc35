"""Word accuracy of recognition on pages drawn from text PDFs, whose words are known.

    python -m bench.ocr ../shared/documents/contracts --pages 12

Each page is drawn at 200 dots per inch, as it is and turned by 90, 180 and 270 degrees.
"""

from __future__ import annotations

import argparse
import re
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pypdfium2

from ingest.formats.ocr.recognise import recognise
from vault.text.readable import readable

_SCALE = 200 / 72
_FEWEST_WORDS = 80  # of a page that says something about accuracy
_PLAIN = {0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"', 0x2013: "-", 0x2014: "-"}
_WORD = re.compile(r"\S+")


def word_accuracy(truth: str, read: str) -> float:
    """The share of the words of `truth` that stand in `read`, each as often; 1.0 when there are none.

    Their order is not compared: that of the truth is the order of drawing, and not always of reading.
    """
    wanted, found = Counter(_WORD.findall(truth)), Counter(_WORD.findall(read))
    return (wanted & found).total() / wanted.total() if wanted else 1.0


def measure(pages: Sequence[tuple[Path, int]], angle: int) -> float:
    """Mean accuracy over `pages` (file, number from 1), drawn and turned by `angle` degrees."""
    total = 0.0
    for path, number in pages:
        with pypdfium2.PdfDocument(path) as document:
            page = document[number - 1]
            truth = _plain(page.get_textpage().get_text_range())
            picture = page.render(scale=_SCALE).to_pil().rotate(angle, expand=True)
        total += word_accuracy(truth, _plain(recognise(picture).text))
    return total / len(pages)


def _plain(text: str) -> str:
    """Words as both sides write them: typographic signs as their plain twins."""
    return readable(text).translate(_PLAIN)


def sample(folder: Path, count: int) -> list[tuple[Path, int]]:
    """Up to `count` pages with enough words, spread over the PDFs below `folder`."""
    found: list[tuple[Path, int]] = []
    paths = sorted(folder.rglob("*.pdf"))
    for number in range(2, 40):
        for path in paths:
            with pypdfium2.PdfDocument(path) as document:
                if number > len(document):
                    continue
                words = _WORD.findall(document[number - 1].get_textpage().get_text_range())
            if len(words) >= _FEWEST_WORDS:
                found.append((path, number))
            if len(found) == count:
                return found
    return found


def main() -> None:
    """Print a line for each angle."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=12)
    arguments = parser.parse_args()
    pages = sample(arguments.folder, arguments.pages)
    for angle in (0, 90, 180, 270):
        began = time.perf_counter()
        accuracy = measure(pages, angle)
        seconds = (time.perf_counter() - began) / len(pages)
        print(f"turned by {angle:3}: {accuracy:.2%} of words on {len(pages)} pages, {seconds:.1f} s a page")


if __name__ == "__main__":
    main()
