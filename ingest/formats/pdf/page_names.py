"""Find what the pages of a PDF are called on paper: printed page numbers and Bates numbers.

The file may say the printed numbers itself (page labels). A Bates number stands by itself at the head or foot
of each page, and grows from page to page: no single page shows that it is one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

import pypdfium2

from ingest.formats.pdf.lines import PageLines, parts_of
from ingest.formats.pdf.margins import outermost_lines
from ingest.formats.structure.decode import clean
from ingest.formats.transcript.printed import printed_numbers
from vault.records import Page, PageName

_LONGEST = 60
"""Characters of a name; longer ones are no names."""
_BATES = re.compile(r"(?!(?:PAGE|SEITE)\b)(?P<prefix>[A-Z][A-Z0-9&._ -]{0,30}?[ ._-]?|)(?P<number>\d{4,12})")
_LONE_DIGITS = 6
"""Digits from which a number without letters before it may be a Bates number, if it begins with 0."""
_SECRECY = re.compile(
    r"^(?:strictly |highly )?(?:confidential|privileged|restricted|attorneys?[’'] eyes only)\b[\s:·|–—-]*"
    r"|[\s:·|–—-]*\b(?:strictly |highly )?(?:confidential|privileged|restricted|attorneys?[’'] eyes only)$",
    re.IGNORECASE,
)
"""What is often stamped beside the number."""
_RECOGNISED_LINES = 3
"""Lines at the head and at the foot of a recognised page where a stamp is looked for."""
_LEAST_SHARE = 0.5
"""Share of the pages of a document that have a number, from which the numbers are Bates numbers."""
_LEAST_IN_STEP = 0.8
"""Share of neighbouring numbers that are as far apart as their pages: sheets may lack, or be there twice."""


def page_names(
    document: pypdfium2.PdfDocument, pages: Sequence[Page], lines: Sequence[PageLines]
) -> list[PageName]:
    """Return the name of each page; `lines` are those of its text layer."""
    printed = _printed(document, len(pages))
    if not any(printed):
        on_paper = printed_numbers(pages)
        printed = [on_paper.get(page.number, "") for page in pages]
    bates = bates_numbers(
        [
            _recognised_stamps(page) if page.ocr else _stamps(on_page)
            for page, on_page in zip(pages, lines, strict=True)
        ]
    )
    return [PageName(one, bates.get(number, "")) for number, one in enumerate(printed)]


def bates_numbers(stamps: Sequence[Sequence[str]]) -> Mapping[int, str]:
    """Return the Bates numbers of a document by the index of their page.

    `stamps` are, for each page, the texts that stand alone at its head or foot. Numbers of one series have
    the same letters before them and as many digits, stand on most pages, and grow by one from page to page.
    """
    series: defaultdict[tuple[str, int], dict[int, tuple[int, str]]] = defaultdict(dict)
    for index, texts in enumerate(stamps):
        for text in texts:
            if (found := _BATES.fullmatch(text)) is not None and _may_be_bates(found):
                key = found["prefix"], len(found["number"])
                series[key].setdefault(index, (int(found["number"]), text))
    fitting = [found for found in series.values() if _grows(found, len(stamps))]
    best = max(fitting, key=len, default={})
    return {index: text for index, (_, text) in best.items()}


def _may_be_bates(found: re.Match[str]) -> bool:
    number = found["number"]
    return bool(found["prefix"]) or (len(number) >= _LONE_DIGITS and number.startswith("0"))


def _grows(found: Mapping[int, tuple[int, str]], pages: int) -> bool:
    """Return whether numbers, by page, are on most pages and grow with them."""
    if len(found) < max(2, _LEAST_SHARE * pages):
        return False
    steps = [(b - a, found[b][0] - found[a][0]) for a, b in pairwise(sorted(found))]
    in_step = sum(pages_apart == numbers_apart for pages_apart, numbers_apart in steps)
    return all(numbers > 0 for _, numbers in steps) and in_step >= _LEAST_IN_STEP * len(steps)


def _stamps(page: PageLines) -> list[str]:
    """Return what stands alone at the head and foot of a page with a text layer, from the edges inwards."""
    return [
        stamp for line, _ in outermost_lines(page) for part in parts_of(line) for stamp in _alone(part.text)
    ]


def _recognised_stamps(page: Page) -> list[str]:
    """Return the same of a page whose text was recognised."""
    found = [line.strip() for line in page.text.splitlines() if line.strip()]
    outer = found[:_RECOGNISED_LINES] + found[-_RECOGNISED_LINES:]
    return [stamp for line in outer for stamp in _alone(line)]


def _alone(text: str) -> Iterator[str]:
    """Yield a text that may be a stamp, without "CONFIDENTIAL" beside it."""
    if len(text) <= _LONGEST and any(map(str.isdigit, text)):
        yield _SECRECY.sub("", text.strip())


def _printed(document: pypdfium2.PdfDocument, pages: int) -> list[str]:
    """Return the page labels of the file; all empty where they only say the number of each page."""
    labels = [_label(document, index) for index in range(pages)]
    told = any(label and label != str(number) for number, label in enumerate(labels, 1))
    return labels if told else [""] * pages


def _label(document: pypdfium2.PdfDocument, index: int) -> str:
    label = " ".join(clean(document.get_page_label(index)).split())
    return label if len(label) <= _LONGEST else ""
