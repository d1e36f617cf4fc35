"""Words that deny, and the words at which a denial ends."""

from __future__ import annotations

NEGATIONS = frozenset(
    """
    not no never neither nor none nobody nothing without denies deny denied denying lacks lack lacking
    absence fails fail failed failing refuses refuse refused refusing prohibited prohibits prohibit
    forbidden forbids barred unable nil stop stops stopped stopping cease ceases ceased quit quits
    discontinue discontinued avoid avoids avoided withhold withheld refrain excludes exclude excluding
    except declines declined prevents
    """.split()
)
"""They deny what follows them."""

BACKWARD_NEGATIONS = frozenset(
    """
    stopped discontinued avoided withheld denied excluded absent prohibited forbidden negative none nil
    waived revoked withdrawn unknown
    """.split()
)
"""After a form of "to be" or a colon they deny what stands before them."""

REPEATED_NEGATIONS = frozenset("no not nor neither never without".split())
"""After a comma or an "or" they deny what comes next; the denial before them ends."""

CLAUSE_BREAKS = frozenset(
    """
    but however although though while whereas because since yet if unless when until owing due
    """.split()
)
"""A clause ends before them."""

CLAUSE_STARTS = frozenset(
    "and the he she it they this these there patient which who provided we you i".split()
)
"""After a comma or an "and" a new clause begins with one of these."""

PREPOSITIONS = frozenset("at in on within for to from during after before by with".split())
"""After an "and" they begin a new clause."""

PLACE_PREPOSITIONS = frozenset("on in at".split())
"""They begin the place where something is not seen; the place itself exists."""

AUXILIARIES = frozenset("has had may shall must".split())
"""After an "and" they begin a new predicate."""
