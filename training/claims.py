"""Make statements from the passages of the groups: true ones, false ones, and ones about other passages.

    python -m training.claims bench/out/rows

reads the groups that `training.rows` wrote there and adds `made.jsonl.gz` and `made.fit.jsonl.gz`.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from training.falsify.falsify import falsified, restated
from training.row import Candidate, Claim, Group, read_rows, write_rows
from vault.text.readable import readable

_MADE = 350
"""Passages of each set from which statements are made."""
_WORDS = range(7, 50)
_COMMON = ("negation", "modality")
_COMMON_KEPT = 0.5


def claims_of(groups: Sequence[Group], chance: random.Random) -> Iterator[Claim]:
    """Yield statements from the sentences of the groups' passages, one passage for each group."""
    names = [word for group in groups for word in _names(group.forms[0])]
    for group in groups:
        about = chance.choice(group.candidates)
        usable = [one for one in about.sentences if len(readable(one).split()) in _WORDS]
        if not usable:
            continue
        sentence = readable(chance.choice(usable))
        true = restated(sentence, chance)
        yield _claim(chance.choice(true).text if true else sentence, about, "supported")
        wrong = [
            made
            for made in falsified(sentence, chance, names)
            # Nearly every sentence can be negated; the reader must learn the other ways to be wrong too.
            if made.kind not in _COMMON or chance.random() < _COMMON_KEPT
        ]
        for made in chance.sample(wrong, min(2, len(wrong))):
            yield _claim(made.text, about, "contradicted")
        others = [one for one in group.candidates if sentence not in map(readable, one.sentences)]
        if others:
            yield _claim(sentence, chance.choice(others), "not_addressed")


def _claim(statement: str, about: Candidate, label: str) -> Claim:
    return Claim("made", statement, about.title, about.heading, about.sentences, label)


def _names(text: str) -> list[str]:
    return [word.strip(".,;:?()\"'") for word in text.split()[1:] if word[:1].isupper() and len(word) > 3]


def main() -> None:
    """Make and write the statements."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("rows", type=Path, help="the folder that training.rows filled")
    chosen = parser.parse_args()
    for ending, most in ((".fit.jsonl.gz", 20), (".jsonl.gz", _MADE)):
        chance = random.Random(2)
        groups: list[Group] = []
        for path in sorted(chosen.rows.glob(f"*{ending}")):
            if path.name.startswith("made") or (".fit." in path.name) != (".fit." in ending):
                continue
            some = [row for row in read_rows(path) if isinstance(row, Group)]
            groups += chance.sample(some, min(most, len(some)))
        count = write_rows(chosen.rows / f"made{ending}", claims_of(groups, chance))
        print(f"made{ending}: {count} rows from {len(groups)} passages")


if __name__ == "__main__":
    main()
