"""Mails and notes of a matter: who wrote to whom, a meeting that is moved, what is only planned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bench.staff.document import Mail
from training.world.asking.asker import filled
from training.world.asking.told import Told
from training.world.dates import clock, written
from training.world.draft import Place
from training.world.law.matter import Matter
from training.world.people.person import Person
from training.world.scene import Scene
from training.world.sides import Pool

_FIRST = Pool(
    "Shall we meet on {day} at {time} to discuss {subject}?",
    "I have booked the meeting on {subject} for {day}, {time}.",
    "Our meeting about {subject} is on {day} at {time}.",
    "Please keep {day}, {time}, free for {subject}.",
    "The conference on {subject} takes place on {day} at {time}.", "{subject}: let us say {day} at {time}.",
)  # fmt: skip
_MOVED = Pool(
    "I am afraid that {old} does not work; we meet on {day} at {time} instead.",
    "The meeting of {old} is put off to {day}, {time}.", "New date: {day}, {time}, in place of {old}.",
    "Could everybody note that we moved from {old} to {day} at {time}?",
    "{old} is cancelled. We now meet on {day}, {time}.",
    "Because of a hearing the date changes from {old} to {day} ({time}).",
)  # fmt: skip
_NOISE = Pool(
    "Coffee will be provided.", "The small room on the first floor is reserved.",
    "Please bring the file.", "I shall be on the train until noon.", "Apologies for the late change.",
    "The client will dial in.", "Parking is tight, so come by bus.", "Minutes will follow.",
    "Let me know who else should come.", "My direct line is unchanged.", "Thank you both.",
    "Best to read the bundle beforehand.",
)  # fmt: skip
_FOOTERS = Pool(
    "This message may be privileged. If it is not for you, please delete it.",
    "Sent from a mobile device.", "Registered office as on our letterhead.",
    "We do not give advice by text message.",
    "Think before you print.", "Fraud warning: our bank details do not change.",
)  # fmt: skip
_NOTE = Pool(
    "{caller} rang about {subject} and promised {promise}.",
    "Call with {caller} on {subject}: {promise} was promised.",
    "{caller} said that {promise} would follow; the topic was {subject}.",
    "Spoke to {caller} regarding {subject}. Outcome: {promise}.",
    "Tel. {caller}, {subject}; will send {promise}.",
    "{caller} telephoned, discussed {subject}, agreed to provide {promise}.",
)  # fmt: skip
PROMISES = Pool(
    "a signed copy by Friday", "the keys within a week", "a credit note", "a revised plan",
    "three quotations", "the insurance policy", "a written apology", "photographs of the damage",
    "a list of serial numbers", "proof of payment", "the old lease plan", "a witness statement",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting, and where its dates stand."""

    subject: str
    old: date
    new: date
    sender: Person
    receiver: Person
    copied: Person


def meeting_mails(scene: Scene, matter: Matter, subject: str, told: Told) -> Meeting:
    """Write a mail on a meeting, and one that moves it with the first below."""
    chance = scene.chance
    people = list(matter.people.values())
    sender, receiver, copied = chance.some(people, 3)
    old = matter.days[-1] + timedelta(days=chance.number(20, 70))
    new = old + timedelta(days=chance.number(2, 25))
    meeting = Meeting(subject, old, new, sender, receiver, copied)
    style = scene.style()
    at, later = (
        clock(chance.number(9, 16), 15 * chance.number(0, 3)),
        clock(chance.number(9, 16), 15 * chance.number(0, 3)),
    )
    first = filled(chance.one(_FIRST), {"day": written(old, style), "time": at, "subject": subject})
    sent = datetime.combine(old - timedelta(days=12), time(chance.number(8, 17), chance.number(0, 59)))
    draft = scene.draft(f"{chance.one(('mail', 'meeting'))} {subject}", (".eml",), subject,
                        mail=_mail(sender, [receiver], [copied], sent, subject))  # fmt: skip
    draft.lines(f"{receiver.first},")
    place, _ = draft.say(first, chance.one(_NOISE))
    told.at("old meeting", place, written(old, style))
    draft.lines("Regards", sender.plain)
    draft.lines(chance.one(_FOOTERS))
    answered = sent + timedelta(days=chance.number(1, 6), minutes=37)
    reply = scene.draft(f"RE {subject}", (".eml",), f"RE: {subject}",
                        mail=_mail(receiver, [sender], [copied], answered, f"RE: {subject}"))  # fmt: skip
    moved = filled(
        chance.one(_MOVED), {"old": written(old, style), "day": written(new, style), "time": later}
    )
    reply.lines(f"Dear {sender.first},")
    place, _ = reply.say(moved, chance.one(_NOISE))
    told.at("new meeting", place, written(new, style))
    reply.lines("Kind regards", receiver.plain)
    reply.lines(f"> From: {sender.plain}", f"> Sent: {written(sent.date(), style)}", f"> {first}")
    told.at("mail to", _head(draft.file, f"{sender.plain} <"), "")
    return meeting


def _head(file: str, text: str) -> Place:
    return Place(file, 1, text)


def _mail(sender: Person, to: list[Person], copies: list[Person], sent: datetime, subject: str) -> Mail:
    return Mail.model_validate(
        {
            "from": _address(sender),
            "to": [_address(one) for one in to],
            "cc": [_address(one) for one in copies],
            "date": f"{sent.isoformat()}+00:00",
            "subject": subject[:1].upper() + subject[1:],
        }
    )


def _address(person: Person) -> str:
    return f"{person.plain} <{person.first.lower()}.{person.last.lower()}@office.example>"


def attendance_note(scene: Scene, matter: Matter, told: Told, subject: str) -> tuple[Person, date, str]:
    """Write a note of a call; return who called, when, and what was promised."""
    chance, style = scene.chance, scene.style()
    caller = chance.one(list(matter.people.values()))
    day = chance.day(matter.days[0] + timedelta(days=10), matter.days[-1] + timedelta(days=30))
    promise = chance.one(PROMISES)
    name = chance.one(("attendance note", "file note", "telephone note"))
    draft = scene.draft(f"{name} {written(day, 'dots')}", (".docx", ".txt", ".pdf"), "Note")  # fmt: skip
    draft.heading(chance.one(("Attendance note", "Note for the file", "Telephone note")))
    draft.form({"Date": written(day, style), "File": matter.number, chance.one(("Fee earner", "Taken by",
        "Author")): matter.people["trainee"].plain,
                "Time": f"{6 * chance.number(1, 9)} minutes"})  # fmt: skip
    place, *_ = draft.say(
        filled(chance.one(_NOTE), {"caller": caller.plain, "subject": subject, "promise": promise}),
        *chance.some(_NOISE, 2),
    )
    told.at("caller", place, caller.plain)
    told.at("promise", place, promise)
    told.at("file number", Place(place.file, 1, f"File: {matter.number}"), matter.number)
    return caller, day, promise
