"""Abbreviations that are written with a full stop, and the words that tell whether it ends a sentence."""

from __future__ import annotations

from vault.text.dates.months import ENGLISH_SHORT, WEEKDAYS

LAW = frozenset(
    "v vs no nos sec secs art arts cl para paras sched exh ex ch pt app dept ref reg regs stat "
    "inc ltd co corp llc plc bros assn ass'n natl int'l gov govt et al cf viz ibid id e.g i.e "
    "u.s u.k u.s.c c.f.r f.2d f.3d s.ct p pp vol ed eds hon esq jr sr messrs mr mrs ms mx dr prof rev "
    "st ave blvd rd approx est cert acct tel".split()
)
MEDICINE = frozenset(
    "q.d b.i.d t.i.d q.i.d q.h q.s p.r.n p.o i.v i.m s.c a.c p.c h.s o.d b.d t.d.s q.d.s stat tab tabs "
    "cap caps inj susp wt ht temp pt pts dx hx rx tx sx fig figs resp max min hr hrs wk wks yr yrs".split()
)
TIMES = frozenset(
    {"a.m", "p.m", "tues", "thur", "thurs"}
    | {month.lower() for month in ENGLISH_SHORT}
    | {day[:3].lower() for day in WEEKDAYS}
)

ABBREVIATIONS = LAW | MEDICINE | TIMES | {"etc"}
"""In lower case, without the last full stop. Most of the time it ends no sentence."""

NEVER_CLOSE = frozenset(
    "no nos v vs dr mr mrs ms mx messrs prof rev hon st art arts sec secs fig figs p pp para paras cl ch vol "
    "ed al e.g i.e cf approx".split()
)
"""A name, a number or an example always follows them."""

MAY_CLOSE = frozenset(
    "inc ltd co corp llc plc al etc p.r.n q.d b.i.d t.i.d q.i.d p.o i.v a.m p.m hrs wks yrs stat "
    "jr sr no".split()
)
"""These often end a sentence. The next word decides."""

STARTERS = frozenset(
    """the a an this that these those it he she they we in on at if when each both either neither no all
    any however after before under upon such there for as""".split()
)
"""Usual first words of sentences."""
