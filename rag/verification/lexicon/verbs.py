"""Verbs and the words around them: who does what to whom."""

from __future__ import annotations

BE = frozenset("is are was were be been being remains remained".split())
"""Forms of "to be", and verbs that take their place."""

RELATIONS = frozenset(
    """
    pay owe sue notify indemnify sell assign grant transfer report refer treat exceed supersede prevail
    cause precede follow lease license lend buy purchase supply deliver employ appoint inform acquire
    increase decrease reduce inhibit prevent induce replace defeat reimburse compensate own control
    defend consult examine marry represent instruct invoice warn release guarantee terminate dismiss
    hire perform sign issue file appeal conduct write draft administer order request approve reject
    accept inspect install prefer operate breach waive serve
    """.split()
)
"""Verbs with two sides, the one who does it and the one it is done to. They may not change places."""

PARTICIPLE_ENDINGS = ("ed", "en", "wn", "id", "ld", "nt", "ught")

NOUN_ENDINGS = ("ion", "ions", "ment", "ments", "ance", "ence", "ery", "ing", "ness", "ity", "ure", "ices")
"""A word with such an ending at the start of a sentence is a thing ("Delivery", "Payment"), not a name."""

BEFORE_NOUNS = frozenset(
    """
    the a an this that any each no its his her their of in on at by for from with without after before
    upon under prior further
    """.split()
)
"""After these a word that may be a verb is a noun."""

DETERMINERS = frozenset("the this a an such any".split())
"""After these a capital marks a defined term ("the Goods"), not a name."""
