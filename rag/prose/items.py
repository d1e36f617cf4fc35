"""Lists in documents: the items that stand together under a heading or after a sentence that leads in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from vault.annotations import AnnotatedSentence
from vault.records import ElementKind
from vault.text.readable import readable

_BULLET = re.compile(r"^\s*(?:[•·◦▪‣*–—-]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)])\s+", re.I)
_MOST_ITEMS = 200
_MOST_LINES = 12
"""Sentences under a heading that count as a list of their own: more are prose."""


@dataclass(frozen=True, slots=True)
class ItemList:
    """A list of a document."""

    title: str
    """The heading above it and the sentence that leads in."""
    items: tuple[AnnotatedSentence, ...]
    marked: bool
    """Whether the document marks its items; else they are the sentences under a heading."""


def item_lists(sentences: Sequence[AnnotatedSentence]) -> list[ItemList]:
    """Return the lists among the sentences of a document, which are in order."""
    found: list[ItemList] = []
    index = 0
    while index < len(sentences):
        first = sentences[index]
        end = index + 1
        if first.kind is ElementKind.LIST_ITEM:
            while end < len(sentences) and _continues(sentences[end], first):
                end += 1
            lead = sentences[index - 1] if index else None
            title = first.heading
            if lead is not None and lead.text.rstrip().endswith(":") and lead.heading == first.heading:
                title = f"{title} {readable(lead.text)}".strip()
            items = [one for one in sentences[index:end] if _BULLET.match(one.text) or end - index == 1]
            found.append(ItemList(title, tuple(items or sentences[index:end])[:_MOST_ITEMS], marked=True))
        index = end
    found += _under_headings(sentences)
    return [one for one in found if one.title]


def item_text(sentence: AnnotatedSentence) -> str:
    """Return an item without its bullet or number."""
    return _BULLET.sub("", readable(sentence.text)).strip()


def _continues(sentence: AnnotatedSentence, first: AnnotatedSentence) -> bool:
    return sentence.kind is ElementKind.LIST_ITEM and sentence.heading == first.heading


def _under_headings(sentences: Sequence[AnnotatedSentence]) -> list[ItemList]:
    """Return the sentences under each heading that are neither a list nor a table."""
    groups: dict[str, list[AnnotatedSentence]] = {}
    for sentence in sentences:
        if sentence.heading and sentence.kind is not ElementKind.HEADING:
            groups.setdefault(sentence.heading, []).append(sentence)
    return [
        ItemList(heading, tuple(group), marked=False)
        for heading, group in groups.items()
        if len(group) <= _MOST_LINES and all(one.kind is ElementKind.PARAGRAPH for one in group)
    ]
