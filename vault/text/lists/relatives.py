"""Words for the people around a person: kin, and others who are not the person that is spoken of."""

from __future__ import annotations

KIN = tuple(
    """
    mother father sister brother son daughter child parent sibling aunt uncle cousin niece nephew wife husband
    partner spouse mum dad mom twin relative dtr fiancé fiancée
    """.split()
)
"""Kin, each in the singular; "dtr" is what notes write for a daughter."""

_KIN_OF_KIN = tuple(
    f"{before}{noun}"
    for before in ("grand", "step")
    for noun in ("mother", "father", "parent", "son", "daughter", "child", "brother", "sister")
)

RELATIVES = frozenset(
    (
        *KIN,
        *_KIN_OF_KIN,
        *"widow widower boyfriend girlfriend neighbour neighbor friend carer guardian".split(),
    )
)
"""Whom a person's papers speak of beside the person, kin or not, each in the singular."""
