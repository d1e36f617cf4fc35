"""Laboratory tests and measurements: names, short names, units and plausible values."""

from __future__ import annotations

from dataclasses import dataclass

from training.world.chance import Chance


@dataclass(frozen=True, slots=True)
class Test:
    """What is measured."""

    name: str
    short: str
    everyday: str
    unit: str
    least: float
    most: float
    decimals: int
    low: float
    high: float
    """The limits of what is normal."""

    def write(self, value: float) -> str:
        """Return the value with its decimals."""
        return f"{value:.{self.decimals}f}"


BLOODS = (
    Test("potassium", "K", "potassium", "mmol/L", 2.9, 6.1, 1, 3.5, 5.3),
    Test("sodium", "Na", "salt level", "mmol/L", 121, 149, 0, 133, 146),
    Test("creatinine", "Creat", "kidney value", "µmol/L", 61, 248, 0, 45, 110),
    Test("haemoglobin", "Hb", "blood count", "g/L", 78, 158, 0, 120, 150),
    Test("C-reactive protein", "CRP", "inflammation marker", "mg/L", 1, 214, 0, 0, 5),
    Test("white cell count", "WCC", "white cells", "10^9/L", 3.1, 19.8, 1, 4.0, 11.0),
    Test("platelets", "Plt", "platelets", "10^9/L", 88, 466, 0, 150, 400),
    Test("urea", "Urea", "urea", "mmol/L", 3.2, 22.7, 1, 2.5, 7.8),
    Test("albumin", "Alb", "albumin", "g/L", 22, 47, 0, 35, 50),
    Test("glucose", "Gluc", "blood sugar", "mmol/L", 3.8, 18.9, 1, 4.0, 7.8),
    Test("bilirubin", "Bili", "bilirubin", "µmol/L", 5, 61, 0, 0, 21),
    Test("magnesium", "Mg", "magnesium", "mmol/L", 0.51, 1.12, 2, 0.70, 1.00),
    Test("thyroid stimulating hormone", "TSH", "thyroid test", "mU/L", 0.08, 9.6, 2, 0.27, 4.20),
    Test("eGFR", "eGFR", "kidney function", "mL/min", 18, 89, 0, 60, 120),
    Test("calcium", "Ca", "calcium", "mmol/L", 2.02, 2.88, 2, 2.20, 2.60),
)
OBSERVATIONS = (
    Test("weight", "Wt", "weight", "kg", 48.2, 104.6, 1, 0, 0),
    Test("temperature", "Temp", "temperature", "°C", 35.6, 39.4, 1, 36.0, 37.9),
    Test("pulse", "HR", "heart rate", "bpm", 52, 124, 0, 60, 100),
    Test("oxygen saturation", "SpO2", "oxygen level", "%", 86, 99, 0, 94, 100),
    Test("respiratory rate", "RR", "breathing rate", "/min", 11, 29, 0, 12, 20),
)
HEADERS = ("{name} ({unit})", "{Short}", "{Name}", "{Short} [{unit}]", "{Name}, {unit}", "{Short} {unit}")
"""How a column is named; the tables of one document name all alike."""


def values(test: Test, count: int, chance: Chance) -> list[float]:
    """Return values that go up and down over time, no two alike as far as there are enough."""
    span = test.most - test.least
    step = 10.0**-test.decimals
    found: list[float] = []
    at = test.least + span * chance.number(15, 85) / 100
    for _ in range(count):
        for _ in range(30):
            moved = at + span * chance.number(-30, 30) / 100
            value = round(min(max(moved, test.least), test.most) / step) * step
            if all(abs(value - one) > step / 2 for one in found):
                break
        found.append(round(value, test.decimals))
        at = value
    return found
