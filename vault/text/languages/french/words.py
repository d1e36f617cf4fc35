"""French function words: articles, prepositions, pronouns, openings, helping verbs."""

from __future__ import annotations

from vault.text.languages.parts.chunks import Verb

ARTICLES = {
    **dict.fromkeys("le la les l'".split(), "the"),
    **dict.fromkeys("un une".split(), "a"),
    **dict.fromkeys("ce cet cette".split(), "this"),
    "ces": "these",
    **dict.fromkeys("chaque".split(), "every"),
    **dict.fromkeys("plusieurs".split(), "several"),
    **dict.fromkeys("quelques".split(), "some"),
    **dict.fromkeys("mon ma mes".split(), "my"),
    **dict.fromkeys("notre nos".split(), "our"),
    **dict.fromkeys("votre vos".split(), "your"),
    **dict.fromkeys("son sa ses".split(), "her"),
    **dict.fromkeys("leur leurs".split(), "their"),
    **dict.fromkeys("aucun aucune".split(), "no"),
    **dict.fromkeys("tout toute".split(), "all"),
    **dict.fromkeys("tous toutes".split(), "all"),
}
PLURAL_ARTICLES = frozenset(
    "les ces plusieurs quelques mes nos vos ses leurs tous toutes des aux quels quelles".split()
)
OF = {"de": "", "d'": "", "du": "the", "des": "the"}
"""Words for "of", and the article they hold."""
TO = {"à": "", "au": "the", "aux": "the"}
PREPOSITIONS = {
    "dans": "in", "en": "in", "sur": "on", "sous": "under", "avec": "with", "sans": "without", "pour": "for",
    "par": "by", "contre": "against", "chez": "for", "après": "after", "avant": "before", "depuis": "since",
    "pendant": "during", "durant": "during", "entre": "between", "selon": "according to", "vers": "towards",
    "dès": "from", "malgré": "despite", "sauf": "except", "envers": "towards", "concernant": "about",
    "suivant": "according to", "hors": "outside", "via": "via", "moyennant": "for",
}  # fmt: skip
PRONOUNS = {
    "il": ("he", False), "elle": ("she", False), "on": ("one", False), "ils": ("they", True),
    "elles": ("they", True), "nous": ("we", True), "je": ("I", True), "j'": ("I", True), "vous": ("you",
    True),
    "cela": ("that", False), "ça": ("that", False), "c'": ("it", False), "ce": ("it", False),
    "quelqu'un": ("anyone", False), "personne": ("nobody", False), "rien": ("nothing", False),
    "lui": ("him", False), "eux": ("them", True), "ceci": ("this", False), "celui-ci": ("this one", False),
    "chacun": ("each", False), "tout": ("everything", False), "tous": ("all", True),
}  # fmt: skip
CLITICS = frozenset("se s' y en ne n' me m' te t' le la l' les lui leur".split())
"""Words that stand before a verb and are left out or say "it" there."""
QUESTION_WORDS = {
    "quand": "when", "où": "where", "pourquoi": "why", "comment": "how", "combien": "how much", "que": "what",
    "qu'": "what", "quoi": "what", "qui": "who", "lequel": "which", "laquelle": "which", "lesquels": "which",
    "lesquelles": "which",
}  # fmt: skip
WHICH = frozenset("quel quelle quels quelles".split())


def _form(english: str, role: str, past: bool, plural: bool) -> Verb:
    return Verb(english, past, plural, role)


HELPERS: dict[str, Verb] = {
    "est": _form("be", "be", False, False), "sont": _form("be", "be", False, True),
    "était": _form("be", "be", True, False), "étaient": _form("be", "be", True, True),
    "fut": _form("be", "be", True, False), "furent": _form("be", "be", True, True),
    "sera": _form("be", "will be", False, False), "seront": _form("be", "will be", False, True),
    "serait": _form("be", "will be", False, False), "soit": _form("be", "be", False, False),
    "a": _form("have", "have", False, False), "ont": _form("have", "have", False, True),
    "avait": _form("have", "have", True, False), "avaient": _form("have", "have", True, True),
    "eut": _form("have", "have", True, False), "ait": _form("have", "have", False, False),
    "aura": _form("have", "will have", False, False), "auront": _form("have", "will have", False, True),
}  # fmt: skip
MODALS = {
    **dict.fromkeys("doit doivent devra devront".split(), "must"),
    **dict.fromkeys("devrait devraient".split(), "should"),
    **dict.fromkeys("devait devaient dut".split(), "had to"),
    **dict.fromkeys("peut peuvent pourra pourront puis".split(), "can"),
    **dict.fromkeys("pouvait pouvaient pourrait pourraient".split(), "could"),
    **dict.fromkeys("veut veulent souhaite souhaitent".split(), "want to"),
    **dict.fromkeys("voulait voulaient souhaitait".split(), "wanted to"),
    **dict.fromkeys("va vont".split(), "will"),
    **dict.fromkeys("faut faudra".split(), "must"),
    "fallait": "had to",
}
PLURAL_MODALS = frozenset(
    "doivent devront devraient devaient peuvent pourront pouvaient veulent voulaient vont".split()
)
LINKS = {
    "si": "if", "s'": "if", "lorsque": "when", "lorsqu'": "when", "quand": "when", "puisque": "since",
    "qui": "that", "que": "that", "qu'": "that", "dont": "whose", "où": "where", "comme": "as",
}  # fmt: skip
TITLES = {
    "mme": "Mrs", "mme.": "Mrs", "madame": "Mrs", "m": "Mr", "m.": "Mr", "monsieur": "Mr", "mr": "Mr",
    "mrs": "Mrs",
    "ms": "Ms", "mlle": "Miss", "mademoiselle": "Miss", "dr": "Dr", "dr.": "Dr", "docteur": "Dr",
    "docteure": "Dr",
    "pr": "Professor", "professeur": "Professor", "prof": "Professor", "me": "Maître", "maître": "Maître",
}  # fmt: skip
NUMBERS = dict(
    zip(
        "deux trois quatre cinq six sept huit neuf dix onze douze quinze vingt trente".split(),
        "two three four five six seven eight nine ten eleven twelve fifteen twenty thirty".split(),
        strict=True,
    )
)
MONTHS = dict(
    zip(
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre "
        "fevrier aout".split(),
        "January February March April May June July August September October November December "
        "February August".split(),
        strict=True,
    )
)
"""English months by the French ones."""
WEEKDAYS = dict(
    zip(
        "lundi mardi mercredi jeudi vendredi samedi dimanche".split(),
        "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(),
        strict=True,
    )
)
REFLEXIVE = {"trouver": "be", "appeler": "be called", "élever": "be", "dérouler": "take place",
             "tenir": "take place",
             "situer": "be", "terminer": "end", "composer": "consist", "chiffrer": "be", "sentir": "feel",
             "porter": "be", "occuper": "look after"}  # fmt: skip
"""What a verb means with "se"."""
