"""Sentences of real text, changed in one place: to say something else, or to say the same."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

_EXCHANGED = (
    ("shall", "may"), ("before", "after"), ("more", "less"), ("days", "months"), ("mg", "mcg"),
    ("increased", "decreased"), ("with", "without"), ("all", "some"), ("higher", "lower"),
)  # fmt: skip
_PARTIES = (
    "Buyer",
    "Seller",
    "Tenant",
    "Landlord",
    "Licensor",
    "Licensee",
    "Supplier",
    "Customer",
    "Company",
)
_NOT = re.compile(r"\b(?:not|never|no)\b ")
_VERB = re.compile(r"\b(?:shall|may|is|are|was|were|must|will)\b(?! not)")
_DENIED = re.compile(r"\b(?:not|no|nothing|neither|nor|without|never)\b")
_NUMBER = re.compile(r"(?<![\w.,/\[(])\d{1,3}(?![\w.,/\])])")
_PARTY = re.compile(rf"\b(?:{'|'.join(_PARTIES)})\b")
_HARMLESS = (
    ("shall → must", r"\bshall\b(?! not)", "must"),
    ("Agreement → contract", r"\bAgreement\b", "contract"),
    ("prior to → before", r"\bprior to\b", "before"),
    ("thirty (30) → 30", r"\b(?:two|three|five|ten|fifteen|thirty|sixty|ninety) \((\d+)\)", r"\1"),
    ("such → the", r"\bsuch\b", "the"),
    ("percent → %", r"\b(?:percent|per cent)\b", "%"),
    ("any left out", r"\bany\b ", ""),
    ("label left out", r"^(?:RESULTS|CONCLUSIONS?|METHODS|BACKGROUND|OBJECTIVE): ?", ""),
    ("brackets left out", r" \((?![^)]*\bnot\b)[^()]{3,60}\)", ""),
    ("was → has been", r"\bwas (\w+ed)\b", r"has been \1"),
    (
        "defined terms small",
        r"\b(?:Licensee|Licensor|Company|Supplier|Customer|Buyer|Seller|Products?)\b",
        None,
    ),
)


def edits(sentence: str, chance: random.Random) -> Iterator[tuple[str, str]]:
    """The sentence changed in one place, in every way that it allows, so that it says something else."""
    if found := _NOT.search(sentence):
        yield "not dropped", sentence[: found.start()] + sentence[found.end() :]
    elif (found := _VERB.search(sentence)) and not _DENIED.search(sentence):
        yield "not added", f"{sentence[: found.end()]} not{sentence[found.end() :]}"
    numbers = list(_NUMBER.finditer(sentence))
    if numbers:
        number = chance.choice(numbers)
        other = int(number.group()) + chance.choice((1, 10, 30))
        yield "number", f"{sentence[: number.start()]}{other}{sentence[number.end() :]}"
    if len({number.group() for number in numbers[:2]}) == 2:
        one, two = numbers[:2]
        between = sentence[one.end() : two.start()]
        yield (
            "numbers exchanged",
            f"{sentence[: one.start()]}{two.group()}{between}{one.group()}{sentence[two.end() :]}",
        )
    for pair in _EXCHANGED:
        for this, that in (pair, pair[::-1]):
            # "Shall not" and "may not" say the same.
            if that != "all" and (found := re.search(rf"\b{this}\b(?! not)", sentence)):
                yield f"{this} → {that}", sentence[: found.start()] + that + sentence[found.end() :]
    parties = list(dict.fromkeys(_PARTY.findall(sentence)))
    if len(parties) == 2:
        exchanged = dict(zip(parties, reversed(parties), strict=True))
        yield "parties exchanged", _PARTY.sub(lambda match: exchanged[match.group()], sentence)
    if parties:
        stranger = chance.choice([party for party in _PARTIES if party not in parties])
        yield "another party", re.sub(rf"\b{parties[0]}\b", stranger, sentence)


def harmless(sentence: str, _: random.Random) -> Iterator[tuple[str, str]]:
    """The sentence changed in ways that leave what it says."""
    for kind, pattern, other in _HARMLESS:
        edited = re.sub(
            pattern, other if other is not None else lambda match: match.group().lower(), sentence
        )
        if edited != sentence:
            yield kind, edited
