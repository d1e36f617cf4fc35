"""Quantities as they are found: a place in the text, and what is measured there."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from vault.text.quantities.units import Dimension


@dataclass(frozen=True, slots=True)
class FoundQuantity:
    """A number in a text with its unit: `text[start:end]`."""

    start: int
    end: int
    value: Decimal
    unit: str | None
    """The one spelling of its unit: "mg", "mmol/l", "gbp/month"; None for a number without one."""
    dimension: Dimension
    upper: Decimal | None = None
    """The other end of a range: 20 for "10 to 20 mg"."""
    over: Decimal | None = None
    """The second value of a blood pressure: 80 for 120/80."""

    @property
    def normal(self) -> str:
        """The quantity in one spelling: "500 mg", "10-20 mg", "120/80 mmhg", "1200 gbp/month"."""
        number = plain_digits(self.value)
        if self.upper is not None:
            number += f"-{plain_digits(self.upper)}"
        if self.over is not None:
            number += f"/{plain_digits(self.over)}"
        return f"{number} {self.unit}" if self.unit else number


def plain_digits(value: Decimal) -> str:
    """Return a number in digits without thousands marks, exponent and needless zeros."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
