"""Why a sentence cannot be stated as the answer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Misfit(StrEnum):
    """Something in which a sentence differs from what the question asks."""

    FORMALITY = "formality"
    """A heading, greeting or line that only names somebody."""
    OTHER_PERSON = "other_person"
    OTHER_DATE = "other_date"
    OTHER_VERSION = "other_version"
    """An earlier or later document says something else of the time that is asked for."""
    OTHER_REFERENCE = "other_reference"
    OTHER_KIND = "other_kind"
    """It does not hold the kind of thing that is asked for: a date, a sum, a dose."""
    OTHER_FIELD = "other_field"
    """A form field whose label is not what is asked about."""
    AFFIRMED = "affirmed"
    """It says that something is so, and the question asks what is not."""


@dataclass(frozen=True, slots=True)
class Fit:
    """How a sentence fits the question beyond its words."""

    misfits: frozenset[Misfit] = frozenset()
    person: float = 0.0
    """1 if it is about somebody whom the question names, -1 if about somebody else, 0 if nothing says so."""
    date: float = 0.0
    """1 if it or its document has a date that the question asks for, -1 if it has others only."""
    reference: float = 0.0
    """1 if it is in the clause, or holds the number, that the question names; -1 if it is in another."""
    kind: float = 0.0
    """1 if it holds the kind of thing that is asked for, -1 if not, 0 if any kind would do."""
    stance: float = 0.0
    """-1 for what is planned, conditional, past, superseded or denied, where the question asks what is."""

    @property
    def states(self) -> bool:
        """Whether it may be stated as the answer."""
        return not self.misfits

    def signals(self) -> dict[str, float]:
        """Return the values by the names of their weights."""
        return {
            "fit_person": self.person,
            "fit_date": self.date,
            "fit_reference": self.reference,
            "fit_kind": self.kind,
            "fit_stance": self.stance,
            "formality": float(bool(self.misfits & {Misfit.FORMALITY, Misfit.OTHER_FIELD})),
        }


NO_FIT = Fit()
"""Where nothing is known: a document that is not annotated yet."""
