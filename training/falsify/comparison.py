"""False statements by comparison: less for more, after for before, none for all."""

from __future__ import annotations

import re
from collections.abc import Iterator

from training.clauses import BE, denied
from training.edits import Edit, ahead_of, cased
from vault.text.quantities.spelled import NUMBER_WORD

_PAIRS = (
    ("more than", "less than"), ("greater than", "less than"), ("higher", "lower"),
    ("increased", "decreased"),
    ("increase", "decrease"), ("increases", "decreases"), ("increasing", "decreasing"), ("before", "after"),
    ("at least", "at most"), ("always", "never"), ("longer than", "shorter than"), ("larger", "smaller"),
    ("earlier", "later"), ("minimum", "maximum"), ("majority", "minority"), ("improved", "worsened"),
    ("improves", "worsens"), ("exclusive", "non-exclusive"), ("older than", "younger than"),
    ("more likely", "less likely"), ("more frequent", "less frequent"), ("more common", "less common"),
    ("more effective", "less effective"), ("more often", "less often"), ("above", "below"),
    ("exceeds", "falls below"), ("positively", "negatively"), ("high-risk", "low-risk"), ("best", "worst"),
    ("better", "worse"), ("often", "seldom"),
)  # fmt: skip
_ONE_WAY = {
    "prior to": "after", "reduced": "increased", "reduces": "increases", "reduction": "increase",
    "greater": "smaller", "subsequent to": "before", "frequently": "rarely",
    "exclusively": "non-exclusively", "solely": "not only", "fewer than": "more than",
}  # fmt: skip
_OPPOSITES = {**{new: old for old, new in reversed(_PAIRS)}, **dict(_PAIRS), **_ONE_WAY}
_OPPOSITE = re.compile(
    rf"(?<![\w-])(?:{'|'.join(sorted(map(re.escape, _OPPOSITES), key=len, reverse=True))})(?![\w-])",
    re.IGNORECASE,
)
_NOT_A_SCALE = {
    "above": r"(?! (?:\d|the (?:median|mean|age|threshold)))",
    "below": r"(?! (?:\d|the (?:median|mean|age|threshold)))",
    "best": r"(?= (?:efforts|of|interests?|practices?|knowledge|available|his|her)\b)",
    "exclusive": r"(?= of\b)",
    "later": r"(?= of\b| occurs?\b)",
    "earlier": r"(?= of\b| occurs?\b)",
    "better": r"(?= (?:understand|known)\b)",
}
"""For words whose opposite does not always contradict them: a pattern for the text after them in these
cases."""
_NOT_BEHIND = {
    "before": r"\b(?:look|there|here|soon|shortly) ?$",
    "after": r"\b(?:look|there|here|soon|shortly) ?$",
    "less than": r"(?:greater|higher|larger) or $",
}
"""The same with a pattern for the text before them."""
_LIMITING = frozenset(
    "more than|less than|fewer than|greater than|at least|before|after|prior to|later|earlier".split("|")
)
"""Words that are meant to follow a negation, as in "no later than"."""
_DENIED = re.compile(r"\b(?:not|no|nor|never|neither|without)\b[\w ]{0,30}$")
_TIME_OR = re.compile(r"\b(?:from|on|upon|during|at) (?:and|or) $")
_OR_TIME = re.compile(r" (?:and|or) (?:on|upon|during|at|simultaneously)\b")
_WITHIN = re.compile(
    rf"\b(within) ((?:a period of )?(?:(?:{NUMBER_WORD})(?:[ -](?:{NUMBER_WORD}))*(?: ?\(\d+\))?|\d+) "
    r"(?:business |calendar |working )?"
    r"(?:hours?|days?|weeks?|months?|years?))(?: (of|after|from|following)\b)?",
    re.IGNORECASE,
)
_ALL = re.compile(
    r"(?<![\w-])([Aa]ll) (?:of the |the )?"
    r"(?!of\b|other\b|right\b|reasonable\b|such\b|the\b)(?=[a-z]+s\b(?<!ss))"
)
_SIGNIFICANT = re.compile(rf"\b({BE})( not)?(?= (?:statistically |clinically )?significant(?:ly)?\b)")
_A_SIGNIFICANT = re.compile(r"\b([Aa]|[Nn]o) (?=(?:statistically )?significant ([a-z-]+)(?: ([a-z]+))?)")


def turned_comparisons(text: str) -> list[Edit]:
    """Return edits to the opposite end of a scale, to "only after" for "within", to "none of" for "all"."""
    if re.search(r"\bnon-?significant", text, re.IGNORECASE):
        return []
    return [*_opposites(text), *_outside(text), *_nones(text), *_significances(text)]


def _opposites(text: str) -> Iterator[Edit]:
    for match in _OPPOSITE.finditer(text):
        new = _OPPOSITES[match.group().lower()]
        if _turns(text, match, new.split()[0]):
            yield Edit.of(match, cased(match.group(), new))


def _turns(text: str, match: re.Match[str], new: str) -> bool:
    """Return whether the opposite, whose first word is `new`, contradicts the match at its place."""
    old, (start, end) = match.group().lower(), match.span()
    before, after = ahead_of(text, start, 40), text[end : end + 24]
    around = (before[-14:] + match.group() + after[:14]).lower()
    if re.search(r"\b(?:or|and|/) ?(?:\w+ )?$", before[-12:]) and new in around:
        return False
    if re.match(rf" ?(?:or|and|/) ?{re.escape(new)}", after[:16]):
        return False
    if old not in _LIMITING and _DENIED.search(before):
        return False  # "not lower" does not mean "higher".
    if _TIME_OR.search(before) or _OR_TIME.match(after):
        return False
    if old in _NOT_BEHIND and re.search(_NOT_BEHIND[old], before):
        return False
    return not (old in _NOT_A_SCALE and re.match(_NOT_A_SCALE[old], after))


def _outside(text: str) -> Iterator[Edit]:
    for match in _WITHIN.finditer(text):
        within, span, link = match.group(1), match.group(2), (match.group(3) or "").lower()
        new = f"no earlier than {span} {'after' if link == 'of' else link}" if link else f"only after {span}"
        yield Edit.of(match, cased(within, new))


def _nones(text: str) -> Iterator[Edit]:
    for match in _ALL.finditer(text):
        before = ahead_of(text, match.start(), 20)
        if denied(text, match.start()) or re.search(r"\b(?:at|after|and|with|substantially) $", before):
            continue
        yield Edit.of(match, cased(match.group(1), "none of the "))


def _significances(text: str) -> Iterator[Edit]:
    for match in _SIGNIFICANT.finditer(text):
        yield Edit.of(match, match.group(1) + ("" if match.group(2) else " not"))
    for match in _A_SIGNIFICANT.finditer(text):
        if match.group(1) in "Aa":
            yield Edit.of(match, cased(match.group(1), "no "))
        elif not match.group(2).endswith("s") and not (match.group(3) or "").endswith("s"):
            yield Edit.of(match, cased(match.group(1), "a "))
