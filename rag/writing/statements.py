"""Split the stream of a language model into statements with the numbers of the passages they cite."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from vault.text.lists.full_stops import ABBREVIATIONS, NEVER_CLOSE, STARTERS

_MARK = re.compile(r"\[\s*(?:passages?\s*)?(\d{1,3}(?:\s*(?:[,;–-]|and)\s*\d{1,3})*)\s*\]", re.IGNORECASE)
_NEXT_MARK = re.compile(r"[ \t]*" + _MARK.pattern, re.IGNORECASE)
_OPEN_MARK = re.compile(r"\[[\s\d,;–a-zA-Z-]{0,40}$")
_LIST_MARK = re.compile(r"^\s*(?:(?:[-*•‣–]|#{1,6}|\(?(?:\d{1,2}|[a-z])[.)])\s+)+")
_END = re.compile(r"[.!?…]+[\"'”’)\]*_]*|\n+")
_EMPHASIS = re.compile(r"\*\*|__|`")
_THINK, _THOUGHT = "<think>", "</think>"


class Draft(NamedTuple):
    """One sentence of the model without citation marks, and the numbers of the passages that it cites."""

    text: str
    cited: tuple[int, ...]


def split_statements(stream: Iterable[str]) -> Iterator[Draft]:
    """Yield the statements of `stream`, each as soon as its end is certain.

    A line break ends a statement, and so does a full stop that is not part of an abbreviation or number.
    Citation marks right after the full stop belong to the sentence before them. Reasoning between `<think>`
    and `</think>` is left out.

    Example: `["The fee is 30 eu", "ro. [1] It is due now [2]."]` gives ("The fee is 30 euro.", (1,)) and
    ("It is due now.", (2,)).
    """
    buffer = ""
    for piece in _without_reasoning(stream):
        buffer += piece
        while (end := _statement_end(buffer, finished=False)) is not None:
            yield from _drafts(buffer[:end])
            buffer = buffer[end:]
    while (end := _statement_end(buffer, finished=True)) is not None:
        yield from _drafts(buffer[:end])
        buffer = buffer[end:]
    yield from _drafts(buffer)


def _without_reasoning(stream: Iterable[str]) -> Iterator[str]:
    """Yield the stream without reasoning; text that may be the beginning of a tag waits in a buffer."""
    buffer, thinking = "", False
    for piece in stream:
        buffer += piece
        while True:
            if not thinking and _THOUGHT in buffer.split(_THINK)[0]:
                # Some templates open the block themselves, so the model writes only its end.
                buffer = buffer.split(_THOUGHT, 1)[1]
            tag = _THOUGHT if thinking else _THINK
            place = buffer.find(tag)
            if place < 0:
                break
            if not thinking:
                yield buffer[:place]
            buffer, thinking = buffer[place + len(tag) :], not thinking
        keep = max(
            (n for n in range(1, len(_THOUGHT)) if buffer.endswith((_THINK[:n], _THOUGHT[:n]))), default=0
        )
        ready, buffer = buffer[: len(buffer) - keep], buffer[len(buffer) - keep :]
        if ready and not thinking:
            yield ready
    if buffer and not thinking:
        yield buffer


def _statement_end(text: str, *, finished: bool) -> int | None:
    """Return where the first statement of `text` ends; None while more text may change that."""
    for match in _END.finditer(text):
        if match.group()[0] == "\n":
            if text[: match.start()].strip():
                return match.end()
            continue
        end, marked = _after_marks(text, match.end())
        rest = text[end:]
        if not rest.strip() or _OPEN_MARK.match(rest.lstrip(" ")):
            if "\n" in rest or finished:
                return len(text) if not rest.strip() else end
            return None
        following = rest.lstrip()
        if not marked and not rest[0].isspace():
            continue
        if not marked and not (finished or " " in following or "\n" in rest or not following[0].isalpha()):
            return None
        if marked or "\n" in rest[: len(rest) - len(following)] or _ends(text[: match.end()], following):
            return end
    return None


def _after_marks(text: str, position: int) -> tuple[int, bool]:
    """Return the position after the citation marks that follow `position`, and whether there are any."""
    marked = False
    while match := _NEXT_MARK.match(text, position):
        position, marked = match.end(), True
    return position, marked


def _ends(before: str, following: str) -> bool:
    """Return whether the full stop at the end of `before` ends a sentence, given the text after it."""
    if _LIST_MARK.fullmatch(before + " "):
        return False
    if following[0].islower():
        return False
    words = before.rstrip("\"'”’)]*_").split()
    last = words[-1] if words else ""
    if not last.endswith("."):
        return True
    word = last.rstrip(".").lstrip("(\"'“[").lower()
    first = re.split(r"\W", following, maxsplit=1)[0].lower()
    if word == "no":
        return not following[0].isdigit()
    if word in NEVER_CLOSE or (len(word) == 1 and word.isalpha() and last[-2:-1].isupper()):
        return False
    return word not in ABBREVIATIONS or first in STARTERS


def _drafts(raw: str) -> Iterator[Draft]:
    """Yield the statement of the raw text, if it holds a word, without citation, list and emphasis marks."""
    cited: dict[int, None] = {}
    for mark in _MARK.finditer(raw):
        cited.update(dict.fromkeys(_numbers(mark.group(1))))
    text = _EMPHASIS.sub("", _MARK.sub("", raw))
    text = re.sub(r"\s+(?=[.,;:!?](?:\s|$))", "", " ".join(_LIST_MARK.sub("", text).split()))
    text = re.sub(r"([.!?])\.$", r"\1", text)
    if re.search(r"\w", text):
        yield Draft(text, tuple(cited))


def _numbers(inside: str) -> Iterator[int]:
    """Yield the numbers of a citation mark: "1, 3-5" gives 1, 3, 4, 5."""
    for part in re.split(r"[,;]|\band\b", inside):
        ends = [int(number) for number in re.findall(r"\d+", part)]
        if len(ends) == 2 and 0 < ends[1] - ends[0] < 20:
            yield from range(ends[0], ends[1] + 1)
        else:
            yield from ends
