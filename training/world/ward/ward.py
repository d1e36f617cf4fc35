"""What is true of a ward on some days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from training.world.chance import Chance
from training.world.medicine.drugs import ALLERGENS, FREQUENCIES, Drug, drugs
from training.world.medicine.tests import BLOODS, values
from training.world.medicine.tests import Test as Measured
from training.world.people.names import HOSPITALS, WARDS
from training.world.people.person import People, Person
from training.world.sides import Pool

DIAGNOSES = Pool(
    "fractured hip", "pneumonia", "cellulitis of the leg", "heart failure", "acute confusion", "stroke",
    "upper GI bleed", "urosepsis", "COPD flare", "pancreatitis",
    "diabetic foot", "bowel obstruction", "pulmonary embolism", "fractured wrist", "acute kidney injury",
    "gastroenteritis", "syncope", "seizure",
)  # fmt: skip
DIETS = Pool(
    "soft diet",
    "nil by mouth",
    "puree",
    "diabetic diet",
    "normal diet",
    "fluids only",
    "gluten free",
    "low potassium",
    "thickened fluids",
    "low salt",
    "vegetarian",
    "high protein",
)
PLANS = Pool(
    "CT head today", "wean oxygen", "chase MRI report", "discharge to daughter", "start rehab",
    "repeat bloods at six", "family meeting at two", "dressing daily", "remove cannula",
    "await social worker",
    "stop fluids", "echo on Monday", "swallow test", "blood cultures if febrile", "move to side room",
    "pharmacy to counsel", "weigh twice a week", "home with package",
)  # fmt: skip
RULES = Pool(
    ("Two nurses check every unit of blood.", "who checks a unit of blood", "Two nurses"),
    ("Visitors are asked to leave by 8 p.m.", "when do visitors have to leave", "8 p.m."),
    ("The controlled drug cupboard is counted at each change of shift.",
        "when is the controlled drug cupboard counted", "each change of shift"),
    ("Cannulas are changed after 72 hours.", "when are cannulas changed", "72 hours"),
    ("A fall is reported within one hour.", "how soon must a fall be reported", "one hour"),
    ("The fridge is kept between 2 and 8 degrees.", "what temperature is the fridge kept at",
        "2 and 8 degrees"), ("Patients are weighed on Mondays.", "when are patients weighed", "Mondays"),
    ("Insulin is checked by a second person.", "who checks insulin", "second person"),
    ("Hand gel is used before each contact.", "when is hand gel used", "before each contact"),
    ("Wristbands carry a red mark for allergies.", "what marks an allergy on the wristband", "red mark"),
    ("Lost keys are reported to the site manager.", "whom does one tell about lost keys", "site manager"),
    ("The bed rails are raised only with consent.", "when may bed rails be raised", "consent"),
    ("Wound swabs go to the laboratory before noon.", "when must wound swabs be sent", "before noon"),
    ("The resuscitation trolley is checked daily.", "how often is the resuscitation trolley checked",
        "daily"), ("Side rooms are cleaned twice a day.", "how often are side rooms cleaned", "twice a day"),
    ("Verbal orders are signed within 24 hours.", "when must a verbal order be signed", "24 hours"),
    ("Property over £50 goes to the safe.", "what happens to property over £50", "safe"),
    ("Bank staff show their badge at the desk.", "what do bank staff show at the desk", "badge"),
)  # fmt: skip
INCIDENTS = Pool(
    "wrong patient label", "missed dose", "broken hoist", "spilled cleaning fluid", "lost hearing aid",
    "delayed porter", "needle stick", "mixed-up meal trays", "blocked drain", "faulty call bell",
    "unplanned absence", "torn mattress",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Bed:
    """A patient on the ward."""

    person: Person
    beds: tuple[int, int]
    """On the first and on the second day."""
    diagnosis: str
    allergen: str
    diets: tuple[str, str]
    plans: tuple[str, str]
    drug: Drug
    dose: str
    frequency: tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Ward:
    """The ward."""

    hospital: str
    name: str
    days: tuple[date, date]
    """Of the two handovers."""
    patients: tuple[Bed, ...]
    staff: tuple[Person, ...]
    tests: tuple[Measured, ...]
    blood_days: tuple[date, ...]
    bloods: dict[tuple[int, date], list[str]]
    """By patient's place and day: the values of the tests as they are written."""
    rules: tuple[tuple[str, str, str], ...]


def made_ward(people: People, chance: Chance) -> Ward:
    """Return a new ward."""
    count = chance.number(8, 15)
    persons: list[Person] = []
    while len(persons) < count:
        person = people.one()
        persons.append(person)
        if len(persons) < count and chance.likely(0.3):
            persons.append(people.namesake(person))
    first = chance.day(date(2022, 2, 1), date(2026, 5, 1))
    days = (first, first + timedelta(days=chance.number(2, 6)))
    numbers = chance.some(range(1, 31), count + 2)
    patients = []
    for place, person in enumerate(persons):
        drug = drugs(chance, 1)[0]
        diet, plan = chance.some(DIETS, 2), chance.some(PLANS, 2)
        bed = (numbers[place], numbers[place])
        if place < 2:
            bed = (numbers[place], numbers[count + place])
        patients.append(Bed(person, bed, chance.one(DIAGNOSES),
            chance.one(ALLERGENS) if chance.likely(0.4) else "none known",
                            (diet[0], diet[-1] if chance.likely(0.4) else diet[0]), (plan[0], plan[-1]),
                            drug, chance.one(drug.doses),
                            chance.one(FREQUENCIES)))  # fmt: skip
    tests = tuple(chance.some(BLOODS, chance.number(3, 5)))
    blood_days = tuple(chance.days(first - timedelta(days=4), days[1], chance.number(3, 5)))
    bloods: dict[tuple[int, date], list[str]] = {}
    for place in range(count):
        by_test = [values(test, len(blood_days), chance) for test in tests]
        for at, day in enumerate(blood_days):
            if chance.likely(0.8):
                bloods[place, day] = [
                    test.write(found[at]) for test, found in zip(tests, by_test, strict=True)
                ]
    staff = tuple(
        people.one(("Sister", "Ms", "Mrs") if woman else ("Mr", "Charge Nurse"), woman=woman)
        for woman in [chance.likely(0.6) for _ in range(7)]
    )
    return Ward(chance.one(HOSPITALS), chance.one(WARDS), days, tuple(sorted(patients,
        key=lambda one: one.beds[0])), staff, tests, blood_days,
                bloods, tuple(chance.some(RULES, 9)))  # fmt: skip
