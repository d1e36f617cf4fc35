"""The documents of a ward."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from bench.staff.document import Mail
from training.world.asking.told import Told
from training.world.dates import written
from training.world.draft import Place
from training.world.medicine.letter_wordings import FOOTERS
from training.world.medicine.tests import HEADERS
from training.world.people.person import Person
from training.world.scene import Scene
from training.world.sides import Pool
from training.world.ward.ward import INCIDENTS, Ward

_HANDOVER = Pool(
    ("Bed", "Patient", "Diagnosis", "Allergies", "Diet", "Plan"), ("Bed no.", "Name", "Problem",
        "Allergy", "Nutrition", "To do"), ("#", "Patient", "Reason", "Alerts", "Eating", "Today"),
    ("Bay/bed", "Name, number", "Admitted with", "Allergic to", "Food", "Jobs"), ("Place", "Who",
        "Why here", "Must not have", "Diet", "Next"), ("Bed", "Name", "Main problem", "Reactions", "Diet",
        "Outstanding"),
)  # fmt: skip
_ROTA = Pool(("Date", "Early", "Late", "Night"), ("Day", "Morning", "Afternoon", "Night"), ("Shift of",
    "In charge early", "In charge late", "In charge night"),
             ("Date", "07:00–15:00", "15:00–22:00", "22:00–07:00"), ("On", "E", "L", "N"), ("Date",
                 "Day shift", "Evening shift", "Night shift"))  # fmt: skip
_CHARTS = Pool(("Patient", "Medicine", "Dose", "Times"), ("Name", "Drug", "Amount", "When"),
    ("Bed patient", "Drug", "Strength", "Frequency"), ("For", "Medication", "Dose", "Given"),
               ("Patient", "Item", "Dose", "How often"), ("Who", "What", "How much",
                   "How often"))  # fmt: skip
_LOG = Pool(("Form", "Date", "What", "Reported by"), ("No.", "Day", "Incident", "By"), ("Report", "On",
    "Event", "Filed by"), ("IR number", "Date", "Description", "Staff"),
            ("ID", "When", "Kind", "Name"), ("Number", "Date", "Summary", "Author"))  # fmt: skip
_MOVES = Pool("{who} has moved from bed {old} to bed {new}.",
    "Please note: {who} is now in bed {new}, no longer in {old}.", "Bed change: {who}, {old} to {new}.",
    "We had to put {who} into bed {new} (was {old}).",
              "From tonight {who} lies in bed {new} instead of {old}.",
              "{who}: bed {old} was exchanged for bed {new}.")  # fmt: skip


def handover(scene: Scene, ward: Ward, told: Told, which: int) -> None:
    """Write the handover of the first or second day."""
    chance, style, day = scene.chance, scene.style(), ward.days[which]
    draft = scene.draft(
        f"handover {ward.name} {written(day, 'dots')}",
        (".docx", ".pdf", ".xlsx", ".html"),
        "Handover",
    )
    draft.heading(
        f"{ward.name} Ward – {chance.one(('handover', 'patient list', 'board round'))} {written(day, style)}"
    )
    draft.lines(f"{ward.hospital} · printed {written(day, style)} 06:50 · shred after use")
    first_last = chance.likely(0.5)
    numbered = chance.likely(0.5)
    rows = []
    patients = sorted(ward.patients, key=lambda one: one.beds[which])
    for one in patients:
        name = one.person.full if first_last else f"{one.person.last.upper()}, {one.person.first}"
        name += f" ({one.person.number})" if numbered else ""
        rows.append(
            [str(one.beds[which]), name, one.diagnosis, one.allergen, one.diets[which], one.plans[which]]
        )
    for one, place in zip(patients, draft.table(chance.one(_HANDOVER), rows, a_page=10), strict=True):
        number = one.person.number
        for column, key in ((0, "bed"), (2, "diagnosis"), (3, "allergy"), (4, "diet"), (5, "plan")):
            told.cell((key, number, which), place, column)
        told.cell(("name", number, which), place, 1)
    draft.lines(f"Handed over by {ward.staff[which].full}", chance.one(FOOTERS))


def bloods(scene: Scene, ward: Ward, told: Told) -> None:
    """Write the list of results of all patients."""
    chance, style = scene.chance, scene.style()
    draft = scene.draft(
        f"bloods {ward.name}",
        (".csv", ".xlsx", ".pdf", ".docx"),
        "Results",
    )
    if draft.suffix != ".csv":
        draft.heading(f"Laboratory results {ward.name} Ward")
    header = chance.one(HEADERS)
    columns = [
        header.format(name=t.name, Name=t.name[:1].upper() + t.name[1:], Short=t.short, unit=t.unit)
        for t in ward.tests
    ]
    by_patient = chance.likely(0.5)
    keys = sorted(
        ward.bloods, key=(lambda key: (key[0], key[1])) if by_patient else (lambda key: (key[1], key[0]))
    )
    rows = []
    for at, day in keys:
        person = ward.patients[at].person
        rows.append([written(day, style), person.number, person.last, person.first, *ward.bloods[at, day]])
    places = draft.table(
        [
            chance.one(("Date", "Taken")),
            chance.one(("Number", "Hospital no.")),
            "Last name",
            "First name",
            *columns,
        ],
        rows,
        a_page=24,
    )
    for (at, day), place in zip(keys, places, strict=True):
        for number in range(len(ward.tests)):
            told.cell(("blood", at, day, number), place, 4 + number)


def drug_round(scene: Scene, ward: Ward, told: Told) -> None:
    """Write a list of one medicine of each patient."""
    chance = scene.chance
    draft = scene.draft(f"{chance.one(('drug round', 'medicine round', 'trolley list'))} {ward.name}",
        (".xlsx", ".csv", ".docx"), "Drug round")  # fmt: skip
    often = chance.number(0, 2)
    rows = [[one.person.plain, one.drug.name, one.dose, one.frequency[often]] for one in ward.patients]
    for one, place in zip(ward.patients, draft.table(chance.one(_CHARTS), rows), strict=True):
        told.cell(("dose", one.person.number), place, 2)
        told.cell(("drug", one.person.number), place, 1)


def rota(scene: Scene, ward: Ward, told: Told) -> list[tuple[date, list[Person]]]:
    """Write who is in charge when; return the days with the people of the three shifts."""
    chance, style = scene.chance, scene.style()
    start = ward.days[0] - timedelta(days=ward.days[0].weekday())
    days = [start + timedelta(days=number) for number in range(chance.one((7, 14, 28)))]
    draft = scene.draft(
        f"rota {ward.name} {written(start, 'short')}",
        (".xlsx", ".pdf", ".docx", ".csv"),
        "Rota",
    )
    found = [(day, chance.some(ward.staff, 3)) for day in days]
    rows = [[written(day, style), *[one.plain for one in shifts]] for day, shifts in found]
    for (day, _), place in zip(found, draft.table(chance.one(_ROTA), rows), strict=True):
        for number in range(3):
            told.cell(("shift", day, number), place, 1 + number)
    return found


def rules(scene: Scene, ward: Ward, told: Told) -> list[str]:
    """Write the rules of the ward; return the number of each."""
    chance = scene.chance
    draft = scene.draft(
        f"{chance.one(('ward rules', 'procedure', 'standing orders'))} {ward.name}",
        (".docx", ".pdf", ".txt"),
        "Rules",
    )
    draft.heading(f"{chance.one(('Rules of', 'Procedures on', 'Standing orders for'))} {ward.name} Ward")
    numbers = []
    for at, (text, *_) in enumerate(ward.rules):
        part, number = 1 + at // 3, 1 + at % 3
        if number == 1:
            draft.heading(f"{part} {('General', 'Medicines', 'Safety', 'Records')[part - 1]}")
        place = draft.say(f"{part}.{number} {text}")[0]
        told.at(("rule", at), place, ward.rules[at][2])
        numbers.append(f"{part}.{number}")
    return numbers


def incidents(scene: Scene, ward: Ward, told: Told) -> list[tuple[str, date, str, Person]]:
    """Write the incidents; return number, day, kind and reporter of each."""
    chance, style = scene.chance, scene.style()
    draft = scene.draft(
        f"{chance.one(('incident log', 'incidents', 'IR list'))} {ward.name}",
        (".xlsx", ".csv", ".docx", ".html"),
        "Incidents",
    )
    start = chance.number(1000, 8000)
    kinds = chance.some(INCIDENTS, chance.number(3, 6))
    days = chance.days(ward.days[0] - timedelta(days=60), ward.days[1], len(kinds))
    found = [
        (f"IR-{start + 3 * at}", day, kind, chance.one(ward.staff))
        for at, (day, kind) in enumerate(zip(days, kinds, strict=True))
    ]
    rows = [[number, written(day, style), kind, person.plain] for number, day, kind, person in found]
    for (number, *_), place in zip(found, draft.table(chance.one(_LOG), rows), strict=True):
        for column in range(4):
            told.cell(("incident", number, column), place, column)
    return found


def move_mail(scene: Scene, ward: Ward, told: Told) -> None:
    """Write a mail that says which patients changed beds."""
    chance = scene.chance
    sender, receiver = chance.some(ward.staff, 2)
    sent = datetime.combine(ward.days[1] - timedelta(days=1), time(21, chance.number(0, 59)))
    mail = Mail.model_validate({
        "from": f"{sender.plain} <{sender.first.lower()}@hospital.example>",
        "to": f"{receiver.plain} <{receiver.first.lower()}@hospital.example>",
        "date": f"{sent.isoformat()}+00:00", "subject": "Beds",
    })  # fmt: skip
    draft = scene.draft(f"beds {ward.name}", (".eml",), "Beds", mail=mail)
    draft.lines(f"Hello {receiver.first},")
    for one in ward.patients:
        if one.beds[0] != one.beds[1]:
            text = chance.one(_MOVES).format(who=one.person.full, old=one.beds[0], new=one.beds[1])
            place: Place = draft.say(text)[0]
            told.at(("bed", one.person.number, 1), place, str(one.beds[1]))
    draft.lines("Good night", sender.plain)
