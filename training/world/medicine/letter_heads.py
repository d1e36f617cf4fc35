"""How letters of hospitals begin and end: letterhead, references, who it is about, signature, footer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from training.world.asking.told import Told
from training.world.chance import Chance
from training.world.dates import written
from training.world.draft import Draft
from training.world.medicine.letter_wordings import FOOTERS
from training.world.medicine.patient import Patient
from training.world.people.names import STREETS, TOWNS
from training.world.people.person import Person
from training.world.sides import Pool

IDENTITY = Pool("fields", "lines", "one line", "fields and lines", "regarding", "table")
"""How a letter says whom it is about."""
_LABELS = Pool(
    ("Patient", "Date of birth", "Hospital number"), ("Name", "DOB", "MRN"), ("Patient name", "Born",
        "Unit number"),
    ("Surname, first name", "Birth date", "Hospital no."), ("Re", "d.o.b.", "Hosp. No."), ("Client",
        "Date of birth", "Record"),
)  # fmt: skip
_GREETINGS = Pool(
    "Dear {short},",
    "Dear Colleague,",
    "Dear Doctor,",
    "To whom it may concern,",
    "Dear Dr {last},",
    "Hello {short},",
)
_CLOSINGS = Pool(
    "Yours sincerely",
    "Kind regards",
    "With best wishes",
    "Yours faithfully",
    "With many thanks",
    "Warm regards",
)


def letter_head(
    draft: Draft, patient: Patient, about: Person, told: Told | None, day: date, style: str, chance: Chance,
    department: str,
) -> None:  # fmt: skip
    """Add letterhead, references and identity of `about`; note them in `told` unless it is None."""
    secretary = f"Secretary ext. {chance.number(2100, 8999)}"
    town = f"{chance.number(1, 90)} {chance.one(STREETS)}, {chance.one(TOWNS)}"
    head = [
        patient.hospital,
        department,
        town,
        f"Tel. 01{chance.number(200, 899)} {chance.number(100000, 999999)}",
    ]
    draft.lines(*(head if chance.likely(0.6) else [head[0], f"{head[1]} · {secretary}"]))
    typed = day + timedelta(days=chance.number(0, 6))
    references = [f"Our ref: {about.last[:2].upper()}/{chance.number(10, 99)}/{chance.number(1000, 9999)}"]
    labels = chance.one((("Date",), ("Seen", "Typed"), ("Clinic date", "Dictated"), ("Letter of",)))
    references += [
        f"{label}: {written(value, style)}" for label, value in zip(labels, (day, typed), strict=False)
    ]
    draft.lines(*chance.mixed(references))
    _identity(draft, about, told, style, chance)


def _identity(draft: Draft, about: Person, told: Told | None, style: str, chance: Chance) -> None:
    name, born, number = chance.one(_LABELS)
    birthday = written(about.born, style)
    layout = chance.one(IDENTITY)
    if layout in ("fields", "fields and lines"):
        fields = {name: about.full, born: birthday, number: about.number, "Address": about.address}
        if layout == "fields and lines":
            del fields["Address"]
        places = draft.form(fields)
        at_born, at_number = places[born], places[number]
        if layout == "fields and lines":
            draft.lines(about.address, f"Phone {about.phone}")
    elif layout == "table":
        at_born = at_number = draft.table([name, born, number], [[about.full, birthday, about.number]])[0]
    else:
        line = {
            "lines": (about.full, f"{born} {birthday}", f"{number} {about.number}", about.address),
            "one line": (f"{about.full}, {born} {birthday}, {number} {about.number}",),
            "regarding": (f"RE: {about.full} ({birthday}), {number} {about.number}", about.address),
        }[layout]
        places_of_lines = draft.lines(*line)
        at_born = next(place for place in places_of_lines if birthday in place.text)
        at_number = next(place for place in places_of_lines if about.number in place.text)
    if told:
        told.at("born", at_born, birthday)
        told.at("number", at_number, about.number)


def greeting(gp: Person, chance: Chance) -> str:
    """Return the salutation of a letter to the patient's doctor."""
    return chance.one(_GREETINGS).format(short=gp.short, last=gp.last)


def letter_end(draft: Draft, writer: Person, role: str, copies: Sequence[str], chance: Chance) -> None:
    """Add closing, signature, copies and footer."""
    draft.lines(chance.one(_CLOSINGS), writer.plain, role[:1].upper() + role[1:])
    if copies and chance.likely(0.7):
        draft.lines(f"{chance.one(('cc', 'Copies', 'Copy to'))}: {'; '.join(copies)}")
    if chance.likely(0.7):
        draft.lines(chance.one(FOOTERS))
