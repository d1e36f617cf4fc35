"""The English spelling of medicines and other words of the laboratory that differ only in their spelling."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_SAME_IN_GERMAN = (
    "cillin mycin micin xacin statin formin gliptin parin farin digoxin insulin spirin gabalin "
    "pentin sporin zolin "
    "poetin gliflozin grastim vitamin buterol triptan sartan pril olol azepam zolam xaban gatran mab "
    "nib vir lukast "
    "prost setron toxin globulin albumin ferritin bilirubin troponin fibrin butamol terol cetamol "
    "purinol barbital "
    "pidogrel grelor tiazem pamil antoin prim"
).split()
_E_AFTER_GERMAN = (
    "thyroxin dronat glutid dipin apin oxetin tidin nidin idin phyllin yclin cain amin tylin faxin "
    "rizin xyzin azin "
    "orphin odein tropin ralin trigin mantin stigmin hicin tinin ramin otin quin rodin azol "
    "prednison solon ason "
    "ison lacton aron iaxon oxon idon codon methadon gesteron thiazid azid semid amid imid onid prid "
    "cromid osid "
    "fumarat succinat nitrat citrat sulfat trexat fibrat proat acetat carbonat phosphat chlorid "
    "hydroxid bromid oxid"
).split()
"""Endings that get an "e" in English."""
_GERMAN = (
    ("zyklin", "cycline"),
    ("zillin", "cillin"),
    ("kain", "caine"),
    *((ending, ending) for ending in _SAME_IN_GERMAN),
    *((ending, f"{ending}e") for ending in _E_AFTER_GERMAN),
)
"""(German ending, English ending); the first that fits counts."""
_NO_E_AFTER_FRENCH = (
    "cill myc mic xac stat form glipt par far digox insul spir gabal pent spor zol poet glifloz tox "
    "globul album "
    "ferrit bilirub tropon fibr glycer vitam"
).split()
"""Stems whose "-ine" is "-in" in English."""
_SAME_IN_FRENCH = (
    "codeine caine dipine apine etine tidine idine phylline ycline amine tyline faxine izine azine "
    "orphine tropine "
    "raline trigine mantine stigmine chicine tinine thyroxine quine azole solone asone isone lactone "
    "arone axone "
    "idone codone thiazide azide semide amide imide onide pride glutide dronate fumarate trexate "
    "fibrate proate "
    "olol pril sartan azepam zolam xaban gatran mab cetamol butamol terol triptan pidogrel tiazem "
    "pamil setron lukast"
).split()
_FRENCH = (
    ("profene", "profen"),
    *((f"{stem}ine", f"{stem}in") for stem in _NO_E_AFTER_FRENCH),
    *((ending, ending) for ending in _SAME_IN_FRENCH),
)
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
