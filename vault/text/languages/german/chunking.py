"""Cut a German clause into chunks, each already in English."""

from __future__ import annotations

import re

from vault.text.languages.german.lexicon import adjective, adverb, noun, phrase_at
from vault.text.languages.german.openings import opening_at
from vault.text.languages.german.things import Reader
from vault.text.languages.german.verbs import verbs
from vault.text.languages.german.words import (
    ARTICLES,
    HELPERS,
    LINKS,
    MODALS,
    OBJECTS_ONLY,
    PLURAL_MODALS,
    PREPOSITIONS,
    PRONOUNS,
)
from vault.text.languages.parts.chunks import Chunk, Kind, Verb
from vault.text.languages.parts.joining import joined

_UNITS_OF_TIME = "tag woche monat jahr stunde minute quartal".split()
_DURING_DAY = {"morning", "afternoon", "evening"}
_SAID_ON = {"admission", "discharge", "transfer", "arrival"}


def chunks_of(reader: Reader, start: int, end: int, *, verb_last: bool) -> list[Chunk]:
    """Return the chunks of the clause from token `start` to `end`; `verb_last` in subordinate clauses."""
    reader.passive = any(
        word.startswith(("wird", "wurde", "werden", "worden")) for word in reader.words[start:end]
    )
    found: list[Chunk] = []
    at = start
    while at < end:
        has_verb = any(chunk.kind is Kind.VERB for chunk in found)
        chunk, at = _next(reader, at, end, has_verb=has_verb, verb_last=verb_last)
        found.append(chunk)
    return joined(found, PRONOUNS)


def _next(reader: Reader, at: int, end: int, *, has_verb: bool, verb_last: bool) -> tuple[Chunk, int]:
    token, word = reader.tokens[at], reader.word(at)
    if token.kept:
        thing = reader.thing(at)
        if thing is not None:
            return thing
    phrase = phrase_at(reader.words, at)
    if phrase is not None and phrase[1] != "thing" and at + phrase[2] <= end:
        return _phrase(phrase[0], phrase[1], phrase[2], reader, at)
    if token.is_mark:
        return Chunk(Kind.MARK, token.text), at + 1
    if not has_verb or verb_last:
        opening = opening_at(reader, at)
        if opening is not None:
            return opening
    if word == "nicht":
        return Chunk(Kind.NOT, "not"), at + 1
    if word in ("und", "oder", "aber", "sowie", "bzw", "bzw."):
        english = {"und": "and", "sowie": "and", "aber": "but"}.get(word, "or")
        return Chunk(Kind.AND, english), at + 1
    if word in LINKS and (at == 0 or reader.word(at - 1) == ","):
        return Chunk(Kind.LINK, LINKS[word]), at + 1
    first = at == 0 or reader.tokens[at - 1].is_mark
    if not token.is_capital or first:
        verb = _verb(reader, at, end, has_verb=has_verb, verb_last=verb_last)
        if verb is not None:
            return verb
    if word in PREPOSITIONS:
        placed = _place(reader, at)
        if placed is not None:
            return placed
    if word in verbs().particles and at == end - 1:
        return Chunk(Kind.PARTICLE, "", foreign=word), at + 1
    said = adverb(word)
    if said is not None and (first or not token.is_capital):
        return Chunk(Kind.ADVERB, said), at + 1
    if word in PRONOUNS and (word not in ARTICLES or not _begins_noun(reader, at)):
        english, plural = PRONOUNS[word]
        nominative = False if word in OBJECTS_ONLY else True if word in ("er", "man", "wir", "ich") else None
        return Chunk(Kind.THING, english, plural, foreign=word, nominative=nominative), at + 1
    thing = reader.thing(at)
    if thing is not None and thing[1] > at:
        return thing
    quality = adjective(word)
    if quality is not None:
        return Chunk(Kind.QUALITY, quality, foreign=word), at + 1
    found = noun(token.text) if token.is_word else None
    if found is not None:
        return Chunk(Kind.THING, found.english, found.plural), at + 1
    if token.is_word and word not in ARTICLES and word not in PREPOSITIONS:
        reader.unknown.append(token.text)
    return Chunk(
        Kind.THING if token.is_capital or token.is_number else Kind.ADVERB,
        ARTICLES.get(word, PREPOSITIONS.get(word, token.text)),
        foreign=word,
    ), at + 1


def _begins_noun(reader: Reader, at: int) -> bool:
    following = reader.thing(at)
    return following is not None and following[1] > at + 1


def _phrase(english: str, kind: str, length: int, reader: Reader, at: int) -> tuple[Chunk, int]:
    match kind:
        case "prep":
            inner = reader.thing(at + length)
            if inner is None:
                return Chunk(Kind.PLACE, english), at + length
            noun_text = inner[0].english
            if english.endswith(" the") and reader.date(at + length):
                english = english.removesuffix(" the")
            return Chunk(Kind.PLACE, f"{english} {noun_text}", noun=noun_text), inner[1]
        case "opening":
            return Chunk(Kind.OPENING, english, nominative=False), at + length
        case "subject":
            return Chunk(Kind.OPENING, english, nominative=True), at + length
        case "command":
            return Chunk(Kind.LINK, english, foreign="command"), at + length
        case "quality":
            return Chunk(Kind.QUALITY, english, foreign=reader.word(at + length - 1)), at + length
        case "not":
            return Chunk(Kind.NOT, english), at + length
        case _:
            return Chunk(Kind.ADVERB, english), at + length


def _verb(reader: Reader, at: int, end: int, *, has_verb: bool, verb_last: bool) -> tuple[Chunk, int] | None:
    word, table = reader.word(at), verbs()
    if word == "worden":
        return Chunk(Kind.PARTICIPLE, "", foreign="worden"), at + 1
    if word == "gewesen":
        return Chunk(Kind.PARTICIPLE, "be", verbs=(Verb("be", goes=True),)), at + 1
    if (
        word == "zu"
        and (infinitive := table.infinitives.get(reader.word(at + 1)))
        and not reader.capital(at + 1)
    ):
        return Chunk(Kind.INFINITIVE, f"to {infinitive.english}", verbs=(infinitive,), foreign="zu"), at + 2
    if word in HELPERS and (not has_verb or (verb_last and at == end - 1)):
        return Chunk(Kind.VERB, word, verbs=(HELPERS[word],)), at + 1
    if word in MODALS and not has_verb:
        modal = Verb(MODALS[word], plural=word in PLURAL_MODALS, role="modal")
        return Chunk(Kind.VERB, word, verbs=(modal,)), at + 1
    if word in ("werden", "haben", "sein") and has_verb and not _begins_noun(reader, at):
        english = {"werden": "become", "haben": "have", "sein": "be"}[word]
        return Chunk(Kind.INFINITIVE, english, verbs=(Verb(english),), foreign=word), at + 1
    before_noun = reader.capital(at + 1) and word.endswith(("e", "en", "er", "em", "es")) and at + 1 < end
    participle = table.participles.get(word)
    helped = verb_last and reader.word(at + 1) in {*HELPERS, *MODALS, "werden", "worden"}
    if participle is not None and (has_verb or helped):
        return Chunk(Kind.PARTICIPLE, participle.english, verbs=(participle,)), at + 1
    if has_verb or helped:
        infinitive = table.infinitives.get(word)
        if infinitive is not None and not (before_noun and adjective(word)):
            joined = "zu" if _holds_zu(word, infinitive.english) else ""
            return Chunk(
                Kind.INFINITIVE,
                f"to {infinitive.english}" if joined else infinitive.english,
                verbs=(infinitive,),
                foreign=joined,
            ), at + 1
        return None
    if verb_last and (joined_verb := table.joined.get(word)):
        return Chunk(Kind.VERB, word, verbs=(joined_verb,)), at + 1
    if word in table.finite and not (before_noun and at > 0 and adjective(word) and verb_last):
        return Chunk(Kind.VERB, word, verbs=table.finite[word]), at + 1
    if participle is not None:
        return Chunk(Kind.PARTICIPLE, participle.english, verbs=(participle,)), at + 1
    return None


def _holds_zu(word: str, _english: str) -> bool:
    return any(word.startswith(f"{particle}zu") for particle in verbs().particles if particle != "zu")


def _place(reader: Reader, at: int) -> tuple[Chunk, int] | None:
    word = reader.word(at)
    thing = reader.thing(at + 1)
    if thing is None:
        if reader.word(at + 1) in PRONOUNS:
            english = {"he": "him", "she": "her", "they": "them"}.get(*[PRONOUNS[reader.word(at + 1)][0]] * 2)
            return Chunk(Kind.PLACE, f"{PREPOSITIONS[word]} {english}", foreign=word, noun=english), at + 2
        return None
    noun_text, after = thing[0].english, thing[1]
    english = PREPOSITIONS[word]
    dated = reader.date(at + 1 + (reader.word(at + 1) in ARTICLES)) is not None or bool(
        re.fullmatch(r"\d{1,2}[./]\d{1,2}[./]?(?:\d{2,4})?|\d{4}(?:-\d\d-\d\d)?", noun_text)
    )
    if dated:
        english = {"am": "on", "im": "in", "vom": "from", "zum": "on", "beim": "at", "um": "on"}.get(
            word, english
        )
        bare = noun_text.split()[0]
        if word in ("im", "in") or (word == "am" and bare[:1].isdigit()) or word != "am":
            return Chunk(Kind.PLACE, f"{english} {noun_text}", foreign=word, noun=noun_text), after
        return Chunk(Kind.PLACE, f"{english} {noun_text}", foreign=word, noun=noun_text), after
    timed = any(reader.word(after - 1).startswith(unit) for unit in _UNITS_OF_TIME) or reader.word(
        after - 1
    ).startswith("stunden")
    if word == "vor" and timed and not noun_text.startswith(("the ", "a ")):
        return Chunk(Kind.ADVERB, f"{noun_text} ago"), after
    if word == "um" and reader.tokens[at + 1].is_number and reader.word(at + 2) == "uhr":
        return Chunk(Kind.PLACE, f"at {reader.tokens[at + 1].text}", foreign=word), at + 3
    if word == "um" and not noun_text[0].isupper():
        english = "by"
    if word == "am" and noun_text.split()[-1] in _DURING_DAY:
        english = "in the"
    if word == "bei" and thing[1] == at + 2 and not thing[0].person and not thing[0].plural:
        english = "in case of"
    if word == "bei" and thing[0].person:
        english = "with" if noun_text.startswith(("Dr", "Prof")) else "for"
    if noun_text.split()[0] in _SAID_ON and word in ("bei", "beim", "zum", "zur"):
        english = "on"
    return Chunk(
        Kind.PLACE,
        f"{english} {noun_text}",
        thing[0].plural,
        foreign=word,
        noun=noun_text,
        person=thing[0].person,
    ), after
