"""Make collections: each has its own seed, so that one more changes none of the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from training.world.chance import Chance
from training.world.law.scenes import lease_scene, supply_scene
from training.world.medicine.scenes import patient_scene
from training.world.scene import MadeCollection, Scene
from training.world.sheets.scenes import sheet_scene
from training.world.sides import Side
from training.world.ward.scenes import ward_scene

SCENES: dict[str, Callable[[str, Chance], Scene]] = {
    "patient": patient_scene,
    "lease": lease_scene,
    "supply": supply_scene,
    "ward": ward_scene,
}
"""By kind of collection, in the order in which they take turns."""
SHEETS: dict[str, Callable[[str, Chance], Scene]] = {"sheet": sheet_scene}
"""Tables alone, for what is fitted on tables."""
QUESTIONS = 40
"""Most questions of a collection."""


def made_collections(
    seed: int,
    side: Side,
    count: int,
    questions: int = QUESTIONS,
    scenes: Mapping[str, Callable[[str, Chance], Scene]] = SCENES,
) -> Iterator[MadeCollection]:
    """Yield `count` collections of a side; the same arguments give the same."""
    kinds = list(scenes)
    for number in range(count):
        kind = kinds[number % len(kinds)]
        name = f"{kind}-{seed}-{number:03}"
        yield scenes[kind](name, Chance(name, side)).finished(questions)
