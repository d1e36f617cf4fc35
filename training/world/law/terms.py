"""What contracts agree: kinds of terms, values, clauses that say them, and how one asks for them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from training.world.asking.numbers import in_letters
from training.world.chance import Chance
from training.world.dates import written
from training.world.sides import Pool


@dataclass(frozen=True, slots=True)
class TermKind:
    """A kind of term."""

    name: str
    """As lawyers call it, for wordings: "the rent"."""
    everyday: Pool[str]
    heading: Pool[str]
    clause: Pool[str]
    """Sentences of a contract with {value}, {one} and {two}, the parties as they are called in it."""
    values: Callable[[Chance], list[str]]
    """Different values: the first ones in order of time, the last one of a draft."""
    asked: str = "what"
    """What is asked for: "what", "how much", "when" or "how long"."""


def _money(least: int, most: int, step: int, unit: str = "") -> Callable[[Chance], list[str]]:
    def draw(chance: Chance) -> list[str]:
        amounts = chance.some(list(range(least, most, step)), 4)
        return [f"£{amount:,}{unit}" for amount in amounts]

    return draw


def _counts(counts: tuple[int, ...], unit: str) -> Callable[[Chance], list[str]]:
    def draw(chance: Chance) -> list[str]:
        letters = chance.likely(0.5)
        return [f"{in_letters(one) if letters else one} {unit}" for one in chance.some(counts, 4)]

    return draw


def _percent(chance: Chance) -> list[str]:
    return [f"{one} %" for one in chance.some(["1.5", "2", "2.5", "3", "3.5", "4", "5", "6", "7.5", "8"], 4)]


def _hours(chance: Chance) -> list[str]:
    return [
        f"{a} a.m. and {b} p.m."
        for a, b in zip(chance.some((5, 6, 7, 8, 9), 4), chance.some((5, 6, 7, 8, 9, 10), 4), strict=True)
    ]


def _days(chance: Chance) -> list[str]:
    first = date(2026, 3, 1)
    return [
        written(first + timedelta(days=91 * n + chance.number(0, 60)), "long")
        for n in chance.some(range(9), 4)
    ]


def _texts(*texts: str) -> Callable[[Chance], list[str]]:
    return lambda chance: chance.some(texts, 4)


LEASE = (
    TermKind("rent", Pool("money for the premises", "yearly payment to the landlord",
        "what is paid for the unit a year"),
             Pool("Rent", "The rent", "Principal rent", "Yearly rent", "Payment of rent", "Rents payable"),
             Pool("{two} pays {one} a rent of {value} a year by equal quarterly payments.",
                 "The yearly rent is {value}, payable in advance.",
                  "{two} shall pay rent at the rate of {value} per annum.",
                  "Rent of {value} a year is due on the usual quarter days.",
                  "The rent reserved by this lease is {value} per annum.",
                  "For each year of the term {two} owes a rent of {value}."),
             _money(14_400, 96_000, 600), "how much"),
    TermKind("deposit", Pool("security money", "money held by the landlord in case of damage",
        "caution money"),
             Pool("Deposit", "Rent deposit", "Security", "Sum held as security", "Deposit money",
                 "Security deposit"),
             Pool("{two} has lodged a deposit of {value} with {one}.",
                 "A deposit of {value} is held by {one} until the end of the term.",
                  "As security {two} pays {value} to {one} on signing.", "The rent deposit is {value}.",
                  "{one} holds {value} as a deposit.",
                  "{two} shall keep a deposit of {value} with {one}."), _money(2_500, 30_000, 250),
                  "how much"),
    TermKind("service charge cap", Pool("upper limit of the shared costs",
        "most that the tenant pays for the building's upkeep", "limit on the communal costs"),
             Pool("Service charge", "Building costs", "Contribution to services", "Service costs",
                 "Shared expenses", "Common parts"),
             Pool("{two}'s share of the service charge may not exceed {value} in any year.",
                 "The service charge is capped at {value} a year.",
                  "In no year is {two} liable for more than {value} of service charge.",
                  "The cap on the service charge is {value}.",
                  "Service charge beyond {value} a year is borne by {one}.",
                  "{one} may recover service charge up to {value} each year."),
             _money(1_200, 9_000, 150), "how much"),
    TermKind("break date", Pool("day on which the tenant may leave early", "date to get out of the lease",
        "early leaving date"),
             Pool("Break", "Right to break", "Early termination", "Tenant's break", "Option to determine",
                 "Ending the lease early"),
             Pool("{two} may end this lease on {value}.", "The break date is {value}.",
                 "This lease may be determined by {two} on {value}.",
                  "{two} has an option to break on {value}.",
                  "On {value}, but on no other day, {two} may bring the term to an end.",
                  "A break can be exercised for {value} only."), _days, "when"),
    TermKind("break notice", Pool("warning to be given before leaving early",
        "how early one must say that one leaves", "notice for getting out"),
             Pool("Notice to break", "Notice of break", "Length of notice", "Form of break notice",
                 "Break conditions", "Warning of a break"),
             Pool("Notice of at least {value} must be given to exercise the break.",
                 "The break requires not less than {value}' written notice.",
                  "{two} must tell {one} of a break no later than {value} beforehand.",
                  "To break, {two} gives {value} of notice in writing.",
                  "A break notice is valid only if served {value} ahead.",
                  "The period of a break notice is {value}."),
             _counts((3, 4, 5, 6, 8, 9, 12), "months"), "how long"),
    TermKind("opening hours", Pool("times when the shop may be open", "hours the place may trade",
        "when the doors may be open"),
             Pool("Hours", "Hours of use", "Trading hours", "Opening times", "Permitted hours",
                 "Times of business"),
             Pool("The premises may be used between {value} only.", "Trading hours are between {value}.",
                 "{two} may open between {value} on weekdays.",
                  "Business is carried on between {value} and at no other time.",
                  "The permitted hours lie between {value}.",
                  "No customer is admitted except between {value}."),
             _hours, "when"),
    TermKind("default interest", Pool("interest on late rent", "extra for paying late",
        "penalty rate on arrears"),
             Pool("Interest", "Late payment", "Default interest", "Interest on arrears", "Overdue sums",
                 "Interest rate"),
             Pool("Sums paid late bear interest at {value} above base rate.",
                 "{two} pays interest of {value} over the base rate on arrears.",
                  "The rate of interest on late payments is {value} above base.",
                  "Interest at {value} above base rate accrues from the due date.",
                  "Overdue amounts carry {value} above base rate.",
                  "On arrears {one} may charge {value} over base rate."), _percent, "what"),
    TermKind("permitted use", Pool("what the shop may be used for", "kind of business allowed",
        "what one may do there"),
             Pool("Use", "Permitted use", "User", "Use of the premises", "Business", "Authorised use"),
             Pool("The premises may be used as {value}.",
                 "{two} shall use the premises as {value} and for nothing else.",
                 "The permitted use is {value}.",
                  "Use is restricted to {value}.", "{two} carries on there {value} only.",
                  "The premises serve as {value}."),
             _texts("a bakery with a café", "a framing workshop", "a dental surgery",
                 "an accountant's office", "a cycle repair shop", "a language school",
                    "a pottery studio", "a children's nursery", "an optician's practice",
                    "a dance studio"), "what"),
)  # fmt: skip
SUPPLY = (
    TermKind("unit price", Pool("what one piece costs", "price for each one", "cost per item"),
             Pool("Price", "Prices", "Unit price", "Charges", "Price per unit", "Consideration"),
             Pool("{two} pays {one} {value} for each unit.",
                 "The price is {value} per unit, without VAT.", "Each unit is charged at {value}.",
                 "The unit price amounts to {value}.",
                  "{one} supplies at {value} a unit.", "For every unit delivered {two} owes {value}."),
                  lambda c: [f"£{n / 100:.2f}" for n in c.some(range(185, 4_890, 35), 4)], "how much"),
    TermKind("minimum order", Pool("smallest amount that can be ordered", "least one has to buy",
        "minimum to buy at once"),
             Pool("Orders", "Minimum order", "Ordering", "Order quantities", "Smallest order", "Order size"),
             Pool("No order may be for fewer than {value}.", "The minimum order is {value}.",
                 "{two} orders at least {value} at a time.", "Orders below {value} may be refused by {one}.",
                  "Each order comprises not less than {value}.",
                  "{one} accepts orders from {value} upwards."), _counts((40, 60, 80, 120, 150, 200, 250,
                      400), "units"), "how much"),
    TermKind("payment period", Pool("how long one has to pay a bill", "time to pay the invoices",
        "days until the bill is due"),
             Pool("Payment", "Invoicing and payment", "Payment terms", "When payment is due", "Invoices",
                 "Time for payment"),
             Pool("Invoices are payable within {value} of their date.",
                 "{two} shall pay each invoice within {value}.",
                 "Payment falls due {value} after the invoice.", "The payment period is {value}.",
                  "{two} has {value} from receipt to pay.",
                  "Undisputed invoices are settled in {value}."), _counts((10, 14, 20, 21, 28, 30, 45,
                      60), "days"), "how long"),
    TermKind("liability cap", Pool("most the supplier has to pay if things go wrong",
        "upper limit of damages", "limit on compensation"),
             Pool("Liability", "Limit of liability", "Limitation of liability", "Cap",
                 "Exclusions and limits", "Responsibility"),
             Pool("{one}'s total liability in any year is limited to {value}.",
                 "Liability under this agreement may not exceed {value} a year.",
                 "The cap on liability is {value}.",
                  "Neither party owes more than {value} in damages.",
                  "{one} is liable up to {value} and no further.", "Damages are capped at {value}."),
                  _money(50_000, 950_000, 25_000), "how much"),
    TermKind("termination notice", Pool("warning needed to stop the contract",
        "how long before the end one has to give notice", "time to get out of the contract"),
             Pool("Termination", "Ending this agreement", "Notice of termination", "Term and notice",
                 "Cancellation", "Duration and end"),
             Pool("Either party may end this agreement by {value}' notice.",
                 "This agreement ends {value} after written notice.", "Notice of termination is {value}.",
                 "{two} or {one} may terminate on {value} of notice.",
                  "The agreement may be brought to an end upon {value} of written notice.",
                  "Ordinary termination requires {value}."), _counts((2, 3, 4, 5, 6, 9, 12), "months"),
                  "how long"),
    TermKind("delivery time", Pool("how soon the goods must come", "days until things arrive",
        "wait for the goods"),
             Pool("Delivery", "Time of delivery", "Delivery times", "Supply", "Dispatch", "Lead time"),
             Pool("{one} delivers within {value} of an order.",
                 "Delivery takes place no later than {value} after the order.",
                 "The delivery time is {value}.", "Goods arrive within {value}.",
                  "{one} shall dispatch so that goods arrive in {value}.",
                  "Orders are fulfilled in {value}."), _counts((2, 3, 4, 5, 6, 7, 8, 10), "working days"),
                  "how long"),
    TermKind("warranty period", Pool("how long the goods are guaranteed", "guarantee time",
        "time in which faults are put right for nothing"),
             Pool("Warranty", "Guarantee", "Defects", "Quality", "Warranty period", "Faulty goods"),
             Pool("{one} warrants the goods for {value} from delivery.", "The warranty lasts {value}.",
                 "Defects shown within {value} are made good by {one}.", "The warranty period is {value}.",
                  "Goods are guaranteed for {value}.", "{two} may claim under warranty for {value}."),
                  _counts((6, 9, 12, 15, 18, 24, 36), "months"), "how long"),
    TermKind("service credit", Pool("money back for late deliveries", "discount when goods come late",
        "reduction for being late"),
             Pool("Service credits", "Late delivery", "Credits", "Delay", "Delay payments",
                 "Consequences of delay"),
             Pool("For each late delivery {one} credits {value} of its price.",
                 "A service credit of {value} is due for late delivery.",
                 "Delay entitles {two} to a credit of {value}.",
                  "The service credit amounts to {value} of the order.",
                  "{one} grants {value} off a late delivery.", "Late orders are reduced by {value}."),
                  _percent, "how much"),
)  # fmt: skip
FILLER = Pool(
    "This agreement is governed by the law of England and Wales.",
    "Headings do not affect interpretation.", "Words in the singular include the plural.",
    "A person who is not a party has no right to enforce any term.",
    "No failure to exercise a right is a waiver of it.", "If any provision is invalid, the rest stands.",
    "This document may be executed in counterparts.", "The parties are not partners.",
    "Each party bears its own costs of preparing this document.",
    "Notices must be in writing and signed.",
    "A notice sent by post counts as received on the second working day.",
    "Amendments are valid only in writing.",
    "Nothing here excludes liability for fraud.", "The schedules form part of this document.",
    "References to a statute include later versions.",
    "Neither party may make announcements without consent.",
    "Each party keeps the other's information confidential.",
    "Obligations that by nature survive shall survive.",
    "Time is not of the essence unless stated.", "All sums are exclusive of value added tax.",
    "Disputes are first discussed between directors.",
    "The courts of England have jurisdiction.", "Records are kept for six years.",
    "Neither party is liable for events beyond its control.",
    "The recitals explain but do not bind.",
    "A reference to writing includes e-mail, except for notices.", "Successors are bound as the parties are.",
    "Rights under this document are cumulative.", "Payment by cheque counts when cleared.",
    "Any discretion is exercised reasonably.", "Interest is simple and accrues daily.",
    "Plans are for identification only.", "Where two people are a party, each is fully liable.",
    "A working day excludes bank holidays.", "Documents are returned at the end.",
    "Nothing in this document creates an agency.", "Personal data are handled as the law requires.",
    "Each party has taken its own advice.", "The English text prevails over translations.",
    "A certificate by the auditor is conclusive unless wrong.",
    "Consent may not be withheld unreasonably.", "Insurers are told of material changes.",
    "A receipt by one of several payees is good.",
    "Signatures may be electronic.", "Losses are to be mitigated.",
    "No party relies on what was said beforehand.", "This document replaces earlier understandings.",
    "Copies are as good as originals.",
)  # fmt: skip
BANS = Pool(
    ("sublet the premises", "{two} may not sublet the premises."), ("assign this contract",
        "Neither party shall assign this contract without consent."),
    ("keep animals there", "No animals may be kept on the premises."), ("put up signs",
        "{two} must not put up signs without consent."),
    ("store petrol", "{two} shall not store petrol or gas."), ("set off claims",
        "{two} is not entitled to set off claims."),
)  # fmt: skip
PERMITS = Pool(
    ("use the rear yard", "{two} may use the rear yard for parking."), ("carry out internal works",
        "{two} is allowed to carry out internal works."),
    ("inspect the books", "{one} may inspect the books once a year."), ("appoint subcontractors",
        "{one} is free to appoint subcontractors."),
    ("install an alarm", "{two} may install an alarm."), ("enter for repairs",
        "{one} may enter for repairs after two days' notice."),
)  # fmt: skip
