"""The kinds of thing that a question can want."""

from __future__ import annotations

from enum import StrEnum


class Wanted(StrEnum):
    """The kind of thing that an answer must hold."""

    DATE = "date"
    MONEY = "money"
    DOSE = "dose"
    """An amount of a medicine, with its unit."""
    AMOUNT = "amount"
    DURATION = "duration"
    PERSON = "person"
    PLACE = "place"
    MEDICINE = "medicine"
    """The name of a medicine."""
    IDENTIFIER = "identifier"
    """A number or address that names one thing: of a patient, case, invoice, telephone."""
    YES_NO = "yes_no"
    ANYTHING = "anything"
