"""Make false and true statements from a sentence of a document, by rules that make the label certain.

The sentences come from the corpora (contracts, medical abstracts, policies). A false statement is the
sentence with one change that contradicts it; a true one says the same or less. A rule applies only where its
result is certain: a missed chance costs one row of training data, a wrong label harms the model.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from training.edits import edited
from training.falsify.comparison import turned_comparisons
from training.falsify.dates import other_dates
from training.falsify.modality import turned_modalities
from training.falsify.names import other_names
from training.falsify.negation import turned_negations
from training.falsify.numbers import other_numbers
from training.falsify.roles import exchanged_roles
from training.falsify.units import other_units
from training.restate import in_digits, in_plain_words, last_clause, shortened
from training.statement import body, states


@dataclass(frozen=True, slots=True)
class Made:
    """A statement, with single spaces, and the rule that made it."""

    text: str
    kind: str


def falsified(sentence: str, chance: random.Random, names: Sequence[str] = ()) -> list[Made]:
    """Return false statements; each has one change that makes the sentence contradict its source.

    There is at most one of each kind, in the order number, unit, date, name, role, negation, modality,
    comparison; none if nothing can be changed, and none for a question. `names` are of other documents.
    """
    text = body(sentence)
    if not states(text):
        return []
    edits = {
        "number": other_numbers(text, chance),
        "unit": other_units(text, chance),
        "date": other_dates(text, chance),
        "name": other_names(text, chance, names),
        "role": exchanged_roles(text),
        "negation": turned_negations(text),
        "modality": turned_modalities(text),
        "comparison": turned_comparisons(text),
    }
    made = [Made(edited(text, chance.choice(some)), kind) for kind, some in edits.items() if some]
    source = " ".join(sentence.split())
    return [one for one in made if one.text not in (text, source)]


def restated(sentence: str, chance: random.Random) -> list[Made]:
    """Return true statements in other words or fewer, at most one of each kind; none for a question.

    "whole" is the sentence without its number and heading, "shortened" lacks a clause or an aside, "clause"
    is its last clause alone, "digits" has "30" for "thirty (30)", "plain" has plainer words.
    """
    text = body(sentence)
    if not states(text):
        return []
    others = {
        "shortened": shortened(text),
        "clause": last_clause(text),
        "digits": in_digits(text),
        "plain": in_plain_words(text, chance),
    }
    made = [Made(other, kind) for kind, other in others.items() if other and other != text]
    return [Made(text, "whole"), *made]
