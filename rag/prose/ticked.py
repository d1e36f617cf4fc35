"""Answer a yes-no question from a box that is ticked or left empty, or from a field that says yes or no."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set

from rag.direct.answer import AnswerForm, DirectAnswer
from rag.evidence.fit.people import fit_of_people
from rag.question.question import Question
from rag.question.understanding.understood import Intent, Understood
from rag.tables.grids.source import TableSource
from rag.verification.verify import Verdict
from vault.annotations import AnnotatedSentence
from vault.text.lists.stop_words import STOP_WORDS
from vault.text.readable import readable
from vault.text.words import stem, stems

_MARK = re.compile(r"(?P<ticked>[☒☑✓✔✗✘]|\[[xX✓]\])|[☐□]|\[ ?\]")
_OPTION = re.compile(
    r"(?:(?<=[:|/])|^)\s*(?P<yes>yes|y|ja|oui)\b|(?:(?<=[:|/])|^)\s*(?:no|n|nein|non)\b", re.I
)
_LABEL = re.compile(r"^[^:]{2,80}:")
_LEAST_COVERAGE = 0.6
"""Share of what is asked about, by rarity, that the label must name, unless the question names all of the
label: a word that stands nowhere ("Does he *wear* a hearing aid?") counts most."""
_OF_FORMS = frozenset(
    stem(word)
    for word in """
    patient client person applicant tenant resident form box field tick ticked check checked cross crossed
    mark marked select selected choose chosen agree agreed consent consented give given sign signed say
    """.split()
)
"""Words of questions about forms that say nothing of which field is meant."""
_NO_CONTENT = frozenset(map(stem, ("yes", "no", "y", "n", "ja", "nein", "oui", "non", "x", *STOP_WORDS)))


def ticked_field(
    question: Question,
    understood: Understood,
    sources: Sequence[tuple[TableSource, str, Sequence[AnnotatedSentence]]],
) -> DirectAnswer | None:
    """Return "Yes" or "No" with the field that says it; None if no field does, or fields disagree.

    `sources` are (source, sha256, sentences) of the documents that may hold it.
    """
    topic = question.topic - _OF_FORMS
    if understood.intent is not Intent.YES_NO or not topic:
        return None
    found = []
    for source, sha256, sentences in sources:
        profile = source.sentences.profiles([sha256]).get(sha256)
        for sentence in sentences:
            said = says_yes(sentence.text)
            if said is None or fit_of_people(understood.names, sentence, profile) < 0:
                continue
            label = stems(sentence.text)
            coverage = question.coverage(topic, label)
            if coverage >= _LEAST_COVERAGE or (
                coverage and _content(label) <= question.with_other_words(question.topic)
            ):
                found.append((coverage, said, source, sha256, sentence))
    most = max((coverage for coverage, *_ in found), default=0.0)
    best = [one for one in found if one[0] == most]
    if len({said for _, said, *_ in best}) != 1:
        return None
    coverage, said, source, sha256, sentence = best[0]
    return DirectAnswer(
        text=f"{'Yes' if said else 'No'}: {readable(sentence.text)}",
        verdict=Verdict.QUOTED,
        citations=(source.cite_sentence(sha256, sentence),),
        form=AnswerForm.YES_NO,
        confidence=coverage,
    )


def _content(label: Set[str]) -> Set[str]:
    """Return the stems of a field that say which one it is."""
    return label - _OF_FORMS - _NO_CONTENT


def says_yes(text: str) -> bool | None:
    """Return what a field of a form says; None if it says neither yes nor no.

    Examples: "☒ Photographs" and "Smoker: yes" say yes, "☐ Research" and "Transfusion: no ☒" say no.
    "Transfusion: no ☐" says nothing: which other box is ticked stands elsewhere.
    """
    marks = list(_MARK.finditer(text))
    if len(marks) > 1:
        return None
    label = _LABEL.match(text)
    option = _OPTION.search(text, label.end() - 1 if label else 0)
    if not marks:
        alone = option is not None and label is not None and not text[option.end() :].strip(" .|")
        return option["yes"] is not None if alone and option else None
    ticked = marks[0]["ticked"] is not None
    if option is None:
        return ticked
    # "☒ Smoker: yes" is a box with its name for "on": an empty one has no value beside it.
    return option["yes"] is not None if ticked else None
