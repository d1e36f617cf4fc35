"""Find the people and parties that a text names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vault.text.dates.months import MONTHS, WEEKDAYS
from vault.text.lists.names import FOREIGN_TITLES
from vault.text.lists.stop_words import STOP_WORDS

_WORD = r"[A-ZÀ-Þ][\w'’]*(?:-[A-ZÀ-Þ]?[\w'’]+)*"
_PARTICLE = (
    "(?:van der|van den|van de|van|von der|von|de la|de|del|della|di|du|da|dos|la|le|bin|al|el|ter|ten"
    "|zu|zur)"
)
_TITLES = (
    r"(?:Mrs?|Ms|Miss|Mx|Master|Baby|Mme|M\.|Herrn?|Frau|Monsieur|Madame|Sir|Lady|Dame|Lord|Rev|Judge|Justice"
    r"|District Judge|Dr|Prof(?:essor)?|Sister|Sr|Matron|Nurse|Staff Nurse|SN|HCA|Capt)"
)
TITLED = re.compile(
    rf"\b(?P<title>{_TITLES})\b\.?[ \xa0]+(?P<name>(?:[A-ZÀ-Þ]\.[ \xa0]?){{0,3}}(?:{_WORD}[ \xa0]"
    rf"|{_PARTICLE}[ \xa0]){{0,3}}{_WORD})"
)
_ORGANISATION = re.compile(
    rf"(?:{_WORD}(?:[ \xa0]|,[ \xa0](?=(?:Inc|LLC|L\.L\.C|Ltd|LLP|L\.P|Corp)))|&[ \xa0]|and[ \xa0]|of["
    rf" \xa0]|the[ \xa0]){{1,7}}?"
    r"(?:Limited|Ltd|LLP|plc|PLC|LLC|L\.L\.C|Inc|Incorporated|Corp|Corporation|GmbH|AG|KG|SARL|B\.?V|S\.?A|Company|Co"
    r"|LIMITED|COMPANY|CORPORATION|INC|Trust|Solicitors|Partners|Bank|Foundation|Association|University|College"
    r"|Hospital|Infirmary|Surgery|Clinic|Practice|Pharmacy|Council|Partnership|Insurance|Assurance|Group)\b\.?"
)
_ORGANISATION_WORDS = (
    "Limited", "Ltd", "LLP", "plc", "PLC", "LLC", "L.L.C", "Inc", "Corp", "GmbH", "AG", "KG", "SARL", "B.V",
    "BV", "S.A", "SA", "Company", "Co.", "Co ", "LIMITED", "COMPANY", "CORPORATION", "INC", "Trust",
    "Solicitors", "Partner", "Bank", "Foundation", "Association", "University", "College", "Hospital",
    "Infirmary", "Surgery", "Clinic", "Practice", "Pharmacy", "Council", "Insurance", "Assurance", "Group",
)  # fmt: skip
"""A text without any of them names no organisation: this is quick to tell."""
PLAIN_NAME = re.compile(rf"(?:{_WORD}|[A-ZÀ-Þ]\.)(?:[ \xa0](?:{_WORD}|{_PARTICLE}|[A-ZÀ-Þ]\.?)){{1,4}}")
_SHORT_FORM = re.compile(r"(?:Inc|Co|Ltd|Corp|L\.L\.C|S\.A|B\.V)\.$")
_PLAIN_IN_TEXT = re.compile(
    r"(?<![\w.-])[A-ZÀ-Þ][a-zà-ÿ’']+(?:-[A-ZÀ-Þ][a-zà-ÿ]+)?"
    r"(?:[ \xa0](?:[A-ZÀ-Þ]\.[ \xa0])?(?:[A-ZÀ-Þ][a-zà-ÿ]+['’])?[A-ZÀ-Þ](?:[a-zà-ÿ]+"
    r"|c[A-Z][a-z]+)(?:-[A-ZÀ-Þ][a-zà-ÿ]+)?){1,2}(?![\w-])"
)
_NO_NAME = frozenset(
    "the this that these those and or of for on at by to in from with dear yours please page date dated copy"
    " signed hospital ward clinic surgery practice department unit street road lane agreement deed lease"
    " schedule clause section letter report note summary discharge order invoice regards wishes sincerely"
    " faithfully".split()
) | {word.lower() for word in (*MONTHS, *WEEKDAYS)}
CIVIL = frozenset("mr mrs ms miss mx master baby m. sir lady dame lord".split()) | FOREIGN_TITLES
"""Titles that do not say what somebody works as."""


def people_in(text: str) -> Iterator[str]:
    """Yield the people whom a text names with a title, as written: "Mrs W. Harkaway", "Dr Shirin Vaziri"."""
    for found in TITLED.finditer(text):
        yield " ".join(_trimmed(found.group()).split())


def organisations_in(text: str) -> Iterator[str]:
    """Yield the companies, hospitals and other organisations that a text names in full."""
    if not any(word in text for word in _ORGANISATION_WORDS):
        return
    for found in _ORGANISATION.finditer(text):
        name = " ".join(found.group().split())
        for word in ("The ", "the ", "and ", "of ", "& "):
            name = name.removeprefix(word)
        name = name.rstrip(".") if not _SHORT_FORM.search(name) else name
        if len(name.split()) > 1 and name.split()[0].lower() not in _NO_NAME:
            yield name


def plain_names_in(text: str) -> Iterator[str]:
    """Yield what may be names of people without a title: "Kit Sallis", "Coralie Tolliver-Marsh".

    Some are names of places or things: they are looked up, not stated.
    """
    for found in _PLAIN_IN_TEXT.finditer(text):
        words = found.group().split()
        if words[0].lower() in _NO_NAME or words[0].lower() in STOP_WORDS:
            words = words[1:]
        if len(words) > 1 and not any(word.lower() in _NO_NAME for word in words):
            yield " ".join(words)


def is_plain_name(text: str) -> bool:
    """Return whether a whole text may be the name of a person: two to five words with capitals, no other."""
    return (
        PLAIN_NAME.fullmatch(text) is not None
        and not any(map(str.isdigit, text))
        and not any(word.lower().strip(".") in _NO_NAME for word in text.split())
    )


def leading_name(text: str) -> str:
    """Return the name at the beginning of a text: a titled person, an organisation or words with capitals."""
    text = text.strip()
    titled = TITLED.match(text)
    if titled is not None:
        return " ".join(_trimmed(titled.group()).split())
    for name in organisations_in(text[:120]):
        if " ".join(text.split()).startswith(name):
            return name
        break
    plain = re.match(
        rf"(?:{_WORD}|[A-ZÀ-Þ]\.|&|and|of)(?:[ \xa0\r\n]+(?:{_WORD}|{_PARTICLE}|[A-ZÀ-Þ]\.?|&|and"
        rf"|of)){{0,7}}",
        text,
    )
    if plain is None:
        return ""
    words = plain.group().split()
    while words and words[-1] in ("&", "and", "of"):
        words.pop()
    return " ".join(words)


def _trimmed(name: str) -> str:
    """Return a name without the ordinary words with capitals that follow it ("Mr Gaunt Dear")."""
    words = name.split()
    while len(words) > 2 and words[-1].lower() in _NO_NAME:
        words.pop()
    return " ".join(words).removesuffix("'s").removesuffix("’s")
