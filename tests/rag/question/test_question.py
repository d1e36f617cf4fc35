import numpy as np
import pytest

from rag.question.question import Question, holds, names_in, rarities, terms_in
from rag.question.wanted import Wanted
from vault.embedding.embedder import Embedder
from vault.text.words import content_words

NOTHING = np.zeros(1, dtype=np.float32)


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("When does the lease end?", Wanted.DATE),
        ("On what date was she admitted?", Wanted.DATE),
        ("What was the level when it was repeated?", Wanted.AMOUNT),
        ("How much is the deposit?", Wanted.MONEY),
        ("What dose of digoxin is charted?", Wanted.AMOUNT),
        ("How many days' notice?", Wanted.AMOUNT),
        ("Who signed the order?", Wanted.PERSON),
        ("Is she allergic to latex?", Wanted.ANYTHING),
    ],
)
def test_the_form_of_a_question_says_what_an_answer_must_hold(question: str, wanted: Wanted) -> None:
    assert Question(question, NOTHING, {}).wanted is wanted


@pytest.mark.parametrize(
    ("wanted", "text", "held"),
    [
        (Wanted.DATE, "It ends on 31 March 2027.", True),
        (Wanted.DATE, "It ends after three years.", False),
        (Wanted.MONEY, "The rent is GBP 900 a month.", True),
        (Wanted.MONEY, "The rent is reviewed on 3 April.", False),
        (Wanted.AMOUNT, "Give 5 mg twice a day.", True),
        (Wanted.AMOUNT, "4.2 Repeat the level on 3 April 2026.", False),
        (Wanted.PERSON, "It was signed by Dr Hale.", True),
        (Wanted.PERSON, "The expert will be agreed by the parties.", False),
        (Wanted.ANYTHING, "Nothing in particular", True),
    ],
)
def test_a_sentence_holds_what_is_wanted_or_not(wanted: Wanted, text: str, held: bool) -> None:
    assert holds(wanted, text) is held


def test_a_name_that_was_in_the_question_is_no_answer_to_who() -> None:
    assert not holds(Wanted.PERSON, "Nobody from Dorrick Freight did.", frozenset({"dorrick", "freight"}))


def test_names_are_capitals_inside_the_question_but_no_months_and_no_terms() -> None:
    assert names_in("Did Harrow & Pike pay Tolvane in March?") == {"harrow", "pike", "tolvan"}
    assert names_in("What was Mr Trewick's HbA1c?") == {"trewick"}
    assert names_in("Potassium of the patient") == frozenset()


def test_terms_are_the_words_that_the_language_does_not_know_whole(embedder: Embedder) -> None:
    asked = content_words("What dose of idarucizumab reverses a drug after surgery, and vitamin B12?")
    assert terms_in(asked, embedder.token_offsets) == {"idarucizumab", "b12"}


def test_rare_words_weigh_more_and_all_weights_sum_to_one() -> None:
    weights = rarities("termination of the agreement", {"termination": 2, "agreement": 900}, 1000)
    assert weights["termin"] > weights["agreement"]
    assert sum(weights.values()) == pytest.approx(1)


def test_coverage_is_the_weighted_share_that_is_present() -> None:
    question = Question("x", NOTHING, {"a": 0.75, "b": 0.25})
    assert question.coverage(frozenset({"a", "b"}), {"a"}) == pytest.approx(0.75)
    assert question.coverage(frozenset({"b"}), {"a"}) == 0
    assert question.coverage(frozenset(), set()) == 1


def test_a_question_of_names_only_is_about_the_names() -> None:
    question = Question("x", NOTHING, {"smith": 1.0}, names=frozenset({"smith"}))
    assert question.topic == {"smith"}
