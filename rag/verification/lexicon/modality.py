"""Words that command, permit, recommend or plan, or that speak of the past."""

from __future__ import annotations

MODALS: dict[str, frozenset[str]] = {
    "must": frozenset(
        """
    shall must need needs required obliged obligated undertakes undertake will covenants
    """.split()
    ),
    "may": frozenset(
        """
    may might could can permitted entitled allowed possible possibly probable probably likely suspected
    suspicious potential potentially optional alleged allegedly alleges alleging claims claimed
    reportedly appears seems suggests suggestive suggesting questionable presumed eligible option
    discretion
    """.split()
    ),
    "should": frozenset("should recommended recommends recommend advised advises consider".split()),
    "history": frozenset(
        """
    history previous previously former formerly family mother father sibling sister brother son daughter
    aunt uncle grandmother grandfather cousin relative relatives
    """.split()
    ),
    "plan": frozenset("proposed planned plans intends intended scheduled draft anticipated expected".split()),
}
"""By kind of modality, the words that express it."""

MODAL_ADJECTIVES = frozenset("suspected possible probable likely permitted allowed planned".split())
"""After a form of "to be" they qualify what stands before them."""

BEFORE_TO = frozenset("required need needs needed".split())
"""Modal only before "to" and "not": to need a majority is not a duty."""

BEFORE_A_WILL = frozenset("the a this that his her their last earlier later former first".split())
"""After these a "will" is a document."""

BETWEEN_MODAL_AND_VERB = frozenset(
    "not be been is are was were to also only that of for have has had then".split()
)
"""They may stand between a modal and its verb."""
