"""Join chunks: those that belong together ("A and B", "Mrs Hale (bed 7)"), and all of them in their order."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from vault.text.languages.english.forms import participle_of
from vault.text.languages.parts.chunks import Chunk, Kind

_JOINABLE = (Kind.THING, Kind.PLACE, Kind.QUALITY)


def joined(chunks: list[Chunk], pronouns: Collection[str]) -> list[Chunk]:
    """Return the chunks with brackets and enumerations joined to what stands before them.

    A pronoun (`pronouns`, foreign ones in lower case) begins something new.
    """
    return _pairs(_brackets(chunks), pronouns)


def in_order(chunks: Sequence[Chunk]) -> str:
    """Return the English of chunks one after the other, where no verb orders them."""
    return " ".join(
        participle_of(chunk.verbs[0].english)
        if chunk.kind is Kind.PARTICIPLE and chunk.verbs
        else chunk.english
        for chunk in chunks
        if chunk.english
    )


def _brackets(chunks: list[Chunk]) -> list[Chunk]:
    found: list[Chunk] = []
    at = 0
    while at < len(chunks):
        close = next((place for place in range(at, len(chunks)) if chunks[place].english == ")"), None)
        if chunks[at].english == "(" and close is not None and found and found[-1].kind in _JOINABLE:
            inner = " ".join(chunk.english for chunk in chunks[at + 1 : close] if chunk.english)
            found[-1] = _with(found[-1], f" ({inner})", plural=found[-1].plural)
            at = close + 1
        else:
            found.append(chunks[at])
            at += 1
    return found


def _pairs(chunks: list[Chunk], pronouns: Collection[str]) -> list[Chunk]:
    found: list[Chunk] = []
    at = 0
    while at < len(chunks):
        chunk = chunks[at]
        following = chunks[at + 1] if at + 1 < len(chunks) else None
        if (
            following is not None
            and found
            and chunk.kind in (Kind.AND, Kind.MARK)
            and chunk.english in ("and", "or", ",")
            and found[-1].kind in _JOINABLE
            and following.kind in (Kind.THING, Kind.QUALITY)
            and (following.kind is Kind.QUALITY) == (found[-1].kind is Kind.QUALITY)
            and following.foreign not in pronouns
        ):
            link = ", " if chunk.english == "," else f" {chunk.english} "
            plural = found[-1].plural or (found[-1].kind is Kind.THING and chunk.english == "and")
            found[-1] = _with(found[-1], f"{link}{following.english}", plural=plural)
            at += 2
        else:
            found.append(chunk)
            at += 1
    return found


def _with(chunk: Chunk, more: str, *, plural: bool) -> Chunk:
    noun = f"{chunk.noun}{more}" if chunk.noun else ""
    return replace(chunk, english=f"{chunk.english}{more}", noun=noun, plural=plural)
