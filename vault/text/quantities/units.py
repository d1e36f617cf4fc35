"""Names of units: the one spelling that stands for each, and what it measures."""

from __future__ import annotations

from enum import StrEnum


class Dimension(StrEnum):
    """What a quantity measures. Only quantities of one dimension can be compared."""

    NUMBER = "number"
    MASS = "mass"
    VOLUME = "volume"
    AMOUNT = "amount of substance"
    ACTIVITY = "activity"
    CONCENTRATION = "concentration"
    DOSE = "dose"
    FLOW = "flow"
    RATIO = "ratio"
    DURATION = "duration"
    PERCENTAGE = "percentage"
    MONEY = "money"
    LENGTH = "length"
    AREA = "area"
    PRESSURE = "pressure"
    TEMPERATURE = "temperature"
    FREQUENCY = "frequency"
    ENERGY = "energy"


# One unit per line: the name that stands for it, then its other spellings, divided by commas.
_NAMES = {
    Dimension.MASS: """
        mg, milligram, milligrams, milligramme, milligrammes, mgs
        mcg, ug, µg, μg, microgram, micrograms, mcgs
        ng, nanogram, nanograms
        pg, picogram, picograms
        g, gram, grams, gm, gms, gramme, grammes, gramm
        kg, kgs, kilo, kilos, kilogram, kilograms, kilogramm
        tonne, tonnes, metric tons
        lb, lbs
        stone
        oz, ounce, ounces
    """,
    Dimension.VOLUME: """
        ml, mls, millilitre, millilitres, milliliter, milliliters, cc
        l, litre, litres, liter, liters, ltr
        dl, decilitre, decilitres, deciliter, deciliters
        ul, µl, μl, microlitre, microlitres, microliter, microliters
        fl, femtolitre, femtolitres
        pint, pints
        gallon, gallons
        m3, m³, cubic metre, cubic metres, cubic meter, cubic meters
    """,
    Dimension.AMOUNT: """
        mmol, mmols, millimole, millimoles
        umol, µmol, μmol, mcmol, micromole, micromoles
        nmol, nanomole, nanomoles
        pmol, picomole, picomoles
        mol, mole, moles
        meq, milliequivalent, milliequivalents
        mosmol, mosm
    """,
    Dimension.ACTIVITY: """
        unit, units, iu, i.u., u, international unit, international units, einheiten
        miu, mu/l
        10^9, x10^9, x 10^9, ×10^9, × 10^9, x10⁹, x 10⁹, ×10⁹, × 10⁹, 10⁹, x10*9, x 10*9, x10e9
        10^12, x10^12, x 10^12, ×10^12, × 10^12, x10¹², x 10¹², ×10¹², × 10¹², 10¹²
    """,
    Dimension.DOSE: """
        tablet, tablets, tab, tabs, tabletten, tablette, comprimé, comprimés
        capsule, capsules, caps
        puff, puffs
        drop, drops
        spray, sprays
        sachet, sachets
        patch, patches
        ampoule, ampoules, amp, amps
        vial, vials
        suppository, suppositories
        dose, doses
        pessary, pessaries
    """,
    Dimension.DURATION: """
        second, seconds, sec, secs, sekunden
        minute, minutes, min, mins, minuten
        hour, hours, hr, hrs, h, stunde, stunden, heure, heures
        day, days, d, tag, tage, tagen, jour, jours
        business day, business days, working day, working days, werktage, werktagen
        week, weeks, wk, wks, woche, wochen, semaine, semaines
        month, months, mth, mths, monat, monate, monaten, mois
        quarter, quarters
        year, years, yr, yrs, jahr, jahre, jahren, ans, années
    """,
    Dimension.PERCENTAGE: """
        %, percent, per cent, percents, prozent, pour cent, pct
        percentage point, percentage points
        basis point, basis points, bps
    """,
    Dimension.MONEY: """
        usd, $, us$, dollar, dollars
        eur, €, euro, euros
        gbp, £, pound, pounds, sterling, pounds sterling, quid
        chf, franc, francs, schweizer franken, franken
        cad, ca$, c$, canadian dollars
        aud, au$, a$, australian dollars
        jpy, ¥, yen
        guinea, guineas
        sek
        nok
        dkk
        inr, ₹, rupees
        pence, pence, penny
        cent, cents
    """,
    Dimension.LENGTH: """
        mm, millimetre, millimetres, millimeter, millimeters
        cm, centimetre, centimetres, centimeter, centimeters
        metre, m, metres, meter, meters
        km, kilometre, kilometres, kilometer, kilometers
        um, µm, μm, micron, microns
        inch, inches
        foot, feet, ft
        yard, yards
        mile, miles
    """,
    Dimension.AREA: """
        m2, m², sqm, sq m, square metre, square metres, square meter, square meters, quadratmeter
        cm2, cm², square centimetre, square centimetres
        sq ft, sqft, ft2, ft², square foot, square feet
        acre, acres
        hectare, hectares, ha
        km2, km², square kilometre, square kilometres
    """,
    Dimension.PRESSURE: """
        mmhg, mm hg
        kpa, kilopascal, kilopascals
        cmh2o, cm h2o, cmh₂o
        bar
        psi
    """,
    Dimension.TEMPERATURE: """
        °c, degrees celsius, degree celsius, degrees c, celsius, ºc
        °f, degrees fahrenheit, degree fahrenheit, fahrenheit
        degree, degrees, °
    """,
    Dimension.FREQUENCY: """
        bpm, beats per minute, beats/min, beats/minute
        breath/minute, breaths per minute, breaths/min, breaths/minute
        hz, hertz
    """,
    Dimension.ENERGY: """
        kcal, kilocalorie, kilocalories
        kj, kilojoule, kilojoules
        kwh
        mgy
        gy, gray
        msv
    """,
}

UNITS: dict[str, str] = {}
"""By name of a unit in lower case, the name that stands for it."""
DIMENSIONS: dict[str, Dimension] = {}
"""By the name that stands for a unit, what it measures."""
for _dimension, _lines in _NAMES.items():
    for _line in _lines.strip().splitlines():
        _spellings = [name.strip() for name in _line.split(",")]
        DIMENSIONS[_spellings[0]] = _dimension
        UNITS |= dict.fromkeys(_spellings, _spellings[0])

AFTER_NUMBERS = UNITS | {"times": "times", "time": "times", "am": "am", "pm": "pm"}
"""Names of units, and the other words that belong to a number before them."""
CURRENCIES = frozenset(unit for unit, dimension in DIMENSIONS.items() if dimension is Dimension.MONEY)
TIMES = frozenset(unit for unit, dimension in DIMENSIONS.items() if dimension is Dimension.DURATION)

RATES = {
    "hourly": "hour", "daily": "day", "weekly": "week", "monthly": "month", "quarterly": "quarter",
    "yearly": "year", "annually": "year", "annum": "year",
}  # fmt: skip
"""Words for a rate, with the unit of time that the quantity is per."""
SHORT_RATES = {
    "p.a.": "year", "pa": "year", "p.a": "year", "pcm": "month", "p.c.m.": "month", "pw": "week",
    "p.w.": "week",
}  # fmt: skip
"""Short forms of rates, of money only."""

SCALES = {"thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
MONEY_SCALES = {"k": 1_000, "m": 1_000_000, "mn": 1_000_000, "bn": 1_000_000_000, **SCALES}
"""The short forms count for sums of money only."""


def dimension_of(unit: str | None) -> Dimension:
    """Return what a unit measures, for simple ones ("mg") and composed ones ("mmol/l", "gbp/month")."""
    if unit is None:
        return Dimension.NUMBER
    if unit in DIMENSIONS:
        return DIMENSIONS[unit]
    first, *per = unit.split("/")
    above = DIMENSIONS.get(first, Dimension.NUMBER)
    below = [DIMENSIONS.get(each, Dimension.NUMBER) for each in per if each]
    if all(each is Dimension.DURATION for each in below):
        return Dimension.FLOW if above is Dimension.VOLUME else above
    if above in (Dimension.MASS, Dimension.AMOUNT, Dimension.ACTIVITY) and below[0] in (
        Dimension.VOLUME,
        Dimension.AMOUNT,
    ):
        return Dimension.CONCENTRATION
    if above is Dimension.VOLUME:
        return Dimension.FLOW
    return above if above in (Dimension.MONEY, Dimension.DOSE) else Dimension.RATIO
