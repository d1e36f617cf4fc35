"""Chunks: the pieces that a question is made of, already in English, before they are put in order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What a chunk does in its clause."""

    OPENING = "opening"
    """What is asked: "which medicines", "until when"."""
    VERB = "verb"
    PARTICIPLE = "participle"
    INFINITIVE = "infinitive"
    PARTICLE = "particle"
    """The part of a German verb that stands at the end: "fängt ... an"."""
    THING = "thing"
    """A noun with what belongs to it, a name or a pronoun."""
    PLACE = "place"
    """A preposition with its noun: "on 3 May", "in the lease"."""
    QUALITY = "quality"
    """An adjective that stands alone: "allergic"."""
    ADVERB = "adverb"
    NOT = "not"
    AND = "and"
    MARK = "mark"
    LINK = "link"
    """A word that begins a subordinate clause: "if", "that"."""


@dataclass(frozen=True, slots=True)
class Verb:
    """A form of a verb."""

    english: str
    """The English verb in its base form: "take", "be born"."""
    past: bool = False
    plural: bool = False
    role: str = ""
    """"be", "have", "become" and "modal" for the verbs that help others, else ""."""
    goes: bool = False
    """Whether its perfect is made with "to be": "ist gestürzt", "est tombée"."""
    particle: str = ""
    prepositions: Mapping[str, str] = field(default_factory=dict)
    """The English preposition for one of its own: "auf" is "for" with "wait"."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of a question."""

    kind: Kind
    english: str
    plural: bool = False
    verbs: tuple[Verb, ...] = ()
    """What the form may be of; several where a German verb has several particles."""
    foreign: str = ""
    """The preposition, opening, particle or pronoun as written, in lower case."""
    noun: str = ""
    """For a place, its noun without the preposition."""
    person: bool = False
    nominative: bool | None = None
    """Whether its article says that it is the subject; None where it does not tell."""
