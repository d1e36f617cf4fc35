"""Values before and after a change that a sentence tells of."""

from __future__ import annotations

import pytest

from rag.answer import Answerer
from rag.direct.answer import DirectAnswer
from rag.events import Done
from rag.prose.change import Change, change_in
from tests.documents import add_text
from vault.embedding.embedder import Embedder
from vault.settings import Settings
from vault.store.collection import Collection
from vault.vault import Vault


@pytest.mark.parametrize(
    ("line", "change"),
    [
        ("Torasemide up from 5 to 10 mg.", Change("5 mg", "10 mg")),
        ("Night detemir 22 units down to 18 after two hypos.", Change("22 units", "18 units")),
        ("Oxygen until now: 2 l/min", Change(old="2 l/min")),
        ("The rent rises from £700 to £740 a month.", Change("£700", "£740 a month")),
        ("Levothyroxine now 75 mcg daily.", Change(new="75 mcg daily")),
        ("Pregabalin 150 mg bd (was 75 mg bd)", Change(old="75 mg bd")),
        ("Paracetamol up to 4 g in a day is allowed.", None),
        ("Take 1 to 2 tablets at night.", None),
        ("The shop is open from 9 to 5.", None),
    ],
)
def test_a_line_says_the_value_before_and_after_a_change(line: str, change: Change | None) -> None:
    assert change_in(line, dates=False) == change


@pytest.mark.parametrize(
    ("line", "change"),
    [
        ("The inspection moved from 3 June to 11/06.", Change("3 June", "11/06")),
        ("The hearing is now Thursday 9 July 2026, 14:00, court 4.", Change(new="9 July 2026, 14:00")),
        ("Completion on 4 May 2026 instead of 27 April 2026.", Change(old="27 April 2026")),
        ("Seen on 3 June and again on 11 June.", None),
    ],
)
def test_a_line_says_the_day_before_and_after_a_change(line: str, change: Change | None) -> None:
    assert change_in(line, dates=True) == change


BOOK = (
    "NIGHT BOOK\n\n"
    "MON 4/5 (Ruth)\nGwenda: torasemide 5 mg up to 10 mg because of her ankles.\n\n"
    "SUN 17/5\nGwenda: torasemide now 20 mg.\n\n"
    "The fire drill of 20 May 2026 is moved to 3 June 2026.\n"
)


def direct(
    vault: Vault, collection: Collection, embedder: Embedder, settings: Settings, text: str, question: str
) -> DirectAnswer | None:
    add_text(collection, embedder, "book.txt", text)
    (done,) = [
        event
        for event in Answerer(vault, embedder, settings).ask(question, ["matter"], "local")
        if isinstance(event, Done)
    ]
    return done.answer.direct


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("What dose of torasemide was she on before 4 May 2026?", "Before the change: 5 mg"),
        ("What dose of torasemide is she on now?", "Now: 20 mg"),
        ("When is the fire drill now?", "Now: 3 June 2026"),
    ],
)
def test_the_old_value_answers_before_and_the_new_one_now(
    vault: Vault, collection: Collection, embedder: Embedder, settings: Settings, question: str, said: str
) -> None:
    answer = direct(vault, collection, embedder, settings, BOOK, question)
    assert answer is not None
    assert answer.text == said
    assert said.partition(": ")[2] in answer.citations[0].quote


CHART = (
    "CHART OF GWENDA PYLE, 2026\n\n"
    "Drug Dose Freq Begun Ended Sig\n\n"
    "Nadolol PO 40 mg OD 02/03 09/03 RW\n\n"
    "Nadolol PO 80 mg OD 10/03 21/03 RW\n\n"
    "Nadolol PO 20 mg OD 22/03 - TK\n\n"
    "Senna PO 15 mg ON 02/03 - RW\n"
)


@pytest.mark.parametrize(
    ("question", "dose"),
    [
        ("What dose of nadolol did she get before 22 March 2026?", "80 mg"),
        ("What dose of nadolol did she have until the increase on 10 March 2026?", "40 mg"),
        ("Dose of nadolol on 12 March 2026?", "80 mg"),
        ("What is the current dose of nadolol?", "20 mg"),
    ],
)
def test_the_period_that_is_asked_for_answers(
    vault: Vault, collection: Collection, embedder: Embedder, settings: Settings, question: str, dose: str
) -> None:
    answer = direct(vault, collection, embedder, settings, CHART, question)
    assert answer is not None
    assert f"Nadolol PO {dose}" in answer.text
    assert answer.citations[0].quote in CHART
