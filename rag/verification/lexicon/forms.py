"""Forms of one word that a stemmer keeps apart. One group per line; the first form stands for all.

Closed classes only: what means the same in every document.
"""

from __future__ import annotations

IRREGULAR_VERBS = """
bear bore borne
become became
break broke broken
bring brought
choose chose chosen
draw drew drawn
drive drove driven
fall fell fallen
forbid forbade forbidden
forget forgot forgotten
give gave given
go goes went gone
grow grew grown
hold held
know knew known
lead led
lend lent
lose lost
make made
meet met
run ran
say said
see saw seen
seek sought
sell sold
send sent
speak spoke spoken
spend spent
swear swore sworn
take took taken
tell told
think thought
undergo undergoes underwent undergone
undertake undertook undertaken
withdraw withdrew withdrawn
withhold withheld
write wrote written
"""

PEOPLES = """
america american
australia australian
austria austrian
belgium belgian
brazil brazilian
canada canadian
china chinese
denmark danish
england english
europe european
finland finnish
france french
germany german
greece greek
hungary hungarian
india indian
ireland irish
italy italian
japan japanese
netherlands dutch
norway norwegian
poland polish
portugal portuguese
scotland scottish
singapore singaporean
spain spanish
sweden swedish
switzerland swiss
turkey turkish
wales welsh
"""
"""Countries and their adjectives."""

SPELLINGS = """
center centre centers centres centred centered
fiber fibre fibers fibres
liter litre
program programme programs programmes
defense defence defenses defences
offense offence offenses offences
judgment judgement judgments judgements
fulfill fulfil
gray grey
check cheque checks cheques
"""
"""American and British spellings that no rule of letters covers."""
