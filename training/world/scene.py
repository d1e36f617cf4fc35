"""A scene: the documents and questions of one patient, ward or matter while they are made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bench.staff.document import Mail
from bench.staff.sets import StaffCollection
from training.world.asking.asker import Asked, Asker
from training.world.chance import Chance
from training.world.dates import DOCUMENT_STYLES, QUESTION_STYLES, without_year, written
from training.world.draft import Draft
from training.world.people.person import People


@dataclass(frozen=True, slots=True)
class MadeCollection:
    """A finished scene."""

    staff: StaffCollection
    drafts: tuple[Draft, ...]
    asked: tuple[Asked, ...]


class Scene:
    """Takes documents and questions."""

    def __init__(self, name: str, chance: Chance) -> None:
        self.name, self.chance = name, chance
        self.people = People(chance)
        self.asker = Asker(chance, name)
        self.drafts: list[Draft] = []

    def draft(
        self, name: str, suffixes: tuple[str, ...], title: str = "", *, mail: Mail | None = None
    ) -> Draft:
        """Begin a document in one of the formats; its name gets a number if there is one of that name."""
        suffix = self.chance.one(suffixes)
        taken = {draft.file for draft in self.drafts}
        name = name.replace("/", "-")
        file, number = f"{name}{suffix}", 2
        while file in taken:
            file, number = f"{name} ({number}){suffix}", number + 1
        draft = Draft(file, title or name, mail)
        self.drafts.append(draft)
        return draft

    def style(self) -> str:
        """Return a style of dates for a document."""
        return self.chance.one(DOCUMENT_STYLES)

    def asked_day(self, day: date, *, year: bool | None = None) -> str:
        """Return a day as a question writes it; without a year now and then, if `year` is None."""
        style = self.chance.one(QUESTION_STYLES)
        if year or (year is None and self.chance.likely(0.6)):
            return written(day, style)
        return without_year(day, style)

    def finished(self, most: int) -> MadeCollection:
        """Return the collection with at most `most` questions."""
        asked = self.asker.chosen(most)
        staff = StaffCollection(
            self.name,
            tuple(draft.finished() for draft in self.drafts),
            tuple(one.question for one in asked),
        )
        return MadeCollection(staff, tuple(self.drafts), tuple(asked))
