"""Read what a German question asks for: "bis wann", "welche Medikamente"."""

from __future__ import annotations

from vault.text.languages.german.lexicon import adjective
from vault.text.languages.german.things import Reader
from vault.text.languages.german.words import ARTICLES, HELPERS, OPENINGS, WHICH, WITH_WHAT
from vault.text.languages.parts.chunks import Chunk, Kind

_MANY = frozenset("viele vielen vieler wieviele wievielen".split())
_MUCH = frozenset("viel wieviel wievieles".split())
_OPENING_PREPOSITIONS = {
    "bis": "until", "seit": "since", "ab": "from", "von": "from", "zu": "to", "nach": "after",
    "vor": "before",
    "zum": "to", "um": "by", "auf": "on", "an": "on", "in": "in", "mit": "with", "für": "for", "bei": "at",
    "gegen": "against", "aus": "from", "unter": "under", "über": "about", "durch": "by",
    "wegen": "because of",
}  # fmt: skip


def opening_at(reader: Reader, at: int) -> tuple[Chunk, int] | None:
    """Return what is asked ("bis wann", "welche Medikamente") where it stands at `at`, and where it ends."""
    word = reader.word(at)
    if word in _OPENING_PREPOSITIONS and at + 1 < len(reader.tokens):
        inner = opening_at(reader, at + 1) if reader.word(at + 1) not in _OPENING_PREPOSITIONS else None
        if inner is None:
            return None
        english = f"{_OPENING_PREPOSITIONS[word]} {inner[0].english}"
        if reader.word(at + 1) == "wem":
            return Chunk(Kind.OPENING, "who", foreign=word, noun="who", nominative=False), inner[1]
        return Chunk(
            Kind.OPENING, english, inner[0].plural, foreign=word, noun=inner[0].english, nominative=False
        ), inner[1]
    if word in WITH_WHAT:
        return Chunk(Kind.OPENING, "what", foreign=word, nominative=False), at + 1
    if word in WHICH or word == "wessen":
        asked = "whose" if word == "wessen" else "which"
        thing = reader.thing(at + 1)
        if thing is None:
            return Chunk(Kind.OPENING, asked), at + 1
        plural = thing[0].plural
        nominative = True if word == "welcher" and not plural else False if word == "welchen" else None
        return Chunk(Kind.OPENING, f"{asked} {thing[0].english}", plural, nominative=nominative), thing[1]
    many = 1 if word in ("wieviel", "wieviele", "wievielen") else 2 if word == "wie" else 0
    if many and reader.word(at + many - 1) in _MANY | _MUCH:
        asked = "how many" if reader.word(at + many - 1) in _MANY else "how much"
        thing = (
            reader.thing(at + many)
            if reader.capital(at + many) or reader.word(at + many) not in ARTICLES
            else None
        )
        if thing is None or thing[0].person or reader.word(at + many) in HELPERS:
            return Chunk(Kind.OPENING, asked), at + many
        if thing[0].plural:
            asked = "how many"
        return Chunk(Kind.OPENING, f"{asked} {thing[0].english}", thing[0].plural), thing[1]
    if word == "wie" and at + 1 < len(reader.tokens):
        following = reader.word(at + 1)
        phrase = {"lange": "how long", "oft": "how often", "häufig": "how often", "weit": "how far"}.get(
            following
        )
        if phrase is None and following not in HELPERS and not reader.capital(at + 1):
            quality = adjective(following)
            phrase = f"how {quality}" if quality else None
        if phrase is not None:
            return Chunk(Kind.OPENING, phrase, foreign=f"wie {following}", nominative=False), at + 2
    if word == "was" and reader.word(at + 1) == "für":
        after = at + 2 + (reader.word(at + 2) in ARTICLES)
        thing = reader.thing(after)
        if thing is not None:
            return Chunk(Kind.OPENING, f"what kind of {thing[0].english}", thing[0].plural), thing[1]
    if word in OPENINGS:
        nominative = True if word == "wer" else None if word == "was" else False
        return Chunk(Kind.OPENING, OPENINGS[word], foreign=word, nominative=nominative), at + 1
    return None
