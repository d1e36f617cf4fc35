"""Names of units, numbers in words, and months."""

from __future__ import annotations

_NAMES = """
mg milligram milligrams
mcg ug microgram micrograms
ng nanogram nanograms
g gram grams gm
kg kilogram kilograms
ml millilitre millilitres milliliter milliliters cc
l litre litres liter liters
dl decilitre decilitres
unit units iu u
mmol millimole millimoles
meq milliequivalent milliequivalents
mmhg
mm millimetre millimetres millimeter millimeters
cm centimetre centimetres centimeter centimeters
metre metres meter meters
km kilometre kilometres kilometer kilometers
% percent
second seconds sec
minute minutes min
hour hours hr hrs h
day days
week weeks
month months
quarter quarters
year years yr yrs
usd $ us$ dollar dollars
eur € euro euros
gbp £ pound pounds sterling
chf franc francs
tablet tablets
capsule capsules
puff puffs
drop drops
times time
am
pm
degree degrees
"""
UNITS = {name: line.split()[0] for line in _NAMES.strip().splitlines() for name in line.split()}
"""By name of a unit, the name that stands for it."""

CURRENCIES = frozenset({"usd", "eur", "gbp", "chf"})
SCALES = {"thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
MONEY_SCALES = {"k": 1_000, "m": 1_000_000, "mn": 1_000_000, "bn": 1_000_000_000, **SCALES}
"""The short forms count for sums of money only."""

_TEENS = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
sixteen seventeen eighteen nineteen"""
_DECADES = "twenty thirty forty fifty sixty seventy eighty ninety"
_RANKS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"

ONES = {name: number for number, name in enumerate(_TEENS.split())}
TENS = {name: 10 * number for number, name in enumerate(_DECADES.split(), start=2)}
ORDINALS = {name: number for number, name in enumerate(_RANKS.split(), start=1)}
ADVERBS = {"once": 1, "twice": 2, "thrice": 3}
CLAUSES_AFTER_ONCE = frozenset("the a an it he she they all this these every any both".split())
"""Before these "once" is not a number: it means "as soon as"."""

RATES = {
    "hourly": "hour", "daily": "day", "weekly": "week", "monthly": "month", "quarterly": "quarter",
    "yearly": "year", "annually": "year", "annum": "year",
}  # fmt: skip
"""Words for a rate, with the unit of time that the quantity is per."""

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
