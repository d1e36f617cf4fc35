"""The papers of one ward."""

from __future__ import annotations

from training.world.asking.told import Told
from training.world.chance import Chance
from training.world.scene import Scene
from training.world.ward import papers
from training.world.ward.questions import ask_about_bloods, ask_about_patients
from training.world.ward.record_questions import (
    ask_about_incidents,
    ask_about_lists,
    ask_about_rota,
    ask_about_rules,
)
from training.world.ward.ward import made_ward


def ward_scene(name: str, chance: Chance) -> Scene:
    """Return the papers of a ward."""
    scene, told = Scene(name, chance), Told()
    ward = made_ward(scene.people, chance)
    papers.handover(scene, ward, told, 0)
    papers.handover(scene, ward, told, 1)
    papers.bloods(scene, ward, told)
    papers.drug_round(scene, ward, told)
    shifts = papers.rota(scene, ward, told)
    numbers = papers.rules(scene, ward, told)
    incidents = papers.incidents(scene, ward, told)
    papers.move_mail(scene, ward, told)
    scene.asker.never_misspelt = {name.lower() for name in scene.people.alike}
    ask_about_patients(scene, ward, told)
    ask_about_bloods(scene, ward, told)
    ask_about_rota(scene, ward, told, shifts)
    ask_about_lists(scene, ward, told)
    ask_about_rules(scene, ward, told, numbers)
    ask_about_incidents(scene, told, incidents)
    return scene
