"""Whom and what a document is about: the patient, the parties, the matter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ingest.annotation.pieces.divide import Piece
from ingest.annotation.pieces.field_names import (
    BORN_FIELD,
    IDENTIFIER_FIELD,
    MAIN_ROLES,
    SUBJECT_FIELD,
    role_of_field,
)
from ingest.annotation.pieces.names import CIVIL, TITLED, is_plain_name, leading_name, organisations_in
from ingest.annotation.profile.fields import NamedValue
from ingest.annotation.profile.kinds import kind_of
from ingest.annotation.profile.people import (
    BORN,
    IDENTIFIER,
    Person,
    add_person,
    introduced_person,
    person_of,
)
from vault.records import ElementKind
from vault.text.dates.find import find_dates
from vault.text.dates.months import ENGLISH_SHORT, MONTHS, WEEKDAYS
from vault.text.readable import readable

_HEAD = 14
"""The pieces of the head of a document: letterhead, address, date, reference, salutation."""
_NUMBERED = re.compile(
    r"(?P<name>(?:hospital|hosp\.?|patient|clinic|practice|unit|nhs|chi|mrn|case|record)\s*(?:no\.?|number|nr\.?|id)?)"
    r"\s*:?\s*(?P<number>[A-Z]{0,5}[-/ ]?\d[\d/ -]*\w)",
    re.IGNORECASE,
)
_ADDRESSED = re.compile(
    r"\b(?:dear|to|attn|attention of|copy to|cc|from|hallo|liebe[rs]?|sehr geehrte[rs]?)\b[:\s]*$",
    re.IGNORECASE,
)
_REPLY = re.compile(r"^(?:(?:re|fwd?|aw|wg|tr|antw)\s*:\s*)+", re.IGNORECASE)
_OWN_NUMBER = re.compile(
    r"(?:company|registration|reg|employee|personnel|staff|member|customer|client|patient|nhs|hosp|clinic|practice|unit|ni|insurance|passport)",
    re.IGNORECASE,
)
_OF_THE_MATTER = re.compile(
    r"(?:our|your|ref|case|claim|file|matter|title|invoice|order|purchase|po|agreement|contract|court|project)\b",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\b(?:between|zwischen|entre|by and between)\b", re.IGNORECASE)
_VERSUS = re.compile(r"\s+(?:v|vs|versus|gegen|contre|-v-)\.?\s+")
_CAPTION = re.compile(r"^[\w .,/-]{3,60}?(?:\bof|\babout|\bfor|\bon|:|,|\bre)\s+$", re.IGNORECASE)
_QUOTED_TERM = re.compile(
    r"\((?:the\s+|each,?\s+an?\s+|together,?\s+(?:the\s+)?|hereinafter,?\s+(?:called\s+|the\s+)*|collectively,?\s+(?:the\s+)?|-)?"
    r"[\"“”‘'„]?(?P<term>[A-Z][\w&.-]*(?:\s+[A-Z][\w&.-]*){0,3})[\"“”’']?\)"
)
_FILE_WORD = re.compile(r"[A-ZÀ-Þ][a-zà-ÿ]{2,}(?:-[A-Z][a-z]+)?")
_NOT_A_FILE_NAME = frozenset(
    "letter report note notes summary discharge list chart order lease deed agreement contract invoice"
    " register policy protocol procedure statement schedule plan form copy final draft version scan signed"
    " amendment appendix exhibit annex unit ward clinic page sheet data results medication medical legal"
    " service charge witness the and for re fwd aw with from".split()
) | {word.lower() for word in (*MONTHS, *ENGLISH_SHORT, *WEEKDAYS)}


def find_subjects(
    pieces: Sequence[Piece], values: Sequence[NamedValue], title: str, name: str
) -> list[Person]:
    """Return the subjects of a document, the main ones first."""
    found: list[Person] = []
    _add_from_values(found, values, title)
    head = [*pieces[:_HEAD], *(piece for piece in pieces[_HEAD:] if piece.kind is ElementKind.HEADING)]
    for piece in head:
        add_person(found, introduced_person(readable(piece.text)))
    _add_numbers(found, [readable(piece.text) for piece in pieces[: 2 * _HEAD]])
    _add_parties(found, pieces)
    if not any(one.role in MAIN_ROLES for one in found):
        heads = [piece for piece in pieces[:3] if piece.kind is ElementKind.HEADING or not piece.cells]
        for text in (title, *(readable(piece.text) for piece in heads)):
            if not any(one.role in MAIN_ROLES for one in found):
                _add_from_caption(found, text)
    if not any(one.role in MAIN_ROLES for one in found):
        _add_from_file_name(found, name)
        for piece in pieces[:_HEAD]:
            text = readable(piece.text)
            if piece.kind is ElementKind.HEADING and len(text) < 120 and len(text.split()) > 1:
                add_person(found, Person(text, "matter"))
                break
    order = (*MAIN_ROLES, "file")
    return sorted(found, key=lambda one: order.index(one.role) if one.role in order else len(order))


def _add_from_values(found: list[Person], values: Sequence[NamedValue], title: str) -> None:
    current: Person | None = None
    matter = Person(title, "matter")
    for one in values:
        role = role_of_field(one.name)
        if role and one.name.lower() != "re":
            person = add_person(found, person_of(one.value, role))
            if person is not None and role in MAIN_ROLES:
                current = person
        elif BORN_FIELD.fullmatch(one.name):
            dates = find_dates(one.value)
            if current is not None and dates and not dates[0].yearless:
                current.born = current.born or dates[0].first
        elif (
            IDENTIFIER_FIELD.fullmatch(one.name) and any(map(str.isdigit, one.value)) and len(one.value) < 40
        ):
            if (
                current is not None
                and (current.role == "patient" or _OWN_NUMBER.match(one.name) or one.index < _HEAD // 2)
                and not _OF_THE_MATTER.match(one.name)
            ):
                current.identifiers.append(one.value)
            else:
                matter.identifiers.append(one.value)
        elif SUBJECT_FIELD.fullmatch(one.name) and len(one.value) < 200:
            titled = TITLED.search(one.value)
            if titled is not None and titled["title"].lower() in CIVIL:
                add_person(
                    found,
                    person_of(one.value[titled.start() :], "patient" if BORN.search(one.value) else "person"),
                )
            else:
                add_person(found, Person(_REPLY.sub("", one.value), "matter"))
    if matter.identifiers:
        known = next((one for one in found if one.role == "matter"), None)
        if known is not None:
            known.identifiers += matter.identifiers
        else:
            found.append(matter)


def _add_numbers(found: list[Person], texts: Sequence[str]) -> None:
    """Add the numbers of the only patient that stand on lines of their own: "Hospital no. LN-304418"."""
    patients = [one for one in found if one.role == "patient"]
    if len(patients) != 1:
        return
    for text in texts:
        numbered = _NUMBERED.match(text)
        if numbered is not None and len(text) < 60:
            patients[0].identifiers.append(numbered["number"].strip())
        elif len(text) > 4 and IDENTIFIER.fullmatch(text) and not find_dates(text):
            patients[0].identifiers.append(text)


def _add_from_caption(found: list[Person], text: str) -> None:
    """Add the person in a title or first line: "Discharge summary: Mr Alban Trewick"."""
    for titled in TITLED.finditer(text):
        before = text[: titled.start()]
        caption = not before or (_CAPTION.match(before) and kind_of([before]))
        if titled["title"].lower() in CIVIL and not _ADDRESSED.search(before) and caption:
            add_person(found, person_of(text[titled.start() :], "patient" if before else "person"))
            return


def _add_parties(found: list[Person], pieces: Sequence[Piece]) -> None:
    """Add the parties of an agreement or of a case."""
    texts = [readable(piece.text) for piece in pieces[:24]]
    for index, text in enumerate(texts):
        between = _BETWEEN.search(text)
        if between is not None and between.start() < 400:
            following = " ".join([text[between.end() :], *texts[index + 1 : index + 5]])
            if _add_defined(found, following[:1500]) or _add_listed(found, text[between.end() :]):
                return
    for text in texts[:6]:
        sides = _VERSUS.split(re.sub(r"^[^:]{0,30}:\s*", "", text))
        if len(sides) == 2 and len(text) < 200:
            for side, role in zip(sides, ("claimant", "defendant"), strict=True):
                add_person(found, person_of(side.strip(), role))
            return


def _add_defined(found: list[Person], text: str) -> bool:
    """Add parties with the term that they are called by: "X Limited, of … (the Landlord)"."""
    start, added = 0, 0
    for term in _QUOTED_TERM.finditer(text):
        segment = re.sub(
            r"^[\s:;,.]*(?:(?:and|y|und|et)\s+)?(?:\(?\w{1,2}[.)]\s*)?", "", text[start : term.start()]
        )
        start = term.end()
        if not 2 < len(segment) < 500:
            continue
        role = role_of_field(term["term"]) or "party"
        person = person_of(segment, role)
        if person is not None and (role != "party" or is_party_name(person.name)):
            person.aliases.append(f"the {term['term']}" if role != "party" else term["term"])
            add_person(found, person)
            added += 1
    return added > 1


def is_party_name(name: str) -> bool:
    """Return whether a name is one of a company or a person with at least two words."""
    return next(organisations_in(name), "") != "" or is_plain_name(name) or TITLED.match(name) is not None


def _add_listed(found: list[Person], text: str) -> bool:
    """Add parties without terms: "between (1) X Limited and (2) Y Limited"."""
    names = [
        leading_name(re.sub(r"^[\s(]*(?:\d\)\s*|\(?\d\.\s*)?", "", part))
        for part in re.split(
            r"\s+and\s+(?=\(|[A-Z])|;\s*|,\s+(?=[A-Z(])", re.split(r"\.\s|\sand\s+varies\b", text)[0]
        )
    ]
    parties = [name.rstrip(".") for name in names if name and is_party_name(name)]
    if len(parties) < 2:
        return False
    for name in parties[:6]:
        after = text[text.find(name) + len(name) :].split()[:1] if name in text else []
        role = role_of_field(after[0].strip("(),.")) if after else ""
        add_person(found, Person(name, role or "party"))
    return True


def _add_from_file_name(found: list[Person], name: str) -> None:
    stem = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", name)
    words = [
        word for word in _FILE_WORD.findall(stem.replace("_", " ")) if word.lower() not in _NOT_A_FILE_NAME
    ]
    if words:
        add_person(found, Person(" ".join(words[:3]), "file"))


def names_of(people: Iterable[Person]) -> list[str]:
    """Return the names and aliases of people."""
    return [name for one in people for name in (one.name, *one.aliases)]
