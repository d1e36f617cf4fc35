"""Other forms of a question: statements that are held against a corpus, as whoever checks a claim does.

    python -m training.forms bench/out/rows --embedder bench/out/vaults/embedder

reads the rows that `training.rows` wrote there and adds `forms.jsonl.gz`: each labelled statement with the
passage that decides it and those that come nearest without deciding it; sentences lifted out of a passage,
to be found by what is left of it; headings, to be found by the text below them; and statements made of
questions and their answers (`training/answers.py`).
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from training.answers import ANSWERED, answered
from training.falsify import restated
from training.row import Candidate, Claim, Group, Row, read_rows, write_rows
from vault.embedding.embedder import Embedder
from vault.embedding.load import load_embedder
from vault.process.egress import guard_egress
from vault.text.readable import readable
from vault.text.words import content_words

_STATED = ("evidence_inference", "fever_pairs", "fool_me_twice")
"""Sets of statements whose passage decides them by itself; where many stand on one contract it does not."""
_LIFTED = ("pubmedqa", "bioasq", "covid_qa", "medquad")
_HEADED = ("cuad", "contractnli")
_MOST = 1200
"""Statements taken of a set."""
_NEAR, _WRONG = 40, 7
_NUMBERED = re.compile(
    r"^(?:(?:article|section|clause|part|schedule|exhibit)\s+[\dIVX.]+|\d[\d.]*|[IVX]+\.|\(?[a-z]\))[\s.:)–—-]+",
    re.IGNORECASE,
)
_OF_WHOLES = frozenset("agreement exhibit page contract whereas contents hereby inc llc ltd schedule".split())
"""Words of the headings that stand above a whole document or beside its pages."""
_WORDS = range(8, 45)
_LEFT = 3
"""Sentences that a passage must have beside the one that is lifted out."""


def stated(claims: Sequence[Claim], embedder: Embedder, chance: random.Random) -> Iterator[Group]:
    """Statements that their passage decides either way, each with the nearest passages of other subjects."""
    passages = list({(one.title, *one.sentences): one for one in claims}.values())
    vectors = embedder.embed([" ".join((one.title, *one.sentences)) for one in passages])
    decided = [one for one in claims if one.label != "not_addressed"]
    chosen = chance.sample(decided, min(_MOST, len(decided)))
    asked = embedder.embed([claim.statement for claim in chosen], query=True)
    for claim, vector in zip(chosen, asked, strict=True):
        near = np.argsort(-(vectors @ vector))[:_NEAR]
        others = [passages[index] for index in near.tolist() if _elsewhere(passages[index], claim)]
        right = replace(_unjudged(claim, relevant=True), answers=True)
        wrong = [_unjudged(one, relevant=False) for one in others[:_WRONG]]
        if wrong:
            yield Group(_named(claim.set), (claim.statement,), (right, *wrong))


def _elsewhere(other: Claim, claim: Claim) -> bool:
    """Whether a passage is of another subject, so that it does not decide the statement as well."""
    if claim.title or other.title:
        return other.title != claim.title
    return not set(other.sentences) & set(claim.sentences)


def lifted(groups: Sequence[Group], chance: random.Random) -> Iterator[Group]:
    """A sentence of a passage as a claim, in its words or in other ones, to be found by the rest of it.

    Against it stand the passages of other documents that were found for the same question. The last
    sentence is taken half of the time: in abstracts it says what was found.
    """
    for group in groups:
        long = [one for one in group.candidates if len(one.sentences) > _LEFT]
        if not long:
            continue
        about = chance.choice(long)
        place = len(about.sentences) - 1 if chance.random() < 0.5 else chance.randrange(len(about.sentences))
        sentence = readable(about.sentences[place])
        if len(sentence.split()) not in _WORDS:
            continue
        rest = tuple(one for index, one in enumerate(about.sentences) if index != place)
        wrong = [_unjudged(one, relevant=False) for one in group.candidates if one.title != about.title]
        if wrong:
            right = replace(_unjudged(about, relevant=True), sentences=rest)
            forms = (sentence, *(made.text for made in restated(sentence, chance)))
            yield Group(_named(group.set), tuple(dict.fromkeys(forms)), (right, *wrong[:_WRONG]))


def headed(groups: Sequence[Group], chance: random.Random) -> Iterator[Group]:
    """A heading as a query, for the text that stands below it; no passage shows its headings then.

    Against it stand the passages of the group below other headings, which do not hold its words.
    """
    for group in groups:
        below = [one for one in group.candidates if _named_by(one.heading)]
        if not below:
            continue
        about = chance.choice(below)
        heading = _named_by(about.heading)
        text = tuple(one for one in about.sentences if not _holds(heading, _NUMBERED.sub("", one.strip())))
        wrong = [
            replace(_unjudged(one, relevant=False), heading="")
            for one in group.candidates
            if one.heading != about.heading and not _holds(" ".join(one.sentences), heading)
        ]
        if wrong and len(text) >= _LEFT:
            right = replace(_unjudged(about, relevant=True), heading="", sentences=text)
            yield Group(f"{group.set} by heading", (heading,), (right, *wrong[:_WRONG]))


def _named_by(heading: str) -> str:
    """The last heading without its number; empty where it says nothing of what stands below it."""
    last = _NUMBERED.sub("", readable(heading.rpartition("›")[2]).strip()).strip(" .:")
    asked = content_words(last)
    return last if len(asked) >= 2 and not set(asked) & _OF_WHOLES else ""


def _holds(text: str, words: str) -> bool:
    return set(content_words(words)) <= set(content_words(text))


def _unjudged(one: Candidate | Claim, *, relevant: bool) -> Candidate:
    return Candidate(one.title, one.heading, one.sentences, relevant=relevant, answers=None)


def _named(name: str) -> str:
    """What the configuration calls the groups that were made of a set."""
    return f"{name} as claims"


def forms_of(folder: Path, embedder: Embedder) -> Iterator[Row]:
    """The groups of all sets."""
    chance = random.Random(4)
    for name in _STATED:
        rows = read_rows(folder / f"{name}.jsonl.gz")
        yield from stated([row for row in rows if isinstance(row, Claim)], embedder, chance)
    for names, make in ((_LIFTED, lifted), (_HEADED, headed), (ANSWERED, answered)):
        for name in names:
            rows = read_rows(folder / f"{name}.jsonl.gz")
            yield from make([row for row in rows if isinstance(row, Group)], chance)


def main() -> None:
    """Make and write them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("rows", type=Path, help="the folder that training.rows filled")
    parser.add_argument("--embedder", type=Path, required=True, help="where the embedding model's copy lies")
    chosen = parser.parse_args()
    guard_egress()
    count = write_rows(
        chosen.rows / "forms.jsonl.gz", forms_of(chosen.rows, load_embedder(chosen.embedder, threads=2))
    )
    print(f"forms.jsonl.gz: {count} rows")


if __name__ == "__main__":
    main()
