"""Payments and invoices in long tables, and a register of letters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from training.world.asking.series import Row, Series
from training.world.dates import written
from training.world.draft import Place
from training.world.law.matter import Matter
from training.world.scene import Scene
from training.world.sides import Pool

_LEDGER = Pool(
    ("Date", "Reference", "From", "Amount", "Note"), ("Paid on", "Receipt", "Payer", "Sum", "Remarks"),
    ("Day", "No.", "Received from", "£", "For"),
    ("Value date", "Ref", "Tenant", "Credit", "Details"), ("Booked", "Voucher", "Account", "Amount (£)",
        "Text"), ("Entry", "Number", "Party", "Paid", "Comment"),
)  # fmt: skip
_INVOICES = Pool(
    ("Date", "Invoice", "Customer", "Amount", "Status"), ("Issued", "Number", "Billed to", "Total",
        "Paid?"), ("Invoice date", "No.", "Client", "Sum", "State"),
    ("Day", "Inv. no.", "Account", "Net", "Settled"), ("Dated", "Reference", "Buyer", "Value", "Remark"),
    ("Raised", "Document", "To", "Gross", "Position"),
)  # fmt: skip
_REGISTER = Pool(
    ("Date", "From", "To", "Subject", "By"), ("Day", "Sender", "Recipient", "About", "Sent by"), ("Dated",
        "Writer", "Addressee", "Topic", "Form"),
    ("When", "Who", "To whom", "Matter", "How"), ("Date", "Author", "Receiver", "Content", "Medium"),
    ("Logged", "Origin", "Destination", "Re", "Channel"),
)  # fmt: skip
SUBJECTS = Pool(
    "the leaking roof", "missing keys", "the insurance certificate", "a late delivery",
    "damaged packaging", "the audit", "access for the engineer", "the car park",
    "overdue sums", "the change of address", "a price query", "the site visit", "returned goods",
    "the alarm code", "the fire door", "a signed copy", "the new bank account", "the meter reading",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Payment:
    """A row of the ledger."""

    day: date
    reference: str
    amount: float
    note: str
    place: Place


@dataclass(frozen=True, slots=True)
class Logged:
    """A row of the register."""

    day: date
    sender: str
    receiver: str
    subject: str
    place: Place


def ledger(scene: Scene, matter: Matter) -> tuple[list[Payment], Series]:
    """Write the ledger of a lease or the register of invoices; return what is the second party's."""
    chance, style = scene.chance, scene.style()
    columns = chance.one(_LEDGER if matter.lease else _INVOICES)
    name = (
        chance.one(("rent ledger", "payments", "account"))
        if matter.lease
        else chance.one(("invoice register", "invoices", "sales ledger"))
    )
    shared = chance.likely(0.5)
    draft = scene.draft(f"{name} {matter.two.split()[0] if not shared else 'all'}", (".csv", ".xlsx",
        ".pdf", ".docx", ".html"), name.capitalize())  # fmt: skip
    if draft.suffix != ".csv":
        draft.heading(name.capitalize())
    letter, start = chance.one("RVBQW"), chance.number(1000, 8000)
    days = chance.days(
        matter.days[0] + timedelta(days=20), matter.days[-1] + timedelta(days=200), chance.number(10, 42)
    )
    rows, lines = [], []
    amounts = chance.some(range(60_000, 980_000), len(days) * 2)
    plain = draft.suffix in (".csv", ".xlsx")
    for number, day in enumerate(days):
        for firm in (matter.two, matter.other) if shared and chance.likely(0.4) else (matter.two,):
            amount = amounts.pop() / 100
            note = chance.one(
                ("quarter", "part payment", "late", "cheque", "bank transfer")
                if matter.lease
                else ("paid", "open", "paid", "reminder sent", "paid late")
            )
            reference = f"{letter}-{start + 7 * number + (3 if firm == matter.other else 0):05}"
            text = f"{amount:.2f}" if plain else f"£{amount:,.2f}"
            lines.append([written(day, style), reference, firm, text, note])
            rows.append((firm, day, reference, amount, note))
    places = draft.table(columns, lines, a_page=chance.number(15, 28))
    own = [Payment(day, reference, amount, note, place) for (firm, day, reference, amount, note),
        place in zip(rows, places, strict=True)
           if firm == matter.two]  # fmt: skip
    all_rows = [
        Row(row[1], f"{row[3]:.2f}", row[3], place, 3) for row, place in zip(rows, places, strict=True)
    ]
    mine = tuple(row for row, line in zip(all_rows, rows, strict=True) if line[0] == matter.two)
    others = tuple(row for row, line in zip(all_rows, rows, strict=True) if line[0] != matter.two)
    series = Series(
        ("payment" if matter.lease else "invoice",),
        (matter.two, matter.two.split(" ")[0]) if not shared else (matter.two,),
        mine,
        2,
        others,
    )
    return own, series


def register(scene: Scene, matter: Matter) -> list[Logged]:
    """Write the register of letters and calls."""
    chance, style = scene.chance, scene.style()
    people = [person.plain for person in matter.people.values()]
    days = chance.days(matter.days[0], matter.days[-1] + timedelta(days=150), chance.number(6, 24))
    draft = scene.draft(chance.one(("correspondence log", "register of letters", "post book",
        "contact log")), (".xlsx", ".docx", ".csv", ".pdf"),
                        "Correspondence")  # fmt: skip
    lines = []
    subjects = chance.some(SUBJECTS, 12)
    for day in days:
        sender, receiver = chance.some(people, 2)
        lines.append(
            [
                written(day, style),
                sender,
                receiver,
                chance.one(subjects),
                chance.one(("letter", "e-mail", "call", "courier")),
            ]
        )
    places = draft.table(chance.one(_REGISTER), lines, a_page=20)
    return [
        Logged(day, line[1], line[2], line[3], place)
        for day, line, place in zip(days, lines, places, strict=True)
    ]
