"""The numbers by which the product ranks, finds evidence, abstains and quotes, read from `weights.yaml`.

`bench.fit_evidence --write` and `bench.fit_reader --write` fit some of them again and write the file. If you
change one by hand, say why in `by_hand` of its group.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

WEIGHTS_FILE = Path(__file__).parent / "weights.yaml"
_HEADER = """\
# Numbers that were fitted or chosen. Each group says which questions they come from (`questions`), which
# command fits or measures them (`command`), when that was (`date`), and which of them were set by hand and
# why (`by_hand`). `python -m bench.fit_evidence SETS --write` and `python -m bench.fit_reader SETS --keep
# FOLDER --write` write this file; they leave alone what was set by hand. `rag/weights/weights.py` reads it.
"""


class _Values(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Origin(_Values):
    """Where the numbers of a group come from."""

    questions: str = Field(min_length=1)
    """The questions that they were fitted or measured on."""
    command: str = Field(min_length=1)
    """What fits or measures them."""
    date: datetime.date
    by_hand: Mapping[str, str] = {}
    """Names of the numbers that no command writes, each with the reason for its value."""


class Group(_Values):
    """Numbers that were found together."""

    origin: Origin

    @model_validator(mode="after")
    def _by_hand_names_numbers(self) -> Group:
        unknown = self.origin.by_hand.keys() - self.numbers().keys()
        if unknown:
            raise ValueError(f"by_hand names {', '.join(sorted(unknown))}, which this group does not have.")
        return self

    def numbers(self) -> dict[str, float]:
        """Return the numbers by name; those of a mapping (`signals`) by their own names."""
        found: dict[str, float] = {}
        for name in type(self).model_fields:
            value = getattr(self, name)
            if name != "origin":
                found |= value if isinstance(value, Mapping) else {name: value}
        return found


class RoutingWeights(Group):
    """Which documents a question names."""

    most_documents: int
    """A name that more documents carry does not tell them apart."""
    common_share: float
    """A word that a greater share of the documents' heads holds names no document."""
    least_share: float
    """Share of the question's naming words that a document's head must hold, weighted by rarity."""
    near_best: float
    """Share of the best document's share from which another one is named too."""
    sure_rarity: float
    """Rarity of the naming words, summed, from which a document is surely meant."""


class SearchWeights(Group):
    """What each part of a search counts; the best hit of words and meaning together counts 1."""

    lexical: float
    dense: float
    document: float
    """What a document counts that holds all words of the question."""
    routing: float
    """What a document counts that the question surely names."""
    sentence: float
    """What the best hit of the index of sentences counts, for the chunk that holds it."""


class RerankingWeights(Group):
    """How the reader reorders the passages of a search."""

    passages: int
    """Passages that it reads."""
    relevance: float
    """What a unit of its relevance counts beside the search's score."""
    excerpt_words: int
    """Words that it reads first of a passage that the search puts far behind."""


class EvidenceWeights(Group):
    """Scores of sentences: the weights of their signals."""

    signals: Mapping[str, float]


class FitWeights(Group):
    """What it counts how a sentence fits the question (`rag.evidence.fit`): the weights of these signals."""

    signals: Mapping[str, float]


class ReaderEvidenceWeights(Group):
    """What the reader adds to the scores of sentences, and when its logits count."""

    reader_sentence: float
    """Weight of its logit of the sentence."""
    not_read: float
    """Logit of a sentence or passage that it did not read; those that it reads are seldom below."""
    least_names: float
    """Share of the question's names that a document must hold, so that a passage of it counts as an
    answer."""
    other_document: float
    """Logit that a passage of another document counts at most."""
    answers: float
    """Logit of a sentence from which the words that answer are marked in it."""


class AbstentionWeights(Group):
    """The decision whether the evidence answers: a logistic regression over the best sentence's signals."""

    intercept: float
    signals: Mapping[str, float]


class ReaderAbstentionWeights(Group):
    """The same decision where the reader has read the passages."""

    intercept: float
    without_reader: float
    """Share of the signals' weights in the decision without the reader."""
    reader_most_answerable: float
    """Weight of the reader's logit that the best passage answers."""


class UnderstoodAbstentionWeights(Group):
    """The decision where sentences are annotated: whether the best one that fits is right."""

    intercept: float
    answerable: float
    """Weight of the decision without annotations, a logit."""
    gap: float
    """Weight of how far the best score lies above the next one's, at most 1."""


class QuotingWeights(Group):
    """Which sentences a quoted answer says."""

    near_best: float
    """How far below the best sentence's score another one may be."""


class Weights(_Values):
    """All groups."""

    routing: RoutingWeights
    search: SearchWeights
    reranking: RerankingWeights
    evidence: EvidenceWeights
    fit: FitWeights
    evidence_with_reader: ReaderEvidenceWeights
    abstention: AbstentionWeights
    abstention_with_reader: ReaderAbstentionWeights
    abstention_understood: UnderstoodAbstentionWeights
    quoting: QuotingWeights


def parse_weights(text: str) -> Weights:
    """Return the weights in the text of a file.

    Raises yaml.YAMLError, and pydantic's ValidationError for missing, unknown or mistyped numbers.
    """
    return Weights.model_validate(yaml.safe_load(text))


def format_weights(weights: Weights) -> str:
    """Return the text of the file; `parse_weights` reads it back."""
    values = weights.model_dump()
    return _HEADER + yaml.safe_dump(values, sort_keys=False, allow_unicode=True, width=110)


def with_fitted(
    weights: Weights, group: str, fitted: Mapping[str, float], command: str, questions: str
) -> Weights:
    """Return the weights with numbers of one group replaced, rounded to two places, with today's date.

    Numbers that the group says were set by hand stay, and so does what the group does not have.
    """
    old: Group = getattr(weights, group)
    new = {name: round(float(value), 2) for name, value in fitted.items() if name not in old.origin.by_hand}

    def replaced(name: str, value: object) -> object:
        if isinstance(value, dict):
            return {one: new.get(one, number) for one, number in value.items()}
        return new.get(name, value)

    origin = old.origin.model_dump() | {
        "questions": questions, "command": command, "date": datetime.datetime.now(datetime.UTC).date(),
    }  # fmt: skip
    values = {name: replaced(name, value) for name, value in old.model_dump(exclude={"origin"}).items()}
    return weights.model_copy(update={group: type(old).model_validate({**values, "origin": origin})})


@cache
def load_weights() -> Weights:
    """Return the weights of this package; the file is read once."""
    return parse_weights(WEIGHTS_FILE.read_text(encoding="utf-8"))
