"""The shortest words of grammar of a dozen languages: text of any length in one of them has some of them."""

from __future__ import annotations

SHORT_WORDS = frozenset(
    """
    the of and to in is for that was on with as by be at or not this from are an it his her shall any
    der die das und den dem des von zu im mit ist ein eine auf für nicht sich auch bei oder
    le la les et est un une dans que pour par sur qui au aux du des ne pas avec ce se
    el los las en por del una con para es se al como su más
    di il che per non sono della delle dei una con si da
    het een van op te met dat zijn niet aan voor ook door
    os as não em uma para com dos ao mais foi
    och att det som en av på är till för med den inte
    og å til av på er det som ikke har fra
    ja on ei se että oli mutta
    w z na nie do się że jest od po oraz
    a v na se že je si to by ve
    az egy és hogy nem is
    bir ve bu için ile da de
    și cu nu din pe ce mai sau
    ut ad cum quod vel sed qui atque
    của và là không cho được các một trong người
    """.split()
)
