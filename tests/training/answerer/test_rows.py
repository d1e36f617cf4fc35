"""Rows hold the sentences that answer, among others, and what the product's own check lets through."""

from __future__ import annotations

import random
import re

import pytest

from rag.refusal import REFUSAL
from rag.verification.verify import Verdict, verify
from rag.writing.short.prompt import ShortSentence
from rag.writing.statements import split_statements
from training.answerer.row import AnswerRow
from training.answerer.rows import rows_of
from training.answerer.targets import from_answer, from_words
from training.row import Candidate, Group

_NAMES = ("Ashgrave", "Kitterham", "Dreygrave", "Vesper", "Marlholt", "Brimsham", "Wendle", "Adeyemi")
_THINGS = ("deposit", "rent", "invoice", "report", "roof", "boiler", "garden", "gate")


def made_groups(count: int) -> list[Group]:
    """Questions on passages of four sentences, three to a passage, the third without an answer."""
    chance = random.Random(8)
    groups = []
    for number in range(count // 3):
        names, things = chance.sample(_NAMES, 3), chance.sample(_THINGS, 4)
        title = f"Letter {number}"
        sentences = [f"Ms {names[0]} pays for the {things[0]} in {1960 + number}.", "This was agreed.",
                     f"Mr {names[1]} repairs the {things[1]} every May.", "Nobody objected."]  # fmt: skip
        noted = (f"Dr {names[2]} saw the {things[2]}.", f"Dr {names[2]} saw Ms {names[0]} on that day.")
        other = Candidate(f"Note {number}", "", noted, False, False)

        def home(evidence: int | None, sentences: list[str] = sentences, title: str = title) -> Candidate:
            if evidence is None:
                return Candidate(title, "", tuple(sentences), False, False)
            text = sentences[evidence]
            words = (evidence, text.index("the "), text.index("the ") + 8)
            return Candidate(title, "", tuple(sentences), True, True, ((evidence, 1.0),), words)

        for evidence, question in (
            (0, f"What does Ms {names[0]} pay for in letter {number}?"),
            (2, f"What does Mr {names[1]} repair in letter {number}?"),
            (None, f"Who sold the {things[3]}?"),
        ):  # fmt: skip
            groups.append(Group("squad2", (question,), (home(evidence), other)))
    return groups


@pytest.fixture(scope="module")
def rows() -> list[AnswerRow]:
    """The rows of three hundred questions."""
    return list(rows_of(made_groups(300), random.Random(2), 1000))


def test_every_statement_is_one_that_the_sentence_with_its_number_carries(rows: list[AnswerRow]) -> None:
    seen = 0
    for row in rows:
        texts = {one.number: one.text for one in row.sentences}
        for asked in row.asked:
            if asked.answer != REFUSAL:
                for draft in split_statements([asked.answer]):
                    (number,) = draft.cited
                    assert verify(draft.text, [texts[number]]).verdict is not Verdict.UNSUPPORTED
                    seen += 1
    assert seen > 100


def test_about_a_quarter_of_the_questions_gets_the_refusal_and_rows_share_a_passage(
    rows: list[AnswerRow],
) -> None:
    answers = [asked.answer for row in rows for asked in row.asked]
    assert 0.15 < answers.count(REFUSAL) / len(answers) < 0.35
    assert any(len(row.asked) > 1 for row in rows)


def test_where_an_answerable_question_gets_the_refusal_its_answer_is_not_shown(rows: list[AnswerRow]) -> None:
    gold = {
        group.forms[0]: one.sentences[one.words[0]][one.words[1] : one.words[2]]
        for group in made_groups(300)
        for one in group.candidates
        if one.words is not None
    }
    refused = [
        (row, asked)
        for row in rows
        for asked in row.asked
        if asked.answer == REFUSAL and asked.question in gold
    ]
    assert refused
    for row, asked in refused:
        assert not any(gold[asked.question] in one.text for one in row.sentences)


def test_no_sentence_stands_twice_and_the_numbers_count_from_one(rows: list[AnswerRow]) -> None:
    for row in rows:
        assert [one.number for one in row.sentences] == list(range(1, len(row.sentences) + 1))
        texts = [one.text for one in row.sentences]
        assert len(texts) == len(set(texts))


def test_the_same_seed_makes_the_same_rows() -> None:
    groups = made_groups(60)
    first, second = (list(rows_of(groups, random.Random(5), 100)) for _ in range(2))
    assert first == second


def test_in_the_order_of_a_ranking_the_sentence_that_answers_is_mostly_on_top() -> None:
    alone = list(rows_of(made_groups(300), random.Random(2), 1000, ranked=True))
    assert all(len(row.asked) == 1 for row in alone)
    answers = [row.asked[0].answer for row in alone if row.asked[0].answer != REFUSAL]
    on_top = sum(answer.endswith("[1]") for answer in answers) / len(answers)
    assert 0.6 < on_top < 0.9
    for row in alone:
        assert [one.number for one in row.sentences] == list(range(1, len(row.sentences) + 1))


LONG = ShortSentence(
    2, "Rivers",
    "The Rhine, which rises in the Alps of Switzerland and flows through six countries on its way, was first "
    "surveyed in 1817, and the survey took nine years.",
)  # fmt: skip


def test_a_short_sentence_is_written_as_it_stands() -> None:
    sentence = ShortSentence(3, "", "The notice period is 30 days")
    assert from_words("How long?", "30 days", sentence, [sentence]) == "The notice period is 30 days. [3]"


def test_of_a_long_sentence_the_answer_keeps_the_words_and_what_it_says_is_carried() -> None:
    said = from_words("When was the Rhine surveyed?", "1817", LONG, [LONG])
    assert said is not None
    assert "1817" in said and re.search(r"\[2\]$", said)
    assert verify(said, [LONG.text]).verdict is not Verdict.UNSUPPORTED


def test_an_answer_of_a_person_gets_numbers_or_is_left_out() -> None:
    shown = [ShortSentence(1, "", "Glybera was approved in the European Union in 2012."), LONG]
    assert from_answer("Glybera was approved in 2012.", shown) == "Glybera was approved in 2012. [1]"
    assert from_answer("Glybera was approved in 2013.", shown) is None
