"""Answer "what does clause 4.2 say?" with the clause, whole and in order."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.direct.answer import AnswerForm, DirectAnswer
from rag.question.numbered import clause_number
from rag.question.question import Question
from rag.question.understanding.understood import Understood
from rag.retrieval.sentences import naming_clause
from rag.tables.grids.source import TableSource
from rag.verification.verify import Verdict
from vault.annotations import AnnotatedSentence
from vault.text.readable import readable
from vault.text.words import stems

_MARK = re.compile(r"(?<!\w)\([a-z0-9]{1,4}\)\s")
_MOST_SENTENCES = 8
_ABOUT_MORE = 3
"""Content words beside the names of the document from which a question asks something about the clause."""


def clause_text(
    question: Question, understood: Understood, sources: Sequence[TableSource]
) -> DirectAnswer | None:
    """Return the words of the clause that the question names; None if it asks something else of it.

    Of several documents with that clause, the one whose title, kind and parties share most with the question
    is meant; None where they share the same. None as well where a later document speaks of the clause: which
    version holds is then for the sentences to say (`rag.evidence.versions`).
    """
    numbers = [number for one in understood.references if (number := clause_number(one))]
    if len(numbers) != 1 or len(understood.topic) > _ABOUT_MORE:
        return None
    found: list[tuple[float, TableSource, str, list[AnnotatedSentence]]] = []
    for source in sources:
        ids = source.sentences.by_clause(numbers[0], source.scope)
        if not ids and numbers[0].endswith(")"):
            # A part may stand within the sentence of its clause: "5.2 It ends (a) at noon, (b) at night."
            ids = source.sentences.by_clause(numbers[0].rpartition("(")[0], source.scope)
        for sentence in source.sentences.by_id(ids).values():
            holder = next((one for one in found if one[1] is source and one[2] == sentence.document), None)
            if holder is None:
                holder = (share_named(question, source, sentence.document), source, sentence.document, [])
                found.append(holder)
            holder[3].append(sentence)
    if not found:
        return None
    found.sort(key=lambda one: -one[0])
    if len(found) > 1 and found[0][0] == found[1][0]:
        return None
    _, source, sha256, sentences = found[0]
    if _varied_later(numbers[0], source, sha256):
        return None
    said = sorted(sentences, key=lambda one: one.number)[:_MOST_SENTENCES]
    text = " ".join(readable(one.text) for one in said)
    return DirectAnswer(
        text=part_of(text, numbers[0]) if said[0].clause != numbers[0] else text,
        verdict=Verdict.QUOTED,
        citations=tuple(source.cite_sentence(sha256, one) for one in said),
        form=AnswerForm.WORDS,
        confidence=0.9,
        complete=len(sentences) <= _MOST_SENTENCES,
    )


def part_of(text: str, number: str) -> str:
    """Return the part of a clause that begins with the last mark of `number`; all of it without such a part.

    Example: "(b)" of "5.2 It ends (a) at noon, (b) at night." is "(b) at night."
    """
    mark = re.search(r"\([a-z0-9]{1,4}\)$", number)
    if mark is None or (start := text.find(mark.group())) < 0:
        return text
    following = _MARK.search(text, start + len(mark.group()))
    return text[start : following.start() if following else len(text)].strip(" ,;")


def _varied_later(number: str, source: TableSource, sha256: str) -> bool:
    """Return whether a later document has a sentence that names this clause and is not in one of its own."""
    naming = source.sentences.by_id(naming_clause(source.sentences, number, source.scope))
    others = {one.document for one in naming.values() if one.clause != number} - {sha256}
    profiles = source.sentences.profiles([sha256, *sorted(others)])
    own = profiles[sha256].date if sha256 in profiles else None
    days = [profiles[other].date for other in others if other in profiles]
    return own is not None and any(day is not None and day > own for day in days)


def share_named(question: Question, source: TableSource, sha256: str) -> float:
    """Return how much of the question the document's name, title and profile hold."""
    document = source.documents[sha256]
    profile = source.sentences.profiles([sha256]).get(sha256)
    words = f"{document.name} {document.title}"
    if profile is not None:
        words += f" {profile.kind} " + " ".join(one.name for one in profile.subjects)
    return question.coverage(frozenset(question.rarity), stems(words))
