"""Words that say little by themselves: one list, with what search and verification add to it."""

from __future__ import annotations

COMMON_WORDS = frozenset(
    """
    a about according again all also am an and any are as at be because been being between both but by
    can could did do does doing down during each few for from further had has have having he her here
    hers him his i if in into is it its itself many me might more most much must my no nor not of off on
    once only or other our out over own per same shall she should since so some such than that the their
    theirs them then there these they this those through to too under until up upon us very was we were
    what when where whether which while who whom whose will with within without would you your
    """.split()
)
"""Words of grammar that search and verification leave out alike."""

_OF_QUESTIONS = frozenset(
    """
    consider describe document documents explain file find give let list mention mentioned page please
    said say says show tell
    """.split()
)
"""They only ask: "tell me what the document says"."""

STOP_WORDS = (
    COMMON_WORDS
    | _OF_QUESTIONS
    | frozenset(
        """
    above after before below cannot else ever how just now ours s t why yours
    """.split()
    )
)
"""What a search leaves out. "First" and "unless" say something there: they are searched for."""

FUNCTION_WORDS = COMMON_WORDS | frozenset(
    """
    across against although among concerning done due either every except first herself himself however
    least less may need neither never non onto regarding second themselves though thus twice unless via
    """.split()
)
"""What verification does not compare word by word, because guards look at those that matter."""

SMALL_WORDS_OF_TITLES = frozenset(
    """
    a an and as at by das de der des die du et for from in into la le of on or per the to und upon van von
    with without y
    """.split()
)
"""Words that begin with a small letter in a heading in title case, in several languages."""
