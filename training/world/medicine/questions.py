"""The questions on a patient's people, illnesses, allergies and dates."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date

from training.world.asking.asker import Gold
from training.world.asking.numbers import count_spellings
from training.world.asking.told import Told
from training.world.dates import month, spellings
from training.world.draft import Place
from training.world.medicine import question_wordings as wordings
from training.world.medicine.notes import Event
from training.world.medicine.patient import Patient
from training.world.scene import Scene


def ask_about_person(scene: Scene, patient: Patient, told: Told) -> None:
    """Ask for names, numbers, dates of birth and admission."""
    chance, asker, person = scene.chance, scene.asker, patient.person
    words = person.words() | {"kin": patient.kin.plain, "kin_is": patient.kin_is}
    namesake = [spellings(patient.namesake.born)]
    first = asker.ask("plain fact", wordings.BORN, words, [spellings(person.born)], told.of("born"), namesake,
                      told.places("namesake born"))  # fmt: skip
    other = patient.namesake
    asker.ask("follow-up", wordings.FOLLOW_NAMESAKE, other.words(), [spellings(other.born)],
        told.of("namesake born"),
              [spellings(person.born)], told.places("born"), [first])  # fmt: skip
    asker.ask("identifier", wordings.NUMBER, words, [person.number], told.of("number"), [other.number],
              told.places("namesake number"))  # fmt: skip
    asker.ask("identifier", wordings.NUMBER, other.words(), [other.number], told.of("namesake number"),
        [person.number],
              told.places("number"))  # fmt: skip
    asker.ask(
        "identifier", wordings.KIN_PHONE, words, [patient.kin.phone], told.of("kin phone"), [person.phone]
    )
    admitted, discharged = patient.days["admitted"], patient.days["discharge"]
    asker.ask("plain fact", wordings.ADMITTED_WHEN, words, [spellings(admitted)], told.of("admitted"),
        [spellings(discharged)],
              told.places("discharged"))  # fmt: skip
    stay = (discharged - admitted).days
    asker.ask("date arithmetic", wordings.STAY, words,
        [f"{count_spellings(stay)}|{count_spellings(stay + 1)}"],
              told.of("admitted", "discharged"))  # fmt: skip
    gap = (patient.days["clinic"] - discharged).days
    asker.ask("date arithmetic", wordings.BETWEEN_VISITS,
        words | {"day": scene.asked_day(patient.days["clinic"], year=True)},
              [count_spellings(gap)], told.of("discharged", ("seen", "clinic")))  # fmt: skip
    why = told.of("why admitted")
    asker.ask(
        "plain fact",
        wordings.WHY_ADMITTED,
        words | {"day": scene.asked_day(admitted, year=True)},
        [why[0].words],
        why,
    )
    clinic = told.of("follow-up clinic")[0]
    asker.ask("plain fact", wordings.FOLLOW_UP_WHEN, words | {"clinic": clinic.words},
        [spellings(patient.days["clinic"])],
              told.of("follow-up"), [spellings(discharged)])  # fmt: skip
    _ask_roles(scene, patient, told, words)
    for _ in range(2):
        asker.ask_in_vain(wordings.NEVER_SAID, words)
    language = chance.one(("born", "admitted"))
    must = person.born if language == "born" else admitted
    asker.ask("other language", wordings.GERMAN_FRENCH[language], words, [spellings(must)], told.of(language))


def _ask_roles(scene: Scene, patient: Patient, told: Told, words: dict[str, str]) -> None:
    roles = [role for role in patient.people if told.of(("role", role))]
    everybody = [one.last for one in patient.people.values()]
    before = ""
    for role in scene.chance.some(roles, 3):
        must = [patient.people[role].last]
        gold = told.of(("role", role))
        tempting = told.places(*(("role", one) for one in roles if one != role))
        wrong = [name for name in everybody if name != must[0]]
        if before:
            scene.asker.ask(
                "follow-up",
                wordings.FOLLOW_WHO,
                words | {"role": role},
                must,
                gold,
                wrong,
                tempting,
                [before],
            )
        before = scene.asker.ask("person", wordings.ROLE, words | {"role": role}, must, gold, wrong, tempting)


def ask_about_illness(scene: Scene, patient: Patient, told: Told) -> None:
    """Ask for allergies and illnesses: the patient's, denied ones, and those of others."""
    asker, person = scene.asker, patient.person
    words = person.words()
    other_allergies = told.places("relative's allergy", "namesake allergy")
    own = patient.allergen
    must = [own] if own else ["no known|none|nkda|not aware of any|no drug allergies|no allerg"]
    asker.ask("plain fact" if own else "negation or family", wordings.ALLERGIES, words, must,
        told.of("allergy"),
              patient.other_allergens, other_allergies)  # fmt: skip
    if own:
        asker.ask(
            "negation or family",
            wordings.ALLERGIC_TO,
            words | {"allergen": own},
            ["yes", own],
            told.of("allergy"),
        )
        asker.ask(
            "plain fact",
            wordings.REACTION,
            words | {"allergen": own},
            [patient.reaction],
            told.of("reaction"),
        )
        asker.ask("other language", wordings.GERMAN_FRENCH["allergy"], words, [own], told.of("allergy"),
            patient.other_allergens,
                  other_allergies)  # fmt: skip
    elif scene.chance.likely(0.9):
        asked = patient.other_allergens[0]
        asker.ask("negation or family", wordings.ALLERGIC_TO, words | {"allergen": asked}, ["no"],
            told.of("allergy"),
                  (), other_allergies)  # fmt: skip
    for condition in patient.denied:
        asker.ask("negation or family", wordings.HAS, words | {"condition": condition}, ["no", condition],
                  _with_words(told, ("denied", condition), condition), ["yes"])  # fmt: skip
    condition = scene.chance.one(patient.has)
    asker.ask(
        "negation or family",
        wordings.HAS,
        words | {"condition": condition},
        ["yes", condition],
        told.of(("present", condition)),
    )
    asker.ask("negation or family", wordings.WHO_HAS, words | {"condition": patient.of_relative},
        [patient.relation],
              told.of(("relative's", patient.of_relative)))  # fmt: skip
    asker.ask_in_vain(
        wordings.HAS, words | {"condition": patient.of_namesake}, ["yes"], told.places("namesake illness")
    )


def _with_words(told: Told, key: Hashable, words: str) -> list[Gold]:
    return [Gold(one.place, one.words or words * (words in one.place.text)) for one in told.of(key)]


def ask_about_events(
    scene: Scene, patient: Patient, events: list[tuple[Event, date, Place]], told: Told
) -> None:
    """Ask when things happened on the ward."""
    days = [day for _, day, _ in events]
    for event, day, place in events:
        wrong = [spellings(other) for other in days if other != day]
        gold = told.of(("event", event.key))
        tempting = [one for _, _, one in events if one is not place]
        scene.asker.ask(
            "plain fact",
            event.questions,
            patient.person.words(),
            [spellings(day, year=False)],
            gold,
            wrong,
            tempting,
        )


def ask_about_appointments(
    scene: Scene, patient: Patient, told: Told, rows: list[tuple[date, str, list[str], Place]],
    moved: tuple[date, str],
) -> None:  # fmt: skip
    """Ask for visits by month, with whom, at what time; and for the one that was moved."""
    chance, asker = scene.chance, scene.asker
    words = patient.person.words()
    day, _, cells, place = chance.one(rows)
    same = [row for row in rows if (row[0].year, row[0].month) == (day.year, day.month)]
    others = [row for row in rows if row not in same]
    in_month = words | {"month": f"{month(day)} {day.year}"}
    gold = [gold for row in same for gold in told.of(("appointment", row[0]))]
    asker.ask("count", wordings.APPOINTMENTS_COUNT, in_month, [count_spellings(len(same))], gold)
    must = [spellings(row[0], year=False) for row in same]
    asker.ask(
        "list",
        wordings.APPOINTMENTS_IN,
        in_month,
        must,
        gold,
        [spellings(row[0]) for row in others[:4]],
    )
    on_day = words | {"day": scene.asked_day(day, year=True)}
    tempting = [row[3] for row in rows if row[3] is not place][:6]
    asker.ask("person", wordings.APPOINTMENT_WITH, on_day, [cells[3].split()[-1]], [Gold(place, cells[3])],
              [row[2][3].split()[-1] for row in rows], tempting)  # fmt: skip
    asker.ask("value by date", wordings.APPOINTMENT_TIME, on_day, [cells[1]], [Gold(place, cells[1])],
              [row[2][1] for row in rows], tempting)  # fmt: skip
    new, clinic = moved
    asker.ask(
        "current value", wordings.MOVED_TO, words | {"clinic": clinic}, [spellings(new)], told.of("moved")
    )
