"""What the page says of a question that was searched in other words."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from rag.events import QuestionUnderstood
from rag.question.understanding.labels import labels
from rag.question.understanding.understood import Correction, Understood
from tests.ui.web.test_pages import html
from tests.waiting import PATIENCE
from ui.services.background_answer import AnswerProgress

SHOWN: list[AnswerProgress] = []


def script() -> None:
    from tests.ui.web.test_understanding import SHOWN
    from ui.web.understanding import show_understanding

    show_understanding(0, SHOWN[-1], None)


def shown(understood: Understood) -> AppTest:
    read = QuestionUnderstood(understood, tuple(labels(understood)))
    rewritten = understood.text if understood.text != understood.written else ""
    SHOWN.append(AnswerProgress(understood=read, rewritten=rewritten))
    page = AppTest.from_function(script, default_timeout=PATIENCE).run()
    assert not page.exception
    return page


@pytest.mark.parametrize(
    ("understood", "words"),
    [
        (
            Understood("What is the <b>rent</b>?", "Wie hoch ist die Miete?", language="de"),
            "Read as: What is the &lt;b&gt;rent&lt;/b&gt;?",
        ),
        (Understood("When is the rent due?", "And when is it due?"), "Understood as: When is the rent due?"),
    ],
)
def test_the_words_that_are_searched_are_shown(understood: Understood, words: str) -> None:
    assert words in html(shown(understood))


def test_a_corrected_word_is_a_label_and_nothing_else_is_repeated() -> None:
    corrected = Understood(
        "What dose of metoprolol?", "What dose of metroprolol?",
        corrections=(Correction("metroprolol", "metoprolol"),), topic=("dose",),
    )  # fmt: skip
    page = shown(corrected)
    assert "nderstood as" not in html(page)
    assert [button.label for button in page.button] == ["metroprolol read as metoprolol", "dose"]
    assert all(button.disabled for button in page.button)


def test_nothing_is_shown_of_an_answer_of_an_earlier_version() -> None:
    SHOWN.append(AnswerProgress())
    page = AppTest.from_function(script, default_timeout=PATIENCE).run()
    assert not page.exception
    assert not page.button
