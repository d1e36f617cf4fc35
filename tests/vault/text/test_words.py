"""Words are compared in the same way outside and inside of the lexical index."""

import re
import sqlite3

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.question.question import Wanted, holds
from rag.verification.verify import Verdict, verify
from vault.store.catalogue.schema import CATALOGUE_STEPS
from vault.text.terms import TOKENIZER, Stemmer, expression
from vault.text.words import stem, stems, words

# U+037F is younger than SQLite's table of letters.
LETTERS = st.characters(
    max_codepoint=0x4FF, categories=("Lu", "Ll", "Lt", "Lm", "Lo", "Nd"), exclude_characters="\u037f"
)
MARKS = st.characters(min_codepoint=0x300, max_codepoint=0x331)
ENDINGS = (
    "",
    "s",
    "tly",
    "es",
    "ed",
    "ing",
    "ly",
    "bly",
    "logy",
    "ational",
    "isation",
    "ies",
    "eed",
    "é",
    "ü",
    "ß",
)
WORD = st.builds(
    "{}{}{}".format, st.text(LETTERS, min_size=1), st.text(MARKS, max_size=1), st.sampled_from(ENDINGS)
)
INDEX = sqlite3.connect(":memory:")
for step in CATALOGUE_STEPS:
    INDEX.executescript(step)


def found_by(word: str, text: str) -> bool:
    """Return whether a search for `word` finds a chunk with `text`."""
    INDEX.execute("INSERT INTO chunks_fts (title, heading, body) VALUES ('', '', ?)", (text,))
    hits = INDEX.execute(
        "SELECT 1 FROM chunks_fts WHERE chunks_fts MATCH ?", (expression([word]),)
    ).fetchall()
    INDEX.execute("INSERT INTO chunks_fts (chunks_fts) VALUES ('delete-all')")
    return bool(hits)


@pytest.mark.parametrize(
    ("word", "same", "others"),
    [
        ("general", "generally General generals", "gene gens"),
        ("organisation", "organised Organisations", "organ organic"),
        ("müller", "Müller Muller mu\u0308ller MÜLLER Müllers", "mill mule"),
        ("cardiology", "cardiologies", "cardiologist"),
        ("possibly", "possible", "pose"),
        ("hourly", "hour hours Hourly", "our houri"),
        ("month", "monthly months", "mouth"),
        ("directly", "direct directed", "director"),
        ("early", "Early", "ear earlier"),
    ],
)
def test_words_have_the_same_stem_if_the_index_finds_them_for_each_other(
    word: str, same: str, others: str
) -> None:
    for other in same.split():
        assert found_by(words(word)[0], other) and found_by(words(other)[0], word)
        assert stems(other) == {stem(word)}
    for other in others.split():
        assert not found_by(words(word)[0], other)
        assert stems(other) != {stem(word)}


@settings(max_examples=150, deadline=None)
@given(st.lists(WORD, min_size=1, max_size=30), st.data())
def test_any_two_words_have_the_same_stem_if_the_index_finds_one_for_the_other(
    found: list[str], data: st.DataObject
) -> None:
    text = " ".join(found)
    for word in words(data.draw(st.sampled_from(found))):
        assert found_by(word, text)
        base = word.removesuffix("s").removesuffix("ly")
        for asked in words(data.draw(st.sampled_from([f"{base}ly", f"{base}s", f"{base}ing", base]))):
            assert found_by(asked, text) is (stem(asked) in stems(text)), (asked, text)


def test_the_indexes_use_the_tokenizer_of_the_stemmer() -> None:
    schema = "".join(CATALOGUE_STEPS)
    tokenizers = dict(
        re.findall(r"CREATE VIRTUAL TABLE (\w+) USING fts5 \([^)]*?tokenize = \"([^\"]+)\"", schema)
    )
    # The words that a misspelt one is compared with are kept whole, as the documents write them.
    assert tokenizers.pop("words_fts") == "unicode61 remove_diacritics 0"
    assert tokenizers == dict.fromkeys(("chunks_fts", "heads_fts", "sentences_fts"), TOKENIZER)
    assert schema.count("tokenize = ") == len(tokenizers) + 1


def test_combining_accents_do_not_split_a_word() -> None:
    assert words("Mu\u0308ller pays") == ["mu\u0308ller", "pays"]
    assert stems("Mu\u0308ller pays") == stems("Müller pays") == {"muller", "pai"}


def test_more_words_than_fit_in_the_cache_still_get_their_stems(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vault.text.terms._MOST_CACHED", 3)
    stemmer = Stemmer()
    for _ in range(3):
        assert stemmer.stems(["rents", "roofs", "keys", "doors", "rents"]) == [
            "rent",
            "roof",
            "kei",
            "door",
            "rent",
        ]
        assert stemmer.stems(["rents", "walls"]) == ["rent", "wall"]


def test_text_without_a_term_is_its_own_stem() -> None:
    assert Stemmer().stems(["", "…"]) == ["", "…"]


@pytest.mark.parametrize("day", ["Miss Monday", "Mr January"])
def test_a_day_or_month_is_not_a_name(day: str) -> None:
    assert not holds(Wanted.PERSON, f"It is due on {day} at noon.")


@pytest.mark.parametrize(
    ("claimed", "written"), [("internal", "international"), ("later", "lateral"), ("generic", "general")]
)
def test_a_statement_is_not_supported_by_a_word_that_only_shares_a_stem(claimed: str, written: str) -> None:
    found = verify(f"The {claimed} report found a leak.", [f"The {written} report found a leak."])
    assert found.verdict is Verdict.UNSUPPORTED
