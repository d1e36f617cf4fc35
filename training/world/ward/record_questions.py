"""The questions on a ward's rota, lists, rules and incidents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from training.world.asking.asker import Gold
from training.world.asking.numbers import count_spellings
from training.world.asking.told import Told
from training.world.dates import spellings
from training.world.people.person import Person
from training.world.scene import Scene
from training.world.ward import question_wordings as wordings
from training.world.ward.questions import named
from training.world.ward.ward import Ward

_SHIFTS = (("early", "morning"), ("late", "afternoon"), ("night", "night"))


def ask_about_rota(scene: Scene, ward: Ward, told: Told, found: Sequence[tuple[date, list[Person]]]) -> None:
    """Ask who works when."""
    chance, asker = scene.chance, scene.asker
    for day, shifts in chance.some(found, 3):
        number = chance.number(0, 2)
        words = {"day": scene.asked_day(day, year=True), "shift": chance.one(_SHIFTS[number])}
        others = [other for other, _ in found if other != day][:3]
        wrong = [one.last for one in ward.staff if one is not shifts[number]]
        asker.ask(
            "person",
            wordings.SHIFT,
            words,
            [shifts[number].last],
            told.of(("shift", day, number)),
            wrong,
            told.places(*(("shift", other, number) for other in others)),
        )
    nights = Counter(shifts[2].plain for _, shifts in found)
    staff = chance.one(sorted(nights))
    own = [day for day, shifts in found if shifts[2].plain == staff]
    gold = told.of(*(("shift", day, 2) for day in own))
    asker.ask(
        "count",
        wordings.SHIFT_COUNT,
        {"staff": staff},
        [count_spellings(len(own))],
        [Gold(one.place) for one in gold],
    )
    outside = [spellings(day) for day, _ in found if day not in own][:5]
    asker.ask(
        "list",
        wordings.SHIFT_LIST,
        {"staff": staff},
        [spellings(day, year=False) for day in own],
        [Gold(one.place) for one in gold],
        outside,
    )


def ask_about_lists(scene: Scene, ward: Ward, told: Told) -> None:
    """Ask who has a diet, who moved, and for somebody who is not there."""
    chance, asker = scene.chance, scene.asker
    which = chance.number(0, 1)
    diet = chance.one(ward.patients).diets[which]
    own = [one for one in ward.patients if one.diets[which] == diet]
    words = {"diet": diet, "day": scene.asked_day(ward.days[which], year=True)}
    gold = told.of(*(("name", one.person.number, which) for one in own))
    wrong = [one.person.plain for one in ward.patients if one not in own]
    asker.ask("list", wordings.ON_DIET, words, [one.person.last for one in own], gold, wrong)
    asker.ask(
        "count", wordings.DIET_COUNT, words, [count_spellings(len(own))], [Gold(one.place) for one in gold]
    )
    moved = [one for one in ward.patients if one.beds[0] != one.beds[1]]
    days = {
        "day": scene.asked_day(ward.days[0], year=True),
        "other": scene.asked_day(ward.days[1], year=True),
    }
    asker.ask(
        "comparison",
        wordings.MOVED,
        days,
        [one.person.last for one in moved],
        told.of(*(("bed", one.person.number, 1) for one in moved)),
    )
    for _ in range(2):
        asker.ask_in_vain(wordings.STRANGER, named(scene, scene.people.one()))


def ask_about_rules(scene: Scene, ward: Ward, told: Told, numbers: Sequence[str]) -> None:
    """Ask for rules by number and by what they say."""
    for at in scene.chance.some(range(len(numbers)), 3):
        others = [rule[2] for place, rule in enumerate(ward.rules) if place != at]
        tempting = told.places(*(("rule", place) for place in range(len(numbers)) if place != at))[:5]
        scene.asker.ask(
            "clause by number",
            wordings.RULE,
            {"number": numbers[at]},
            [ward.rules[at][2]],
            told.of(("rule", at)),
            others,
            tempting,
        )
    for at in scene.chance.some(range(len(numbers)), 2):
        scene.asker.ask(
            "plain fact",
            wordings.RULE_ABOUT,
            {"asked": ward.rules[at][1]},
            [ward.rules[at][2]],
            told.of(("rule", at)),
        )


def ask_about_incidents(scene: Scene, told: Told, found: Sequence[tuple[str, date, str, Person]]) -> None:
    """Ask for numbers, days and reporters of incidents."""
    for number, day, kind, person in scene.chance.some(found, 2):
        words = {"kind": kind}
        others = [one for one in found if one[0] != number]
        tempting = told.places(*(("incident", one[0], 0) for one in others))
        scene.asker.ask(
            "identifier",
            wordings.INCIDENT_NUMBER,
            words,
            [number],
            told.of(("incident", number, 0)),
            [one[0] for one in others],
            tempting,
        )
        scene.asker.ask(
            "plain fact",
            wordings.INCIDENT_WHEN,
            words,
            [spellings(day)],
            told.of(("incident", number, 1)),
            [spellings(one[1]) for one in others],
            tempting,
        )
        scene.asker.ask(
            "person",
            wordings.INCIDENT_WHO,
            words,
            [person.last],
            told.of(("incident", number, 3)),
            [one[3].last for one in others if one[3] is not person],
            tempting,
        )
