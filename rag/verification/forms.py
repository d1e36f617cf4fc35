"""Forms of one word that a stemmer keeps apart: irregular verbs, British and American spelling, peoples and
their countries. Closed classes only: what means the same in every document."""

from __future__ import annotations

import re

_VERBS = """
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
_PEOPLES = """
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
_SPELLINGS = """
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
_ONE = {
    form: line.split()[0]
    for lines in (_VERBS, _PEOPLES, _SPELLINGS)
    for line in lines.strip().splitlines()
    for form in line.split()
}
_LETTERS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"(?:ae|oe)(?=[a-z]{3})", "e"),
        (r"(?<=[a-z]{3})our(?=$|s$|ed$|ing$|al$|able$|er$|ers$)", "or"),
        # To an s and not to a z: "revise" stays beside "revision".
        (r"(?<=[a-z]{3})iz(?=e$|es$|ed$|ing$|ation$|ations$)", "is"),
        (r"(?<=[a-z]{3})yz(?=e$|es$|ed$|ing$)", "ys"),
        # Behind a second vowel only: "filled" is not "filed".
        (r"^([a-z]*[aeiou][a-z]+[aeiou])ll(?=ed$|ing$|er$|ers$)", r"\1l"),
    )
)


def one_form(word: str) -> str:
    """The form that stands for `word`, which is in lower case; most stand for themselves."""
    if word in _ONE:
        return _ONE[word]
    for pattern, replacement in _LETTERS:
        word = pattern.sub(replacement, word)
    return word
