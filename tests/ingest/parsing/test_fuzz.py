"""Files with changed bytes: nothing hangs, nothing but the child ends, and lost words are named."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.formats import read
from ingest.parsed.document import ParsedDocument
from ingest.parsed.filetype import FileType, detect
from ingest.parsed.limits import ParseLimits
from ingest.parsing.parser import Parser
from tests.ingest.parsing.fuzzed import MAKERS, NOT_MADE, changed
from vault.errors import ParseError

RUNS, RUNS_OF_PICTURES = 66, 10
"""Runs of each kind of file: over 2,000 in all. Words of pictures are recognised, which takes long."""
_PICTURES = ("a.png", "a.jpeg", "a.tiff", "a.webp", "a.heic")
LIMITS = ParseLimits(seconds=60)
_WORD = re.compile(r"[^\W_]+")
_WORDS_OF_A_BYTE = 3
"""Words that one changed byte may take with it: it may stand in a word, or join the two beside it."""
_OF_A_MARK = {"a.hl7": 12, "a.html": 16}
"""The same where a byte is a mark. Values stand in other fields then, which say less of them; and a browser
shows nothing of a sentence that a spoilt tag takes in."""
_FEW_WORDS = 4
"""Words that may be gone besides, as where a label is written otherwise."""


@pytest.fixture(scope="module")
def parser() -> Iterator[Parser]:
    with Parser(LIMITS) as parser:
        yield parser


def words_of(document: ParsedDocument) -> Counter[str]:
    """Count the words of a document and of the files inside as they are; what both say counts once."""
    inside = " ".join(one.content.decode("utf-8", "replace") for one in document.attachments)
    pages = " ".join(page.text for page in document.pages)
    return Counter(_WORD.findall(pages)) | Counter(_WORD.findall(inside))


def test_every_format_is_changed_or_left_to_the_programs_that_write_it(tmp_path: Path) -> None:
    kinds = {detect(make(tmp_path / name), name) for name, make in MAKERS.items()}
    assert kinds | NOT_MADE == set(FileType)


@pytest.mark.long
@pytest.mark.parametrize("name", MAKERS)
def test_changed_bytes_lose_no_words_unnamed(name: str, tmp_path: Path, parser: Parser) -> None:
    whole = MAKERS[name](tmp_path / name)
    content = whole.read_bytes()
    document = read(whole, LIMITS, name)
    for seed in range(RUNS_OF_PICTURES if name in _PICTURES else RUNS):
        fuzz(name, seed, content, document, tmp_path, parser)


def fuzz(name: str, seed: int, content: bytes, whole: ParsedDocument, folder: Path, parser: Parser) -> None:
    """Parse a file with bytes changed by this seed, and compare it with what the whole one says.

    A ParseError says why: also that the limit of time or the end of the child stopped it.
    """
    which = f"seed {seed} of {name}"
    spoilt, count = changed(content, random.Random(f"{name} {seed}"))
    path = folder / f"spoilt-{name}"
    path.write_bytes(spoilt)
    try:
        document = parser.parse(path, name=name)
    except ParseError as error:
        assert str(error).strip().endswith((".", ")")), f"{which}: {error}"
        return
    if count is None or document.all_unread:
        return
    lost = words_of(whole) - words_of(document)
    if document.media_type != whole.media_type:
        # It is plain text now, without the labels that the format gives to its codes.
        said = set(_WORD.findall(content.decode("utf-8", "replace")))
        lost = Counter({word: times for word, times in lost.items() if word in said})
    assert lost.total() <= _OF_A_MARK.get(name, _WORDS_OF_A_BYTE) * count + _FEW_WORDS, (
        f"{which} loses {dict(lost)}"
    )
