"""A person: names, ways to write them, and what is known of them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from training.world.chance import Chance
from training.world.people.names import MEN, STREETS, TOWNS, WOMEN, last_name, similar


@dataclass(frozen=True, slots=True)
class Person:
    """A person who stands in documents."""

    title: str
    first: str
    last: str
    woman: bool
    born: date = date(1950, 1, 1)
    number: str = ""
    """Hospital or file number."""
    address: str = ""
    phone: str = ""

    @property
    def full(self) -> str:
        """As "Mrs Adelaide Brackley"."""
        return f"{self.title} {self.first} {self.last}"

    @property
    def short(self) -> str:
        """As "Mrs Brackley"."""
        return f"{self.title} {self.last}"

    @property
    def plain(self) -> str:
        """As "Adelaide Brackley"."""
        return f"{self.first} {self.last}"

    def ways(self) -> tuple[str, ...]:
        """Return how people name this person."""
        return (
            self.full,
            self.short,
            self.plain,
            f"{self.last}, {self.first}",
            f"{self.first[0]} {self.last}",
        )

    def words(self) -> dict[str, str]:
        """Return the words that stand for the person in wordings: "{She}", "{her}", "{who}"."""
        she, her = ("she", "her") if self.woman else ("he", "his")
        return {
            "who": self.short, "full": self.full, "plain": self.plain, "first": self.first, "last": self.last,
            "she": she, "She": she.capitalize(), "her": her, "Her": her.capitalize(),
            "herself": "her" if self.woman else "him", "woman": "woman" if self.woman else "man",
            "lady": "lady" if self.woman else "gentleman",
        }  # fmt: skip


class People:
    """Makes people whose names are easily told apart."""

    def __init__(self, chance: Chance) -> None:
        self._chance = chance
        self._lasts: set[str] = set()
        self._firsts: set[str] = set()
        self.alike: set[str] = set()
        """Family names that differ from another one in a letter or two."""

    def one(self, titles: Collection[str] = (), *, woman: bool | None = None, last: str = "") -> Person:
        """Return a new person; without titles "Mrs", "Miss", "Ms" or "Mr"."""
        chance = self._chance
        woman = chance.likely(0.5) if woman is None else woman
        title = (
            chance.one(list(titles)) if titles else chance.one(("Mrs", "Ms", "Miss") if woman else ("Mr",))
        )
        first = self._new(lambda: chance.one(WOMEN if woman else MEN), self._firsts)
        last = last or self._new(lambda: last_name(chance), self._lasts)
        born = chance.day(date(1934, 1, 1), date(1998, 12, 31))
        letters = chance.one(("H", "RX", "MK", "QP", "NG", "T")) + chance.one(("-", "", " "))
        number = f"{letters}{chance.number(100000, 999999)}"
        town = chance.one(TOWNS)
        address = f"{chance.number(2, 148)} {chance.one(STREETS)}, {town}"
        phone = f"01{chance.number(200, 979)} {chance.number(200000, 989999)}"
        return Person(title, first, last, woman, born, number, address, phone)

    def namesake(self, person: Person) -> Person:
        """Return somebody of the same title whose family name is easily taken for this person's."""
        last = similar(person.last, self._chance)
        self.alike |= {person.last, last}
        return self.one((person.title,), woman=person.woman, last=last)

    def _new(self, draw: object, seen: set[str]) -> str:
        assert callable(draw)
        found = str(draw())
        for _ in range(60):
            if found not in seen:
                break
            found = str(draw())
        seen.add(found)
        return found
