"""How much a word says by itself."""

from __future__ import annotations

GENERIC_WORDS = frozenset(
    """
    provide provides provided providing state states stated stating specify specifies specified set sets
    give gives given giving make makes made take takes taken apply applies applied applicable case cases
    respect relate relates related relating accordance agreement contract document documents clause
    section paragraph article passage passages record records term terms condition conditions purpose
    purposes respective respectively additionally furthermore therefore moreover report reports reported
    note notes noted showed reveals revealed patient show shows shown find finds found describe
    describes described mention mentions mentioned indicate indicates indicated define defines defined
    mean means refer refers referred use uses used using involve involves involved allow allows allowed
    permit permits permitted entitled entitle obliged obligated obligation right rights able duty
    responsible experience experiences experienced present presents presented occur occurs occurred
    place undertakes undertake agrees agree agreed become becomes became based well currently parties
    party matter question say says said result results known particular specific specifically following
    event time certain total amount number last lasts lasted taking took gave perform performed undergo
    underwent undergone seen see observed observe detected identified trial study level value values
    dose dosage date latest
    """.split()
)
"""Words that say little. A passage may lack one if it has the other words of the statement."""
