"""The English spelling of medicines and other words of the laboratory that differ only in their spelling."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_GERMAN: Sequence[tuple[str, str]] = (
    # Ending in German, ending in English; the first that fits counts. "=" keeps the ending.
    *((same, same) for same in (
        "cillin", "mycin", "micin", "xacin", "statin", "formin", "gliptin", "parin", "farin", "goxin",
        "insulin",
        "spirin", "gabalin", "pentin", "sporin", "zolin", "poetin", "gliflozin", "grastim", "vitamin",
        "buterol",
        "triptan", "sartan", "pril", "olol", "azepam", "zolam", "xaban", "gatran", "mab", "nib", "vir",
        "lukast",
        "dipir", "glutid", "prost", "setron", "oxin", "globulin", "albumin", "ferritin", "bilirubin",
        "troponin",
        "fibrin", "butamol", "terol", "cetamol", "purinol", "barbital", "pidogrel", "grelor", "tiazem",
        "pamil",
        "dronat"
    ) if same not in ("glutid", "dronat")),
    ("thyroxin", "thyroxine"), ("dipin", "dipine"), ("apin", "apine"), ("oxetin", "oxetine"),
    ("tidin", "tidine"), ("nidin", "nidine"), ("idin", "idine"), ("phyllin", "phylline"), ("yclin", "ycline"),
    ("zyklin", "cycline"), ("zillin", "cillin"), ("cain", "caine"), ("kain", "caine"), ("amin", "amine"),
    ("tylin", "tyline"), ("faxin", "faxine"), ("rizin", "rizine"), ("xyzin", "xyzine"), ("azin", "azine"),
    ("orphin", "orphine"), ("odein", "odeine"), ("tropin", "tropine"), ("ralin", "raline"), ("trigin",
    "trigine"),
    ("mantin", "mantine"), ("stigmin", "stigmine"), ("hicin", "hicine"), ("tinin", "tinine"), ("ramin",
    "ramine"),
    ("antoin", "antoin"), ("otin", "otine"), ("prim", "prim"), ("quin", "quine"), ("rodin", "rodine"),
    ("azol", "azole"), ("prednison", "prednisone"), ("solon", "solone"), ("ason", "asone"), ("ison", "isone"),
    ("lacton", "lactone"), ("aron", "arone"), ("iaxon", "iaxone"), ("oxon", "oxone"), ("idon", "idone"),
    ("codon", "codone"), ("methadon", "methadone"), ("eridon", "eridone"), ("gesteron", "gesterone"),
    ("thiazid", "thiazide"), ("azid", "azide"), ("semid", "semide"), ("amid", "amide"), ("imid", "imide"),
    ("onid", "onide"), ("prid", "pride"), ("cromid", "cromide"), ("glutid", "glutide"), ("osid", "oside"),
    ("dronat", "dronate"), ("fumarat", "fumarate"), ("succinat", "succinate"), ("nitrat", "nitrate"),
    ("citrat", "citrate"), ("sulfat", "sulfate"), ("trexat", "trexate"), ("fibrat", "fibrate"),
    ("proat", "proate"), ("acetat", "acetate"), ("carbonat", "carbonate"), ("phosphat", "phosphate"),
    ("chlorid", "chloride"), ("hydroxid", "hydroxide"), ("bromid", "bromide"), ("oxid", "oxide"),
)  # fmt: skip
_FRENCH: Sequence[tuple[str, str]] = (
    *((f"{stem}ine", f"{stem}in") for stem in (
        "cill", "myc", "mic", "xac", "stat", "form", "glipt", "par", "far", "gox", "insul", "spir", "gabal",
        "pent", "spor", "zol", "poet", "glifloz", "itox", "globul", "album", "ferrit", "bilirub", "tropon",
        "fibr", "glycer", "vitam", "hepat", "toc", "prot",
    )),
    ("codeine", "codeine"), ("caine", "caine"), ("dipine", "dipine"), ("apine", "apine"), ("etine", "etine"),
    ("tidine", "tidine"), ("idine", "idine"), ("phylline", "phylline"), ("ycline", "ycline"),
    ("amine", "amine"), ("tyline", "tyline"), ("faxine", "faxine"), ("izine", "izine"), ("azine", "azine"),
    ("orphine", "orphine"), ("tropine", "tropine"), ("raline", "raline"), ("trigine", "trigine"),
    ("mantine", "mantine"), ("stigmine", "stigmine"), ("chicine", "chicine"), ("tinine", "tinine"),
    ("thyroxine", "thyroxine"), ("quine", "quine"), ("azole", "azole"), ("solone", "solone"),
    ("asone", "asone"), ("isone", "isone"), ("lactone", "lactone"), ("arone", "arone"), ("axone", "axone"),
    ("idone", "idone"), ("codone", "codone"), ("thiazide", "thiazide"), ("azide", "azide"),
    ("semide", "semide"), ("amide", "amide"), ("imide", "imide"), ("onide", "onide"), ("pride", "pride"),
    ("glutide", "glutide"), ("dronate", "dronate"), ("fumarate", "fumarate"), ("trexate", "trexate"),
    ("fibrate", "fibrate"), ("proate", "proate"), ("olol", "olol"), ("pril", "pril"), ("sartan", "sartan"),
    ("azepam", "azepam"), ("zolam", "zolam"), ("xaban", "xaban"), ("gatran", "gatran"), ("mab", "mab"),
    ("cetamol", "cetamol"), ("butamol", "butamol"), ("terol", "terol"), ("profene", "profen"),
    ("triptan", "triptan"), ("prazole", "prazole"), ("pidogrel", "pidogrel"), ("tiazem", "tiazem"),
    ("pamil", "pamil"), ("setron", "setron"), ("lukast", "lukast"), ("sporine", "sporin"),
)  # fmt: skip
_SOUNDS = (
    (re.compile(r"^k(?=[aou]|l|r)"), "c"),
    (re.compile(r"kalz"), "calc"),
    (re.compile(r"^z(?=[ei])"), "c"),
    (re.compile(r"(?<=[aeiou])z(?=[ei]l)"), "c"),
    (re.compile(r"ö"), "oe"),
    (re.compile(r"ä"), "ae"),
    (re.compile(r"ü"), "u"),
)
_LEAST = 6
"""Letters that a word must have: shorter ones end so by chance."""


def german_medicine(word: str) -> str | None:
    """Return the English spelling of a German word that is spelled like a medicine, else None.

    >>> german_medicine("Furosemid"), german_medicine("Kodein"), german_medicine("Schrank")
    ('furosemide', 'codeine', None)
    """
    lower = word.lower()
    for sound, english in _SOUNDS:
        lower = sound.sub(english, lower)
    return _with_ending(lower, _GERMAN)


def french_medicine(word: str) -> str | None:
    """Return the English spelling of a French word that is spelled like a medicine, else None.

    >>> french_medicine("énoxaparine"), french_medicine("codéine"), french_medicine("armoire")
    ('enoxaparin', 'codeine', None)
    """
    decomposed = unicodedata.normalize("NFD", word.lower())
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return _with_ending(plain, _FRENCH)


def _with_ending(word: str, endings: Sequence[tuple[str, str]]) -> str | None:
    if len(word) < _LEAST:
        return None
    for foreign, english in endings:
        if word.endswith(foreign):
            return f"{word.removesuffix(foreign)}{english}"
    return None
