"""Judge one answer of the product against one question of a staff set."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bench.staff.document import StaffDocument
from bench.staff.question import StaffQuestion
from bench.staff.stands import stands

_YES = ("yes", "ja", "oui")
_NO = ("no", "nein", "non")
_FIRST_WORD = re.compile(r"\W*(\w+)(\W?)")
_SAYS_NOTHING = re.compile(
    r"\bdocuments? (?:do|does) not (?:say|state|mention|tell)\b|\bnot found in the documents?\b", re.I
)


class Judgement(StrEnum):
    """What an answer is worth."""

    RIGHT = "right"
    PARTLY = "partly"
    WRONG = "wrong"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Judged:
    """An answer, judged."""

    judgement: Judgement
    gold_in_evidence: bool | None
    """None if no part of the answer stands in a document word for word ("yes", a count, a sum)."""
    why: str
    """What was missing or should not have been said; empty for what is right."""
    said: str
    """The texts that were stated, for people who read what went wrong."""


@dataclass(frozen=True, slots=True)
class _Said:
    """A text that the answer states, with the quotes beside it."""

    text: str
    quotes: tuple[str, ...]
    quoted: bool
    direct: bool = False


def judge(question: StaffQuestion, answer: Mapping[str, Any], documents: Sequence[StaffDocument]) -> Judged:
    """Judge `answer`, the JSON of `incamera ask --json`; `documents` are those that the question names.

    What is stated is the direct answer, where there is one, and the statements. A statement that the product
    itself marks as unsupported does not count for the answer, but what it says wrongly counts against it.

    - **wrong**: a `must_not` is stated; or something is stated and nothing of `must` is; or the answer says
      yes where it is no, or the reverse. A `must_not` in a *quote* counts as stated, unless the quote holds
      some of `must` and the statement's own text took only that from it (a composed "Potassium, 13 May: 3.4"
      beside the whole row).
    - **partly**: some of `must` is stated. Also when each text with a `must_not` is a quotation that holds
      all of `must` as well, and either is a row of a table, of which the reader must choose the cell, or
      stands below a direct answer that is right ("£9" above "In clause 4, £8 is replaced by £9").
    - **right**: all of `must` is stated and no `must_not`. A whole row is as good as its cell: what else
      stands in it does not matter.
    - **refused**: the outcome is not "answered", or the answer says that the documents do not say.

    "yes" and "no" among `must` count only as the first word of the direct answer, or, without one, of the
    first statement. If a question is not answerable, refused is right, and everything else is wrong.
    `stands` says how strings are compared; a `must_not` must be there in whole words.

    The gold is in the evidence if each `must` that stands in the documents stands in a sentence of theirs.
    """
    said = list(_said(answer))
    stated = [one for one in said if one.text]
    shown = " / ".join(one.text for one in stated)
    gold = gold_in_evidence(question, answer, documents)
    tempting = [string for string in question.must_not if any(_states(one, string, question) for one in said)]
    refused = answer["outcome"] != "answered" or not stated or bool(_SAYS_NOTHING.search(stated[0].text))
    if answer["outcome"] == "answered" and tempting:
        has_both = _holds_both(said, question, documents)
        judgement = Judgement.PARTLY if question.answerable and has_both else Judgement.WRONG
        return Judged(judgement, gold, f"says {', '.join(map(repr, tempting))}", shown)
    if refused:
        why = "refused" if question.answerable else ""
        return Judged(Judgement.REFUSED, gold, why, shown)
    if not question.answerable:
        return Judged(Judgement.WRONG, gold, "the documents do not say", shown)
    missing = [string for string in question.must if not _answers(string, stated)]
    if _says_the_opposite(question, answer, stated):
        return Judged(Judgement.WRONG, gold, "yes and no are confused", shown)
    if len(missing) == len(question.must):
        judgement = Judgement.WRONG
    else:
        judgement = Judgement.PARTLY if missing else Judgement.RIGHT
    return Judged(judgement, gold, f"misses {', '.join(map(repr, missing))}" if missing else "", shown)


def gold_in_evidence(
    question: StaffQuestion, answer: Mapping[str, Any], documents: Sequence[StaffDocument]
) -> bool | None:
    """Return whether the evidence holds what the answer needs; None where no document holds it as given."""
    texts = [text for document in documents for text in document.words()]
    gold = [
        string
        for string in question.must
        if not _is_yes_or_no(string) and any(stands(string, text) for text in texts)
    ]
    if not gold:
        return None
    named = set(question.documents)
    quotes = [sentence["quote"] for sentence in answer["evidence"] if sentence["document"] in named]
    return all(any(stands(string, quote) for quote in quotes) for string in gold)


def _said(answer: Mapping[str, Any]) -> Iterator[_Said]:
    """Yield the direct answer and the statements."""
    direct = answer.get("direct")
    for one in [direct, *answer["statements"]] if direct else answer["statements"]:
        # A text that is not supported answers nothing; what it says wrongly is looked for in its quotes.
        supported = one.get("verdict") != "unsupported"
        quotes = tuple(citation["quote"] for citation in one.get("citations", ()))
        yield _Said(
            one["text"] if supported else "",
            quotes if supported else (one["text"], *quotes),
            one.get("verdict") == "quoted",
            one is direct,
        )


def _states(one: _Said, string: str, question: StaffQuestion) -> bool:
    """Return whether a text, or a quote from which it did not choose the right words, holds `string`."""
    if stands(string, one.text, whole_words=True):
        return True
    chosen = [must for must in question.must if stands(must, one.text)]
    return any(
        stands(string, quote, whole_words=True) and not any(stands(must, quote) for must in chosen)
        for quote in one.quotes
    )


def _holds_both(said: Sequence[_Said], question: StaffQuestion, documents: Sequence[StaffDocument]) -> bool:
    """Return whether every text that tempts is a quotation of the right place, as `judge` describes."""
    wanted = [string for string in question.must if not _is_yes_or_no(string)]
    tempting = [one for one in said if any(_states(one, string, question) for string in question.must_not)]
    quoted = all(
        one.quoted and not one.direct and all(stands(string, one.text) for string in wanted)
        for one in tempting
    )
    if not wanted or not quoted:
        return False
    if any(one.direct and all(stands(string, one.text) for string in wanted) for one in said):
        return True
    rows = [_words(row) for document in documents for row in document.rows()]
    return all(_words(one.text) in rows for one in tempting)


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.casefold())


def _answers(string: str, stated: Sequence[_Said]) -> bool:
    if not _is_yes_or_no(string):
        return any(stands(string, one.text) for one in stated)
    word, _ = _first_word(stated)
    return word in _spellings(string)


def _says_the_opposite(question: StaffQuestion, answer: Mapping[str, Any], stated: Sequence[_Said]) -> bool:
    """Return whether the answer begins with "no" where "yes" is right, or the reverse.

    Without a direct answer only a "no" that stands for itself counts ("No, …"): "No. 4" and "No changes"
    begin other sentences.
    """
    word, mark = _first_word(stated)
    if not answer.get("direct") and mark not in (",", ";", ":", "–", "—"):
        return False
    for string in question.must:
        if _is_yes_or_no(string):
            opposite = _NO if set(_spellings(string)) & set(_YES) else _YES
            return word in opposite
    return False


def _first_word(stated: Sequence[_Said]) -> tuple[str, str]:
    """Return the first word of the answer and the character after it."""
    found = _FIRST_WORD.match(stated[0].text)
    return (found.group(1).casefold(), found.group(2)) if found else ("", "")


def _is_yes_or_no(string: str) -> bool:
    return bool(set(_spellings(string)) & {*_YES, *_NO})


def _spellings(string: str) -> list[str]:
    return [spelling.strip().casefold() for spelling in string.split("|")]
