"""The questions on the patients of a ward and their results."""

from __future__ import annotations

from training.world.asking.asker import Gold
from training.world.asking.numbers import count_spellings
from training.world.asking.told import Told
from training.world.medicine.drugs import dose_spellings
from training.world.people.person import Person
from training.world.scene import Scene
from training.world.ward import question_wordings as wordings
from training.world.ward.ward import Bed, Ward


def named(scene: Scene, person: Person) -> dict[str, str]:
    """Return the words for a person, named in one of the usual ways."""
    return {"who": scene.chance.one((person.full, person.plain, person.short, person.plain))}


def _near(ward: Ward, one: Bed) -> list[Bed]:
    """Return the other patients, those with similar names first."""
    others = [other for other in ward.patients if other is not one]
    return sorted(others, key=lambda other: other.person.last[:4] != one.person.last[:4])


def ask_about_patients(scene: Scene, ward: Ward, told: Told) -> None:
    """Ask for beds, diets, plans, illnesses and medicines of patients."""
    chance, asker = scene.chance, scene.asker
    moved = [one for one in ward.patients if one.beds[0] != one.beds[1]]
    for one in [*moved, *chance.some(ward.patients, 2)]:
        number, who, near = one.person.number, named(scene, one.person), _near(ward, one)
        other = near[0]
        wrong = [str(one.beds[0]), str(other.beds[1])] if one in moved else [str(other.beds[1])]
        tempting = told.places(("bed", number, 0), ("bed", other.person.number, 1))
        asked = asker.ask(
            "current value",
            wordings.BED_NOW,
            who,
            [str(one.beds[1])],
            told.of(("bed", number, 1)),
            wrong,
            tempting,
        )
        asker.ask("follow-up", wordings.FOLLOW_PERSON, named(scene, other.person), [str(other.beds[1])],
            told.of(("bed", other.person.number, 1)),
                  [str(one.beds[1])], told.places(("bed", number, 1)), [asked])  # fmt: skip
        day = who | {"day": scene.asked_day(ward.days[0], year=True)}
        asker.ask(
            "value by date",
            wordings.BED_ON,
            day,
            [str(one.beds[0])],
            told.of(("bed", number, 0)),
            [str(one.beds[1])],
            told.places(("bed", number, 1)),
        )
    for which in (0, 1):
        one = chance.one(ward.patients)
        number, near, day = (
            one.person.number,
            _near(ward, one),
            {"day": scene.asked_day(ward.days[which], year=True)},
        )
        words = named(scene, one.person) | day
        others = near[:4]
        for pool, key, column in ((wordings.DIET, "diet", one.diets), (wordings.PLAN, "plan", one.plans)):
            wrong = [column[1 - which], *(getattr(other, f"{key}s")[which] for other in others)]
            tempting = told.places(
                (key, number, 1 - which), *((key, other.person.number, which) for other in others)
            )
            asker.ask(
                "value by date", pool, words, [column[which]], told.of((key, number, which)), wrong, tempting
            )
        asker.ask("person", wordings.IN_BED, day | {"bed": str(one.beds[which])}, [one.person.last],
            told.of(("name", number, which)),
                  [other.person.last for other in others], told.places(*(("name", other.person.number,
                      which) for other in others)))  # fmt: skip
    for one in chance.some(ward.patients, 3):
        number, near, who = one.person.number, _near(ward, one)[:4], named(scene, one.person)
        both = ((key, number, 0) for key in ("diagnosis",)), ((key, number, 1) for key in ("diagnosis",))
        gold = told.of(*both[0], *both[1])
        asker.ask(
            "plain fact",
            wordings.DIAGNOSIS,
            who,
            [one.diagnosis],
            gold,
            [other.diagnosis for other in near],
            told.places(*(("diagnosis", o.person.number, 1) for o in near)),
        )
        allergy = told.of(("allergy", number, 0), ("allergy", number, 1))
        must = [one.allergen if one.allergen != "none known" else "none known|no known|no allerg"]
        asker.ask("negation or family" if one.allergen == "none known" else "plain fact",
            wordings.ALLERGY, who, must, allergy,
                  [other.allergen for other in near], told.places(*(("allergy", o.person.number,
                      1) for o in near)))  # fmt: skip
        drug = who | {"drug": one.drug.name}
        wrong = [other.dose for other in near]
        asker.ask(
            "plain fact",
            wordings.DOSE,
            drug,
            [dose_spellings(one.dose)],
            told.of(("dose", number)),
            wrong,
            told.places(*(("dose", o.person.number) for o in near)),
        )
        asker.ask(
            "plain fact",
            wordings.DRUG,
            who,
            [one.drug.name],
            told.of(("drug", number)),
            [other.drug.name for other in near],
            told.places(*(("drug", o.person.number) for o in near)),
        )


def ask_about_bloods(scene: Scene, ward: Ward, told: Told) -> None:
    """Ask for results of patients by day, and whose are highest."""
    chance, asker = scene.chance, scene.asker
    for at, day in chance.some(sorted(ward.bloods), 3):
        test = chance.number(0, len(ward.tests) - 1)
        measured = ward.tests[test]
        value = ward.bloods[at, day][test]
        own = [(at, other) for other in ward.blood_days if other != day and (at, other) in ward.bloods]
        near = [
            (ward.patients.index(one), day)
            for one in _near(ward, ward.patients[at])
            if (ward.patients.index(one), day) in ward.bloods
        ][:3]
        keys = [*own, *near]
        wrong = [ward.bloods[key][test] for key in keys]
        tempting = told.places(*(("blood", *key, test) for key in keys))
        kind, what = chance.one(
            (
                ("value by date", measured.name),
                ("abbreviation", measured.short),
                ("everyday word", measured.everyday),
            )
        )
        words = named(scene, ward.patients[at].person) | {
            "what": what,
            "day": scene.asked_day(day, year=True),
        }
        asked = asker.ask(
            kind if what != measured.name else "value by date",
            wordings.BLOOD,
            words,
            [value],
            told.of(("blood", at, day, test)),
            wrong,
            tempting,
        )
        for key in own[:1]:
            asker.ask("follow-up", wordings.FOLLOW_DAY, {"day": scene.asked_day(key[1], year=True)},
                [ward.bloods[key][test]], told.of(("blood", *key, test)),
                      [value], told.places(("blood", at, day, test)), [asked])  # fmt: skip
        mine = sorted(key for key in ward.bloods if key[0] == at)
        last = mine[-1]
        asker.ask("current value", wordings.BLOOD_LAST, words, [ward.bloods[last][test]],
            told.of(("blood", *last, test)),
                  [ward.bloods[key][test] for key in mine[:-1]], told.places(*(("blood", *key,
                      test) for key in mine[:-1])))  # fmt: skip
        asker.ask(
            "count",
            wordings.BLOOD_COUNT,
            words,
            [count_spellings(len(mine))],
            [Gold(one.place) for one in told.of(*(("blood", *key, 0) for key in mine))],
        )
    day = chance.one(ward.blood_days)
    same = [key for key in ward.bloods if key[1] == day]
    test = chance.number(0, len(ward.tests) - 1)
    ordered = sorted(same, key=lambda key: -float(ward.bloods[key][test]))
    words = {"what": ward.tests[test].name, "day": scene.asked_day(day, year=True)}
    if len(ordered) > 2 and ward.bloods[ordered[0]][test] != ward.bloods[ordered[1]][test]:
        best, second = ordered[0], ordered[1]
        person, other = ward.patients[best[0]].person, ward.patients[second[0]].person
        gold = told.of(("blood", *best, test))
        asker.ask(
            "computed",
            wordings.HIGHEST,
            words,
            [person.last, ward.bloods[best][test]],
            gold,
            [other.last],
            told.places(("blood", *second, test)),
        )
        pair = [person.plain, other.plain] if chance.likely(0.5) else [other.plain, person.plain]
        asker.ask(
            "comparison",
            wordings.COMPARED,
            words | {"who": pair[0], "other": pair[1]},
            [person.last, ward.bloods[best][test]],
            gold,
        )
