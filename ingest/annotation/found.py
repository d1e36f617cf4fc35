"""Find the dates, quantities and references of a sentence."""

from __future__ import annotations

import re

from vault.text.facts import Facts, facts_in

_NUMBER = re.compile(r"[\s(]*\d+(?:\.\d+)*[.):]?(?=\s)")
_NOTHING = Facts((), (), ())


def find_in(text: str, clause: str) -> Facts:
    """Return the dates, references and quantities of a sentence.

    The number of the `clause` that it begins is neither quantity nor date.
    """
    if not any(map(str.isalnum, text)):
        return _NOTHING
    facts = facts_in(text)
    if clause and (number := _NUMBER.match(text)) is not None:
        end = number.end()
        return Facts(
            tuple(one for one in facts.dates if one.start >= end),
            facts.references,
            tuple(one for one in facts.quantities if one.start >= end),
        )
    return facts
