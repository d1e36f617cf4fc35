"""The words that are compared outside of the lexical index are compared as inside of it."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.question import Wanted, holds
from rag.verify import Verdict, verify
from rag.words import stem, stems, words
from tests.documents import add_plain
from vault.catalogue_schema import CATALOGUE_STEPS
from vault.collection import Collection
from vault.terms import TOKENIZER, Terms

# U+037F is younger than SQLite's table of letters.
LETTERS = st.characters(
    max_codepoint=0x4FF, categories=("Lu", "Ll", "Lt", "Lm", "Lo", "Nd"), exclude_characters="\u037f"
)
MARKS = st.characters(min_codepoint=0x300, max_codepoint=0x331)
ENDINGS = ("", "s", "es", "ed", "ing", "ly", "bly", "logy", "ational", "isation", "ies", "eed", "é", "ü", "ß")
WORD = st.builds(
    "{}{}{}".format, st.text(LETTERS, min_size=1), st.text(MARKS, max_size=1), st.sampled_from(ENDINGS)
)
INDEX = sqlite3.connect(":memory:")
for step in CATALOGUE_STEPS:
    INDEX.executescript(step)
INDEX.execute("CREATE VIRTUAL TABLE held USING fts5vocab (chunks_fts, row)")


def indexed(collection: Collection) -> set[str]:
    """The terms that the lexical index of the collection holds."""
    with collection.catalogue._db.read() as db:
        db.execute("CREATE VIRTUAL TABLE temp.held USING fts5vocab (main, chunks_fts, row)")
        return {row["term"] for row in db.execute("SELECT term FROM held")}


@pytest.mark.parametrize(
    ("word", "others"),
    [
        ("general", ["generally", "General"]),
        ("organisation", ["organised", "Organisations"]),
        ("müller", ["Müller", "Muller", "mu\u0308ller", "MÜLLER"]),
        ("cardiology", ["cardiologies"]),
        ("possibly", ["possible"]),
    ],
)
def test_a_word_has_the_stem_that_the_index_has(collection: Collection, word: str, others: list[str]) -> None:
    # The title and the name are indexed too.
    add_plain(collection, word, word)
    assert indexed(collection) == {stem(word)} == stems(" ".join(others))


@settings(max_examples=150, deadline=None)
@given(st.lists(WORD, min_size=1, max_size=30))
def test_any_words_have_the_stems_that_the_index_has(found: list[str]) -> None:
    text = " ".join(found)
    INDEX.execute("INSERT INTO chunks_fts (title, heading, body) VALUES ('', '', ?)", (text,))
    there = {term for (term,) in INDEX.execute("SELECT term FROM held")}
    INDEX.execute("INSERT INTO chunks_fts (chunks_fts) VALUES ('delete-all')")
    assert stems(text) == there


def test_the_indexes_are_made_with_the_tokenizer_that_gives_the_stems() -> None:
    schema = "".join(CATALOGUE_STEPS)
    assert schema.count("tokenize = ") == schema.count(f'tokenize = "{TOKENIZER}"') == 2


def test_marks_that_stand_by_themselves_part_no_word() -> None:
    assert words("Mu\u0308ller pays") == ["mu\u0308ller", "pays"]
    assert stems("Mu\u0308ller pays") == stems("Müller pays") == {"muller", "pai"}


def test_more_words_than_are_kept_have_their_stems_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vault.terms._MOST_KEPT", 3)
    terms = Terms()
    for _ in range(3):
        assert terms.of(["rents", "roofs", "keys", "doors", "rents"]) == [
            "rent",
            "roof",
            "kei",
            "door",
            "rent",
        ]
        assert terms.of(["rents", "walls"]) == ["rent", "wall"]


def test_what_the_index_makes_no_term_of_stands_for_itself() -> None:
    assert Terms().of(["", "…"]) == ["", "…"]


@pytest.mark.parametrize("day", ["Miss Monday", "Mr January"])
def test_a_day_or_month_is_no_name_that_answers(day: str) -> None:
    assert not holds(Wanted.NAME, f"It is due on {day} at noon.")


@pytest.mark.parametrize(
    ("said", "there"), [("internal", "international"), ("later", "lateral"), ("generic", "general")]
)
def test_a_statement_is_not_carried_by_a_word_that_only_shares_its_stem(said: str, there: str) -> None:
    found = verify(f"The {said} report found a leak.", [f"The {there} report found a leak."])
    assert found.verdict is Verdict.UNSUPPORTED
