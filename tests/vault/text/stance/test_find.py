from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from vault.annotations import Stance
from vault.text.stance.find import find_stances, stances_at, stances_of

CASES = yaml.safe_load((Path(__file__).parent / "stances.yaml").read_text("utf-8"))


def counted(part: str) -> tuple[int, int, int]:
    """Right, surplus and missing stances of the words that the cases name."""
    right = surplus = missing = 0
    for case in CASES[part]:
        text = case["text"]
        scopes = find_stances(text)
        for stance, phrases in case.items():
            if stance == "text":
                continue
            expected = set() if stance == "plain" else {Stance(stance)}
            for phrase in phrases:
                start = text.index(phrase)
                found = stances_at(scopes, start, start + len(phrase))
                right += len(expected & found)
                surplus += len(found - expected)
                missing += len(expected - found)
    return right, surplus, missing


@pytest.mark.parametrize(("part", "precision", "recall"), [("choose", 0.98, 0.98), ("report", 0.95, 0.92)])
def test_stances_are_found_as_a_reader_would_say(part: str, precision: float, recall: float) -> None:
    right, surplus, missing = counted(part)
    assert right / (right + surplus) >= precision
    assert right / (right + missing) >= recall


def test_a_stance_reaches_to_the_end_of_its_clause_only() -> None:
    text = "No fever, but her sister has asthma."
    scopes = find_stances(text)
    assert [(text[one.start : one.end], one.stance) for one in scopes] == [
        ("No fever", Stance.DENIED),
        ("sister has asthma", Stance.OTHER_PERSON),
    ]


def test_a_duty_is_neither_denied_nor_planned() -> None:
    assert stances_of("The Tenant shall not sublet and the Landlord will insure the building.") == frozenset()


def test_a_wrapped_line_ends_no_clause() -> None:
    text = "No history of stroke or\r\natrial fibrillation."
    assert Stance.DENIED in stances_at(find_stances(text), text.index("atrial"), len(text))


@given(st.text(alphabet=st.sampled_from("no not her sister has if will stopped ,.;:but\n"), max_size=120))
def test_scopes_lie_in_the_text(text: str) -> None:
    for scope in find_stances(text):
        assert 0 <= scope.start < scope.end <= len(text)
