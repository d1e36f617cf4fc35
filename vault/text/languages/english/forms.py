"""Forms of English words: plurals, past tenses, participles, third persons."""

from __future__ import annotations

from functools import cache

_PLURALS = {
    "person": "people", "man": "men", "woman": "women", "child": "children", "foot": "feet", "tooth": "teeth",
    "diagnosis": "diagnoses", "analysis": "analyses", "thesis": "theses", "prognosis": "prognoses",
    "next of kin": "next of kin", "wife": "wives", "half": "halves", "life": "lives", "knife": "knives",
    "criterion": "criteria", "datum": "data", "metastasis": "metastases", "thrombosis": "thromboses",
    "vertebra": "vertebrae", "mother-in-law": "mothers-in-law", "series": "series",
}  # fmt: skip
_UNCOUNTED = frozenset(
    "information advice equipment furniture evidence staff property data news urine sputum money cash people "
    "premises arrears damage damages costs expenses proceeds means leave nursing care physiotherapy "
    "diabetes insulin "
    "blood oxygen history".split()
)
_IRREGULAR = {
    verb: (past, participle)
    for verb, past, participle in (
        row.split()
        for row in (
            "be was been;become became become;begin began begun;bear bore borne;break broke broken;"
            "bring brought brought;build built built;buy bought bought;catch caught caught;"
            "choose chose chosen;come came come;cost cost cost;cut cut cut;do did done;draw drew drawn;"
            "drink drank drunk;eat ate eaten;fall fell fallen;feel felt felt;find found found;get got got;"
            "give gave given;go went gone;grow grew grown;have had had;hear heard heard;hold held held;"
            "keep kept kept;know knew known;lead led led;leave left left;lend lent lent;let let let;"
            "lie lay lain;lose lost lost;make made made;mean meant meant;meet met met;pay paid "
            "paid;repay repaid repaid;"
            "put put put;read read read;rise rose risen;run ran run;say said said;see saw seen;"
            "sell sold sold;send sent sent;set set set;show showed shown;shut shut shut;sit sat sat;"
            "sleep slept slept;speak spoke spoken;spend spent spent;stand stood stood;swear swore sworn;"
            "take took taken;tear tore torn;tell told told;think thought thought;"
            "throw threw thrown;understand understood understood;undergo underwent undergone;"
            "wear wore worn;win won won;withdraw withdrew withdrawn;write wrote written;sublet sublet sublet;"
            "bleed bled bled;hurt hurt hurt;overlook overlooked overlooked;hang hung hung;bind bound bound;"
            "burst burst burst;drive drove driven;forget forgot forgotten;forbid forbade forbidden;"
            "quit quit quit;seek sought sought;sink sank sunk;spread spread spread;steal stole stolen;"
            "swell swelled swollen;wake woke woken;teach taught taught;bite bit bitten;fly flew flown;"
            "deal dealt dealt;split split split;upset upset upset;beat beat beaten;bend bent bent;"
            "breed bred bred;feed fed fed;fight fought fought;lay laid laid;ride rode ridden;ring rang rung;"
            "shake shook shaken;shrink shrank shrunk;swallow swallowed swallowed;weep wept wept"
        ).split(";")
    )
}
_DOUBLED = frozenset(
    "stop plan drop admit permit refer transfer occur submit omit commit prefer infer defer confer "
    "ban fit grab "
    "slip rub scan shop step trip wrap beg clot regret rebut control".split()
)
_PLURAL_ALREADY = frozenset(
    "arrears damages costs expenses proceeds premises people data glasses parents terms conditions siblings "
    "relatives grounds stools tablets medicines bloods assets goods findings children".split()
)
_VOWELS = "aeiou"


def plural_of(noun: str) -> str:
    """Return the plural of a noun or of the last word of a compound; of the first of "date of birth".

    >>> plural_of("blood test"), plural_of("date of birth"), plural_of("allergy")
    ('blood tests', 'dates of birth', 'allergies')
    """
    if noun in _PLURALS:
        return _PLURALS[noun]
    for joint in (" of ", " on ", " for ", " in ", " to ", " with ", " at ", " after "):
        if joint in noun:
            first, _, rest = noun.partition(joint)
            return f"{plural_of(first)}{joint}{rest}"
    head, space, last = noun.rpartition(" ")
    if last in _UNCOUNTED or noun in _UNCOUNTED:
        return noun
    if last in _PLURALS:
        return f"{head}{space}{_PLURALS[last]}"
    if last.endswith(("ss", "x", "ch", "sh", "z")):
        return f"{noun}es"
    if last.endswith("sis"):
        return f"{noun[:-2]}es"
    if last.endswith("s"):
        return noun
    if last.endswith("y") and last[-2:-1] not in _VOWELS:
        return f"{noun[:-1]}ies"
    return f"{noun}s"


def is_plural(noun: str) -> bool:
    """Return whether a noun of the glossary is a plural already: "arrears", "costs"."""
    return noun.rpartition(" ")[2] in _PLURAL_ALREADY


def irregular_forms() -> dict[str, str]:
    """Return the irregular pasts and participles, each with its verb: {"kept": "keep"}."""
    return {form: verb for verb, forms in _IRREGULAR.items() for form in forms}


def past_of(verb: str) -> str:
    """Return the past tense of a verb, of the first word of "carry out"."""
    first, space, rest = verb.partition(" ")
    return f"{_IRREGULAR[first][0] if first in _IRREGULAR else _regular(first)}{space}{rest}"


@cache
def participle_of(verb: str) -> str:
    """Return the past participle of a verb.

    >>> participle_of("take"), participle_of("stop"), participle_of("carry out")
    ('taken', 'stopped', 'carried out')
    """
    first, space, rest = verb.partition(" ")
    return f"{_IRREGULAR[first][1] if first in _IRREGULAR else _regular(first)}{space}{rest}"


def third_person_of(verb: str) -> str:
    """Return the third person of the present: "takes", "carries out"."""
    first, space, rest = verb.partition(" ")
    if first in ("be", "have"):
        first = {"be": "is", "have": "has"}[first]
    elif first.endswith("y") and first[-2] not in _VOWELS:
        first = f"{first[:-1]}ies"
    elif first.endswith(("s", "x", "ch", "sh", "o")):
        first = f"{first}es"
    else:
        first = f"{first}s"
    return f"{first}{space}{rest}"


def be(past: bool, plural: bool) -> str:
    """Return a finite form of "to be"."""
    if past:
        return "were" if plural else "was"
    return "are" if plural else "is"


def _regular(verb: str) -> str:
    if verb.endswith("e"):
        return f"{verb}d"
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return f"{verb[:-1]}ied"
    return f"{verb}{verb[-1]}ed" if verb in _DOUBLED else f"{verb}ed"


def ordinal_of(written: str) -> str:
    """Return an ordinal number in English: "2nd" for "2."."""
    digits = written.rstrip(".")
    teens = digits[-2:] in ("11", "12", "13")
    ending = "th" if teens else {"1": "st", "2": "nd", "3": "rd"}.get(digits[-1], "th")
    return f"{digits}{ending}"


_SUPERLATIVES = {
    "good": "best", "poor": "worst", "bad": "worst", "high": "highest", "low": "lowest", "large": "largest",
    "small": "smallest", "old": "oldest", "young": "youngest", "long": "longest", "short": "shortest",
    "heavy": "heaviest", "light": "lightest", "cheap": "cheapest", "weak": "weakest", "early": "earliest",
    "late": "latest", "new": "newest",
}  # fmt: skip


def superlative_of(adjective: str) -> str:
    """Return the superlative of an adjective: "highest", "most expensive"."""
    return _SUPERLATIVES.get(adjective, f"most {adjective}")
