"""The file of one patient: documents, then questions."""

from __future__ import annotations

from training.world.asking.series import ask_series
from training.world.asking.told import Told
from training.world.chance import Chance
from training.world.medicine.clinic import clinic_letter, namesake_letter
from training.world.medicine.discharge import discharge_letter
from training.world.medicine.dose_questions import ask_about_doses
from training.world.medicine.lists import appointment_list, medicine_list, observation_chart, result_table
from training.world.medicine.notes import moved_mail, nursing_notes
from training.world.medicine.patient import made_patient
from training.world.medicine.questions import (
    ask_about_appointments,
    ask_about_events,
    ask_about_illness,
    ask_about_person,
)
from training.world.medicine.result_wordings import RESULTS
from training.world.scene import Scene


def patient_scene(name: str, chance: Chance) -> Scene:
    """Return the file of a patient."""
    scene, told = Scene(name, chance), Told()
    patient = made_patient(scene.people, chance)
    medicine_list(scene, patient, told, "before", None)
    discharge_letter(scene, patient, told)
    clinic_letter(scene, patient, told, "clinic", "consultant")
    clinic_letter(scene, patient, told, "review", chance.one(("specialist nurse", "consultant")))
    medicine_list(scene, patient, told, "review", patient.days["before"])
    namesake_letter(scene, patient, told)
    series = result_table(scene, patient, told)
    if chance.likely(0.6):
        series += observation_chart(scene, patient, told)
    events = nursing_notes(scene, patient, told)
    rows = appointment_list(scene, patient, told)
    moved = moved_mail(scene, patient, told)
    scene.asker.never_misspelt = {name.lower() for name in scene.people.alike}
    ask_about_person(scene, patient, told)
    ask_about_illness(scene, patient, told)
    ask_about_doses(scene, patient, told)
    ask_about_events(scene, patient, events, told)
    ask_about_appointments(scene, patient, told, rows, moved)
    for one in chance.some(series, 3):
        ask_series(scene, one, RESULTS)
    return scene
