"""Cut a French clause into chunks, each already in English."""

from __future__ import annotations

import re
from dataclasses import replace

from vault.text.languages.french.lexicon import adjective, adverb, noun, participle, phrase_at
from vault.text.languages.french.openings import opening_at
from vault.text.languages.french.things import Reader
from vault.text.languages.french.verbs import verbs
from vault.text.languages.french.words import (
    ARTICLES,
    CLITICS,
    HELPERS,
    MODALS,
    OF,
    PLURAL_MODALS,
    PREPOSITIONS,
    PRONOUNS,
    TO,
)
from vault.text.languages.parts.chunks import Chunk, Kind, Verb
from vault.text.languages.parts.joining import joined

_OBJECTS = {"le": "it", "la": "it", "l'": "it", "les": "them", "lui": "to him", "leur": "to them"}
"""Pronouns that stand before a verb and are its object."""
_SAID_ON = ("admission", "discharge", "transfer", "arrival")
_IN = re.compile(
    r"^(?:the )?(?:clause|section|article|annex|paragraph|schedule|hospital|letter|report|contract|lease)"
)
_DURATION = re.compile(r"^[\w ]*(?:days?|weeks?|months?|years?|hours?|minutes?)$")


def chunks_of(reader: Reader, start: int, end: int, *, asks: bool) -> list[Chunk]:
    """Return the chunks of the clause from token `start` to `end`; `asks` where it may hold an opening."""
    found: list[Chunk] = []
    at = start
    while at < end:
        has_verb = any(chunk.kind is Kind.VERB for chunk in found)
        chunk, at = _next(reader, at, end, found, has_verb=has_verb, asks=asks)
        found.append(chunk)
    return joined([chunk for chunk in found if chunk.kind is not Kind.MARK or chunk.english], PRONOUNS)


def _next(
    reader: Reader, at: int, end: int, found: list[Chunk], *, has_verb: bool, asks: bool
) -> tuple[Chunk, int]:
    token, word = reader.tokens[at], reader.word(at)
    if token.kept and (kept := reader.thing(at)) is not None:
        return kept
    if token.text[0] == "-" and len(word) > 1 and word[1:] in PRONOUNS:
        english, plural = PRONOUNS[word[1:]]
        return Chunk(Kind.THING, english, plural, foreign=word), at + 1
    if asks and not has_verb and (opening := opening_at(reader, at)) is not None:
        return opening
    phrase = phrase_at(reader.words, at)
    if phrase is not None and phrase[1] != "thing" and at + phrase[2] <= end:
        return _phrase(phrase, reader, at)
    if word == "est" and reader.word(at + 1) == "-ce" and reader.word(at + 2) in ("que", "qu'", "qui"):
        return Chunk(Kind.MARK, ""), at + 3
    if token.is_mark:
        return Chunk(Kind.MARK, token.text), at + 1
    if word in ("ne", "n'"):
        return Chunk(Kind.MARK, ""), at + 1
    negated = "ne" in reader.words or "n'" in reader.words
    if negated and word in ("pas", "plus", "jamais", "point"):
        return Chunk(Kind.NOT, {"plus": "no longer", "jamais": "never"}.get(word, "not")), at + 1
    if word in ("et", "ou", "mais"):
        return Chunk(Kind.AND, {"et": "and", "ou": "or", "mais": "but"}[word]), at + 1
    there = _there(reader, at)
    if there is not None and not has_verb:
        return there
    if word in ("se", "s'") and not has_verb and reader.word(at + 1) in verbs().reflexive:
        return Chunk(Kind.VERB, word, verbs=(verbs().reflexive[reader.word(at + 1)],)), at + 2
    before_verb = word in CLITICS and _is_verb(reader, at + 1)
    if before_verb and word not in ("en",):
        begins_noun = word in ("l'", "le", "la") and noun(reader.word(at + 1)) is not None
        if word not in _OBJECTS:
            return Chunk(Kind.MARK, ""), at + 1
        if not begins_noun:
            return Chunk(Kind.THING, _OBJECTS[word], nominative=False), at + 1
    if word == "lieu" and has_verb and reader.word(at - 1) not in ARTICLES:
        return Chunk(Kind.PARTICLE, "", foreign=word), at + 1
    verb = _verb(reader, at, found, has_verb=has_verb)
    if verb is not None:
        return verb
    placed = _place(reader, at, found)
    if placed is not None:
        return placed
    if (english_adverb := adverb(word)) is not None:
        return Chunk(Kind.ADVERB, english_adverb), at + 1
    if word in PRONOUNS and not (word in ARTICLES and reader.thing(at)):
        english, plural = PRONOUNS[word]
        return Chunk(Kind.THING, english, plural, foreign=word), at + 1
    thing = reader.thing(at)
    if thing is not None and thing[1] > at:
        return thing
    if (quality := adjective(word)) is not None:
        return Chunk(Kind.QUALITY, quality, foreign=word), at + 1
    if (
        token.is_word
        and word not in (*ARTICLES, *OF, *TO, *PREPOSITIONS)
        and not token.is_code
        and (not token.is_capital or at == 0)
    ):
        reader.unknown.append(token.text)
    return Chunk(Kind.THING, ARTICLES.get(word, PREPOSITIONS.get(word, token.text)), foreign=word), at + 1


def _is_verb(reader: Reader, at: int) -> bool:
    word = reader.word(at)
    return (
        word in HELPERS
        or word in MODALS
        or word in verbs().finite
        or word in CLITICS
        or word in verbs().infinitives
    )


def _there(reader: Reader, at: int) -> tuple[Chunk, int] | None:
    """Return "there is" where "y a-t-il" or "il y a" stands; "ago" where a time follows."""
    start = at + (reader.word(at) == "il")
    if reader.word(start) not in ("y", "n'") or reader.word(start + 1) not in ("a", "avait", "aura", "y"):
        return None
    after = start + 2 + (reader.word(start + 1) == "y")
    past = "avait" in (reader.word(start + 1), reader.word(start + 2))
    inverted = reader.word(after) == "-il"
    after += inverted
    thing = reader.thing(after)
    if (
        thing is not None
        and not inverted
        and thing[0].english[:1].isdigit()
        and _DURATION.match(thing[0].english)
    ):
        return Chunk(Kind.ADVERB, f"{thing[0].english} ago"), thing[1]
    plural = thing is not None and thing[0].plural
    return Chunk(Kind.VERB, "there", verbs=(Verb("be", past, plural, "there"),)), after


def _phrase(phrase: tuple[str, str, int], reader: Reader, at: int) -> tuple[Chunk, int]:
    english, kind, length = phrase
    match kind:
        case "prep":
            inner = reader.thing(at + length)
            if inner is None:
                return Chunk(Kind.PLACE, english), at + length
            if english.endswith(" the") and reader.date(at + length):
                english = english.removesuffix(" the")
            text = inner[0].english
            if reader.date(at + length + 1) and reader.word(at + length) == "le":
                text = text.removeprefix("the ")
            return Chunk(Kind.PLACE, f"{english} {text}", noun=text, foreign=reader.word(at)), inner[1]
        case "command":
            return Chunk(Kind.LINK, english, foreign="command"), at + length
        case "quality":
            return Chunk(Kind.QUALITY, english, foreign=reader.word(at + length - 1)), at + length
        case "ask":
            return Chunk(Kind.LINK, "", foreign="ask"), at + length
        case "not":
            return Chunk(Kind.NOT, english), at + length
        case _:
            return Chunk(Kind.ADVERB, english), at + length


def _verb(reader: Reader, at: int, found: list[Chunk], *, has_verb: bool) -> tuple[Chunk, int] | None:
    word, table = reader.word(at), verbs()
    if reader.tokens[at].is_capital and at > 0 and reader.word(at - 1) not in (".", "?", "!", ":"):
        return None
    last = found[-1].kind if found else None
    if word in HELPERS and not has_verb:
        return Chunk(Kind.VERB, word, verbs=(HELPERS[word],)), at + 1
    if word in MODALS and not has_verb:
        modal = Verb(MODALS[word], plural=word in PLURAL_MODALS, role="modal")
        return Chunk(Kind.VERB, word, verbs=(modal,)), at + 1
    if word == "été" and has_verb:
        return Chunk(Kind.PARTICIPLE, "", foreign="été"), at + 1
    if word == "être" or word == "avoir":
        english = "be" if word == "être" else "have"
        return Chunk(Kind.INFINITIVE, english, verbs=(Verb(english),), foreign=word), at + 1
    joint = word in ("de", "d'", "à", "pour") and reader.word(at + 1) in table.infinitives
    if joint and has_verb:
        carried = table.infinitives[reader.word(at + 1)]
        return Chunk(Kind.INFINITIVE, f"to {carried.english}", verbs=(carried,), foreign="to"), at + 2
    if (
        has_verb
        and (verb := participle(word)) is not None
        and last is not Kind.PLACE
        and word not in ARTICLES
    ):
        return Chunk(Kind.PARTICIPLE, verb.english, verbs=(verb,), foreign=word), at + 1
    if has_verb and word in table.infinitives:
        return Chunk(
            Kind.INFINITIVE, table.infinitives[word].english, verbs=(table.infinitives[word],)
        ), at + 1
    if (
        not has_verb
        and word in table.finite
        and (found or noun(word) is None or reader.word(at + 1)[:1] == "-")
    ):
        said = replace(table.finite[word], role="will" if word in table.future else "")
        return Chunk(Kind.VERB, word, verbs=(said,)), at + 1
    if not has_verb and (verb := participle(word)) is not None and noun(word) is None:
        return Chunk(Kind.PARTICIPLE, verb.english, verbs=(verb,), foreign=word), at + 1
    return None


def _place(reader: Reader, at: int, found: list[Chunk]) -> tuple[Chunk, int] | None:
    word = reader.word(at)
    if word == "le" and (dated := reader.date(at + 1)) is not None:
        return Chunk(Kind.PLACE, f"on {dated[0]}", foreign="le", noun=dated[0]), dated[1]
    if word in OF:
        after_verb = bool(found) and found[-1].kind in (
            Kind.VERB,
            Kind.NOT,
            Kind.ADVERB,
            Kind.PARTICIPLE,
            Kind.INFINITIVE,
            Kind.MARK,
        )
        inverted = bool(found) and found[-1].foreign.startswith("-")
        thing = reader.thing(at + 1) if word in ("de", "d'") else reader.thing(at)
        if thing is None:
            return None
        if not found or ((after_verb or inverted) and not thing[0].person and reader.date(at + 1) is None):
            return Chunk(
                Kind.THING, thing[0].english.removeprefix("the "), thing[0].plural, nominative=False
            ), thing[1]
        the = "the " if OF[word] and not thing[0].person and reader.date(at + 1) is None else ""
        said = "from" if reader.date(at + 1 + (reader.word(at + 1) in ARTICLES)) else "of"
        return Chunk(
            Kind.PLACE,
            f"{said} {the}{thing[0].english}",
            foreign="de",
            noun=f"{the}{thing[0].english}",
            person=thing[0].person,
        ), thing[1]
    if word not in TO and word not in PREPOSITIONS:
        return None
    thing = reader.thing(at + 1)
    if thing is None:
        pronoun = reader.word(at + 1)
        if pronoun in PRONOUNS and word in PREPOSITIONS:
            english = {"she": "her", "he": "him", "they": "them"}.get(
                PRONOUNS[pronoun][0], PRONOUNS[pronoun][0]
            )
            return Chunk(Kind.PLACE, f"{PREPOSITIONS[word]} {english}", foreign=word, noun=english), at + 2
        return None
    text = thing[0].english
    dated = reader.date(at + 1 + (reader.word(at + 1) == "le"))
    if dated is not None:
        text = dated[0]
    if word in TO:
        the = f"{TO[word]} " if TO[word] and not thing[0].person and dated is None else ""
        bare = f"{the}{text}"
        if text.removeprefix("the ").split()[0] in _SAID_ON:
            english = f"on {text.removeprefix('the ')}"
        elif thing[0].person:
            english = f"to {bare}"
        else:
            english = f"{'in' if _IN.match(bare) else 'on' if dated else 'at'} {bare}"
        return Chunk(Kind.PLACE, english, foreign="à", noun=bare, person=thing[0].person), thing[1]
    english = PREPOSITIONS[word]
    if word in ("pendant", "durant") and _DURATION.match(text) and not text.startswith("the "):
        english = "for"
    return Chunk(Kind.PLACE, f"{english} {text}", foreign=word, noun=text, person=thing[0].person), thing[1]
