"""How much a word says by itself."""

from __future__ import annotations

FUNCTION_WORDS = frozenset(
    """
    a an the this that these those it its he him his she her hers they them their theirs we us our you
    your i me my who whom whose which what there here is are was were be been being am has have had
    having do does did doing done of in on at by for to from with as into onto upon within and or but so
    than then thus also if when while where whether because since though although however about such
    same other more less least most very both each any not no nor neither either never without will
    would shall must may might can could should need due per via over under between among non during
    until unless except only first second once twice himself herself itself themselves own too much many
    few some all every according regarding concerning across through against out up down off again
    further
    """.split()
)
"""Words of grammar. They are not compared one by one; guards look at those that matter."""

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
