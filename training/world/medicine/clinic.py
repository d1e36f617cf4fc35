"""Letters from clinic: doses that change, medicines that stop or begin, what is only planned."""

from __future__ import annotations

from training.world.asking.asker import filled
from training.world.asking.told import Told
from training.world.dates import clock, written
from training.world.draft import Draft
from training.world.medicine import letter_wordings as wordings
from training.world.medicine.discharge import allergies, as_written, change_of, say_stopped
from training.world.medicine.letter_heads import greeting, letter_end, letter_head
from training.world.medicine.patient import STAGES, Course, Patient
from training.world.people.person import Person
from training.world.scene import Scene
from training.world.sides import Pool

_DEPARTMENTS = Pool("Outpatient Department", "Department of Medicine for Older People",
    "Cardiology Outpatients",
                    "Heart Failure Service", "Community Clinic", "Medical Day Unit")  # fmt: skip
_CHANGES = Pool(
    "Changes today",
    "Medication",
    "Treatment changes",
    "What we changed",
    "Medicines reviewed",
    "Recommendations",
)
_FINDINGS = Pool(
    "Findings", "Review", "Impression", "Clinic review", "On examination", "Progress since discharge"
)
_MOVED = {"increased": ("increased", "raised", "stepped up"), "reduced": ("reduced", "lowered", "cut")}
_WEIGHT = Pool("Weight {value} kg.", "{She} weighs {value} kg.", "On our scales {she} was {value} kg.",
    "Weight today: {value} kg.",
               "{Her} weight is {value} kg now.", "The scales showed {value} kg.")  # fmt: skip
_PRESSURE = Pool("Blood pressure {value}.", "BP {value}.", "Her blood pressure was {value} sitting.",
    "Pressure measured at {value}.",
                 "The blood pressure came to {value}.", "Sitting blood pressure {value} mmHg.")  # fmt: skip


def clinic_letter(scene: Scene, patient: Patient, told: Told, stage: str, role: str) -> Draft:
    """Write the letter after the visit of this stage, by the person with this role."""
    chance, style, person = scene.chance, scene.style(), patient.person
    day = patient.days[stage]
    name = chance.one(("clinic letter", "outpatient letter", "OPA letter", "letter")) + f" {person.last} "
    name += written(day, chance.one(("iso", "dots", "short")))
    draft = scene.draft(name, (".docx", ".pdf", ".html", ".txt"), "Clinic letter")
    letter_head(draft, patient, person, told, day, style, chance, chance.one(_DEPARTMENTS))
    draft.lines(greeting(patient.people["GP"], chance))
    words = person.words() | {"day": written(day, style), "kin": patient.kin_is}
    weight = f"{chance.number(480, 1040) / 10:.1f}"
    pressure = f"{chance.number(104, 168)}/{chance.number(56, 94)}"
    seen, _ = draft.say(filled(chance.one(wordings.SEEN), words), chance.one(wordings.NOISE))
    told.at(("seen", stage), seen, words["day"])
    draft.heading(chance.one(_FINDINGS))
    at_weight, at_pressure, _ = draft.say(
        filled(chance.one(_WEIGHT), words | {"value": weight}),
        filled(chance.one(_PRESSURE).replace("Her", "{Her}"), words | {"value": pressure}),
        chance.one(wordings.NOISE),
    )  # fmt: skip
    told.at(("weight", stage), at_weight, weight)
    told.at(("pressure", stage), at_pressure, pressure)
    if stage == "review":
        allergies(scene, draft, patient, told)
    draft.heading(chance.one(_CHANGES))
    _changes(scene, draft, patient, told, stage)
    if stage == "clinic":
        _next_visit(scene, draft, patient, told, style)
    writer = patient.people[role]
    place = draft.lines(f"{writer.full}, {role}")[0]
    told.at(("role", role), place, writer.full)
    letter_end(draft, writer, role, [patient.people["GP"].full, person.full], chance)
    return draft


def _changes(scene: Scene, draft: Draft, patient: Patient, told: Told, stage: str) -> None:
    chance = scene.chance
    courses = chance.mixed([course for course in patient.courses if change_of(course, stage)])
    said = [(course, _sentence(scene, course, patient.person, stage)) for course in courses
            if change_of(course, stage) != "stopped"]  # fmt: skip
    if chance.likely(0.4):
        places = draft.listed(*[text for _, text in said])
    else:
        places = draft.say(*[text for _, text in said])
    for (course, _), place in zip(said, places, strict=True):
        drug = course.drug.name
        told.at(("dose", drug, stage), place, course.dose(stage))
        if change_of(course, stage) != "unchanged":
            told.at(("change", drug, stage), place, course.dose(stage))
    for course in courses:
        if change_of(course, stage) == "stopped":
            say_stopped(scene, draft, patient, told, course, stage)
    for course in patient.courses:
        if course.planned and course.dose(stage) and chance.likely(0.8):
            words = patient.person.words() | {"drug": course.drug.name, "planned": course.planned}
            place = draft.say(filled(chance.one(wordings.PLANNED), words))[0]
            told.at(("planned", course.drug.name), place, course.planned)


def _sentence(scene: Scene, course: Course, person: Person, stage: str) -> str:
    chance, change = scene.chance, change_of(course, stage)
    before = course.dose(STAGES[STAGES.index(stage) - 1])
    words = person.words() | {
        "drug": course.drug.name, "new": course.dose(stage), "old": before, "dose": course.dose(stage),
        "often": course.frequency[chance.number(0, 2)], "reason": course.drug.kind.reason,
    }  # fmt: skip
    if change == "new":
        return filled(chance.one(wordings.STARTED), words)
    if change == "unchanged":
        return filled(chance.one(wordings.CONTINUES), words)
    return filled(chance.one(wordings.CHANGED), words | {"moved": chance.one(_MOVED[change])})


def _next_visit(scene: Scene, draft: Draft, patient: Patient, told: Told, style: str) -> None:
    chance = scene.chance
    words = patient.person.words() | {
        "day": written(patient.days["review"], style), "time": clock(chance.number(8, 16),
            5 * chance.number(0, 11)),
        "clinic": chance.one(wordings.CLINICS),
    }  # fmt: skip
    place = draft.say(filled(chance.one(wordings.FOLLOW_UP), words))[0]
    told.at("next visit", place, words["day"])


def namesake_letter(scene: Scene, patient: Patient, told: Told) -> Draft:
    """Write a letter on somebody with almost the same name."""
    chance, style, person = scene.chance, scene.style(), patient.namesake
    day = chance.day(patient.days["discharge"], patient.days["review"])
    draft = scene.draft(f"{chance.one(('letter', 'clinic letter', 'referral'))} {person.last}", (".pdf",
        ".docx", ".txt"),
                        "Letter")  # fmt: skip
    own = Told()
    letter_head(draft, patient, person, own, day, style, chance, chance.one(_DEPARTMENTS))
    told.at("namesake born", own.of("born")[0].place, own.of("born")[0].words)
    told.at("namesake number", own.of("number")[0].place, own.of("number")[0].words)
    course = patient.namesake_course
    words = person.words() | {"drug": course.drug.name, "dose": course.dose("before"),
                              "often": course.frequency[0]}  # fmt: skip
    draft.lines(greeting(patient.people["GP"], chance))
    _, dose, _ = draft.say(
        filled(chance.one(wordings.SEEN), words | {"day": written(day, style), "kin": "neighbour"}),
        filled(chance.one(wordings.NAMESAKE_DOSE), words), chance.one(wordings.NOISE),
    )  # fmt: skip
    told.at("namesake dose", dose, course.dose("before"))
    told.at("namesake drug", dose, as_written(course.drug.name, dose.text))
    allergy, illness, _ = draft.say(
        filled(chance.one(wordings.ALLERGY), words | {"allergen": patient.other_allergens[1],
                                                      "reaction": chance.one(("a rash", "collapse",
                                                          "vomiting"))}),
        filled(chance.one(wordings.PRESENT), words | {"condition": patient.of_namesake}),
        chance.one(wordings.NOISE),
    )  # fmt: skip
    told.at("namesake allergy", allergy, patient.other_allergens[1])
    told.at("namesake illness", illness)
    writer = patient.people["consultant"]
    letter_end(draft, writer, "consultant", [patient.people["GP"].full], chance)
    return draft
