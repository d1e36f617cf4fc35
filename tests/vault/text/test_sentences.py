import pytest
from hypothesis import given
from hypothesis import strategies as st

from vault.text.readable import readable
from vault.text.sentences import split_sentences


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


@given(st.text(alphabet=st.sampled_from(list("abAB12 .;!?。؟」\n|-()§\t\"'")), max_size=300))
def test_every_visible_character_lies_in_exactly_one_sentence(text: str) -> None:
    spans = split_sentences(text)
    assert spans == sorted(spans)
    covered = [position for start, end in spans for position in range(start, end)]
    assert len(covered) == len(set(covered))
    assert all(character.isspace() or position in set(covered) for position, character in enumerate(text))
    assert all(text[start:end].strip() == text[start:end] != "" for start, end in spans)


@pytest.mark.parametrize(
    "text",
    [
        "See Smith v. Jones for the rule.",
        "Sec. 4 of the Act applies to Acme Inc. and its Affiliates.",
        "Give metformin 500 mg b.i.d. with food.",
        "Dr. A. B. Lee saw her at 9 a.m. on Mon. 3 March.",
        "Der Vertrag endet am 31. Mai 2027.",
        "The fee is USD 1.5 million, i.e. the cap under Art. 7 No. 3.",
        "12.3. Notices are in writing.",
        "Tolvane Ltd. shall pay the Charges.",
    ],
)
def test_a_full_stop_after_an_abbreviation_ends_no_sentence(text: str) -> None:
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("It ends here. It goes on.", ["It ends here.", "It goes on."]),
        ("Paid to Acme Inc. The rest is due.", ["Paid to Acme Inc.", "The rest is due."]),
        ("Take 5 mg b.i.d. Review in a week.", ["Take 5 mg b.i.d.", "Review in a week."]),
        ('He said "no." She left.', ['He said "no."', "She left."]),
        ("Why? Because.", ["Why?", "Because."]),
        ("One line\n\nanother block", ["One line", "another block"]),
        ("Allergies:\n- penicillin\n- latex", ["Allergies:", "- penicillin", "- latex"]),
        ("Name | Value\nK | 5.9\nNa | 140", ["Name | Value", "K | 5.9", "Na | 140"]),
        ("the Fee;\nthe Tax", ["the Fee;", "the Tax"]),
    ],
)
def test_sentences_rows_and_list_items_are_split(text: str, parts: list[str]) -> None:
    assert sentences(text) == parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "租金每月五千元。押金为两个月租金！何时支付？每月一日。",
            ["租金每月五千元。", "押金为两个月租金！", "何时支付？", "每月一日。"],
        ),
        (
            "彼は「もう払った。」と言った。次の支払いは六月です。",
            ["彼は「もう払った。」", "と言った。", "次の支払いは六月です。"],
        ),
        ("ما هي مدة العقد؟ مدة العقد سنة واحدة.", ["ما هي مدة العقد؟", "مدة العقد سنة واحدة."]),
        ("מה גובה הפיקדון? הפיקדון הוא אלף שקלים.", ["מה גובה הפיקדון?", "הפיקדון הוא אלף שקלים."]),
    ],
)
def test_sentences_of_other_scripts_end_at_their_own_marks(text: str, parts: list[str]) -> None:
    assert sentences(text) == parts


def test_a_word_hyphenated_at_the_line_end_is_joined() -> None:
    assert readable("termi\ufffe\r\nnation of the\x02\nAgreement\x00") == "termination of theAgreement"


def test_white_space_is_collapsed() -> None:
    assert readable("  a\t b\r\n\n c ") == "a b c"


@pytest.mark.parametrize(("piece", "count"), [(".", 1), ("He paid 12. ", 25_000), ('."', 1)])
def test_a_long_run_of_sentence_marks_is_split_at_once(piece: str, count: int) -> None:
    # A rule that looks over the whole run from each of its places takes longer than a test may.
    assert len(sentences(piece * (300_000 // len(piece)))) == count
