"""Read what a French question asks for: "jusqu'à quelle date", "combien de lits"."""

from __future__ import annotations

from vault.text.languages.french.lexicon import phrase_at
from vault.text.languages.french.things import Reader
from vault.text.languages.french.words import HELPERS, QUESTION_WORDS, WHICH
from vault.text.languages.parts.chunks import Chunk, Kind

_OPENING_PREPOSITIONS = {
    "à": "on", "de": "of", "d'": "of", "dans": "in", "en": "in", "sur": "on", "sous": "under", "avec": "with",
    "pour": "for", "par": "by", "contre": "against", "chez": "with", "après": "after", "avant": "before",
    "depuis": "since", "pendant": "during", "entre": "between", "selon": "according to", "dès": "from",
}  # fmt: skip


def opening_at(reader: Reader, at: int) -> tuple[Chunk, int] | None:
    """Return what is asked ("jusqu'à quelle date", "combien de lits") where it stands at `at`."""
    word = reader.word(at)
    phrase = phrase_at(reader.words, at)
    if phrase is not None and phrase[1] == "opening":
        return Chunk(Kind.OPENING, phrase[0], foreign="phrase", nominative=False), at + phrase[2]
    if phrase is not None and phrase[1] == "subject":
        return Chunk(Kind.OPENING, phrase[0], nominative=True), at + phrase[2]
    before, after = _preposition(reader, at)
    if before:
        inner = opening_at(reader, after) if reader.word(after) in (*QUESTION_WORDS, *WHICH) else None
        if inner is None:
            return None
        bare = reader.word(after) in ("qui", "quoi")
        return Chunk(
            Kind.OPENING,
            inner[0].english if bare else f"{before} {inner[0].english}",
            inner[0].plural,
            foreign=word,
            noun=inner[0].english,
            person=bare,
            nominative=False,
        ), inner[1]
    if word in WHICH:
        thing = reader.thing(at + 1)
        if thing is None or reader.word(at + 1) in HELPERS or thing[0].person:
            return Chunk(Kind.OPENING, "what", word.endswith("s"), foreign="quel", nominative=False), at + 1
        plural = thing[0].plural or word.endswith("s")
        return Chunk(Kind.OPENING, f"which {thing[0].english}", plural), thing[1]
    if word == "combien" and reader.word(at + 1) in ("de", "d'"):
        thing = reader.thing(at + 2)
        if thing is not None:
            asked = "how many" if thing[0].plural else "how much"
            return Chunk(Kind.OPENING, f"{asked} {thing[0].english}", thing[0].plural), thing[1]
    if word in QUESTION_WORDS:
        nominative = word == "qui"
        return Chunk(Kind.OPENING, QUESTION_WORDS[word], foreign=word, nominative=nominative), at + 1
    return None


def _preposition(reader: Reader, at: int) -> tuple[str, int]:
    """Return the English preposition before an opening and where the opening begins; "" without one."""
    phrase = phrase_at(reader.words, at)
    if phrase is not None and phrase[1] == "prep":
        return phrase[0], at + phrase[2]
    word = reader.word(at)
    return (_OPENING_PREPOSITIONS[word], at + 1) if word in _OPENING_PREPOSITIONS else ("", at)
