"""An archive of any size, made up from a seed: notes, letters and agreements, words distributed as in life.

    python -m bench.archive FOLDER --documents 1000 [--words 600] [--seed 1]

The most frequent words are common English ones; the others are made of syllables, twenty thousand of them,
each as rare as its rank says (Zipf), so that a word index of it has the shape of a real one. Names, dates,
amounts and case numbers stand where they stand in real files.
"""

from __future__ import annotations

import argparse
import bisect
import itertools
import random
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from vault.text.dates.months import MONTHS

_COMMON = (
    "the of and to in a is that for it as was with be by on not he his but at are this have from or had an "
    "they which one you were all her she there would their we him been has when who will no more if out so "
    "up said what its about than into them can only other time new some could these two may first then do "
    "any like my now over such our man me even most made after also did many off before must well back "
    "through years much where your way down should because long each just those people too agreement party "
    "notice written term clause payment patient hospital dose daily review blood clinic letter report "
    "section shall provided days supplier services breach terminate liability confidential court order "
    "claim witness statement lease tenant landlord rent property charge account invoice date signed "
    "treatment surgeon ward discharge history examination result normal raised advice"
).split()
_SYLLABLES = (
    "ba be bi bo bu da de di do du fa fe fi fo ga ge gi go ha he hi ho ka ke ki ko la le li lo lu ma me mi "
    "mo mu na ne ni no nu pa pe pi po ra re ri ro ru sa se si so su ta te ti to tu va ve vi vo wa we wi zo"
).split()
_ENDINGS = ("n", "r", "s", "l", "ment", "tion", "ine", "al", "ide", "ous", "or", "ing")
_RARE = 20_000
_GIVEN = (
    "Ada Bram Cora Doran Edda Finn Greta Hollis Ilse Jonas Kira Lorne Mabel Nils Orla Piers Runa Silas Thea "
    "Una"
).split()
_KINDS = ("Agreement", "Clinic letter", "Ward note", "Witness statement", "Invoice", "Report")


@dataclass(frozen=True, slots=True)
class Made:
    """One made-up file."""

    name: str
    text: str
    title: str
    person: str
    number: str


@cache
def vocabulary() -> tuple[tuple[str, ...], tuple[float, ...]]:
    """(words, cumulative weights), the most frequent first; the same for every seed."""
    chance = random.Random(20_000)
    rare: dict[str, None] = {}
    while len(rare) < _RARE:
        syllables = chance.choices(_SYLLABLES, k=chance.randint(2, 4))
        rare["".join(syllables) + chance.choice(_ENDINGS)] = None
    words = (*dict.fromkeys(_COMMON), *rare)
    return words, tuple(itertools.accumulate(1 / (rank + 2.7) for rank in range(len(words))))


def make(number: int, words: int, seed: int = 1) -> Made:
    """File `number` of the archive with that seed: about `words` words, in paragraphs under headings."""
    chance = random.Random(f"{seed}/{number}")
    person = f"{chance.choice(_GIVEN)} {rare_word(chance).capitalize()}"
    case = f"{chance.choice('ABCDEFGH')}{chance.randint(10, 99)}-{number:06d}"
    kind = chance.choice(_KINDS)
    title = f"{kind} {case}: {person}"
    lines = [
        f"# {title}",
        "",
        f"Reference {case}. {date(chance)}. {person}, {rare_word(chance).capitalize()}.",
        "",
    ]
    count = section = 0
    while count < words:
        section += 1
        lines += [f"## {section}. {phrase(chance, chance.randint(2, 4)).capitalize()}", ""]
        for _ in range(chance.randint(2, 5)):
            paragraph = " ".join(sentence(chance, person) for _ in range(chance.randint(2, 5)))
            count += len(paragraph.split())
            lines += [paragraph, ""]
    return Made(f"{kind.lower().replace(' ', '-')}-{case}.md", "\n".join(lines), title, person, case)


def sentence(chance: random.Random, person: str) -> str:
    """One sentence; every fourth or so holds a name, a date, an amount or a dose."""
    body = phrase(chance, chance.randint(8, 22))
    fact = chance.randrange(16)
    if fact == 0:
        body += f" on {date(chance)}"
    elif fact == 1:
        body = f"{person} {body}"
    elif fact == 2:
        body += f", in the sum of {chance.randint(1, 90)},{chance.randint(0, 999):03d} pounds"
    elif fact == 3:
        body += f" {chance.choice((5, 10, 25, 62.5, 125, 250, 500))} mg {rare_word(chance)} daily"
    return f"{body[0].upper()}{body[1:]}."


def phrase(chance: random.Random, length: int) -> str:
    """That many words by their frequency."""
    words, weights = vocabulary()
    return " ".join(
        words[bisect.bisect(weights, chance.random() * weights[-1], hi=len(words) - 1)] for _ in range(length)
    )


def rare_word(chance: random.Random) -> str:
    """A word that stands for a name."""
    words, _ = vocabulary()
    return words[chance.randrange(len(words) - _RARE, len(words))]


def date(chance: random.Random) -> str:
    """A day in a year that files are from."""
    return f"{chance.randint(1, 28)} {chance.choice(MONTHS)} {chance.randint(1995, 2025)}"


def write(folder: Path, first: int, documents: int, words: int, seed: int = 1) -> None:
    """Write files `first` and the following ones; one that is there already is left."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(first, first + documents):
        made = make(number, words, seed)
        path = folder / made.name
        if not path.exists():
            path.write_text(made.text, encoding="utf-8")


def main() -> None:
    """Write an archive."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--words", type=int, default=600, help="of each document, about")
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    write(chosen.folder, 0, chosen.documents, chosen.words, chosen.seed)


if __name__ == "__main__":
    main()
