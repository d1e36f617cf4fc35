"""Split text into sentences, in the same way for chunks and for evidence.

Legal and medical prose has many full stops that end no sentence: "Sec. 4", "Smith v. Jones", "5 mg b.i.d.",
"Acme Inc. shall". A boundary is a sentence mark, then white space, then something that can begin a sentence,
unless the word before the mark is a known abbreviation, an initial or the number of a list item. A blank
line, a table row and a list item end a sentence too. Chinese and Japanese marks end one without a space.
"""

from __future__ import annotations

import re

from vault.text.dates.months import MONTH_NAME
from vault.text.lists.full_stops import ABBREVIATIONS, MAY_CLOSE

_AFTER_A_NAME = re.compile(r"(?:shall|will|may|and|or|of|is|has|\(|,)")

_MARK = re.compile(
    r"""(?<![.!?…؟۔])[.!?…؟۔]+["'”’)\]]*(?=\s)"""  # a sentence mark with closing quotes and brackets
    r"""|[。！？｡]+["'”’)\]」』）》】]*"""  # in Chinese and Japanese no space follows
    r"""|;(?=\s*\n)"""  # a semicolon at the end of a line, as after a clause in a list
    r"""|\n[ \t\r]*\n"""  # a blank line
    r"""|\n(?=[ \t]*(?:[-•*▪◦–]\s|\(?[0-9a-zA-Z]{1,3}[.)]\s))"""  # before a line that begins a list item
    r"""|\n(?=[^\n|]*\s\|\s)|(?<=\|)[^\n|]*(?=\n)"""  # around a table row, a line with cells between bars
)
_MARKS = frozenset(".!?…؟۔")
_WORD_BEFORE = re.compile(r"[\w.'’&-]+$")
_OPENER = re.compile(r"""\s*["'“‘(\[]*([A-Z0-9À-Þ§•“"(\[]|[^\x00-\x7f])""")
_INNER_DOTS = re.compile(r"^(?:[A-Za-z]\.)+[A-Za-z]$")
_CODE = re.compile(r"\s*\S*\d")
_MONTH = re.compile(rf"\s+{MONTH_NAME}\.?\s+\d", re.I)
_CLAUSE_NUMBER = re.compile(r"\(?[0-9]{1,2}(?:\.[0-9]{1,2})*")


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Return the spans (start, end) of the sentences in `text`, in order.

    The white space between sentences is left out. Every other character is in exactly one span.
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for mark in _MARK.finditer(text):
        if mark.end() <= start:
            continue
        if mark.group()[:1] in _MARKS and not _ends_sentence(text, mark.start(), mark.end()):
            continue
        _append_trimmed(spans, text, start, mark.end())
        start = mark.end()
    _append_trimmed(spans, text, start, len(text))
    return spans


def _append_trimmed(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    right = len(piece.rstrip())
    if right > left:
        spans.append((start + left, start + right))


def _ends_sentence(text: str, mark: int, after: int) -> bool:
    """Return whether the mark from `mark` to `after` ends a sentence."""
    following = text[after : after + 40]
    if not _OPENER.match(following):
        return False
    if text[mark] != ".":
        return True
    found = _WORD_BEFORE.search(text, max(0, mark - 24), mark)
    if found is None:
        return True
    word = found.group().strip("'’").lower()
    if word == "no":
        # "No. 4" and "no. LN-3044" are numbers, but "He said no. She left." has two sentences.
        return _CODE.match(following) is None
    if word in MAY_CLOSE:
        return following.lstrip()[:1].isupper() and not _AFTER_A_NAME.match(following.lstrip())
    if word in ABBREVIATIONS or _INNER_DOTS.match(word):
        return False
    if len(word) == 1 and word.isalpha():
        return False
    if len(word) <= 2 and word.isdigit() and _MONTH.match(following):
        # A German or ordinal date: "am 31. Mai 2027".
        return False
    # "4. Payment" and "12.3. Notices": the number belongs to the clause after it.
    return not (_CLAUSE_NUMBER.fullmatch(word) and _opens_line(text, found.start()))


def _opens_line(text: str, position: int) -> bool:
    # Goes back from the position: a page without line ends may have thousands of numbers before full stops.
    before = position - 1
    while before >= 0 and text[before] != "\n" and text[before].isspace():
        before -= 1
    return before < 0 or text[before] == "\n"
