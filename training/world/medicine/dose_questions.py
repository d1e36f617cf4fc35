"""The questions on a patient's medicines: which, how much, since when, why not any more."""

from __future__ import annotations

from datetime import timedelta

from training.world.asking.asker import Gold, place_of
from training.world.asking.numbers import count_spellings
from training.world.asking.told import Told
from training.world.dates import spellings
from training.world.draft import Place
from training.world.medicine import question_wordings as wordings
from training.world.medicine.discharge import change_of
from training.world.medicine.drugs import CLASSES, dose_spellings
from training.world.medicine.patient import STAGES, Course, Patient
from training.world.scene import Scene


def ask_about_doses(scene: Scene, patient: Patient, told: Told) -> None:
    """Ask for doses now, then and before, and for what changed."""
    taken = [course for course in patient.courses if course.dose("review")]
    _ask_now(scene, patient, told, taken)
    for course in scene.chance.some([one for one in patient.courses if _changes(one)], 3):
        _ask_change(scene, patient, told, course)
    for course in patient.courses:
        if course.stopped:
            _ask_stopped(scene, patient, told, course)
    _ask_discharge(scene, patient, told)
    _ask_lists(scene, patient, told)
    for course in scene.chance.some(taken, 2):
        _ask_rest(scene, patient, told, course)
    _ask_in_vain(scene, patient, told)


def _words(patient: Patient, course: Course) -> dict[str, str]:
    return patient.person.words() | {"drug": course.drug.name}


def _changes(course: Course) -> list[str]:
    """Return the stages at which the dose went up or down."""
    return [stage for stage in STAGES[1:] if change_of(course, stage) in ("increased", "reduced")]


def _doses(course: Course) -> list[str]:
    return [step.dose for step in course.steps] + ([course.planned] if course.planned else [])


def _elsewhere(told: Told, course: Course, stage: str) -> list[Place]:
    """Return the places with another dose of the medicine, a planned one, or the namesake's."""
    name = course.drug.name
    others = [one for one in STAGES if course.dose(one) != course.dose(stage)]
    return told.places(*(("dose", name, one) for one in others), ("planned", name), "namesake dose")


def _ask_now(scene: Scene, patient: Patient, told: Told, taken: list[Course]) -> None:
    chance, asker, before = scene.chance, scene.asker, ""
    for course in chance.some(taken, 4):
        words, dose = _words(patient, course), course.dose("review")
        gold = told.of(("dose", course.drug.name, "review"))
        wrong = [*_doses(course), patient.namesake_course.dose("before")]
        tempting = _elsewhere(told, course, "review")
        if before:
            asker.ask(
                "follow-up",
                wordings.FOLLOW_DRUG,
                words,
                [dose_spellings(dose)],
                gold,
                wrong,
                tempting,
                [before],
            )
        before = asker.ask(
            "current value", wordings.DOSE_NOW, words, [dose_spellings(dose)], gold, wrong, tempting
        )
        kind = course.drug.kind
        everyday = words | {"kind": chance.one(kind.everyday)}
        names = [Gold(one.place, _written(course.drug.name, one.place.text)) for one in gold]
        names = [one for one in names if one.words]
        if names:
            asker.ask("everyday word", wordings.KIND_OF_DRUG, everyday, [course.drug.name], names,
                      [one.drug.name for one in patient.courses if one is not course], tempting)  # fmt: skip
        asker.ask(
            "everyday word", wordings.KIND_AND_DOSE, everyday, [dose_spellings(dose)], gold, wrong, tempting
        )
    course = chance.one(taken)
    asker.ask("other language", wordings.GERMAN_FRENCH["dose"], _words(patient, course),
        [dose_spellings(course.dose("review"))],
              told.of(("dose", course.drug.name, "review")), _doses(course), _elsewhere(told, course,
                  "review"))  # fmt: skip


def _written(name: str, text: str) -> str:
    large = name[:1].upper() + name[1:]
    return large if large in text else name if name in text else ""


def _ask_change(scene: Scene, patient: Patient, told: Told, course: Course) -> None:
    asker, name = scene.asker, course.drug.name
    stage = scene.chance.one(_changes(course))
    previous = STAGES[STAGES.index(stage) - 1]
    day = patient.days[stage]
    old, new = course.dose(previous), course.dose(stage)
    words = _words(patient, course) | {"day": scene.asked_day(day, year=True)}
    said = told.of(("change", name, stage), ("dose", name, stage))
    changed = [
        Gold(one.place, old, place_of(old, one.place.text))
        for one in said
        if place_of(old, one.place.text) >= 0
    ]
    gold = [*told.of(("dose", name, previous)), *changed]
    asker.ask("value before a date", wordings.DOSE_BEFORE, words, [dose_spellings(old)], gold, _doses(course),
              _elsewhere(told, course, previous))  # fmt: skip
    if told.of(("change", name, stage)) and len(_changes(course)) == 1:
        files = told.of(("change", name, stage))
        asker.ask("plain fact", wordings.CHANGED_WHEN, words, [spellings(day)],
            [Gold(one.place) for one in files],
                  [spellings(patient.days[one]) for one in STAGES if one != stage])  # fmt: skip
    later = [patient.days[one] for one in STAGES if patient.days[one] > day and course.dose(one) != new]
    end = min([*later, patient.days["review"] + timedelta(days=40)])
    on = scene.chance.day(day + timedelta(days=6), end - timedelta(days=1)) if (end - day).days > 8 else day
    asker.ask("value by date", wordings.DOSE_ON, words | {"day": scene.asked_day(on, year=True)},
        [dose_spellings(new)],
              told.of(("dose", name, stage)), _doses(course), _elsewhere(told, course, stage))  # fmt: skip


def _ask_stopped(scene: Scene, patient: Patient, told: Told, course: Course) -> None:
    asker, name = scene.asker, course.drug.name
    words, gold = _words(patient, course), told.of(("stopped", name))
    others = [one.drug.name for one in patient.courses if one is not course]
    asked = asker.ask("plain fact", wordings.STOPPED_WHICH, words, [name], gold, others)
    why = told.of(("why stopped", name))
    asker.ask("follow-up", wordings.FOLLOW_WHY, words, [course.why], why, (), (), [asked])
    asker.ask("plain fact", wordings.STOPPED_WHY, words, [course.why], why)
    new = [one for one in patient.courses if not one.dose("before")]
    names = [name, *(one.drug.name for one in new)]
    places = [*gold, *told.of(*(("dose", one.drug.name, stage) for one in new for stage in STAGES
                                if change_of(one, stage) == "new"))]  # fmt: skip
    asker.ask("vague", wordings.VAGUE_HOME, words, ["|".join(names)], places)


def _ask_discharge(scene: Scene, patient: Patient, told: Told) -> None:
    asker = scene.asker
    home = [course for course in patient.courses if course.dose("discharge")]
    names = [course.drug.name for course in home]
    gold = told.of(*(("taken", name, "discharge") for name in names))
    wrong = [one.drug.name for one in patient.courses if not one.dose("discharge")]
    wrong.append(patient.namesake_course.drug.name)
    tempting = told.places("namesake drug")
    words = patient.person.words()
    asker.ask("list", wordings.MEDICINES_AT_DISCHARGE, words, names, gold, wrong, tempting)
    asker.ask("count", wordings.MEDICINES_COUNT, words, [count_spellings(len(names))], gold, (), tempting)
    course = scene.chance.one(home)
    asker.ask("value by date", wordings.DOSE_AT_DISCHARGE, _words(patient, course),
        [dose_spellings(course.dose("discharge"))],
              told.of(("dose", course.drug.name, "discharge")), _doses(course), _elsewhere(told, course,
                  "discharge"))  # fmt: skip


def _ask_lists(scene: Scene, patient: Patient, told: Told) -> None:
    """Ask to compare the list before admission with the last one."""
    both = [
        one
        for one in patient.courses
        if one.dose("before") and one.dose("review") not in ("", one.dose("before"))
    ]
    if not both:
        return
    course = scene.chance.one(both)
    name = course.drug.name
    words = _words(patient, course) | {"day": scene.asked_day(patient.days["before"], year=True),
                                       "other": scene.asked_day(patient.days["review"],
                                           year=True)}  # fmt: skip
    must = [dose_spellings(course.dose("before")), dose_spellings(course.dose("review"))]
    gold = told.of(("dose", name, "before"), ("dose", name, "review"))
    scene.asker.ask("comparison", wordings.COMPARE_LISTS, words, must, gold)


def _ask_rest(scene: Scene, patient: Patient, told: Told, course: Course) -> None:
    name = course.drug.name
    often = told.of(("frequency", name, "review"))
    if often:
        spelled = "|".join(course.frequency[:2] if course.frequency[1] not in ("ON", "OD") else
                           (course.frequency[0], course.frequency[2], course.frequency[1]))  # fmt: skip
        scene.asker.ask(
            "plain fact", wordings.FREQUENCY, _words(patient, course), [f"{spelled}|{often[0].words}"], often
        )
    scene.asker.ask(
        "plain fact",
        wordings.STARTED_FOR,
        _words(patient, course),
        [course.drug.kind.reason],
        told.of(("reason", name)),
    )


def _ask_in_vain(scene: Scene, patient: Patient, told: Told) -> None:
    """Ask for a medicine that nobody takes, and for the namesake's."""
    chance = scene.chance
    used = {course.drug.name for course in patient.courses} | {patient.namesake_course.drug.name}
    drug = chance.one([name for kind in CLASSES for name in kind.names.of(chance.side) if name not in used])
    scene.asker.ask_in_vain(wordings.NOT_TAKEN, patient.person.words() | {"drug": drug})
    course = chance.one([one for one in patient.courses if one.dose("review")])
    stranger = scene.people.one().words() | {"drug": course.drug.name}
    scene.asker.ask_in_vain(
        wordings.OF_A_STRANGER, stranger, [course.dose("review")], _doses_of(told, course)
    )
    other = patient.namesake_course.drug.name
    if other not in {course.drug.name for course in patient.courses}:
        words = patient.person.words() | {"drug": other}
        scene.asker.ask_in_vain(
            wordings.NOT_TAKEN, words, [patient.namesake_course.dose("before")], told.places("namesake dose")
        )


def _doses_of(told: Told, course: Course) -> list[Place]:
    return told.places(*(("dose", course.drug.name, stage) for stage in STAGES))
