"""Numbers with their nouns, everywhere in what people read."""

from __future__ import annotations

import ast
import re

from hypothesis import given
from hypothesis import strategies as st

from tests.places import ROOT
from vault.text.counted import agreeing, counted

_NUMBER = re.compile(
    r"\b(?:len|sum)\(|count|number|total|\b(?:pages|documents|files|rows|chunks|failed|partial)\b"
)
_NOUN = re.compile(
    r" (?:more |other |ingest )?(?:pages|documents|places|files|rows|parts|chunks|records|jobs|collections|"
    r"sentences|answers|passages|messages|seconds|attachments|mentions|models)\b"
)
_ALWAYS_SEVERAL = {
    "ingest/formats/described.py",  # limits
    "ui/web/same_names.py",
    "ui/web/direct.py",
    "ui/web/mentions.py",
    "ui/services/upload_limits.py",
}
"""Files whose sentences stand only where there are several."""


@given(st.integers(0, 10**9))
def test_a_number_and_its_noun_agree(number: int) -> None:
    assert counted(number, "page").replace(",", "") == f"{number} page{'' if number == 1 else 's'}"
    assert counted(number, "copy", "copies").endswith(" copy" if number == 1 else " copies")
    assert agreeing(number, "is", "are") == ("is" if number == 1 else "are")


def test_no_message_of_the_command_or_the_page_puts_a_plural_behind_a_number_that_may_be_one() -> None:
    found = []
    for file in sorted((ROOT / "ui").rglob("*.py")):
        name = str(file.relative_to(ROOT))
        if name in _ALWAYS_SEVERAL:
            continue
        for text in ast.walk(ast.parse(file.read_text())):
            if not isinstance(text, ast.JoinedStr):
                continue
            for value, after in zip(text.values, text.values[1:], strict=False):
                if (
                    isinstance(value, ast.FormattedValue)
                    and isinstance(after, ast.Constant)
                    and _NOUN.match(str(after.value))
                    and _NUMBER.search(ast.unparse(value.value))
                ):
                    found.append(f"{name}:{text.lineno}: {ast.unparse(value.value)}{after.value}")
    assert found == []
