"""Say a French question in English."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from vault.text.languages.english.clause import Clause
from vault.text.languages.english.forms import participle_of
from vault.text.languages.french.chunking import chunks_of
from vault.text.languages.french.elision import french_tokens
from vault.text.languages.french.lexicon import governed, phrase_at
from vault.text.languages.french.openings import opening_at
from vault.text.languages.french.predicate import put_verb
from vault.text.languages.french.things import Reader
from vault.text.languages.french.verbs import verbs
from vault.text.languages.french.words import HELPERS, LINKS, MODALS
from vault.text.languages.parts.chunks import Chunk, Kind
from vault.text.languages.parts.joining import in_order
from vault.text.languages.parts.tokens import Token

_MIDDLE = frozenset("still already also always never currently ever only probably usually regularly".split())
_SUBJECT_FIRST = frozenset(
    "govern apply concern regulate cover include determine justify mention describe set".split()
)
_IMPERSONAL = frozenset(("happen",))
_STRANDED = {
    "à": "to",
    "de": "of",
    "d'": "of",
    "avec": "with",
    "par": "by",
    "pour": "for",
    "contre": "against",
    "chez": "with",
    "sur": "on",
    "dans": "in",
    "en": "in",
}


def french_to_english(tokens: Sequence[Token]) -> tuple[str, list[str]]:
    """Return the question in English, without a capital letter in front, and the words that are unknown."""
    reader = Reader(french_tokens(tokens))
    asks = any(token.text == "?" for token in reader.tokens)
    said = [_said(reader, *segment, asks) for segment in _segments(reader)]
    return " ".join(part for part in said if part), reader.unknown


def _segments(reader: Reader) -> list[tuple[int, int, str, bool]]:
    """Cut the question into clauses: (start, end, the English word before it, whether it is subordinate)."""
    cuts: list[tuple[int, int, str, bool]] = [(0, 0, "", False)]
    end = len(reader.tokens)
    opened = phrase_at(reader.words, 0) if reader.words else None
    seen_verb = opened is not None and opened[1] == "command"
    for at in range(end):
        word, before = reader.word(at), reader.word(at - 1)
        seen_verb = seen_verb or word in HELPERS or word in MODALS or word in verbs().finite
        if word in (".", "?", "!", ";", ":") and not (
            word == "." and before in ("m", "mme", "dr", "mlle", "pr")
        ):
            cuts.append((at, at + 1, word, False))
            seen_verb = False
        elif at and word in LINKS and seen_verb and _begins_clause(reader, at):
            cuts.append((at, at + 1, LINKS[word], True))
        elif (
            at
            and before in ("et", "mais", ",")
            and seen_verb
            and opening_at(reader, at) is not None
            and (word not in LINKS or word == "quand")
        ):
            cuts.append((at - 1, at, {"et": "and", "mais": "but"}.get(before, ","), False))
    ends = [cut[0] for cut in cuts[1:]] + [end]
    return [
        (cut[1], max(until, cut[1]), cut[2], cut[3])
        for cut, until in zip(cuts, ends, strict=True)
        if until > cut[1] or cut[2]
    ]


def _begins_clause(reader: Reader, at: int) -> bool:
    word = reader.word(at)
    if any(reader.word(later).startswith("-") for later in (at + 2, at + 3)):
        return False
    if word in ("s'", "où", "quand") and reader.word(at - 1) not in (",", "et"):
        return word == "s'" and reader.word(at + 1) in ("il", "ils")
    if word in ("que", "qu'") and (
        reader.word(at - 1) in ("-ce", "est-ce", "parce", "afin") or reader.word(at + 1) in ("est", "est-ce")
    ):
        return False
    if word == "qui" and reader.word(at - 1) in ("à", "de", "par", "avec", "pour", "chez", "-ce"):
        return False
    return any(
        reader.word(later) in HELPERS or reader.word(later) in MODALS or reader.word(later) in verbs().finite
        for later in range(at + 1, len(reader.tokens))
    )


def _said(reader: Reader, start: int, end: int, link: str, subordinate: bool, asks: bool) -> str:
    lead = [link] if link else []
    while start < end and reader.word(start) in ("et", "mais", "alors", "ou", ","):
        lead.append({"et": "and", "mais": "but", "alors": "so", "ou": "or"}.get(reader.word(start), ""))
        start += 1
    chunks = chunks_of(reader, start, end, asks=not subordinate)
    if not chunks:
        return " ".join(lead)
    if chunks[0].foreign == "command":
        return " ".join(part for part in (*lead, chunks[0].english, in_order(chunks[1:])) if part)
    finite = next((chunk for chunk in chunks if chunk.kind is Kind.VERB), None)
    if finite is None:
        return " ".join(part for part in (*lead, in_order(chunks)) if part)
    clause = _clause(chunks, finite, relative=subordinate and reader.word(start - 1) == "qui")
    question = not subordinate and (clause.opening or asks)
    return " ".join(part for part in (*lead, clause.question() if question else clause.statement()) if part)


def _clause(chunks: list[Chunk], finite: Chunk, *, relative: bool) -> Clause:
    verb = finite.verbs[0]
    opening = next((chunk for chunk in chunks if chunk.kind is Kind.OPENING), None)
    clause = Clause(opening=opening.english if opening else "", past=verb.past, plural=verb.plural)
    main = put_verb(clause, verb, chunks)
    if clause.main == "have" and any(chunk.foreign == "lieu" for chunk in chunks):
        clause.main = "take place"
    if clause.opening == "how old" and clause.main == "have":
        clause.main = "be"
    qualities = [chunk for chunk in chunks if chunk.kind is Kind.QUALITY]
    governs = {**main.prepositions, **(governed(qualities[0].foreign) if qualities else {})}
    subject, dropped = _subject(chunks, finite, opening, clause, relative=relative)
    if verb.role == "there":
        clause.subject = "there"
    elif subject is not None:
        clause.subject = subject.english
        if verb.role == "modal":
            clause.plural = subject.plural
    elif opening is not None:
        clause.opening_is_subject = True
    if opening is not None and opening.noun:
        if opening.person:
            clause.stranded = governs.get(opening.foreign, _STRANDED.get(opening.foreign, ""))
        elif opening.foreign in governs:
            clause.opening = f"{governs[opening.foreign]} {opening.noun}"
    _add_rest(clause, chunks, [subject, *dropped], governs)
    return clause


def _subject(
    chunks: list[Chunk], finite: Chunk, opening: Chunk | None, clause: Clause, *, relative: bool
) -> tuple[Chunk | None, list[Chunk]]:
    """Return the subject, and the pronouns that only repeat it: "Mme Hale prend-elle"."""
    place = chunks.index(finite)
    before = [c for c in chunks[:place] if c.kind is Kind.THING and c.nominative is not False]
    inverted = [c for c in chunks[place:] if c.kind is Kind.THING and c.foreign.startswith("-")]
    after = [
        c
        for c in chunks[place:]
        if c.kind is Kind.THING and c.nominative is not False and not c.foreign.startswith("-")
    ]
    if finite.english in ("faut", "faudra", "fallait"):
        one = Chunk(Kind.THING, "one")
        return one, [*inverted, *(c for c in before if c.foreign == "il")]
    if before:
        return before[0], inverted
    if inverted and opening is not None and clause.main in _IMPERSONAL and inverted[0].foreign == "-il":
        return None, inverted
    if inverted:
        if inverted[0].foreign == "-ce" and after:
            return after[0], inverted
        return inverted[0], inverted[1:]
    if opening is None:
        return (None, []) if relative or not after else (after[0], [])
    if opening.nominative and clause.main != "be":
        return None, []
    if not after:
        return None, []
    if opening.nominative is None:
        compound = finite.verbs[0].role == "have" and clause.main != "have"
        agrees = after[0].plural == finite.verbs[0].plural
        if (
            (compound and not clause.passive and not after[0].person)
            or clause.main in _SUBJECT_FIRST
            or (
                compound
                and opening.english.endswith(("doctor", "surgeon", "nurse", "consultant", "company", "court"))
            )
            or (not agrees and opening.plural == finite.verbs[0].plural)
        ):
            return None, []
    return after[0], []


def _add_rest(
    clause: Clause, chunks: list[Chunk], done: Sequence[Chunk | None], governs: Mapping[str, str]
) -> None:
    qualities, objects, rest = [], [], []
    main_said = False
    participle_said = False
    for chunk in chunks:
        match chunk.kind:
            case Kind.THING if not any(chunk is one for one in done):
                objects.append(chunk.english)
            case Kind.PLACE:
                rest.append(
                    f"{governs[chunk.foreign]} {chunk.noun}" if chunk.foreign in governs else chunk.english
                )
            case Kind.ADVERB if chunk.english in _MIDDLE:
                clause.middle.append(chunk.english)
            case Kind.ADVERB | Kind.AND | Kind.MARK | Kind.LINK:
                rest.append(chunk.english)
            case Kind.QUALITY:
                qualities.append(chunk.english)
            case Kind.NOT:
                clause.negation, _, more = chunk.english.partition(" ... ")
                if more:
                    rest.append(more)
            case Kind.INFINITIVE if chunk.foreign not in ("être", "avoir"):
                if main_said or not clause.main.endswith(chunk.verbs[0].english):
                    rest.append(chunk.english)
                main_said = True
            case Kind.PARTICIPLE if chunk.verbs:
                if participle_said or (chunk.verbs[0].english not in clause.main and chunk.foreign != "eu"):
                    rest.append(participle_of(chunk.verbs[0].english))
                participle_said = True
            case _:
                pass
    clause.complements = [*qualities, *objects, *rest]
