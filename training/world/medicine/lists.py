"""Lists in a patient's file: medicines in two versions, results by date, appointments, observations."""

from __future__ import annotations

from datetime import date, timedelta

from training.world.asking.series import Row, Series
from training.world.asking.told import Told
from training.world.dates import clock, written
from training.world.draft import Place
from training.world.medicine.letter_wordings import CLINICS, FOOTERS
from training.world.medicine.patient import Patient
from training.world.medicine.tests import BLOODS, HEADERS, OBSERVATIONS, values
from training.world.medicine.tests import Test as Measured
from training.world.people.person import Person
from training.world.scene import Scene
from training.world.sides import Pool

_MEDICINE_COLUMNS = Pool(
    ("Medicine", "Dose", "Frequency", "For"), ("Drug", "Strength", "Directions", "Indication"),
    ("Item", "Dose", "How taken", "Reason"), ("Medication", "Dose", "Times", "What for"),
    ("Preparation", "Each dose", "Timing", "Used for"), ("Name of medicine", "Amount", "When", "Problem"),
)  # fmt: skip
_APPOINTMENT_COLUMNS = Pool(
    ("Date", "Time", "Clinic", "With", "Place", "Status"), ("Day", "At", "Service", "Clinician", "Room",
        "Outcome"),
    ("Appointment", "Time", "Department", "Seen by", "Where", "Remarks"), ("When", "Hour", "Clinic",
        "Who", "Location", "State"),
    ("Date", "Slot", "Specialty", "Staff", "Building", "Result"), ("Booked for", "Time", "For",
        "With whom", "At", "Note"),
)  # fmt: skip
_RESULT_NAMES = Pool(
    "lab results", "bloods", "pathology results", "cumulative report", "results printout", "biochemistry"
)
_LIST_NAMES = Pool(
    "medication list", "repeat prescriptions", "medicines", "drug list", "current medication", "medicine card"
)
_STATUSES = ("attended", "cancelled by patient", "moved", "did not attend", "attended", "attended")
_PLACES = (
    "Level 2, Room 14",
    "Annexe B",
    "Day Unit",
    "Main building, 3rd floor",
    "Health Centre",
    "Telephone",
    "Room 7",
    "West wing",
)


def medicine_list(scene: Scene, patient: Patient, told: Told, stage: str, replaces: date | None) -> None:
    """Write the list that holds from this stage on, which says which one it replaces."""
    chance, style, person = scene.chance, scene.style(), patient.person
    day = patient.days[stage] + timedelta(days=chance.number(1, 5) if stage != "before" else 0)
    draft = scene.draft(f"{chance.one(_LIST_NAMES)} {person.last} {written(day, 'dots')}",
                        (".xlsx", ".docx", ".html", ".pdf", ".txt"), "Medication list")  # fmt: skip
    draft.heading(
        f"{chance.one(('Medication list', 'Repeat medication', 'Current medicines'))}: {person.full}"
    )
    head = draft.form({"Date": written(day, style), "Date of birth": written(person.born, style),
                       chance.one(("GP", "Doctor",
                           "Registered with")): patient.people["GP"].full})  # fmt: skip
    for label, place in head.items():
        if label not in ("Date", "Date of birth"):
            told.at("gp", place, patient.people["GP"].full)
    if replaces:
        says = chance.one(("Replaces the list of", "Supersedes list dated", "Instead of the one of"))
        draft.lines(f"{says} {written(replaces, style)}")
    courses = chance.mixed([course for course in patient.courses if course.dose(stage)])
    often = chance.number(0, 2)
    rows = [[c.drug.name[:1].upper() + c.drug.name[1:], c.dose(stage), c.frequency[often], c.drug.kind.reason]
            for c in courses]  # fmt: skip
    for course, place in zip(courses, draft.table(chance.one(_MEDICINE_COLUMNS), rows), strict=True):
        told.cell(("dose", course.drug.name, stage), place, 1)
        told.cell(("frequency", course.drug.name, stage), place, 2)
        told.cell(("reason", course.drug.name), place, 3)
        told.cell(("on list", course.drug.name, stage), place, 0)
    checked = chance.one(("Checked by", "Reviewed by", "Signed"))
    draft.lines(f"{checked} {patient.people['pharmacist'].plain}, pharmacist")


def result_table(scene: Scene, patient: Patient, told: Told) -> list[Series]:
    """Write the table of results and return what it holds, by test."""
    del told
    chance, style, person = scene.chance, scene.style(), patient.person
    tests = chance.some(BLOODS, chance.number(4, 7))
    days = _result_days(patient, scene)
    header = chance.one(HEADERS)
    shared = chance.likely(0.35)
    draft = scene.draft(f"{chance.one(_RESULT_NAMES)} {person.last}", (".csv", ".xlsx", ".pdf", ".docx",
        ".html"),
                        "Laboratory results")  # fmt: skip
    if draft.suffix != ".csv":
        draft.heading(
            f"Results {person.full}" if not shared else "Results, all patients of the practice list"
        )
        if not shared:
            draft.form(
                {
                    "Name": person.full,
                    "Number": person.number,
                    "Printed": written(days[-1] + timedelta(days=2), style),
                }
            )
    columns = [
        header.format(name=t.name, Name=t.name[:1].upper() + t.name[1:], Short=t.short, unit=t.unit)
        for t in tests
    ]
    columns = [chance.one(("Date", "Taken", "Collected", "Sample date")), *columns]
    found = {test: values(test, len(days), chance) for test in tests}
    lines = [
        (day, person, [written(day, style), *[t.write(found[t][n]) for t in tests]])
        for n, day in enumerate(days)
    ]
    if shared:
        columns[1:1] = ["Patient", "Number"]
        other_days = chance.some(days, max(3, len(days) // 2))
        other = {test: values(test, len(other_days), chance) for test in tests}
        lines = [(d, p, [r[0], f"{p.last}, {p.first}", p.number, *r[1:]]) for d, p, r in lines]
        lines += [(day, patient.namesake, [written(day, style),
            f"{patient.namesake.last}, {patient.namesake.first}",
                   patient.namesake.number, *[t.write(other[t][n]) for t in tests]]) for n,
                   day in enumerate(other_days)]  # fmt: skip
        lines.sort(key=lambda line: line[0])
    if chance.likely(0.3):
        lines.sort(key=lambda line: line[0], reverse=True)
    places = draft.table(columns, [cells for *_, cells in lines], a_page=chance.number(14, 26))
    if draft.suffix not in (".csv", ".xlsx"):
        draft.lines(chance.one(FOOTERS))
    first = len(columns) - len(tests)
    return [_series(test, first + n, lines, places, patient, shared) for n, test in enumerate(tests)]


def _series(
    test: Measured, column: int, lines: list[tuple[date, Person, list[str]]], places: list[Place],
    patient: Patient,
    shared: bool,
) -> Series:  # fmt: skip
    rows = [Row(day, cells[column], float(cells[column]), place, column)
            for (day, _, cells), place in zip(lines, places, strict=True)]  # fmt: skip
    own = [row for row, (_, person, _) in zip(rows, lines, strict=True) if person is patient.person]
    others = [row for row in rows if row not in own]
    person = patient.person
    who = (person.short, person.plain, person.full) if not shared else (person.plain, person.full)
    return Series((test.name,), who, tuple(sorted(own, key=lambda row: row.day)), test.decimals,
        tuple(others),
                  short=test.short, everyday=test.everyday)  # fmt: skip


def _result_days(patient: Patient, scene: Scene) -> list[date]:
    chance, days = scene.chance, patient.days
    stay = chance.days(days["admitted"], days["discharge"], chance.number(3, 12))
    later = chance.days(days["discharge"] + timedelta(days=3), days["review"], chance.number(3, 24))
    earlier = chance.days(days["before"] - timedelta(days=200), days["before"], chance.number(0, 4))
    return sorted({*earlier, *stay, *later})


def observation_chart(scene: Scene, patient: Patient, told: Told) -> list[Series]:
    """Write a chart of measurements, a row a day, and return what it holds."""
    del told
    chance, style, person = scene.chance, scene.style(), patient.person
    tests = chance.some(OBSERVATIONS, chance.number(2, 4))
    first = patient.days["admitted"]
    count = min((patient.days["discharge"] - first).days + 1, 16)
    days = [first + timedelta(days=number) for number in range(count)]
    name = chance.one(("obs chart", "observations", "daily chart", "vital signs"))
    draft = scene.draft(f"{name} {person.last}",
                        (".xlsx", ".pdf", ".docx", ".csv"), "Observations")  # fmt: skip
    if draft.suffix != ".csv":
        draft.lines(f"{person.full} · {person.number} · {patient.ward} Ward")
    columns = [chance.one(("Date", "Day")), *[f"{t.name[:1].upper() + t.name[1:]} ({t.unit})" for t in tests],
               chance.one(("Initials", "Nurse"))]  # fmt: skip
    found = {test: values(test, len(days), chance) for test in tests}
    signs = ["".join(chance.some("ABCDEHKLMNPRST", 2)) for _ in range(3)]
    rows = [
        [written(day, style), *[t.write(found[t][n]) for t in tests], chance.one(signs)]
        for n, day in enumerate(days)
    ]
    places = draft.table(columns, rows, a_page=20)
    return [
        Series((test.name,), (person.short, person.plain),
               tuple(Row(day, rows[n][at], found[test][n], places[n], at) for n, day in enumerate(days)),
               test.decimals, short=test.short, everyday=test.everyday)
        for at, test in enumerate(tests, 1)
    ]  # fmt: skip


def appointment_list(scene: Scene, patient: Patient, told: Told) -> list[tuple[date, str, list[str], Place]]:
    """Write the list of appointments; return day, clinic, cells and place of each."""
    chance, style, person = scene.chance, scene.style(), patient.person
    first, last = patient.days["discharge"], patient.days["review"] + timedelta(days=150)
    days = chance.days(first, last, chance.number(6, 18))
    clinics = [*chance.some(CLINICS, 6)]
    staff = [
        patient.people[role].full
        for role in ("consultant", "specialist nurse", "pharmacist", "physiotherapist")
    ]
    draft = scene.draft(f"{chance.one(('appointments', 'diary', 'bookings', 'visits'))} {person.last}",
                        (".xlsx", ".csv", ".docx", ".html"), "Appointments")  # fmt: skip
    if draft.suffix != ".csv":
        draft.heading(f"Appointments for {person.full}")
    found = []
    for day in days:
        status = chance.one(_STATUSES) if day <= patient.days["review"] else "booked"
        clinic = chance.one(clinics)
        time = clock(chance.number(8, 16), 5 * chance.number(0, 11))
        cells = [written(day, style), time, clinic, chance.one(staff), chance.one(_PLACES), status]
        found.append((day, clinic, cells))
    places = draft.table(chance.one(_APPOINTMENT_COLUMNS), [cells for *_, cells in found], a_page=12)
    made = [(day, clinic, cells, place) for (day, clinic, cells), place in zip(found, places, strict=True)]
    for day, _, _, place in made:
        told.cell(("appointment", day), place, 0)
    return made
