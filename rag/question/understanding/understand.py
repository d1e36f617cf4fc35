"""Understand a question: whom, when and what it asks about, and what kind of answer it wants."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from rag.question.turn import Turn
from rag.question.understanding.conversation import Listener
from rag.question.understanding.dates import FoundAskedDate, dates_in_question
from rag.question.understanding.expansions import abbreviations_in, expansions_of, merged
from rag.question.understanding.followups import heard_turns, standalone_question
from rag.question.understanding.intent import intent_of
from rag.question.understanding.known import Known, known_of
from rag.question.understanding.labels import (
    CURRENT_KEY,
    correction_key,
    date_key,
    name_key,
    reference_key,
    topic_key,
)
from rag.question.understanding.people.asked_names import FoundName
from rag.question.understanding.people.respelled import respelled
from rag.question.understanding.references import references_in_question
from rag.question.understanding.spelling import misspelt_words
from rag.question.understanding.subjects import names_asked, only_subject, with_relatives
from rag.question.understanding.topic import is_current, topic_of
from rag.question.understanding.understood import Correction, Understood
from rag.question.understanding.wanted import wanted_of
from vault.store.sentences.index import SentenceIndex
from vault.text.languages.translate import translate
from vault.text.languages.translated import Translated
from vault.text.references import FoundReference
from vault.text.words import stem


def understand(
    question: str,
    turns: Sequence[Turn],
    sentences: Sequence[SentenceIndex],
    *,
    today: date,
    without: Collection[str] = (),
) -> Understood:
    """Return what a question means, asked after `turns` of collections with these sentence indexes.

    `without` holds keys of labels (`labels.py`) that a person took away: these names, dates, references and
    corrections are then not understood.
    """
    known = known_of(sentences)
    listener = Listener(known, today)
    translated = _in_english(question, known)
    heard = heard_turns([_said_in_english(turn, known) for turn in turns], listener)
    alone = standalone_question(translated.text, heard, listener)
    text, people = only_subject(with_relatives(alone.text, known), known)
    read = _read(text, known, today)
    text, corrections, also = _corrected(read, known, without)
    searched = read if text == read.text else _read(text, known, today)
    intent = intent_of(text)
    names = names_asked(read.text, read.names, searched.references, text, people, known)
    taken = [
        *((one.start, one.end) for one in searched.names),
        *((one.start, one.end) for one in searched.dates),
        *((one.start, one.end) for one in searched.references),
    ]
    understood = Understood(
        text=text,
        written=question,
        language=translated.language,
        intent=intent,
        wanted=wanted_of(text, intent),
        names=names,
        dates=tuple(one.date for one in searched.dates),
        references=tuple(searched.references),
        corrections=corrections,
        expansions=merged(also, expansions_of(text, known)),
        topic=topic_of(text, taken, intent),
        current=is_current(text),
        certain=alone.certain,
    )
    return _without(understood, frozenset(without))


def _in_english(question: str, known: Known) -> Translated:
    """Return the question in English; the names that it writes as the collections do are not translated."""
    names = [(one.start, one.end) for one in known.names_in(question) if one.exact and one.people]
    return translate(question, names)


def _said_in_english(turn: Turn, known: Known) -> Turn:
    return turn if turn.rewritten else replace(turn, question=_in_english(turn.question, known).text)


@dataclass(frozen=True, slots=True)
class _Read:
    """A text with the places of its names, dates and references."""

    text: str
    names: list[FoundName]
    dates: list[FoundAskedDate]
    references: list[FoundReference]


def _read(text: str, known: Known, today: date) -> _Read:
    names = known.names_in(text)
    blanked = list(text)
    for one in names:
        blanked[one.start : one.end] = "_" * (one.end - one.start)
    # "Mark May" and "Dr April Hughes" hold no dates.
    dates = dates_in_question("".join(blanked), today, known.has_dates)
    references = references_in_question(text, [(one.start, one.end) for one in dates])
    return _Read(text, names, dates, references)


def _corrected(
    read: _Read, known: Known, without: Collection[str]
) -> tuple[str, tuple[Correction, ...], dict[str, tuple[str, ...]]]:
    """Return the text with its misspelt words and names put right, and what was put right.

    Last comes what may be meant by words that are English but hardly fit, by stem: "manger" for "manager".
    """
    changes: list[tuple[int, int, str]] = []
    corrections: list[Correction] = []
    for name in read.names:
        changes += respelled(read.text, name, known.names)
    taken = [
        *((one.start, one.end) for one in read.names),
        *((one.start, one.end) for one in read.dates),
        *((one.start, one.end) for one in read.references),
    ]
    words = misspelt_words(read.text, known, taken, abbreviations_in(read.text))
    changes += [(one.start, one.end, one.read_as) for one in words if one.certain]
    text = read.text
    for start, end, new in sorted(changes, reverse=True):
        correction = Correction(read.text[start:end], new)
        if correction_key(correction) not in without:
            corrections.append(correction)
            text = f"{text[:start]}{new}{text[end:]}"
    also: dict[str, tuple[str, ...]] = {
        stem(one.written.lower()): (one.read_as.lower(),) for one in words if not one.certain
    }
    return text, tuple(reversed(corrections)), also


def _without(understood: Understood, keys: frozenset[str]) -> Understood:
    if not keys:
        return understood
    return replace(
        understood,
        names=tuple(one for one in understood.names if name_key(one) not in keys),
        dates=tuple(one for one in understood.dates if date_key(one) not in keys),
        references=tuple(one for one in understood.references if reference_key(one) not in keys),
        topic=tuple(one for one in understood.topic if topic_key(one) not in keys),
        current=understood.current and CURRENT_KEY not in keys,
    )
