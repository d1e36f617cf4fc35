"""Words that say nothing about what a text or a question is about."""

from __future__ import annotations

STOP_WORDS = frozenset(
    """
    a about above after again all also am an and any are as at be because been before being below
    between both but by can cannot could did do does doing down during each else ever few for from
    further had has have having he her here hers him his how i if in into is it its itself just let me
    more most much my no nor not now of off on once only or other our ours out over own per please same
    shall she should so some such than that the their theirs them then there these they this those
    through to too under until up upon us very was we were what when where whether which while who whom
    whose why will with within without would you your yours tell give show find list say says said
    describe explain mention mentioned according document documents file page consider s t many must
    might since
    """.split()
)
"""English stop words, and words of questions that only ask ("tell", "according", "document")."""
