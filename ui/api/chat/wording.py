"""An answer as the text of a chat message: sentences with the numbers of their places, and these places."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from ui.api.chat.schemas import CitedPlace
from ui.interface.schemas.answers import Answer
from ui.services.answer_words import OUTCOME_WORDS, shows_rows, which_one
from vault.records import Citation

_SOURCES = "Sources:"
_MARKDOWN = re.compile(r"[\\`*_\[\]<>#|~!&$]")
"""Characters that could begin something else than text: an image that is loaded, a link, markup."""
_ESCAPED = r"\\\g<0>"
_MARKS = re.compile(r"(?: \[\d+\])+(?=\n|$)")


@dataclass(frozen=True, slots=True)
class Passage:
    """A line of the text, with the places that it rests on."""

    text: str
    places: tuple[CitedPlace, ...] = ()


@dataclass(slots=True)
class _Numbers:
    """Numbers places from 1, each once."""

    places: dict[tuple[str, str, int, int, int], CitedPlace] = field(default_factory=dict)

    def of(self, citations: Iterable[Citation]) -> tuple[CitedPlace, ...]:
        numbered = []
        for cited in citations:
            key = (cited.collection, cited.sha256, cited.page, cited.start, cited.end)
            if key not in self.places:
                self.places[key] = CitedPlace(
                    number=len(self.places) + 1, document=cited.document, sha256=cited.sha256,
                    collection=cited.collection, page=cited.page, page_name=cited.page_name,
                    start=cited.start, end=cited.end, quote=cited.quote,
                )  # fmt: skip
            numbered.append(self.places[key])
        return tuple(dict.fromkeys(numbered))


def passages_of(answer: Answer, *, plain: bool) -> tuple[list[Passage], list[CitedPlace]]:
    """Return the lines that say an answer, and all places that they rest on.

    Text of documents is written so that a client that takes it for Markdown shows it as it stands, unless
    `plain`.
    """
    numbers = _Numbers()

    def line(text: str, citations: Iterable[Citation] = ()) -> Passage:
        places = numbers.of(citations)
        words = " ".join(text.split())
        written = words if plain else _MARKDOWN.sub(_ESCAPED, words)
        return Passage(written + "".join(f" [{place.number}]" for place in places), places)

    lines = list(_lines(answer, line))
    places = list(numbers.places.values())
    if places:
        lines += [Passage(""), Passage(_SOURCES)]
        for place in places:
            cited = f"{place.document}, page {place.page}{place.page_name.beside(place.page)}"
            lines.append(Passage(f"[{place.number}] {cited if plain else _MARKDOWN.sub(_ESCAPED, cited)}"))
    return lines, places


def _lines(answer: Answer, line: Callable[..., Passage]) -> Iterable[Passage]:
    direct = answer.direct
    if answer.outcome != "answered":
        yield line(OUTCOME_WORDS[answer.outcome])
    if direct is not None:
        rows = shows_rows(direct.form, len(direct.rows))
        yield line(direct.text, () if rows else direct.citations)
        for row in direct.rows if rows else ():
            yield line(f"- {row.label}: {row.text}" if row.label else f"- {row.text}", [row.citation])
        if direct.note:
            yield line(direct.note)
    if answer.outcome == "answered":
        for statement in answer.statements:
            if direct is None or statement.text != direct.text:
                unsupported = (
                    " (not supported by the documents)" if statement.verdict == "unsupported" else ""
                )
                yield line(statement.text + unsupported, statement.citations)
    elif answer.outcome == "unsure":
        for sentence in answer.evidence:
            yield line(sentence.quote, [sentence.citation])
    for name in answer.understood.names if answer.understood else ():
        if len(name.names) > 1:
            yield line(f"{which_one(name.written, name.names)} Ask again with the full name.")
    for note in answer.notes:
        yield line(f"Note: {note}")


def said_before(text: str) -> str:
    """Return the words of an earlier answer without the numbers and the list of its places."""
    words = text.partition(f"\n\n{_SOURCES}\n")[0]
    return _MARKS.sub("", words)
