"""Nursing notes, an entry a day, and mails about a patient."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bench.staff.document import Mail
from training.world.asking.asker import filled
from training.world.asking.told import Told
from training.world.dates import clock, without_year, written
from training.world.draft import Place
from training.world.medicine.patient import Patient
from training.world.scene import Scene
from training.world.sides import Pool


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happens on a day, and how one asks when."""

    key: str
    texts: Pool[str]
    questions: Pool[str]


EVENTS = (
    Event("fall", Pool("{who} was found on the floor beside the bed at {time}, no injury.",
        "Slipped in the bathroom at {time}; bruise on the hip.",
                       "Fall at {time} while reaching for the bell.",
                       "{She} slid out of the chair at {time}.",
                       "Witnessed fall in the corridor at {time}, observations stable.",
                       "Unwitnessed fall at {time}, head not hit."),
          Pool("when did {who} fall", "On what day was the fall?", "date of the fall?",
              "When did {she} have a fall on the ward?",
               "which day did {who} go over", "fall - when?", "when was {she} found on the floor",
               "What date did {who} fall?", "the day of {her} fall")),
    Event("catheter", Pool("Catheter taken out at {time}, passing urine well.",
        "Trial without catheter begun at {time}.",
                           "Urinary catheter removed {time}; residual 40 ml.",
                           "We removed the catheter at {time}.",
                           "Catheter out {time}.",
                           "At {time} the catheter was withdrawn without difficulty."),
          Pool("when did the catheter come out", "When was {who}'s catheter removed?",
              "catheter removed date", "On which day was the catheter taken out?",
               "date catheter out?", "when was {she} without a catheter again", "catheter - removed when",
               "which day did they take out the catheter", "TWOC date?")),
    Event("stitches", Pool("Stitches removed at {time}, wound dry.",
        "Clips taken out {time}; edges clean.", "Sutures out at {time}.",
                           "Wound: all sutures removed at {time}.",
                           "At {time} the last stitches were taken out.", "Removed clips {time}, no ooze."),
          Pool("when were the stitches taken out", "On what date were {who}'s sutures removed?",
              "stitches out when?", "date of suture removal",
               "When did the clips come out?", "what day were {her} stitches removed",
               "removal of stitches, date?", "when did they take the stitches out", "suture removal {who}")),
    Event("first walk", Pool("Walked to the day room with one helper at {time}.",
        "First steps with the frame today, {time}.",
                             "Out of bed and walking ten metres at {time}.",
                             "Mobilised to the window with two at {time}.",
                             "{She} walked the corridor for the first time at {time}.",
                             "Stood and took six steps at {time}."),
          Pool("when did {who} first walk", "What day did {she} walk again?", "first mobilised when",
              "date of {her} first steps", "When was {who} first out of bed and walking?",
               "first walk date?", "on which day did {she} take {her} first steps",
               "when was {who} back on {her} feet", "day of first mobilisation")),
    Event("transfusion", Pool("One unit of red cells given, started {time}.",
        "Blood transfusion {time}, no reaction.", "Transfused one unit at {time}.",
                              "Unit of blood put up at {time}; tolerated well.",
                              "{She} received blood at {time}.", "Red cells 1 unit from {time}."),
          Pool("when was {who} given blood", "Date of the transfusion?", "transfusion when",
              "On which day did {who} receive blood?", "which day was the blood given",
               "blood transfusion date", "when did {she} have {her} transfusion",
               "What date was {she} transfused?", "day of transfusion")),
    Event("urine", Pool("Urine sample sent at {time}.", "MSU to the laboratory {time}.",
        "Sent urine for culture at {time}.", "Urine specimen collected {time} and sent.",
                        "At {time} a urine sample went off.", "Clean-catch urine sent {time}."),
          Pool("when was the urine sent", "On what date did the urine sample go to the lab?",
              "urine sample date", "MSU sent when", "when did they send {her} urine",
               "what day was urine collected", "date of the urine specimen?",
               "When was {who}'s urine sent for culture?", "urine to lab - which day")),
)  # fmt: skip
_FILLER = Pool(
    "Slept well, no complaints.", "Ate half of lunch, drank two cups of tea.",
    "Washed at the basin with help.", "Settled evening, watched television.",
    "Repositioned four-hourly, skin intact.", "Bowels opened.", "Refused breakfast, later took soup.",
    "Pain score 2 out of 10 at rest.",
    "Family visited in the afternoon.", "Sat out for two hours.", "Observations stable.",
    "Cheerful, asked for the newspaper.",
    "Needed reminding about the call bell.", "Mouth care given.", "Hearing aid battery changed.",
    "Fluid chart continued.",
    "Anxious in the night, reassured.", "Spoke with the chaplain.",
)  # fmt: skip
_RANG = Pool(
    "{kin} ({kin_is}) rang, phone {phone}.", "Call from {kin_is} {kin}, can be reached on {phone}.",
    "Next of kin {kin}, {kin_is}, {phone}.",
    "Contact for discharge: {kin_is} {kin}, tel. {phone}.",
    "{kin}, {her} {kin_is}, left the number {phone}.", "Spoke to {kin_is}: {kin}, {phone}.",
)  # fmt: skip
_MOVED = Pool(
    "The visit to the {clinic} on {old} is cancelled; the new date is {new} at {time}.",
    "Please note that {her} appointment in the {clinic} has been moved from {old} to {new}, {time}.",
    "Instead of {old}, {who} is to come to the {clinic} on {new} at {time}.",
    "We had to move the {clinic} visit planned for {old}; it will now take place on {new} at {time}.",
    "{clinic}: {old} falls through, new appointment {new}, {time}.",
    "{Her} slot in the {clinic} is now {new} at {time} (it was {old}).",
)  # fmt: skip
_MAIL_NOISE = Pool(
    "Could you let the transport desk know?", "Please bring the yellow book.",
    "Parking is free after six.", "The lift at the east entrance is being repaired.",
    "Thank you for your patience.", "I am away on Thursday and back on Monday.", "The form is attached.",
    "Sorry for the short notice.",
    "Many thanks for the flowers.", "Please acknowledge receipt.",
    "The waiting list has grown since Easter.", "Let me know if that does not suit.",
)  # fmt: skip
_MAIL_FOOTERS = Pool(
    "This e-mail is confidential and meant for the addressee only.", "Sent from my phone.",
    "Please consider the environment before printing.",
    "If you received this in error, delete it and tell the sender.",
    "Views expressed are those of the sender.", "Scanned for viruses on leaving.",
)  # fmt: skip


def nursing_notes(scene: Scene, patient: Patient, told: Told) -> list[tuple[Event, date, Place]]:
    """Write the notes of the stay; return what happened with its day and place."""
    chance, person = scene.chance, patient.person
    first, last = patient.days["admitted"], patient.days["discharge"]
    days = chance.days(first, last, chance.number(5, 14))
    style = chance.one(("long", "short", "slashes", "ordinal"))
    events = dict(zip(chance.some(days, chance.number(2, 4)), chance.some(EVENTS, 4), strict=False))
    name = chance.one(("nursing notes", "ward notes", "progress notes", "daily record"))
    draft = scene.draft(f"{name} {person.last}",
                        (".docx", ".txt", ".pdf", ".html"), "Nursing notes")  # fmt: skip
    draft.lines(f"{person.full}, {person.number}", f"{patient.ward} Ward, {first.year}")
    layout = chance.one(("table", "paragraphs", "lines"))
    rang = chance.one(days)
    rows, marked = [], []
    for day in days:
        texts = chance.some(_FILLER, chance.number(1, 3))
        words = person.words() | {"time": clock(chance.number(6, 21), 5 * chance.number(0, 11)),
            "kin": patient.kin.plain,
                                  "kin_is": patient.kin_is, "phone": patient.kin.phone}  # fmt: skip
        if day in events:
            texts.insert(chance.number(0, len(texts)), filled(chance.one(events[day].texts), words))
        if day == rang:
            texts.append(filled(chance.one(_RANG), words))
        stamp = without_year(day, style) if layout != "table" else written(day, style)
        rows.append(
            [
                stamp,
                " ".join(texts),
                chance.one((patient.people["specialist nurse"].last, "HCA", "night staff")),
            ]
        )
        marked.append(day)
    if layout == "table":
        places = draft.table(["Date", "Entry", "Signed"], rows, a_page=9)
    elif layout == "paragraphs":
        places = [draft.say(f"{stamp} {text} {sign}")[0] for stamp, text, sign in rows]
    else:
        places = draft.lines(*[f"{stamp}: {text} ({sign})" for stamp, text, sign in rows])
    for day, place, row in zip(marked, places, rows, strict=True):
        if day == rang:
            told.at("kin phone", place, patient.kin.phone)
            told.at("kin", place, patient.kin.plain)
        if day in events:
            told.at(("event", events[day].key), place, row[0])
    return [(events[day], day, place) for day, place in zip(marked, places, strict=True) if day in events]


def moved_mail(scene: Scene, patient: Patient, told: Told) -> tuple[date, str]:
    """Write a mail that moves an appointment; return the new day and the clinic."""
    chance, person = scene.chance, patient.person
    sender, receiver = patient.people["specialist nurse"], patient.people["GP"]
    old = patient.days["review"] + timedelta(days=chance.number(15, 60))
    new = old + timedelta(days=chance.number(3, 30))
    sent = datetime.combine(
        patient.days["review"] + timedelta(days=chance.number(2, 10)), time(9, chance.number(1, 59))
    )
    clinic = chance.one(("scan department", "infusion unit", "gait clinic", "hearing laboratory"))
    mail = Mail.model_validate({
        "from": _address(sender.plain, "hospital.example"), "to": _address(receiver.plain, "surgery.example"),
        "cc": [_address(patient.kin.plain, "mail.example")] if chance.likely(0.5) else [],
        "date": sent.isoformat() + "+00:00", "subject": chance.one(("Appointment", "RE: next visit",
            "Change of date")) + f" {person.last}",
    })  # fmt: skip
    draft = scene.draft(f"{chance.one(('mail', 'RE', 'FW', 'e-mail'))} appointment {person.last}",
        (".eml",), mail.subject, mail=mail)  # fmt: skip
    style = scene.style()
    at = clock(chance.number(8, 16), 5 * chance.number(0, 11))
    words = person.words() | {
        "clinic": clinic,
        "old": written(old, style),
        "new": written(new, style),
        "time": at,
    }
    draft.lines(f"Dear {receiver.short},")
    place, *_ = draft.say(filled(chance.one(_MOVED), words), *chance.some(_MAIL_NOISE, 2))
    draft.lines(chance.one(("Best wishes", "Regards", "Thanks")), sender.plain)
    draft.lines(chance.one(_MAIL_FOOTERS))
    told.at("moved", place, words["new"])
    return new, clinic


def _address(name: str, domain: str) -> str:
    return f"{name} <{name.lower().replace(' ', '.').replace(chr(39), '')}@{domain}>"
