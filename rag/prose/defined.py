"""Answer "what does LVEF mean?" with what a document itself says that the short form or the term means."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rag.direct.answer import AnswerForm, DirectAnswer
from rag.question.understanding.known import plain
from rag.question.understanding.understood import Intent, Understood
from rag.tables.grids.source import TableSource
from rag.verification.verify import Verdict
from vault.annotations import AnnotatedSentence
from vault.text.abbreviations.defined import Definition, find_definitions
from vault.text.readable import readable

_ASKED = (
    re.compile(r"\bwhat (?:does|do|did|is) (?P<term>.{1,60}?) (?:mean|stand for|refer to|short for)\b", re.I),
    re.compile(r"\b(?:meaning|definition) of (?P<term>.{1,60}?)(?: in .*)?\s*[?.]*$", re.I),
    re.compile(r"^(?:please )?define (?P<term>.{1,60}?)(?: in .*)?\s*[?.]*$", re.I),
    re.compile(r"^(?P<term>\S{1,30})\s+(?:meaning|definition)\s*\?*$", re.I),
)
_BARE = re.compile(r"^[Ww]hat(?:'s|’s| is| are)\s+(?:an?\s+|the\s+)?(?P<term>[A-Z][A-Z0-9/&.-]{1,9})\s*\?*$")
"""Only capitals: "what is FTB" asks for words, "what is the rent" for a sum."""
_AROUND = re.compile(r"^(?:the|an?|term|word|abbreviation|acronym|\s|[\"'“”‘’])+|[\"'“”‘’\s]+$", re.I)
_MOST_DOCUMENTS = 8


def definition_of(understood: Understood, sources: Sequence[TableSource]) -> DirectAnswer | None:
    """Return the meaning of the term that the question asks for; None if documents say none, or several."""
    term = asked_term(understood)
    if not term:
        return None
    found = list(_defining(term, sources))
    meanings = {plain(definition.long) for _, _, _, definition in found}
    if len(meanings) != 1:
        return None
    source, sha256, sentence, definition = found[0]
    return DirectAnswer(
        f"{readable(definition.short)}: {readable(definition.long)}",
        Verdict.QUOTED,
        (source.cite_sentence(sha256, sentence),),
        AnswerForm.WORDS,
        confidence=0.9,
    )


def asked_term(understood: Understood) -> str:
    """Return the term whose meaning is asked for, or nothing.

    Example: "EDT" of "what does EDT mean in the schedule of loss".
    """
    text = understood.text.strip()
    if understood.intent is Intent.DEFINITION:
        match = next((found for pattern in _ASKED if (found := pattern.search(text))), None)
    else:
        match = _BARE.match(text)
    return _AROUND.sub("", match["term"]) if match else ""


def _defining(
    term: str, sources: Sequence[TableSource]
) -> Iterator[tuple[TableSource, str, AnnotatedSentence, Definition]]:
    """Yield the sentences that define the term, each with its document."""
    wanted = plain(term)
    for source in sources:
        profiles = source.sentences.profiles(source.scope)
        holders = [
            sha256
            for sha256, profile in profiles.items()
            if sha256 in source.documents and any(plain(short) == wanted for short, _ in profile.definitions)
        ]
        for sha256 in holders[:_MOST_DOCUMENTS]:
            for sentence in source.sentences.of(sha256):
                for definition in find_definitions(sentence.text):
                    if plain(definition.short) == wanted:
                        yield source, sha256, sentence, definition
