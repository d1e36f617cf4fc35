"""All guards, in the order in which they are asked. The first that denies support is named in the verdict."""

from __future__ import annotations

from rag.verification.guards.actors import actor_differs, owner_differs
from rag.verification.guards.conditions import condition_is_dropped
from rag.verification.guards.copies import number_is_changed, small_word_is_changed
from rag.verification.guards.directions import (
    comparison_is_reversed,
    direction_is_reversed,
    opponent_differs,
)
from rag.verification.guards.guard import Guard
from rag.verification.guards.measured import (
    another_number_fits_better,
    next_word_follows_another_number,
    something_else_is_counted,
    thing_has_another_number,
)
from rag.verification.guards.modality import modality_is_added, modality_is_dropped
from rag.verification.guards.names import name_is_missing, names_are_apart
from rag.verification.guards.opposites import opposite_is_stated, qualifier_is_added, weakening_is_dropped
from rag.verification.guards.polarity import only_statement_denies, polarity_differs
from rag.verification.guards.quantities import (
    end_of_change_differs,
    limit_differs,
    number_is_missing,
    numbers_are_apart,
    range_is_reversed,
)
from rag.verification.guards.sides import doer_differs, sides_are_exchanged, subject_is_object

GUARDS: tuple[Guard, ...] = (
    Guard("number", "The passage has every number and date, with its unit.", number_is_missing),
    Guard("limit", "A number is the same kind of limit: at least, at most, exactly.", limit_differs),
    Guard("change", "A number after from, to or until stands after that word.", end_of_change_differs),
    Guard("counted", "A number without a unit counts the same thing.", something_else_is_counted),
    Guard(
        "thing", "The thing right after a number is not right after another one.", thing_has_another_number
    ),
    Guard(
        "next-word",
        "The next word after a number does not belong to another one.",
        next_word_follows_another_number,
    ),
    Guard(
        "number-place", "No other number fits the words around a number better.", another_number_fits_better
    ),
    Guard("range", "A range is not the other way round.", range_is_reversed),
    Guard("together", "Numbers that are said together stand together.", numbers_are_apart),
    Guard("name", "The passage has every name.", name_is_missing),
    Guard("full-name", "The words of a name stand together.", names_are_apart),
    Guard("denial", "If the statement denies something, so does the passage.", only_statement_denies),
    Guard("polarity", "No word is denied in one and asserted in the other.", polarity_differs),
    Guard("modality-added", "The passage says must, may or should of the same word.", modality_is_added),
    Guard("modality-dropped", "May, should, planned and past are not left out.", modality_is_dropped),
    Guard("qualifier", "The passage has the statement's all, only, always.", qualifier_is_added),
    Guard("opposite", "No word has its opposite in its place.", opposite_is_stated),
    Guard("weakening", "Some, most and rarely are not left out.", weakening_is_dropped),
    Guard("subject", "The subject of a verb is not just its object in the passage.", subject_is_object),
    Guard("sides", "Doer and done-to are not the other way round.", sides_are_exchanged),
    Guard("doer", "A verb is done by the same actor.", doer_differs),
    Guard("owner", "A thing belongs to the same actor.", owner_differs),
    Guard("actor", "No other actor fits the words around an actor better.", actor_differs),
    Guard("comparison", "What stands after than does not stand before it only.", comparison_is_reversed),
    Guard("opponent", "From and against are said of the same actor.", opponent_differs),
    Guard(
        "direction", "What comes after from does not come after to, nor vice versa.", direction_is_reversed
    ),
    Guard("condition", "Conditions and exceptions are not left out.", condition_is_dropped),
    Guard("copied-word", "A near copy does not change a not, may, all or only.", small_word_is_changed),
    Guard("copied-number", "A near copy does not change a number.", number_is_changed),
)
