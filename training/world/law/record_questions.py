"""The questions on payments, letters, meetings and calls."""

from __future__ import annotations

from collections import Counter
from datetime import date

from training.world.asking.asker import Gold, cell
from training.world.asking.numbers import count_spellings
from training.world.asking.series import Series
from training.world.asking.told import Told
from training.world.dates import spellings
from training.world.law import question_wordings as wordings
from training.world.law.ledger import Logged, Payment
from training.world.law.mails import Meeting
from training.world.law.matter import Matter
from training.world.people.person import Person
from training.world.scene import Scene


def ask_about_payments(scene: Scene, matter: Matter, payments: list[Payment], series: Series) -> None:
    """Ask by reference, for sums and for what is open; values by date are asked as a series."""
    chance, asker = scene.chance, scene.asker
    words = {"what": series.what[0], "who": matter.two}
    others = [row.place for row in series.others]
    for one in chance.some(payments, 2):
        near = [other for other in payments if other is not one]
        tempting = [other.place for other in near[:5]]
        asker.ask("identifier", wordings.BY_REFERENCE, words | {"reference": one.reference},
            [f"{one.amount:.2f}"], [cell(one.place, 3)],
                  [f"{other.amount:.2f}" for other in near[:5]], tempting)  # fmt: skip
        asker.ask("identifier", wordings.REFERENCE_OF, words | {"day": scene.asked_day(one.day,
            year=True)}, [one.reference], [cell(one.place, 1)],
                  [other.reference for other in near[:5]], [*tempting, *others[:2]])  # fmt: skip
    year = chance.one(sorted({one.day.year for one in payments}))
    same = [one for one in payments if one.day.year == year]
    if len(same) > 1:
        total = f"{sum(one.amount for one in same):.2f}"
        asker.ask(
            "computed",
            wordings.SUM,
            words | {"year": str(year)},
            [total],
            [cell(one.place, 3) for one in same],
            (),
            others,
        )
    opened = [one for one in payments if one.note == "open"]
    if opened and not matter.lease:
        gold = [cell(one.place, 1) for one in opened]
        asker.ask("count", wordings.OPEN_COUNT, words, [count_spellings(len(opened))], gold, (), others)
        if len(opened) <= 8:
            paid = [one.reference for one in payments if one.note == "paid"]
            asker.ask("list", wordings.OPEN, words, [one.reference for one in opened], gold, paid, others)


def ask_about_letters(scene: Scene, logged: list[Logged]) -> None:
    """Ask who wrote to whom about what."""
    chance, asker = scene.chance, scene.asker
    for one in chance.some(logged, 3):
        words = {
            "sender": one.sender,
            "receiver": one.receiver,
            "subject": one.subject,
            "day": scene.asked_day(one.day, year=True),
        }
        others = [other for other in logged if other is not one]
        tempting = [other.place for other in others if one.receiver in (other.receiver, other.sender)][:5]
        names = [name.split()[-1] for other in others for name in (other.sender, other.receiver)]
        asker.ask(
            "person", wordings.WROTE, words, [one.sender.split()[-1]], [cell(one.place, 1)], names, tempting
        )
        asker.ask(
            "person",
            wordings.WRITTEN_TO,
            words,
            [one.receiver.split()[-1]],
            [cell(one.place, 2)],
            names,
            tempting,
        )
        asker.ask(
            "value by date",
            wordings.WROTE_ABOUT,
            words,
            [one.subject],
            [cell(one.place, 3)],
            [other.subject for other in others],
            tempting,
        )
    counted = Counter(one.sender for one in logged)
    for sender in chance.some(sorted(counted), 2):
        own = [one for one in logged if one.sender == sender]
        asker.ask(
            "count",
            wordings.LETTERS_COUNT,
            {"sender": sender},
            [count_spellings(len(own))],
            [Gold(one.place) for one in own],
        )
        subjects = list(dict.fromkeys(one.subject for one in own))
        if len(subjects) <= 6:
            wrong = [one.subject for one in logged if one.subject not in subjects]
            asker.ask(
                "list",
                wordings.LETTERS_LIST,
                {"sender": sender},
                subjects,
                [cell(one.place, 3) for one in own],
                wrong,
            )


def ask_about_meeting(scene: Scene, meeting: Meeting, told: Told) -> None:
    """Ask for the date now and at first."""
    asker, words = scene.asker, {"subject": meeting.subject}
    new = told.of("new meeting")
    asked = asker.ask(
        "current value",
        wordings.MEETING_NOW,
        words,
        [spellings(meeting.new)],
        new,
        (),
        told.places("old meeting"),
    )
    old = [*told.of("old meeting"), *(Gold(one.place) for one in new)]
    asker.ask(
        "value before a date",
        wordings.MEETING_BEFORE,
        words,
        [spellings(meeting.old)],
        old,
        (),
        told.places("new meeting"),
    )
    asker.ask("follow-up", wordings.FOLLOW_BEFORE, words, [spellings(meeting.old)], old, (), (), [asked])


def ask_about_call(
    scene: Scene, matter: Matter, told: Told, subject: str, call: tuple[Person, date, str]
) -> None:
    """Ask who called and what was promised."""
    caller, _, promise = call
    words = {"subject": subject, "caller": caller.short}
    others = [one.last for one in matter.people.values() if one is not caller]
    scene.asker.ask("person", wordings.CALLER, words, [caller.last], told.of("caller"), others)
    scene.asker.ask("plain fact", wordings.PROMISED, words, [promise], told.of("promise"))
