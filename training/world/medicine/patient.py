"""What is true of a patient over two years: medicines and doses, allergies, illnesses, dates, people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from training.world.chance import Chance
from training.world.medicine.drugs import (
    ALLERGENS,
    CONDITIONS,
    FREQUENCIES,
    REACTIONS,
    Drug,
    DrugClass,
    drugs,
)
from training.world.people.names import HOSPITALS, WARDS
from training.world.people.person import People, Person
from training.world.sides import Pool

ENDED = Pool(
    "a dry cough", "low blood pressure", "a rash", "dizziness", "a nose bleed", "low sodium", "muscle pain",
    "nausea", "a fall", "swollen ankles", "confusion at night", "a slow pulse",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """A dose from a day on."""

    stage: str
    """The visit at which it was set: "before", "discharge", "clinic" or "review"."""
    dose: str


@dataclass(frozen=True, slots=True)
class Course:
    """A medicine over time."""

    drug: Drug
    steps: tuple[Step, ...]
    frequency: tuple[str, str, str]
    stopped: str = ""
    """The stage at which it was stopped, and why."""
    why: str = ""
    planned: str = ""
    """A dose that is only considered."""

    def dose(self, stage: str) -> str:
        """Return the dose from a stage on; "" before the medicine was begun and after it was stopped."""
        if self.stopped and STAGES.index(stage) >= STAGES.index(self.stopped):
            return ""
        doses = [step.dose for step in self.steps if STAGES.index(step.stage) <= STAGES.index(stage)]
        return doses[-1] if doses else ""


STAGES = ("before", "discharge", "clinic", "review")


@dataclass(frozen=True, slots=True)
class Patient:
    """The patient with everybody and everything around."""

    person: Person
    namesake: Person
    """Somebody else with almost the same name, of whom a letter lies in the file."""
    relation: str
    relative: Person
    kin: Person
    """The daughter or son who is called."""
    kin_is: str
    people: dict[str, Person]
    """By role: "consultant", "GP", "nurse", "pharmacist", "physiotherapist", "ward sister", "surgeon"."""
    hospital: str
    ward: str
    days: dict[str, date]
    """By stage; and "admitted"."""
    courses: tuple[Course, ...]
    namesake_course: Course
    allergen: str
    """"" if none is known."""
    reaction: str
    other_allergens: tuple[str, str]
    """Of the relative and of the namesake."""
    has: tuple[str, ...]
    denied: tuple[str, ...]
    of_relative: str
    of_namesake: str


_RELATIONS = (("sister", True), ("brother", False), ("mother", True), ("father", False), ("wife", True),
              ("husband", False), ("daughter", True), ("son", False))  # fmt: skip
_ROLES = (
    ("consultant", ("Dr", "Professor", "Dr")), ("GP", ("Dr",)), ("surgeon", ("Mr", "Miss")),
    ("specialist nurse", ("Sister", "Ms", "Mr")), ("pharmacist", ("Ms", "Mr")),
    ("physiotherapist", ("Ms", "Mr")), ("occupational therapist", ("Ms", "Mr")), ("dietitian", ("Ms", "Mr")),
    ("social worker", ("Mrs", "Mr")), ("junior doctor", ("Dr",)),
)  # fmt: skip


def made_patient(people: People, chance: Chance) -> Patient:
    """Return a new patient."""
    person = people.one(woman=chance.likely(0.5))
    namesake = people.namesake(person)
    relation, woman = chance.one([one for one in _RELATIONS if one[0] not in ("wife", "husband")
                                  or (one[0] == "husband") == person.woman])  # fmt: skip
    relative = people.one(woman=woman, last=person.last)
    kin_woman = chance.likely(0.5)
    kin = people.one(woman=kin_woman)
    kin_is = chance.one(("niece", "neighbour", "friend") if kin_woman else ("nephew", "neighbour", "friend"))
    admitted = chance.day(date(2022, 1, 10), date(2025, 6, 20))
    discharged = admitted + timedelta(days=chance.number(4, 19))
    clinic = discharged + timedelta(days=chance.number(28, 60))
    review = clinic + timedelta(days=chance.number(70, 190))
    days = {
        "before": admitted - timedelta(days=chance.number(20, 70)), "admitted": admitted,
        "discharge": discharged, "clinic": clinic, "review": review,
    }  # fmt: skip
    taken = drugs(chance, chance.number(6, 9))
    courses = tuple(_course(drug, number, chance) for number, drug in enumerate(chance.mixed(taken)))
    allergens = chance.some(ALLERGENS, 3)
    reasons = {drug.kind.reason for drug in taken}
    conditions = [one for one in chance.some(CONDITIONS, 30) if one.removeprefix("a ") not in reasons][:6]
    conditions += ["rickets", "scurvy", "malaria", "mumps", "measles", "polio"][len(conditions) :]
    own = chance.likely(0.75)
    roles = {}
    for role, titles in _ROLES:
        title = chance.one(titles)
        roles[role] = people.one((title,), woman={"Mr": False, "Sister": True, "Ms": True, "Miss": True,
                                                  "Mrs": True}.get(title))  # fmt: skip
    return Patient(
        person, namesake, relation, relative, kin, kin_is, roles, chance.one(HOSPITALS),
        chance.one(WARDS), days,
        courses, _course(_of_the_same_class(courses[0].drug.kind, courses[0].drug, chance), 1, chance),
        allergens[0] if own else "", chance.one(REACTIONS), (allergens[1], allergens[2]),
        tuple(conditions[:2]), tuple(conditions[2:4]), conditions[4], conditions[5],
    )  # fmt: skip


def _of_the_same_class(kind: DrugClass, drug: Drug, chance: Chance) -> Drug:
    """Return another medicine of the class if this side has one, else the same."""
    others = [name for name in kind.names.of(chance.side) if name != drug.name]
    return Drug(chance.one(others) if others else drug.name, kind)


def _course(drug: Drug, number: int, chance: Chance) -> Course:
    """Return a course; the first ones change, one is stopped, one is begun later."""
    doses = list(drug.doses)
    frequency = chance.one(FREQUENCIES)
    start = chance.number(0, len(doses) - 2)
    rising = doses[start:]
    if number == 0:
        return Course(drug, (Step("before", rising[0]), Step("clinic", rising[1])), frequency)
    if number == 1:
        falling = [rising[1], rising[0]]
        return Course(drug, (Step("before", falling[0]), Step("discharge", falling[1])), frequency)
    if number == 2:
        stage = chance.one(("discharge", "clinic"))
        return Course(drug, (Step("before", rising[0]),), frequency, stage, chance.one(ENDED))
    if number == 3:
        return Course(drug, (Step(chance.one(("discharge", "clinic")), rising[0]),), frequency)
    if number == 4:
        steps = [Step("before", rising[0]), Step("discharge", rising[1])]
        steps += [Step("review", rising[2])] if len(rising) > 2 else []
        return Course(drug, tuple(steps), frequency)
    planned = rising[1] if chance.likely(0.6) else ""
    return Course(drug, (Step("before", rising[0]),), frequency, planned=planned)
