"""A model's text, as it streams, cut into statements with the passages they cite."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_MARK = re.compile(r"\[\s*(?:passages?\s*)?(\d{1,3}(?:\s*(?:[,;–-]|and)\s*\d{1,3})*)\s*\]", re.IGNORECASE)
_NEXT_MARK = re.compile(r"[ \t]*" + _MARK.pattern, re.IGNORECASE)
_OPEN_MARK = re.compile(r"\[[\s\d,;–a-zA-Z-]{0,40}$")
_LIST_MARK = re.compile(r"^\s*(?:(?:[-*•‣–]|#{1,6}|\(?(?:\d{1,2}|[a-z])[.)])\s+)+")
_END = re.compile(r"[.!?…]+[\"'”’)\]*_]*|\n+")
_TITLES = _words(
    """no nos v vs dr mr mrs ms prof st art arts sec fig p pp para cl ch vol ed al e.g i.e cf approx"""
)
_CLOSERS = _words(
    """inc ltd co corp llc plc etc jr sr a.m p.m q.d b.i.d t.i.d q.i.d p.o p.r.n i.v i.m u.s u.k"""
)
"""Abbreviations that may also end a sentence; they do when a usual first word follows."""
_STARTERS = _words(
    """the a an this that these those it he she they we in on at if when each both either neither no all
    any however after before under upon such there for as"""
)
_EMPHASIS = re.compile(r"\*\*|__|`")
_THINK, _THOUGHT = "<think>", "</think>"


class Drafted(NamedTuple):
    """One sentence as the model wrote it, without citation marks, and the passage numbers it cites."""

    text: str
    cited: tuple[int, ...]


def split_statements(stream: Iterable[str]) -> Iterator[Drafted]:
    """The statements of `stream`, each as soon as it is certain that it has ended.

    A line break ends a statement; so does a full stop that belongs to no abbreviation or number.
    Marks directly behind the stop belong to the sentence before them. Reasoning between `<think>` and
    `</think>` is left out.
    """
    held = ""
    for piece in _spoken(stream):
        held += piece
        while (end := _boundary(held, finished=False)) is not None:
            yield from _drafted(held[:end])
            held = held[end:]
    while (end := _boundary(held, finished=True)) is not None:
        yield from _drafted(held[:end])
        held = held[end:]
    yield from _drafted(held)


def _spoken(stream: Iterable[str]) -> Iterator[str]:
    """The stream without reasoning; what may be the beginning of a tag is held back."""
    held, thinking = "", False
    for piece in stream:
        held += piece
        while True:
            if not thinking and _THOUGHT in held.split(_THINK)[0]:
                # Some templates open the block before the model begins: only its end is written.
                held = held.split(_THOUGHT, 1)[1]
            tag = _THOUGHT if thinking else _THINK
            place = held.find(tag)
            if place < 0:
                break
            if not thinking:
                yield held[:place]
            held, thinking = held[place + len(tag) :], not thinking
        keep = max(
            (n for n in range(1, len(_THOUGHT)) if held.endswith((_THINK[:n], _THOUGHT[:n]))), default=0
        )
        ready, held = held[: len(held) - keep], held[len(held) - keep :]
        if ready and not thinking:
            yield ready
    if held and not thinking:
        yield held


def _boundary(text: str, *, finished: bool) -> int | None:
    """Where the first statement of `text` ends; None while that cannot be told yet."""
    for match in _END.finditer(text):
        if match.group()[0] == "\n":
            if text[: match.start()].strip():
                return match.end()
            continue
        end, marked = _past_marks(text, match.end())
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


def _past_marks(text: str, position: int) -> tuple[int, bool]:
    """Behind the citation marks that follow, with the stop that may follow those; whether there were any."""
    marked = False
    while match := _NEXT_MARK.match(text, position):
        position, marked = match.end(), True
    return position, marked


def _ends(before: str, following: str) -> bool:
    """Whether the stop at the end of `before` ends a sentence, seen what follows."""
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
    if word in _TITLES or (len(word) == 1 and word.isalpha() and last[-2:-1].isupper()):
        return False
    return word not in _CLOSERS or first in _STARTERS


def _drafted(raw: str) -> Iterator[Drafted]:
    cited: dict[int, None] = {}
    for mark in _MARK.finditer(raw):
        cited.update(dict.fromkeys(_numbers(mark.group(1))))
    text = _EMPHASIS.sub("", _MARK.sub("", raw))
    text = re.sub(r"\s+(?=[.,;:!?](?:\s|$))", "", " ".join(_LIST_MARK.sub("", text).split()))
    text = re.sub(r"([.!?])\.$", r"\1", text)
    if re.search(r"\w", text):
        yield Drafted(text, tuple(cited))


def _numbers(inside: str) -> Iterator[int]:
    for part in re.split(r"[,;]|\band\b", inside):
        ends = [int(number) for number in re.findall(r"\d+", part)]
        if len(ends) == 2 and 0 < ends[1] - ends[0] < 20:
            yield from range(ends[0], ends[1] + 1)
        else:
            yield from ends
