"""The file of one matter: a lease or a supply agreement with everything around it."""

from __future__ import annotations

from datetime import timedelta

from training.world.asking.series import ask_series
from training.world.asking.told import Told
from training.world.chance import Chance
from training.world.law.contract import changes, contract, proposal, unsigned_draft
from training.world.law.ledger import SUBJECTS, ledger, register
from training.world.law.mails import attendance_note, meeting_mails
from training.world.law.matter import made_matter
from training.world.law.question_wordings import PAYMENTS
from training.world.law.questions import ask_about_parties, ask_about_terms
from training.world.law.record_questions import (
    ask_about_call,
    ask_about_letters,
    ask_about_meeting,
    ask_about_payments,
)
from training.world.scene import Scene


def lease_scene(name: str, chance: Chance) -> Scene:
    """Return the file of a lease."""
    return _matter_scene(name, chance, lease=True)


def supply_scene(name: str, chance: Chance) -> Scene:
    """Return the file of a supply agreement."""
    return _matter_scene(name, chance, lease=False)


def _matter_scene(name: str, chance: Chance, *, lease: bool) -> Scene:
    scene, told = Scene(name, chance), Told()
    matter = contract(scene, made_matter(scene.people, chance, lease=lease), told)
    unsigned_draft(scene, matter, told)
    changes(scene, matter, told)
    money = [
        term for term in matter.terms if term.kind.name in ("rent", "unit price", "deposit", "liability cap")
    ]
    for term in chance.some(money, 1):
        used = {*term.values, term.draft}
        value = chance.one([one for one in term.kind.values(chance) if one not in used])
        proposal(scene, matter, told, term, value, matter.days[-1] + timedelta(days=chance.number(30, 90)))
    payments, series = ledger(scene, matter)
    logged = register(scene, matter)
    meeting_subject, call_subject = chance.some(SUBJECTS, 2)
    meeting = meeting_mails(scene, matter, meeting_subject, told)
    call = attendance_note(scene, matter, told, call_subject)
    ask_about_terms(scene, matter, told)
    ask_about_parties(scene, matter, told)
    ask_about_payments(scene, matter, payments, series)
    ask_about_letters(scene, logged)
    ask_about_meeting(scene, meeting, told)
    ask_about_call(scene, matter, told, call_subject, call)
    ask_series(scene, series, PAYMENTS)
    return scene
