"""A sentence says no where it denies what is asked about, and an end says no to what is asked of now."""

from __future__ import annotations

import pytest

from rag.prose.polarity import says_an_end, says_no
from vault.text.words import stems


@pytest.mark.parametrize(
    ("text", "topic", "denied"),
    [
        ("She is not allergic to latex.", "latex allergic", True),
        ("She is allergic to latex.", "latex allergic", False),
        ("No known allergies.", "allergies", True),
        ("Allergies: none known", "allergies", True),
        ("Diabetes | no", "diabetes", True),
        ("Diabetes: yes", "diabetes", False),
        ("The tenant may not sublet.", "sublet", True),
        ("The tenant may sublet.", "sublet", False),
        ("Not only the tenant may sublet.", "sublet", False),
    ],
)
def test_what_is_denied_is_told_from_what_is_said(text: str, topic: str, denied: bool) -> None:
    assert says_no(text, frozenset(stems(topic)), still=False) is denied


@pytest.mark.parametrize("still", [True, False])
def test_an_end_denies_only_what_is_asked_of_now(still: bool) -> None:
    text = "The guarantor was released on 3 May 2024."
    assert says_an_end(text)
    assert says_no(text, frozenset(stems("guarantor")), still=still) is still
    assert not says_an_end("The guarantor signed on 3 May 2024.")
