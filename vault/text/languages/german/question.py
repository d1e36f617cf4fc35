"""Say a German question in English."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from vault.text.languages.english.clause import Clause
from vault.text.languages.german.chunking import chunks_of
from vault.text.languages.german.lexicon import governed
from vault.text.languages.german.openings import opening_at
from vault.text.languages.german.predicate import put_verb
from vault.text.languages.german.things import Reader
from vault.text.languages.german.verbs import verbs
from vault.text.languages.german.words import HELPERS, LINKS, MODALS, STRANDED, TITLES, WITH_WHAT
from vault.text.languages.parts.chunks import Chunk, Kind, Verb
from vault.text.languages.parts.joining import in_order
from vault.text.languages.parts.tokens import Token

_MIDDLE = frozenset("still already also always never currently ever only probably usually regularly".split())
_RELATIVE = frozenset("der die das den dem denen deren dessen welche welcher welches".split())
_SUBJECT_FIRST = frozenset(
    "govern apply say contain concern happen regulate state cover include determine".split()
)


def german_to_english(tokens: Sequence[Token]) -> tuple[str, list[str]]:
    """Return the question in English, without a capital letter in front, and the words that are unknown."""
    reader = Reader(tokens)
    said = [_said(reader, segment) for segment in _segments(reader)]
    return " ".join(part for part in said if part), reader.unknown


@dataclass(frozen=True, slots=True)
class _Segment:
    start: int
    end: int
    link: str = ""
    """The English word that begins it, with a comma where there was one."""
    subordinate: bool = False
    relative: bool = False


def _is_finite(reader: Reader, at: int) -> bool:
    word = reader.word(at)
    return not reader.tokens[at].is_capital and (
        word in HELPERS or word in MODALS or word in verbs().finite or word in verbs().joined
    )


def _segments(reader: Reader) -> list[_Segment]:
    """Cut the question where one clause ends and the next begins."""
    cuts: list[tuple[int, int, str, bool, bool]] = [(0, 0, "", False, False)]
    end = len(reader.tokens)
    for at in range(1, end):
        word, before = reader.word(at), reader.word(at - 1)
        if word == "." and before in TITLES:
            continue
        if word in (".", "?", "!", ";", ":"):
            cuts.append((at, at + 1, word, False, False))
        elif before == "," and word not in ("und", "oder", "aber"):
            if word in LINKS:
                cuts.append((at - 1, at + 1, LINKS[word], True, False))
            elif word in _RELATIVE and _is_finite(reader, _segment_end(reader, at) - 1):
                cuts.append((at - 1, at + 1, "that", True, True))
            elif cuts[-1][3]:
                cuts.append((at - 1, at, ",", False, False))
            elif opening_at(reader, at) is not None:
                cuts.append((at - 1, at, ",", _is_finite(reader, _segment_end(reader, at) - 1), False))
        elif word in ("und", "oder", "aber") and at + 1 < end:
            english = {"und": "and", "oder": "or", "aber": "but"}[word]
            following = reader.word(at + 1)
            if opening_at(reader, at + 1) is not None or following in HELPERS or following in MODALS:
                cuts.append((at, at + 1, english, False, False))
    if reader.word(0) in LINKS and reader.word(0) not in ("da", "als"):
        cuts[0] = (0, 1, LINKS[reader.word(0)], True, False)
    ends = [cut[0] for cut in cuts[1:]] + [end]
    return [
        _Segment(cut[1], until, cut[2], cut[3], cut[4])
        for cut, until in zip(cuts, ends, strict=True)
        if until > cut[1] or cut[2]
    ]


def _segment_end(reader: Reader, at: int) -> int:
    while at < len(reader.tokens) and reader.word(at) not in (",", "?", ".", "!", ";"):
        at += 1
    return at


def _said(reader: Reader, segment: _Segment) -> str:
    start = segment.start
    lead: list[str] = [segment.link] if segment.link else []
    while start < segment.end and reader.word(start) in ("und", "aber", "also", "bitte", "oder"):
        lead.append({"und": "and", "aber": "but", "also": "so", "oder": "or"}.get(reader.word(start), ""))
        start += 1
    chunks = chunks_of(reader, start, segment.end, verb_last=segment.subordinate)
    if not chunks:
        return " ".join(lead)
    if chunks[0].foreign == "command":
        rest = [chunk for chunk in chunks[1:] if chunk.kind is not Kind.PARTICLE]
        return " ".join([*lead, chunks[0].english, in_order(rest)])
    finite = next((chunk for chunk in chunks if chunk.kind is Kind.VERB), None)
    if segment.subordinate:
        finite = next((chunk for chunk in reversed(chunks) if chunk.kind is Kind.VERB), None)
    if finite is None:
        return " ".join([*lead, in_order(chunks)])
    clause = _clause(chunks, finite, segment)
    asks = not segment.subordinate and (clause.opening or _verb_first(chunks, finite))
    return " ".join(part for part in (*lead, clause.question() if asks else clause.statement()) if part)


def _verb_first(chunks: list[Chunk], finite: Chunk) -> bool:
    before = chunks[: chunks.index(finite)]
    return all(chunk.kind not in (Kind.THING,) for chunk in before)


def _clause(chunks: list[Chunk], finite: Chunk, segment: _Segment) -> Clause:
    particle = next((chunk.foreign for chunk in chunks if chunk.kind is Kind.PARTICLE), "")
    verb = next(
        (one for one in finite.verbs if one.particle == particle),
        next((one for one in finite.verbs if not one.particle), finite.verbs[0]),
    )
    opening = next((chunk for chunk in chunks if chunk.kind is Kind.OPENING), None)
    clause = Clause(opening=opening.english if opening else "", past=verb.past, plural=verb.plural)
    quality = next((chunk for chunk in chunks if chunk.kind is Kind.QUALITY), None)
    main = put_verb(clause, verb, chunks)
    governs = {**main.prepositions, **(governed(quality.foreign) if quality else {})}
    things = [chunk for chunk in chunks if chunk.kind is Kind.THING]
    existing = next((thing for thing in things if thing.foreign == "es" and clause.main == "give"), None)
    if existing is not None:
        others = [thing for thing in things if thing is not existing] or ([opening] if opening else [])
        things = [replace(existing, english="there", nominative=True), *others]
        clause.main, clause.plural = "be", any(other.plural for other in others)
    subject = _subject(things, opening, verb, clause, segment)
    if subject is not None:
        clause.subject = "they" if subject.foreign == "sie" and verb.plural else subject.english
        if verb.role == "modal":
            clause.plural = subject.plural
    elif segment.relative:
        clause.subject = ""
    elif opening is not None and opening.nominative is False:
        clause.subject = "it"
    elif opening is not None:
        clause.opening_is_subject = True
    if opening is not None and opening.foreign:
        _strand(clause, opening, governs)
    if (
        opening is not None
        and opening.foreign in ("wie", "wie hoch")
        and clause.main == "be"
        and (subject is not None and not clause.passive and quality is None and not subject.person)
    ):
        clause.opening = "what"
    done = [subject, existing] if existing is not None else [subject]
    _add_rest(clause, chunks, done, governs)
    return clause


def _subject(
    things: list[Chunk], opening: Chunk | None, verb: Verb, clause: Clause, segment: _Segment
) -> Chunk | None:
    able = [thing for thing in things if thing.nominative is not False]
    certain = [thing for thing in able if thing.nominative]
    if opening is not None and opening.nominative and not segment.subordinate:
        return None
    if certain:
        return certain[0]
    if opening is not None and opening.nominative is None and able:
        fits = [thing for thing in able if verb.role == "modal" or thing.plural == verb.plural]
        if not fits and opening.plural == verb.plural:
            return None
        if clause.main in _SUBJECT_FIRST and opening.plural == verb.plural and opening.foreign != "was":
            return None
        return (fits or able)[0]
    if segment.relative and len(able) < 2 and able and able[0].plural != verb.plural:
        return None
    return able[0] if able else None


def _strand(clause: Clause, opening: Chunk, governs: dict[str, str]) -> None:
    word = opening.foreign
    if word in WITH_WHAT:
        own = (
            word.removeprefix("wor").removeprefix("wo") if word.startswith("wor") else word.removeprefix("wo")
        )
        clause.stranded = governs.get(own, WITH_WHAT[word])
    elif word in STRANDED:
        clause.stranded = STRANDED[word]
    elif opening.noun == "who":
        clause.stranded = (
            "by"
            if word == "von" and clause.passive
            else governs.get(word, "from" if word == "von" else _PLAIN.get(word, ""))
        )
    elif opening.noun and word in governs:
        clause.opening = f"{governs[word]} {opening.noun}"


_PLAIN = {
    "mit": "with",
    "für": "for",
    "bei": "with",
    "an": "to",
    "gegen": "against",
    "zu": "to",
    "auf": "for",
}


def _add_rest(clause: Clause, chunks: list[Chunk], done: list[Chunk | None], governs: dict[str, str]) -> None:
    qualities, objects, rest = [], [], []
    main_done = False
    for chunk in chunks:
        match chunk.kind:
            case Kind.THING if not any(chunk is one for one in done):
                told = clause.passive and clause.opening_is_subject and not clause.modal
                objects.append(f"to {chunk.english}" if told else chunk.english)
            case Kind.PLACE:
                english = (
                    f"{governs[chunk.foreign]} {chunk.noun}" if chunk.foreign in governs else chunk.english
                )
                if chunk.foreign == "von" and clause.passive and "von" not in governs:
                    english = f"by {chunk.noun}"
                rest.append(english)
            case Kind.ADVERB if chunk.english in _MIDDLE:
                clause.middle.append(chunk.english)
            case Kind.ADVERB | Kind.AND | Kind.MARK | Kind.LINK:
                rest.append(chunk.english)
            case Kind.QUALITY:
                qualities.append(chunk.english)
            case Kind.NOT:
                negation, _, more = chunk.english.partition(" ... ")
                clause.negation = negation
                if more:
                    rest.append(more)
            case Kind.INFINITIVE if chunk.foreign not in ("werden", "haben", "sein"):
                if main_done or not (clause.main.endswith(chunk.verbs[0].english)):
                    rest.append(chunk.english)
                main_done = True
            case _:
                pass
    clause.complements = [*qualities, *objects, *rest]
