"""Who did something: "done by Dr Hale" answers, and somebody who only wants it done does not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.evidence.evidence import EvidenceSentence, best_first
from rag.question.question import holds
from rag.question.understanding.understood import Intent, Understood
from rag.question.wanted import Wanted
from vault.text.words import stems

_ASKS_WHO_DID = re.compile(
    r"^\W*(?:(?:and|so|but)\s+)?(?:who|which (?:\w+ ){0,3}?(?:staff|nurse|doctor|surgeon|consultant|"
    r"person|colleague))\s+"
    r"(?:did|made|gave|took|saw|found|wrote|put|cut|drew|rang|sent|brought|told|\w+ed)\b|\bby whom\b",
    re.I,
)
_BY = re.compile(
    r"\bby\s+(?:the\s+|an?\s+)?(?:[a-z]+\s+){0,3}(?P<name>[A-Z][\w.’'-]*(?:\s+[A-Z][\w.’'-]*){0,3})"
)
_WANTS = re.compile(
    r"\b(?:wants?|wanted|would like|asks? for|asked for|requests?|requested|advises?|advised|"
    r"suggests?|recommends?|to be|"
    r"awaiting|planned|plan|refer(?:red)?|please|should|will|would)\b",
    re.I,
)
_BETTER = 0.6
_WORSE = 1.2


def prefer_agents(understood: Understood, evidence: Sequence[EvidenceSentence]) -> list[EvidenceSentence]:
    """Return the evidence, sorted; where it is asked who did something, that is who it was done by."""
    if (
        understood.wanted is not Wanted.PERSON
        or understood.intent is not Intent.FACT
        or not _ASKS_WHO_DID.search(understood.text)
    ):
        return list(evidence)
    asked = frozenset(stems(understood.text))
    found = []
    for one in evidence:
        text = one.citation.quote
        by = _BY.search(text)
        if by is not None and (holds(Wanted.PERSON, text, asked) or not stems(by["name"]) <= asked):
            found.append(replace(one, score=one.score + _BETTER))
        elif _WANTS.search(text):
            found.append(replace(one, score=one.score - _WORSE))
        else:
            found.append(one)
    return best_first(found)
