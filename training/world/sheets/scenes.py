"""Two people's sheets of one kind, in one workbook or in a document each."""

from __future__ import annotations

from datetime import date

from training.world.chance import Chance
from training.world.scene import Scene
from training.world.sheets.questions import Told, ask_about_sheets
from training.world.sheets.sheet import made_sheet, write_sheet
from training.world.sheets.themes import THEMES

_FORMATS = (".pdf", ".docx", ".xlsx", ".xlsx", ".html")


def sheet_scene(name: str, chance: Chance) -> Scene:
    """Return the sheets of two people."""
    scene = Scene(name, chance)
    theme = chance.one(THEMES)
    staff = [scene.people.one() for _ in range(3)]
    first = scene.people.one()
    people = [first, scene.people.namesake(first) if chance.likely(0.3) else scene.people.one()]
    month = chance.number(1, 10)
    days = chance.days(date(2025, month, 1), date(2025, month + 1, 28), chance.number(6, 11))
    together = chance.likely(0.4)
    told: list[Told] = []
    draft = None
    for person in people:
        sheet = made_sheet(theme, person, days, staff, told[0].sheet if told else None, chance)
        if draft is None or not together:
            suffixes = (".xlsx",) if together else _FORMATS
            draft = scene.draft(theme.name if together else f"{theme.name} {person.last}", suffixes)
        told.append(Told(sheet, *write_sheet(sheet, draft, chance)))
    scene.asker.never_misspelt = {name.lower() for name in scene.people.alike}
    ask_about_sheets(scene, told)
    return scene
