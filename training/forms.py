"""Other forms of a question: statements that must be found in a corpus, as in fact checking.

    python -m training.forms bench/out/rows --embedder bench/out/vaults/embedder

reads the rows that `training.rows` wrote there and adds `forms.jsonl.gz`. It holds four kinds of groups:
labelled statements with the passage that decides them and similar passages that do not; sentences with the
passage that they were taken from; headings with the text below them; and statements made from questions and
their answers (`training/answers.py`).
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from training.answers import ANSWERED, rows_from_answers
from training.falsify.falsify import restated
from training.row import Candidate, Claim, Group, Row, read_rows, write_rows
from vault.embedding.embedder import Embedder
from vault.embedding.load import load_embedder
from vault.process.egress import guard_egress
from vault.text.readable import readable
from vault.text.words import content_words

_STATED = ("evidence_inference", "fever_pairs", "fool_me_twice")
"""Sets of statements that one passage decides alone; with many statements on one contract it does not."""
_LIFTED = ("pubmedqa", "bioasq", "covid_qa", "medquad")
_HEADED = ("cuad", "contractnli")
_MOST = 1200
"""Statements of each set that are used."""
_NEAR, _WRONG = 40, 7
_NUMBERED = re.compile(
    r"^(?:(?:article|section|clause|part|schedule|exhibit)\s+[\dIVX.]+|\d[\d.]*|[IVX]+\.|\(?[a-z]\))[\s.:)–—-]+",
    re.IGNORECASE,
)
_OF_WHOLES = frozenset("agreement exhibit page contract whereas contents hereby inc llc ltd schedule".split())
"""Words of headings of a whole document, and of page headers."""
_WORDS = range(8, 45)
_LEFT = 3
"""Sentences that a passage must keep when one is taken out."""


def groups_from_statements(
    claims: Sequence[Claim], embedder: Embedder, chance: random.Random
) -> Iterator[Group]:
    """Yield groups of a statement, the passage that decides it, and similar passages on other subjects."""
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
    """Return whether a passage is on another subject, so that it does not decide the statement too."""
    if claim.title or other.title:
        return other.title != claim.title
    return not set(other.sentences) & set(claim.sentences)


def groups_from_sentences(groups: Sequence[Group], chance: random.Random) -> Iterator[Group]:
    """Yield groups of a sentence, in its own words or other ones, and the passage without it.

    The wrong passages are those of other documents that were found for the same question. Half of the time it
    is the last sentence, which states the result of an abstract.
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


def groups_from_headings(groups: Sequence[Group], chance: random.Random) -> Iterator[Group]:
    """Yield groups of a heading, as the question, and the text below it; the passages lose their headings.

    The wrong passages are those below other headings that do not hold its words.
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
    """Return the last heading without its number; empty if it does not describe the text below it."""
    last = _NUMBERED.sub("", readable(heading.rpartition("›")[2]).strip()).strip(" .:")
    asked = content_words(last)
    return last if len(asked) >= 2 and not set(asked) & _OF_WHOLES else ""


def _holds(text: str, words: str) -> bool:
    return set(content_words(words)) <= set(content_words(text))


def _unjudged(one: Candidate | Claim, *, relevant: bool) -> Candidate:
    return Candidate(one.title, one.heading, one.sentences, relevant=relevant, answers=None)


def _named(name: str) -> str:
    """Return the name in the configuration for the groups made from a set."""
    return f"{name} as claims"


def forms_of(folder: Path, embedder: Embedder) -> Iterator[Row]:
    """Yield the groups of all sets."""
    chance = random.Random(4)
    for name in _STATED:
        rows = read_rows(folder / f"{name}.jsonl.gz")
        yield from groups_from_statements([row for row in rows if isinstance(row, Claim)], embedder, chance)
    for names, make in (
        (_LIFTED, groups_from_sentences),
        (_HEADED, groups_from_headings),
        (ANSWERED, rows_from_answers),
    ):
        for name in names:
            rows = read_rows(folder / f"{name}.jsonl.gz")
            yield from make([row for row in rows if isinstance(row, Group)], chance)


def main() -> None:
    """Make and write the groups."""
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
