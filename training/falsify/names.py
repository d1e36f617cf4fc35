"""False statements by name: the name of another document."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from rag.verification.lexicon.people import ROLES
from training.edits import Edit, ahead_of
from vault.text.dates.months import MONTHS, WEEKDAYS
from vault.text.lists.names import COMPANY_FORMS, LOOSE_COMPANY_FORMS, TITLES
from vault.text.quantities.spelled import SPELLED

_NAME = re.compile(
    r"(?<![\w’'@&/-])(?:[A-Z][a-z][\w’'-]*|[A-Z]{2,}[a-z]*)"
    r"(?:(?:,(?= (?:Inc|LLC|Ltd|Corp|Limited)))? (?:[A-Z][\w’'-]*\.?|&|of(?= [A-Z]))){0,7}"
    r"(?<![.’',-])(?:(?<=Inc)\.|(?<=Corp)\.|(?<=Ltd)\.)?"
)
_ARTICLES = frozenset(
    "a an the this that these those such each any every all no its their our your said either".split()
)
_NO_NAMES = frozenset(
    """section sections article articles exhibit exhibits schedule schedules annex appendix table figure
    agreement agreements contract party parties effective date term services service product products
    territory confidential information intellectual property rights law laws notice affiliates affiliate
    business days day we it he she they if in on at by for to the as when where while upon however
    therefore although because since after before during under between background methods results
    conclusions conclusion objective objectives purpose design setting mri ct dna rna ci or hr rr sd auc bmi
    icu hiv aids roc ii iii iv and of inc llc ltd corp corporation""".split()
) | {word.lower() for word in (*MONTHS, *WEEKDAYS, *TITLES)}
_NATIONAL = re.compile(r"(?:ese|ish|[aei]an|can|ic|ch|based|type|like|related|ing|ed|ly)$")
_TERM = re.compile(
    r"(?:s|ion|ment|ance|ence|ity|ing|ology|ure|ware|ness|ency|ship|age|al|[eo]ry|ive|ble|ed|er|or|ee)$"
    r"|^(?:License|Order|Change|Board|Period|Fee|Price|Site|Web|Content|Work|Plan|Data|Claim|Third|New|Event"
    r"|Cost|Program|System|Release|Network|Customer|Budget|Day|Net|Gross|Initial|Test|Form|Act|Code|Center"
    r"|Department|Health|Trade|Mark|Brand|Date|Losses|Fund|Trust|Class|Share|Stock|Office|Committee|Project"
    r"|Patent|Country|Field|Key|Person|Good|Base|Force|Tax|End|List|Report|Default|Receipt|Lease|Supply|Joint"
    r"|Steering|Scale|Index|Score|Study|Trial|Group|Model|Survey|Questionnaire|Logistic|Regression|Rule"
    r"|Certain|Subparagraph|College|Create|Both|WHEREAS|RAND|Heart|Title|Chapter|Part|Cause|Merchandise"
    r"|Certificate|Channel|Level|Student|Fr)$"
)
"""Terms that a document defines for itself, by their endings or as a whole: they are not names."""
_COMPANY = re.compile(rf"\b(?:{'|'.join((*COMPANY_FORMS, *LOOSE_COMPANY_FORMS))}|Bank)\.?$")
_LONGER_NAME = re.compile(r"[A-Z][\w-]* (?:and|for|of|or|on|the|&)$")
_AFTER_NO_NAME = re.compile(r" ?\d|[/\]”\"-]")


def other_names(text: str, chance: random.Random, names: Sequence[str]) -> list[Edit]:
    """Return an edit to a name of another document for each name, if possible to a name of the same kind."""
    edits: list[Edit] = []
    found = [name for name in names if name.strip() and name.strip().lower() not in text.lower()]
    for start, end in name_spans(text) if found else ():
        old = text[start:end]
        alike = [name for name in found if bool(_COMPANY.search(name)) == bool(_COMPANY.search(old))]
        alike = [name for name in alike if name.count(" ") == old.count(" ")] or alike
        edits.append(Edit(start, end, " ".join(chance.choice(alike or found).split())))
    return edits


def name_spans(text: str) -> list[tuple[int, int]]:
    """Return the places of names: capitalised words that neither begin the sentence nor are defined terms."""
    words = text.split()
    if sum(word[:1].isupper() for word in words) > 0.6 * len(words):
        return []
    return [
        (match.start(), match.start() + len(re.sub(r"['’]s?$", "", match.group())))
        for match in _NAME.finditer(text)
        if _names_someone(text, match)
    ]


def _names_someone(text: str, match: re.Match[str]) -> bool:
    name, start = match.group(), match.start()
    if _AFTER_NO_NAME.match(text, match.end()) or re.search(r"\d", name) or SPELLED.match(name):
        return False
    before = ahead_of(text, start, 12).rstrip('"“(').split()
    if before and before[-1].lower() in _ARTICLES:
        return False
    if _LONGER_NAME.search(ahead_of(text, start, 30).rstrip()):
        return False  # The end of a longer name: "Securities and Exchange Commission".
    parts = re.findall(r"[\w’'-]+", name)
    if len(parts[-1]) == 1 or (len(parts) == 1 and not _names_alone(parts[0])):
        return False
    if any(part.lower() in _NO_NAMES and not _COMPANY.search(part) for part in parts):
        return False
    return _COMPANY.search(name) is not None or (
        start > 0
        and not any(_TERM.search(part) for part in parts)
        and not any(part.lower() in ROLES or part.lower().rstrip("s") in ROLES for part in parts)
    )


def _names_alone(word: str) -> bool:
    """Return whether one word alone is a name: not a short form, an adjective or "Inc"."""
    if len(word) < 4 or word.isupper() or (len(word) < 6 and not word[1:].islower()):
        return False
    return not _NATIONAL.search(word) and not _COMPANY.search(word)
