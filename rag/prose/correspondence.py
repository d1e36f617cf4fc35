"""Answer which messages somebody sent or got, from who wrote each document and to whom."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from rag.direct.answer import AnswerRow, DirectAnswer
from rag.evidence.fit.people import is_named
from rag.prose.listed import list_or_count
from rag.question.understanding.understood import AskedName, Intent, Relation, Understood
from rag.tables.grids.source import TableSource
from vault.annotations import Profile
from vault.text.dates.spoken import day_words
from vault.text.words import stem, stems

_MESSAGES = r"(?:e-?mails?|mails?|messages?|letters?|faxes)"
_SENT = re.compile(rf"\b{_MESSAGES}\b.*\b(?:send|sent|write|wrote|written by|from)\b", re.I)
_GOT = re.compile(rf"\b{_MESSAGES}\b.*\b(?:receive|received|get|got|addressed to|sent to)\b", re.I)
_BEFORE_NAME = re.compile(r"\b(to|from|by)\s*$", re.I)
_MAIL = re.compile(r"\b(?:e-?)?mails?\b", re.I)
_OF_MESSAGES = frozenset(
    stem(word)
    for word in """
    email e mail message letter fax send sent write wrote written receive received get got address addressed
    from to list show all many
    """.split()
)
_SURE = 0.9


def messages_of(understood: Understood, sources: Sequence[TableSource]) -> DirectAnswer | None:
    """Return the list of the messages that a person sent or got, or their number; None for other questions.

    Words beyond the person ("about the alarm") must stand in the title of the message.
    """
    if understood.intent not in (Intent.LIST, Intent.COUNT) or not understood.names:
        return None
    got = _GOT.search(understood.text) is not None
    if not got and _SENT.search(understood.text) is None:
        return None
    if any(asked.relation is not Relation.ON for asked in understood.dates):
        return None
    names = [name for name in understood.names if name.names]
    people = {stem(word) for name in understood.names for word in stems(name.written)}
    about = {stem(word) for word in understood.topic} - _OF_MESSAGES - people
    rows: list[AnswerRow] = []
    for source in sources:
        for sha256, profile in source.sentences.profiles(source.scope).items():
            if sha256 not in source.documents or not _is_message(understood, profile):
                continue
            title = source.documents[sha256].title
            if not about <= stems(title) or not _is_of_days(understood, profile):
                continue
            if all(_has_part(understood, name, profile, got) for name in names):
                rows += _row(source, sha256, title, profile)
    if not rows or not names:
        return None
    rows.sort(key=lambda row: (row.date or date.max, row.text))
    texts = [f"{row.text} ({row.label})" if row.label else row.text for row in rows]
    return list_or_count(understood, rows, texts, _SURE)


def _is_message(understood: Understood, profile: Profile) -> bool:
    if _MAIL.search(understood.text):
        return profile.kind == "e-mail"
    return bool(profile.sender or profile.author) and bool(profile.recipients)


def _is_of_days(understood: Understood, profile: Profile) -> bool:
    return not understood.dates or (
        profile.date is not None
        and all(
            any(first <= profile.date <= last for first, last in asked.readings) for asked in understood.dates
        )
    )


def _has_part(understood: Understood, name: AskedName, profile: Profile, got: bool) -> bool:
    """Return whether the person has the part in the message that the question gives."""
    before = understood.text[: max(0, understood.text.lower().find(name.written.lower()))]
    word = _BEFORE_NAME.search(before)
    receiver = word[1].lower() == "to" if word else got
    people = (*profile.recipients, *profile.copies) if receiver else (profile.sender or profile.author,)
    return any(is_named(name, stems(person)) for person in people if person)


def _row(source: TableSource, sha256: str, title: str, profile: Profile) -> Iterator[AnswerRow]:
    """Yield the message as a row that cites its head."""
    first_page = source.sentences.at(sha256, 1) or source.sentences.of(sha256)
    for sentence in first_page[:1]:
        label = day_words(profile.date) if profile.date else ""
        cited = source.cite_sentence(sha256, sentence)
        yield AnswerRow(label=label, text=title, citation=cited, date=profile.date)
