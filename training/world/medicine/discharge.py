"""The letter at discharge: course, illnesses, allergies, family, medicines, who was there, what follows."""

from __future__ import annotations

from collections.abc import Callable

from training.world.asking.asker import filled
from training.world.asking.told import Told
from training.world.dates import clock, written
from training.world.draft import Draft
from training.world.medicine import letter_wordings as wordings
from training.world.medicine.letter_heads import greeting, letter_end, letter_head
from training.world.medicine.patient import STAGES, Course, Patient
from training.world.scene import Scene
from training.world.sides import Pool

_ORDERS = Pool("cahmf", "hcamf", "amchf", "chfma", "camhf", "hamcf")
"""Sections: course, allergies, history, medicines, follow-up."""
_HEADINGS: dict[str, Pool[str]] = {
    "c": Pool("Course", "Hospital stay", "Summary of admission", "What happened", "Clinical narrative",
        "Progress"),
    "a": Pool("Allergies", "Alerts", "Allergies and sensitivities", "Warnings", "Drug reactions",
        "Adverse reactions"),
    "h": Pool("History", "Past medical history", "Background", "Medical and family history",
        "Previous illness", "Comorbidities"),
    "m": Pool("Medication on discharge", "Discharge medicines", "Medicines to take home", "TTO",
        "Treatment at discharge",
              "Drugs on leaving"),
    "f": Pool("Follow-up", "Plan", "What happens next", "Arrangements", "Actions for the practice",
        "Outpatient plan"),
}  # fmt: skip
_TABLES = Pool(
    ("Medicine", "Dose", "How often", "Remarks"), ("Drug", "Strength", "Frequency", "Change"),
    ("Name", "Dose", "When", "Comment"), ("Item", "Dose", "Frequency", "Status"), ("Medication", "Amount",
        "Timing", "Note"),
    ("Prescription", "Dose", "Times", "Compared with admission"),
)  # fmt: skip
_MEDICINES = Pool("table", "list in short", "prose", "list", "table with stopped")


def discharge_letter(scene: Scene, patient: Patient, told: Told) -> Draft:
    """Write the letter."""
    chance, style = scene.chance, scene.style()
    person, days = patient.person, patient.days
    name = chance.one(("discharge letter", "discharge summary", "EDN", "discharge")) + f" {person.last}"
    if chance.likely(0.5):
        name += f" {written(days['discharge'], chance.one(('iso', 'dots', 'short')))}"
    draft = scene.draft(name, (".pdf", ".pdf", ".docx", ".html"), "Discharge summary")  # fmt: skip
    letter_head(draft, patient, person, told, days["discharge"], style, chance, f"{patient.ward} Ward")
    draft.lines(greeting(patient.people["GP"], chance))
    sections: dict[str, Callable[[], None]] = {
        "c": lambda: _course(scene, draft, patient, told, style),
        "a": lambda: allergies(scene, draft, patient, told),
        "h": lambda: _history(scene, draft, patient, told),
        "m": lambda: _medicines(scene, draft, patient, told),
        "f": lambda: _follow_up(scene, draft, patient, told, style),
    }
    order = chance.one(_ORDERS)
    for number, section in enumerate(order):
        if number == 3:
            draft.page()
        draft.heading(chance.one(_HEADINGS[section]))
        sections[section]()
    writer = patient.people["junior doctor"]
    place = draft.lines(f"{writer.plain}, for {patient.people['consultant'].full}, consultant")[0]
    told.at(("role", "consultant"), place, patient.people["consultant"].full)
    letter_end(draft, writer, "doctor on the ward", [patient.people["GP"].full, person.full], chance)
    return draft


def _course(scene: Scene, draft: Draft, patient: Patient, told: Told, style: str) -> None:
    chance, days = scene.chance, patient.days
    words = patient.person.words() | {
        "admitted": written(days["admitted"], style), "discharged": written(days["discharge"], style),
        "why": chance.one(wordings.COMPLAINTS),
    }  # fmt: skip
    noise = chance.some(wordings.NOISE, 3)
    came, _, left, _ = draft.say(
        filled(chance.one(wordings.ADMITTED), words), noise[0], filled(chance.one(wordings.DISCHARGED),
            words),
        noise[-1],
    )  # fmt: skip
    told.at("admitted", came, words["admitted"])
    told.at("why admitted", came, words["why"])
    told.at("discharged", left, words["discharged"])
    helpers = chance.mixed(
        ["physiotherapist", "occupational therapist", "dietitian", "social worker", "surgeon"]
    )[:3]
    said = [_helped(scene, role, patient) for role in helpers]
    for role, place in zip(helpers, draft.say(*said), strict=True):
        told.at(("role", role), place, patient.people[role].plain)


_HELPED = Pool(
    "{name} ({role}) saw {herself} twice.", "The {role}, {name}, was involved.",
    "{She} was seen by {name}, {role}.",
    "Input from our {role} {name} is gratefully acknowledged.", "{name}, the {role}, left written advice.",
    "As {role} we asked {name}.",
)  # fmt: skip


def _helped(scene: Scene, role: str, patient: Patient) -> str:
    words = patient.person.words() | {"role": role, "name": patient.people[role].plain}
    return filled(scene.chance.one(_HELPED), words)


def allergies(scene: Scene, draft: Draft, patient: Patient, told: Told) -> None:
    """Add a paragraph on allergies of the patient and of a relative."""
    chance, person = scene.chance, patient.person
    words = person.words() | {"relation": patient.relation, "relative": patient.relative.plain}
    if patient.allergen:
        own = filled(
            chance.one(wordings.ALLERGY), words | {"allergen": patient.allergen, "reaction": patient.reaction}
        )
    else:
        own = filled(chance.one(wordings.NO_ALLERGY), words)
    family = filled(chance.one(wordings.RELATIVE_ALLERGY), words | {"allergen": patient.other_allergens[0]})
    here = chance.likely(0.6)
    places = draft.say(own, family if here else "", chance.one(wordings.NOISE))
    told.at("allergy", places[0], patient.allergen)
    if patient.allergen:
        told.at("reaction", places[0], patient.reaction)
    if not here:
        places[1] = draft.say(chance.one(wordings.NOISE), family)[1]
    told.at("relative's allergy", places[1], patient.other_allergens[0])


def _history(scene: Scene, draft: Draft, patient: Patient, told: Told) -> None:
    chance = scene.chance
    words = patient.person.words() | {"relation": patient.relation}
    said = [("present", one, wordings.PRESENT) for one in patient.has]
    said += [("denied", one, wordings.DENIED) for one in patient.denied]
    said += [("relative's", patient.of_relative, wordings.RELATIVE_CONDITION)]
    said = chance.mixed(said)
    texts = [filled(chance.one(pool), words | {"condition": one}) for _, one, pool in said]
    places = draft.listed(*texts) if chance.likely(0.35) else draft.say(*texts)
    for (key, one, _), place in zip(said, places, strict=True):
        told.at((key, one), place, one if one in place.text else "")


def change_of(course: Course, stage: str) -> str:
    """Return what happened at a visit: "new", "stopped", "increased", "reduced", "unchanged" or ""."""
    before = course.dose(STAGES[STAGES.index(stage) - 1])
    now = course.dose(stage)
    if not before and not now:
        return ""
    if not before:
        return "new"
    if not now:
        return "stopped"
    if before == now:
        return "unchanged"
    doses = course.drug.doses
    return "increased" if doses.index(now) > doses.index(before) else "reduced"


def _medicines(scene: Scene, draft: Draft, patient: Patient, told: Told) -> None:
    chance = scene.chance
    courses = chance.mixed([course for course in patient.courses if change_of(course, "discharge")])
    layout = chance.one(_MEDICINES)
    taken = [course for course in courses if course.dose("discharge")]
    stopped = [course for course in courses if not course.dose("discharge")]
    if layout.startswith("table"):
        columns = chance.one(_TABLES)
        listed = [*taken, *stopped] if layout == "table with stopped" else taken
        rows = [_cells(course) for course in listed]
        for course, place in zip(listed, draft.table(columns, rows), strict=True):
            if course.dose("discharge"):
                told.cell(("dose", course.drug.name, "discharge"), place, 1)
                told.cell(("taken", course.drug.name, "discharge"), place, 0)
            else:
                told.cell(("stopped", course.drug.name), place, 0)
                told.at(("why stopped", course.drug.name), place, course.why)
            told.at(("change", course.drug.name, "discharge"), place, place.text.split(" | ")[3])
        if layout == "table with stopped":
            return
    else:
        often = 1 if layout == "list in short" else 0
        texts = []
        for course in taken:
            change = change_of(course, "discharge")
            note = "" if change == "unchanged" and chance.likely(0.5) else f" ({change})"
            texts.append(f"{course.drug.name} {course.dose('discharge')} {course.frequency[often]}{note}")
        if layout == "prose":
            told_places = draft.say(*[text[:1].upper() + text[1:] + "." for text in texts])
        else:
            told_places = draft.listed(*[text[:1].upper() + text[1:] for text in texts])
        for course, place in zip(taken, told_places, strict=True):
            told.at(("dose", course.drug.name, "discharge"), place, course.dose("discharge"))
            told.at(("taken", course.drug.name, "discharge"), place, as_written(course.drug.name, place.text))
            if change_of(course, "discharge") in place.text:
                told.at(("change", course.drug.name, "discharge"), place, change_of(course, "discharge"))
    for course in stopped:
        say_stopped(scene, draft, patient, told, course, "discharge")


def _cells(course: Course) -> list[str]:
    change = change_of(course, "discharge")
    before = course.dose("before")
    note = {"increased": f"increased (was {before})", "reduced": f"reduced (was {before})",
            "stopped": f"stopped: {course.why}"}.get(change, change)  # fmt: skip
    name = course.drug.name[:1].upper() + course.drug.name[1:]
    return [
        name,
        course.dose("discharge") or "-",
        course.frequency[0] if course.dose("discharge") else "-",
        note,
    ]


def say_stopped(scene: Scene, draft: Draft, patient: Patient, told: Told, course: Course, stage: str) -> None:
    """Add a sentence on a medicine that was stopped at this visit."""
    words = patient.person.words() | {"drug": course.drug.name, "why": course.why,
                                      "old": course.dose(STAGES[STAGES.index(stage) - 1])}  # fmt: skip
    place = draft.say(filled(scene.chance.one(wordings.STOPPED), words))[0]
    told.at(("stopped", course.drug.name), place, as_written(course.drug.name, place.text))
    told.at(("why stopped", course.drug.name), place, course.why)


def as_written(name: str, text: str) -> str:
    """Return the name of a medicine as the text has it, with a small or a large first letter."""
    large = name[:1].upper() + name[1:]
    return large if large in text else name


def _follow_up(scene: Scene, draft: Draft, patient: Patient, told: Told, style: str) -> None:
    chance = scene.chance
    clinic, time = chance.one(wordings.CLINICS), clock(chance.number(8, 16), 5 * chance.number(0, 11))
    words = patient.person.words() | {
        "day": written(patient.days["clinic"], style),
        "time": time,
        "clinic": clinic,
    }
    place, *_ = draft.say(filled(chance.one(wordings.FOLLOW_UP), words), *chance.some(wordings.NOISE, 2))
    told.at("follow-up", place, words["day"])
    told.at("follow-up clinic", place, clinic)
    told.at("follow-up time", place, time)
