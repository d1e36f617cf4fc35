"""Words that decide what a sentence says about another word."""

from __future__ import annotations

OPPOSITES: tuple[tuple[frozenset[str], frozenset[str]], ...] = tuple(
    (frozenset(one.split()), frozenset(other.split()))
    for one, other in (
        ("before prior preceding", "after following subsequent"),
        (
            "increase increased increases increasing increasingly rise rises rose raised raise",
            "decrease decreased decreases decreasing reduce reduced reduces reduction fall fell falls",
        ),
        ("more greater higher larger longer exceeds above", "less lower fewer smaller shorter below"),
        ("minimum least", "maximum most"),
        ("earlier", "later"),
        ("first", "second"),
        ("former", "latter"),
        ("left", "right"),
        ("positive", "negative"),
        ("with", "without"),
        ("high elevated", "low"),
        ("upper", "lower"),
        ("direct", "indirect"),
        ("including includes include", "excluding excludes exclude"),
        ("exclusive exclusively", "nonexclusive"),
        ("improved improve improves improvement", "worsened worsen worsens worse"),
    )
)
"""Pairs of opposites. Which of the two stands near a word decides what is said about it."""

QUALIFIERS: tuple[frozenset[str], ...] = tuple(
    frozenset(group.split())
    for group in (
        "all every each any", "only solely exclusively sole exclusive", "always", "most majority", "both",
        "immediately", "automatically", "irrevocably irrevocable", "permanently permanent", "never",
        "before prior preceding", "after following subsequent", "until", "unless", "except excluding",
        "more greater higher exceeds above over", "less lower fewer below under", "least minimum",
        "during", "between", "first", "second",
    )
)  # fmt: skip
"""Small words that change a statement. If the statement has one, the passage must have one of its group."""

WEAKENING_WORDS = frozenset("some most few rarely sometimes occasionally partially partly nearly".split())
"""Words that narrow what follows. A statement that leaves one out says more than the passage."""
