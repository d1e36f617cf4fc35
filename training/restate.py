"""True statements: a sentence in fewer words, or in others."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

from rag.verification.lexicon.people import ROLES
from training.clauses import BE, MODAL, denied, permits
from training.edits import Edit, ahead_of, capitalised, cased, edited
from vault.text.quantities.spelled import SPELLED, value_of

_LIMITS = re.compile(
    r"\b(?:if|unless|except|provided|when|where|until|however|notwithstanding|subject to|extent|long as"
    r"|so that|only|but|whether|either|both|between|not|event|whereas|while|which|case|whenever|once"
    r"|knowledge|neither|nor|unable|long)\b|\((?:i|a|1)\)|:",
    re.IGNORECASE,
)
_LINKS = re.compile(
    r"(?:However|Furthermore|Moreover|In addition|Additionally|Therefore|Thus|Hence|Finally|In conclusion"
    r"|Accordingly"
    r"|For the avoidance of doubt|Interestingly|Overall), (?=[a-z])"
)
_ASIDE = re.compile(
    r" \((?:[^()]{0,80}[=<>≤≥][^()]{0,80}|(?:see|e\.g\.|i\.e\.|Fig\b|Tables?\b)[^()]{0,80})\)",
    re.IGNORECASE,
)
_OPENING = re.compile(r"(?:In|For|To|Of|During|At|On|Upon|With|From|By|Among|After|Before|As|Under|Since)\b")
_OWN_CLAUSE = re.compile(
    r"(?:the|each|such|this|these|any|all|no|an?|[A-Z]\w+) "
    rf"(?:(?!(?:and|or) {MODAL})[\w’'-]+ ){{0,6}}?(?:{MODAL}|{BE}|has|have|had)\b"
)
_REFERS_BACK = re.compile(r"\b(?:it|they|he|she|them|its|their|such|this|these|latter|former|so|each)\b")
_VERB = re.compile(rf"\b(?:{MODAL}|{BE}|has|have|had|agrees|can|\w{{3,20}}ed)\b")
_PLAINER = {
    "prior to": "before", "subsequent to": "after", "pursuant to": "under", "approximately": "about",
    "commence": "begin", "commences": "begins", "commencing": "beginning",
    "may terminate": "may end", "shall terminate": "shall end", "will terminate": "will end",
    "physician": "doctor", "physicians": "doctors", "doctors": "physicians", "individuals": "people",
    "in the event that": "if", "in order to": "to", "any and all": "all",
    "null and void": "void", "set forth in": "set out in", "utilize": "use", "utilized": "used",
    "purchaser": "buyer", "vendor": "seller", "furnish": "provide", "notwithstanding": "despite",
    "with respect to": "regarding", "in connection with": "in relation to",
    "hereunder": "under this agreement",
    "the majority of the": "most of the", "whilst": "while", "obtain": "get", "assist": "help",
    "attorney": "lawyer", "attorneys": "lawyers",
    "was associated with": "was linked to", "were associated with": "were linked to",
    "is associated with": "is linked to", "are associated with": "are linked to", "solely": "only",
    "shall mean": "means", "shall not": "must not", "is permitted to": "is allowed to",
    "are permitted to": "are allowed to", "evaluate": "assess", "evaluated": "assessed",
    "children and adolescents": "young people", "neoplasm": "tumour", "participate": "take part",
    "following the": "after the", "is obligated to": "must", "is required to": "must",
    "are required to": "must",
    "shall be required to": "must", "was performed": "was carried out",
    "were performed": "were carried out", "a number of": "several",
}  # fmt: skip
_PLAIN = re.compile(
    rf"(?<![\w-])(?:{'|'.join(sorted(map(re.escape, _PLAINER), key=len, reverse=True))})(?![\w-])",
    re.IGNORECASE,
)
_DUTY = re.compile(r"\b[sS]hall(?= (?!not\b|mean\b|have\b|be (?:deemed|required)|terminate\b)[a-z])")
_DEFINED = re.compile(
    r" \((?:hereinafter|hereafter|the|each|collectively|an?|together)?[^()]{0,80}[\"“”][^()]{0,60}\)",
    re.IGNORECASE,
)


def shortened(text: str) -> str | None:
    """Return the sentence without its last clauses, its opening link word and its figures in brackets."""
    link = _LINKS.match(text)
    shorter = _ASIDE.sub("", text[link.end() :] if link else text)
    for first, _ in _cuts(shorter):
        shorter = first.rstrip(" ,;") + "."
        break
    return None if shorter == text else capitalised(shorter)


def last_clause(text: str) -> str | None:
    """Return the last clause if it can stand alone."""
    # An opening such as "In 2009, …" may apply to all clauses.
    if _OPENING.match(text):
        return None
    own = [second for _, second in _cuts(text) if not _REFERS_BACK.search(second[:80])]
    return capitalised(own[-1]) if own else None


def _cuts(text: str) -> Iterator[tuple[str, str]]:
    """Yield the ways to divide the sentence into two clauses that can stand alone."""
    for match in re.finditer(r"; (?:and )?|, and ", text):
        first, second = text[: match.start()], text[match.end() :]
        if len(first) < 25 or len(second) < 20 or not _VERB.search(first) or not _OWN_CLAUSE.match(second):
            continue
        if re.search(r"\b(?:with|by|of|to|in|for|on|from|under|and|or)$", first):
            continue  # Its object stands after the second clause.
        if _LIMITS.search(first) or _LIMITS.search(second) or first.count("(") != first.count(")"):
            continue
        yield first, second


def in_digits(text: str) -> str | None:
    """Return the sentence with "30 days" for "thirty (30) days"; None if nothing changes."""
    changed = SPELLED.sub(_digits, text)
    return None if changed == text else capitalised(changed)


def _digits(spelled: re.Match[str]) -> str:
    if not spelled["digits"] or value_of(spelled) is None:
        return spelled.group()
    return f"{spelled['sign']}{spelled['digits']}{spelled['percent']}"


def in_plain_words(text: str, chance: random.Random) -> str | None:
    """Return the sentence with plainer words, and without definitions of names; None if nothing changes."""
    edits: list[Edit] = []
    for match in _PLAIN.finditer(text):
        new = _PLAINER[match.group().lower()]
        # "Neither party is required to" is not "neither party must".
        if new != "must" or not denied(text, match.start()):
            edits.append(Edit.of(match, cased(match.group(), new)))
    taken = {edit.start for edit in edits}
    for match in _DUTY.finditer(text):
        if match.start() in taken:
            continue
        new = "will"
        if permits(text, match.start()) and not denied(text, match.start()):
            new = "is required to" if _single(text, match.start()) and chance.random() < 0.4 else "must"
        edits.append(Edit.of(match, new))
    edits.extend(Edit.of(match, "") for match in _DEFINED.finditer(text))
    if not edits:
        return None
    kept = [edit for edit in edits if chance.random() < 0.75] or [chance.choice(edits)]
    for edit in sorted(kept, reverse=True):
        text = edited(text, edit)
    return text


def _single(text: str, place: int) -> bool:
    """Return whether a single party stands right before the verb, so that it takes "is" and not "are"."""
    before = re.findall(r"\w+", ahead_of(text, place, 40))
    return bool(before) and before[-1].lower() in ROLES - {"parties"} and not {"and", "or"} & set(before[-3:])
