"""What is true of a matter: parties, terms over time, people who act."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from training.world.chance import Chance
from training.world.law.terms import BANS, LEASE, PERMITS, SUPPLY, TermKind
from training.world.people.names import LAW_FIRMS, STREETS, TOWNS, firm_name, similar
from training.world.people.person import People, Person
from training.world.sides import Pool


@dataclass(frozen=True, slots=True)
class Term:
    """A term over time."""

    kind: TermKind
    values: tuple[str, ...]
    """By version: of the contract, then of each change; "" where a change leaves it."""
    draft: str
    """The value of a draft that was not signed; also the one of the contract where they agree."""
    clause: str = ""

    def value(self, version: int) -> str:
        """Return what holds from a version on."""
        return next(value for value in reversed(self.values[: version + 1]) if value)

    @property
    def varied(self) -> list[int]:
        """The versions that change it."""
        return [version for version, value in enumerate(self.values) if version and value]


@dataclass(frozen=True, slots=True)
class Matter:
    """A contract between two firms with everything around."""

    lease: bool
    one: str
    two: str
    other: str
    """Another firm with a similar name, of another matter."""
    called: tuple[str, str]
    """What the contract calls the parties: "the Landlord", "the Tenant"."""
    thing: str
    """The premises or the goods."""
    days: tuple[date, ...]
    """Of the contract and its changes."""
    drafted: date
    terms: tuple[Term, ...]
    people: dict[str, Person]
    firms: tuple[str, str]
    """The solicitors of each side."""
    number: str
    ban: tuple[str, str]
    permit: tuple[str, str]


_CALLED_LEASE = Pool(
    ("the Landlord", "the Tenant"), ("the Lessor", "the Lessee"), ("the Owner", "the Occupier")
)
_CALLED_SUPPLY = Pool(
    ("the Supplier", "the Customer"), ("the Seller", "the Buyer"), ("the Contractor", "the Client")
)
_GOODS = Pool("surgical trays", "oak doors", "coffee machines", "lens cloths", "archive boxes",
    "linen sets", "hearing aids", "fire doors", "glass jars",
              "desk lamps", "rubber seals", "bread tins")  # fmt: skip


def made_matter(people: People, chance: Chance, *, lease: bool) -> Matter:
    """Return a new matter."""
    one, two = firm_name(chance), firm_name(chance)
    while two.split()[0] == one.split()[0]:
        two = firm_name(chance)
    start, _, rest = two.partition(" ")
    signed = chance.day(date(2019, 2, 1), date(2022, 12, 20))
    days = [signed]
    for _ in range(chance.number(1, 3)):
        days.append(days[-1] + timedelta(days=chance.number(200, 420)))
    kinds = chance.some(LEASE if lease else SUPPLY, chance.number(6, 8))
    terms = tuple(_term(kind, number, len(days) - 1, chance) for number, kind in enumerate(kinds))
    roles = (
        ("surveyor", "managing agent", "guarantor")
        if lease
        else ("account manager", "warehouse manager", "finance director")
    )
    names = ("solicitor of one", "solicitor of two", "director of one", "director of two", "trainee", *roles)
    persons = {role: people.one(("Mr",)) for role in names}
    persons = {role: _fitting(person) for role, person in persons.items()}
    firms = chance.some(LAW_FIRMS, 2)
    thing = (
        f"{chance.one(('Unit', 'Suite', 'Shop'))} {chance.number(1, 24)}, "
        f"{chance.number(2, 90)} {chance.one(STREETS)}, {chance.one(TOWNS)}"
        if lease
        else chance.one(_GOODS)
    )
    number = f"{chance.one(('ML', 'P', 'CF', 'K'))}{chance.one(('-', '/', '.'))}{chance.number(10000, 99999)}"
    return Matter(lease, one, two, f"{similar(start, chance)} {rest}",
        chance.one(_CALLED_LEASE if lease else _CALLED_SUPPLY), thing,
                  tuple(days), signed - timedelta(days=chance.number(20, 60)), terms, persons, (firms[0],
                      firms[-1]), number,
                  chance.one(BANS), chance.one(PERMITS))  # fmt: skip


def _fitting(person: Person) -> Person:
    """Return the person with a title that fits the first name."""
    return replace(person, title="Ms" if person.woman else "Mr")


def _term(kind: TermKind, number: int, changes: int, chance: Chance) -> Term:
    """Return a term; the first ones change, each at another change of the contract or at two of them."""
    values = kind.values(chance)
    over_time = [values[0]] + [""] * changes
    if number < 3:
        over_time[1 + number % changes] = values[1]
    if number == 0 and changes > 1:
        over_time[2] = values[2]
    return Term(kind, tuple(over_time), values[3] if number % 2 == 0 else values[0])
