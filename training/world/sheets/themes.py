"""What a sheet records: its rows, its measurements, who signs, and how a row turned out."""

from __future__ import annotations

from dataclasses import dataclass

from training.world.sides import Pool


@dataclass(frozen=True, slots=True)
class Metric:
    """A column of numbers."""

    headers: tuple[str, ...]
    """How documents call it; the unit stands elsewhere."""
    asked: tuple[str, ...]
    """How people call it."""
    unit: str
    low: float
    high: float
    decimals: int = 0
    added: bool = False
    """Whether its numbers are added up: volumes and amounts are, weights are not."""


@dataclass(frozen=True, slots=True)
class Theme:
    """What a kind of sheet holds."""

    name: str
    """Of the document."""
    row: tuple[str, str]
    """What a row is called, one and several: "session", "sessions"."""
    metrics: tuple[Metric, ...]
    staff: tuple[str, str]
    """How the column of those who sign is called, and what they did: ("Nurse", "did")."""
    status: tuple[str, tuple[str, ...]]
    """How the column of outcomes is called, and its words, the usual one first."""
    absent: tuple[str, ...]
    """What people might ask for that no such sheet holds."""


THEMES: Pool[Theme] = Pool(
    Theme(
        "physiotherapy record", ("treatment", "treatments"),
        (Metric(("Knee flexion", "Flexion"), ("knee flexion", "flexion"), "°", 60, 130),
         Metric(("Steps", "Step count"), ("steps", "step count"), "", 400, 4200, 0, True),
         Metric(("Pain 0-10", "Pain score"), ("pain score",), "", 1, 9)),
        ("Therapist", "treated"), ("Outcome", ("completed", "cut short", "cancelled")),
        ("grip strength", "blood pressure", "shoulder rotation"),
    ),
    Theme(
        "infusion log", ("infusion", "infusions"),
        (Metric(("Pre wt", "Weight before"), ("weight before the infusion", "pre-infusion weight"),
                "kg", 55, 95, 1),
         Metric(("Volume", "Vol given"), ("volume",), "ml", 100, 900, 0, True),
         Metric(("Rate",), ("rate", "infusion rate"), "ml/h", 20, 150)),
        ("RN", "gave"), ("Reaction", ("none", "mild", "stopped")),
        ("ferritin", "temperature", "oxygen saturation"),
    ),
    Theme(
        "meter book", ("reading", "readings"),
        (Metric(("Electricity", "Elec."), ("electricity",), "kWh", 210, 980, 0, True),
         Metric(("Gas",), ("gas",), "m³", 11, 160, 0, True),
         Metric(("Water", "Cold water"), ("water", "cold water"), "m³", 2, 40, 1, True)),
        ("Read by", "read the meters"), ("Source", ("actual", "estimated", "by tenant")),
        ("oil", "solar feed-in", "standing charge"),
    ),
    Theme(
        "dialysis run sheet", ("session", "sessions"),
        (Metric(("Pre kg", "Wt pre"), ("weight before", "pre weight"), "kg", 60, 99, 1),
         Metric(("Post kg", "Wt post"), ("weight after", "post weight"), "kg", 58, 97, 1),
         Metric(("UF", "UF volume"), ("UF volume", "ultrafiltration"), "ml", 900, 3400, 0, True)),
        ("Nurse", "ran"), ("Access", ("fistula", "catheter", "graft")),
        ("haemoglobin", "dialysate sodium", "ferritin"),
    ),
    Theme(
        "petty cash book", ("entry", "entries"),
        (Metric(("Paid out", "Out"), ("paid out",), "£", 4, 180, 2, True),
         Metric(("Paid in", "In"), ("paid in",), "£", 10, 250, 2, True)),
        ("Initials", "signed"), ("Receipt", ("yes", "missing", "copy")),
        ("mileage", "VAT", "bank charges"),
    ),
    Theme(
        "wound chart", ("dressing", "dressings"),
        (Metric(("Length",), ("length of the wound", "length"), "mm", 12, 80),
         Metric(("Depth",), ("depth of the wound", "depth"), "mm", 1, 22),
         Metric(("Exudate", "Exudate vol"), ("exudate",), "ml", 5, 60, 0, True)),
        ("Dressed by", "did"), ("Bed", ("granulating", "sloughy", "necrotic")),
        ("ankle pressure", "albumin", "hair loss"),
    ),
    Theme(
        "time sheet", ("shift", "shifts"),
        (Metric(("Hours", "Hrs"), ("hours",), "h", 3, 12, 1, True),
         Metric(("Mileage", "Miles"), ("mileage", "miles"), "miles", 4, 140, 0, True)),
        ("Approved by", "approved"), ("Type", ("ordinary", "overtime", "on call")),
        ("bonus", "pension contribution", "holiday pay"),
    ),
    Theme(
        "blood pressure diary", ("check", "checks"),
        (Metric(("Systolic", "Sys"), ("systolic",), "mmHg", 98, 188),
         Metric(("Diastolic", "Dia"), ("diastolic",), "mmHg", 55, 104),
         Metric(("Pulse",), ("pulse",), "bpm", 48, 118)),
        ("Taken by", "took"), ("Arm", ("left", "right", "left, lying")),
        ("blood sugar", "peak flow", "weight"),
    ),
    Theme(
        "rent account", ("posting", "postings"),
        (Metric(("Charge", "Charged"), ("charged", "charge"), "€", 300, 1900, 2, True),
         Metric(("Payment", "Paid"), ("paid", "payment"), "€", 300, 1900, 2, True)),
        ("Posted by", "made"), ("Method", ("transfer", "cheque", "cash")),
        ("deposit interest", "insurance", "council tax"),
    ),
    Theme(
        "observation chart", ("set", "sets"),
        (Metric(("Temp",), ("temperature", "temp"), "°C", 36, 39, 1),
         Metric(("Resp rate", "RR"), ("respiratory rate",), "/min", 12, 28),
         Metric(("Sats", "SpO2"), ("saturation", "sats"), "%", 88, 99)),
        ("Nurse", "took"), ("Escalated", ("no", "doctor told", "team called")),
        ("urine output", "blood sugar", "pupil size"),
    ),
    Theme(
        "harvest log", ("delivery", "deliveries"),
        (Metric(("Net weight", "Net"), ("net weight",), "kg", 180, 2400, 0, True),
         Metric(("Moisture",), ("moisture",), "%", 11, 24, 1),
         Metric(("Price",), ("price",), "€", 120, 420, 2)),
        ("Weighed by", "weighed"), ("Grade", ("first", "second", "rejected")),
        ("protein", "diesel", "tare"),
    ),
    Theme(
        "feeding chart", ("feed", "feeds"),
        (Metric(("Milk", "Milk taken"), ("milk",), "ml", 20, 160, 0, True),
         Metric(("Weight",), ("weight",), "g", 2300, 4800)),
        ("Midwife", "recorded"), ("Kind", ("breast", "bottle", "tube")),
        ("bilirubin", "head circumference", "heart rate"),
    ),
)  # fmt: skip
