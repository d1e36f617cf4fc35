"""The passages that the product finds for made-up questions, each with its labels by the gold."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.staff.render import render
from bench.staff.stands import stands
from evaluation.temporary_vault import COLLECTION, temporary_vault
from ingest.parsing.pool import ParserPool
from ingest.pipeline import Ingest
from rag.reading_question import read_question
from rag.retrieval.passage import Passage, Sentence
from rag.retrieval.rerank import MOST_PASSAGES
from rag.retrieval.search import Scope, Search
from rag.retrieval.shown import reader_passage
from training.row import Candidate
from training.world.asking.asker import Asked, Gold
from training.world.draft import Place
from training.world.scene import MadeCollection
from vault.access import Action
from vault.embedding.embedder import Embedder
from vault.settings import Settings
from vault.vault import Vault

_PART = 0.5
"""Weight of a sentence that holds only a part of the place that answers, without the words that do."""
_SHORTEST_PART = 4
"""Letters and digits; shorter ones stand in any place."""
_SEPARATOR = " | "


@dataclass(frozen=True, slots=True)
class FoundAsked:
    """A question with the passages that the product's search finds for it, best first."""

    asked: Asked
    forms: tuple[str, ...]
    """The question as the reader gets it, and as it was typed."""
    passages: tuple[Passage, ...]


def found_questions(
    made: MadeCollection, embedder: Embedder, settings: Settings, parsers: ParserPool
) -> Iterator[FoundAsked]:
    """Load the documents of a collection into a temporary vault and yield its questions as they are searched.

    A question that goes on from earlier ones is left out: what it means depends on their answers.
    """
    with temporary_vault(settings) as (vault, kept), tempfile.TemporaryDirectory() as folder:
        paths = [render(document, Path(folder)) for document in made.staff.documents]
        Ingest(kept, embedder, settings, parsers=parsers).run(paths)
        for asked in made.asked:
            if not asked.question.history:
                yield _found(asked, vault, embedder, settings)


def _found(asked: Asked, vault: Vault, embedder: Embedder, settings: Settings) -> FoundAsked:
    typed = asked.question.question
    with vault.open_collections((COLLECTION,), user=settings.user, action=Action.SEARCH) as opened:
        indexes = [collection.catalogue.sentences for collection in opened]
        understood = read_question(typed, (), indexes, (), lambda: None, lambda _: None).understood
    scope = Scope(settings.user, (COLLECTION,))
    search = Search(vault, embedder, scope, candidates=settings.candidates, limit=MOST_PASSAGES)
    found = search.find(understood.text, understood)
    read = found.question.asking or found.question.text
    other_language = asked.question.kind == "other language"
    return FoundAsked(
        asked, tuple(dict.fromkeys((read,) if other_language else (read, typed))), found.passages
    )


def labelled(asked: Asked, passage: Passage) -> Candidate:
    """Return the passage as the reader is shown it, with its labels by the gold of the question."""
    sentences = passage.sentences()
    shown = reader_passage(passage)
    evidence: dict[int, float] = {}
    words = None
    for gold in asked.gold:
        for sentence in _at(gold.place, passage, sentences):
            weight = 1.0 if _answers(gold, sentence.quote) else _PART
            evidence[sentence.number] = max(weight, evidence.get(sentence.number, 0.0))
            # A list, sum or count rests on several: there are no words that answer alone.
            if weight == 1.0 and words is None and _one_place_is_enough(asked):
                place = _words(gold, sentence, passage)
                words = None if place is None else (sentence.number, *place)
    answers = 1.0 in evidence.values()
    return Candidate(
        shown.title, shown.heading, shown.sentences, relevant=answers, answers=answers,
        evidence=tuple(sorted(evidence.items())), words=words,
    )  # fmt: skip


def tempts(asked: Asked, passage: Passage) -> bool:
    """Return whether the passage holds what seems to answer: another row, date, person, version."""
    sentences = passage.sentences()
    return any(_at(place, passage, sentences) for place in asked.tempting)


def answers_too(asked: Asked, passage: Passage) -> bool:
    """Return whether a sentence that is no gold says all that must be said, and does not tempt."""
    must = [one for one in asked.question.must if one not in ("yes", "no")]
    if not must or tempts(asked, passage):
        return False
    return any(all(stands(one, sentence.quote) for one in must) for sentence in passage.sentences())


def _at(place: Place, passage: Passage, sentences: Sequence[Sentence]) -> list[Sentence]:
    """Return the sentences of the passage that are the place, hold it, or are a part of it."""
    if passage.document.name != place.file:
        return []
    wanted = _bare(place.text)
    found = []
    for sentence in sentences:
        held = _bare(sentence.quote)
        if wanted in held or (len(held) >= _SHORTEST_PART and held in wanted and not sentence.heading):
            found.append(sentence)
    return found


def _bare(text: str) -> str:
    """Return the letters and digits of a text: lines and cells are joined in many ways."""
    return "".join(character for character in text.casefold() if character.isalnum())


def _answers(gold: Gold, quote: str) -> bool:
    """Return whether a sentence at the place of the gold holds what answers there."""
    wanted = _bare(gold.place.text)
    held = _bare(quote)
    return wanted in held or (bool(gold.words) and _bare(gold.words) in held)


def _one_place_is_enough(asked: Asked) -> bool:
    return asked.question.kind not in ("list", "count", "computed", "comparison", "date arithmetic")


def _words(gold: Gold, sentence: Sentence, passage: Passage) -> tuple[int, int] | None:
    """Return where the words that answer stand in the sentence; None if that is not certain."""
    if not gold.words:
        return None
    start, end = 0, len(sentence.quote)
    annotated = passage.annotated.get(sentence.span)
    if sentence.row and annotated and _SEPARATOR in gold.place.text and gold.start >= 0:
        column = gold.place.text[: gold.start].count(_SEPARATOR)
        if column >= len(annotated.cells):
            return None
        cell = annotated.cells[column]
        start, end = cell.start - sentence.span.start, cell.end - sentence.span.start
    spaced = r"\s+".join(re.escape(word) for word in gold.words.split())
    found = list(re.finditer(rf"(?<!\w)(?<!\d[.,]){spaced}(?!\w)", sentence.quote[start:end]))
    return (start + found[0].start(), start + found[0].end()) if len(found) == 1 else None
