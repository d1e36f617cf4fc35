"""False statements by negation: a negation removed, or one added."""

from __future__ import annotations

import re
from collections.abc import Iterator

from training.clauses import BE, MODAL, clause_before, denied, permits
from training.edits import Edit, ahead_of, cased, takes_an

_UNSURE = re.compile(r"\b(?:nor|neither|whether or not|not only|non-?significant(?:ly)?)\b", re.IGNORECASE)
_SUBORDINATE = re.compile(
    r"\b(?:if|unless|which|who|whom|whose|where|when|whenever|because|although|though|whether|while|as|since|until"
    r"|provided|except|extent|that|than|how|what|assuming|before|after|event)\b",
    re.IGNORECASE,
)
_REPORTED = re.compile(
    r"\b(?:suggest|show|indicat|demonstrat|conclud|found|find|reveal|confirm|agree|acknowledg|represent|warrant|ensur"
    r"|assum|report|believ|argu|observ|support|impl)\w{0,8}(?: (?:and \w+|us|for the first time))? that\b",
    re.IGNORECASE,
)
_IN_NO_EVENT = re.compile(r"\bno (?:event|circumstances|case|way)\b", re.IGNORECASE)
_CONDITION = re.compile(r"\b(?:If|When|Unless|Although|While|Where)\b[^,]*$")
_FINITE = re.compile(
    rf"\b(?:{MODAL}|can|{BE}|(?:has|have|had)(?= (?:been\b|\w+ed\b)))"
    r"(?! be limited to\b| not\b| no\b| never\b| neither\b| only\b| nor\b|[,.;:)])(?= )"
)
_NOT = re.compile(
    r"\b(?P<modal>shall|must|will|may|should|can|could|would|is|are|was|were|has|have|had) not"
    r"(?! only\b| less\b| more\b"
    r"| later\b| earlier\b| necessarily\b| limited\b| to exceed\b)(?= )|\b(?P<can>can)not\b"
    r"|\b(?P<do>do|does|did) not (?P<verb>[a-z]{2,20})\b"
)
_NO = re.compile(
    r"(?<![\w-])(?P<no>[Nn]o) "
    r"(?!(?:more|less|later|longer|one|earlier|greater|fewer|matter|event|such|other)\b)"
    r"(?P<noun>[a-z][\w-]*(?: (?!(?:of|in|between|that|to|with|for|on|by|was|were|is|are|and|or|as|among"
    r"|after|shall|may|will|has|have|at|from|under|than|which|when|can|could|did|does|regarding|if|but|whatsoever)\b)"
    r"[a-z][\w-]*){0,4})"
)
_NO_EVENT = re.compile(r"\b([Ii]n|[Uu]nder) no (event|circumstances)\b(?! (?:more|less|later|earlier)\b)")
_WITHOUT = re.compile(
    r"(?<!or )\b([Ww]ithout) "
    r"(?!limit|prejudice|regard|notice|cause|(?:any|further|reference|a doubt|\w+ing)\b)"
)
_PAST = {
    "find": "found", "have": "had", "lead": "led", "become": "became", "show": "showed", "rise": "rose",
    "fall": "fell", "give": "gave", "take": "took", "make": "made", "see": "saw", "get": "got", "meet": "met",
    "undergo": "underwent", "know": "knew", "grow": "grew", "begin": "began", "hold": "held", "keep": "kept",
    "feel": "felt", "bring": "brought", "write": "wrote", "lose": "lost", "arise": "arose", "go": "went",
    "do": "did", "pay": "paid", "say": "said", "come": "came", "understand": "understood", "think": "thought",
    "seek": "sought", "send": "sent", "lie": "lay", "drop": "dropped", "permit": "permitted",
    "occur": "occurred", "prefer": "preferred", "differ": "differed", "stop": "stopped", "refer": "referred",
}  # fmt: skip
_NO_VERBS = frozenset(
    "also always however otherwise yet in by at thereby itself themselves often ever just".split()
)
_UNCOUNTED = frozenset(
    "evidence information improvement mortality morbidity recurrence progress time harm damage".split()
)


def turned_negations(text: str) -> list[Edit]:
    """Return edits that remove one "not", "no" or "without", or one that adds "not" to the main clause."""
    if _UNSURE.search(text):
        return []
    edits = [
        Edit.of(match, match["modal"] or match["can"] or _inflected(match["do"], match["verb"]))
        for match in _NOT.finditer(text)
        # "Not this but that" without "not" claims both.
        if not re.search(r"\bbut\b", text[match.end() : match.end() + 80])
    ]
    edits.extend(_without_no(text))
    edits.extend(Edit.of(match, cased(match.group(1), "with"), 1) for match in _WITHOUT.finditer(text))
    return edits or _with_not(text)


def _inflected(auxiliary: str, verb: str) -> str:
    """Return the affirmative verb for "does not", "did not" or "do not" with `verb`."""
    if auxiliary == "do":
        return verb
    if verb.endswith("ly") or verb in _NO_VERBS:
        return f"{auxiliary} {verb}"
    past = auxiliary == "did"
    if verb == "have" or (past and verb in _PAST):
        return _PAST[verb] if past else "has"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb[:-1] + ("ied" if past else "ies")
    if past:
        return verb + ("d" if verb.endswith("e") else "ed")
    return verb + ("es" if verb.endswith(("s", "x", "z", "ch", "sh", "o")) else "s")


def _without_no(text: str) -> Iterator[Edit]:
    for match in _NO_EVENT.finditer(text):
        every = "every event" if match.group(2) == "event" else "all circumstances"
        yield Edit.of(match, f"{match.group(1)} {every}")
    for match in _NO.finditer(text):
        # Without "no", a following "but", "unless" or "except" would have nothing to except from.
        if re.search(r"\b(?:but|unless|except|other than)\b", text[match.end() : match.end() + 120]):
            continue
        if match["noun"].partition(" ")[0] in ("time", "way", "circumstances"):
            continue
        some, before = _some(match["noun"]), ahead_of(text, match.start(), 8).lower()
        if not match.start():
            yield Edit.of(match, "Any" if some else "All", "no")
        elif re.search(r"\b(?:is|was|are|were|has|have|had|found|showed|with|be|shows) $", before):
            yield Edit.of(match, some, "no")


def _some(noun: str) -> str:
    """Return the article that replaces "no" before a noun; empty for plurals and uncountable nouns."""
    last = noun.split()[-1]
    many = last.endswith("s") and not last.endswith(("ss", "us", "is"))
    if many or last in _UNCOUNTED:
        return ""
    return "an" if takes_an(noun) else "a"


def _with_not(text: str) -> list[Edit]:
    """Return an edit that negates the first verb of a main clause."""
    for match in _FINITE.finditer(text):
        verb, start, end = match.group(), *match.span()
        if not _main(text, start):
            continue
        before = ahead_of(text, start, 8)
        if verb == "may" and not permits(text, start):
            continue  # "may help" and "may not help" are both true.
        if verb == "will" and re.search(r"\b(?:the|a|his|her|of|own|good) $", before, re.IGNORECASE):
            continue
        if not re.search(r"\b[Tt]here $", before):
            return [Edit(end, end, " not")]
        some = re.match(r" (?:an?|some|several|many)\b", text[end:])
        if some:
            return [Edit(end, end + some.end(), " no")]
        return [Edit(end, end, " no")] if re.fullmatch(BE, verb) else []
    return []


def _main(text: str, place: int) -> bool:
    """Return whether the verb at the place belongs to a main clause without a negation."""
    before = ahead_of(text, place, 250)
    clause = _REPORTED.sub("", clause_before(text, place))
    if _IN_NO_EVENT.search(before) or _CONDITION.search(before):
        return False
    words = clause.split()
    if not words or (words[0] in ("or", "and") and re.search(r"\b[Ii]f\b", before)):
        return False
    return not _SUBORDINATE.search(clause) and not denied(text, place)
