"""German function words: articles, prepositions, pronouns, openings, helping verbs."""

from __future__ import annotations

from vault.text.languages.parts.chunks import Verb

ARTICLES = {
    **dict.fromkeys("der die das den dem des".split(), "the"),
    **dict.fromkeys("ein eine einen einem einer eines".split(), "a"),
    **dict.fromkeys("kein keine keinen keinem keiner keines".split(), "no"),
    **dict.fromkeys("dieser diese dieses diesen diesem".split(), "this"),
    **dict.fromkeys("jeder jede jedes jeden jedem".split(), "every"),
    **dict.fromkeys("alle allen aller alles".split(), "all"),
    **dict.fromkeys("beide beiden beider".split(), "both"),
    **dict.fromkeys("mehrere mehreren".split(), "several"),
    **dict.fromkeys("einige einigen".split(), "some"),
    **dict.fromkeys("viele vielen".split(), "many"),
    **dict.fromkeys("andere anderen anderer anderes anderem".split(), "other"),
    **dict.fromkeys("irgendein irgendeine irgendeinen irgendwelche".split(), "any"),
    **dict.fromkeys("mein meine meinen meinem meiner meines".split(), "my"),
    **dict.fromkeys("unser unsere unseren unserem unserer unseres".split(), "our"),
    **dict.fromkeys("sein seine seinen seinem seiner seines".split(), "his"),
    **dict.fromkeys("ihr ihre ihren ihrem ihrer ihres".split(), "her"),
    **dict.fromkeys("deren dessen".split(), "whose"),
    **dict.fromkeys("sämtliche sämtlichen sämtlicher".split(), "all"),
}
NOMINATIVE = frozenset("der ein kein dieser jeder sein ihr mein unser".split())
ACCUSATIVE = frozenset(
    "den einen keinen diesen jeden seinen ihren meinen unseren dem einem keinem diesem jedem seinem "
    "ihrem".split()
)
GENITIVE = frozenset(
    "des eines der einer dieser seiner ihrer seines ihres dieses aller beider unserer unseres".split()
)
PLURAL_ARTICLES = frozenset(
    "alle allen beide beiden mehrere mehreren einige einigen viele vielen sämtliche sämtlichen "
    "welche welchen".split()
)
CLEARLY_SINGULAR = frozenset("dem des ein einen einem eines dieser diesem jeder jeden jedem".split())

PREPOSITIONS = {
    "in": "in", "im": "in the", "ins": "into the", "an": "on", "am": "on the", "ans": "to the", "auf": "on",
    "aufs": "on the", "bei": "at", "beim": "at the", "mit": "with", "von": "of", "vom": "of the",
    "nach": "after",
    "vor": "before", "vorm": "before the", "seit": "since", "bis": "until", "für": "for", "fürs": "for the",
    "gegen": "against", "über": "about", "übers": "about the", "unter": "under", "um": "at",
    "ums": "about the",
    "zu": "to", "zum": "to the", "zur": "to the", "aus": "from", "durch": "by", "ohne": "without",
    "wegen": "because of", "während": "during", "trotz": "despite", "innerhalb": "within", "binnen": "within",
    "außerhalb": "outside", "pro": "per", "je": "per", "laut": "according to", "gemäß": "under",
    "zwischen": "between", "ab": "from", "hinter": "behind", "neben": "beside",
    "statt": "instead of", "anstatt": "instead of", "anstelle": "instead of", "außer": "except",
    "bezüglich": "about", "hinsichtlich": "about", "aufgrund": "because of", "infolge": "because of",
    "mittels": "by", "zuzüglich": "plus", "abzüglich": "less", "entgegen": "contrary to",
    "gegenüber": "towards", "samt": "with", "per": "by", "via": "via", "ggü": "towards", "seitens": "by",
}  # fmt: skip
PRONOUNS = {
    "er": ("he", False), "sie": ("she", False), "es": ("it", False), "ihn": ("him", False),
    "ihm": ("him", False),
    "ihnen": ("them", True), "wir": ("we", True), "uns": ("us", True), "ich": ("I", True), "mir": ("me",
    False),
    "mich": ("me", False), "man": ("one", False), "jemand": ("anyone", False), "jemanden": ("anyone", False),
    "niemand": ("nobody", False), "etwas": ("anything", False), "nichts": ("nothing", False),
    "alles": ("everything", False), "alle": ("all", True), "beide": ("both", True), "beides": ("both", True),
    "dies": ("this", False), "das": ("that", False), "jeder": ("everybody", False),
    "andere": ("others", True), "einer": ("one", False), "keiner": ("none", False), "keine": ("none", True),
}  # fmt: skip
OBJECTS_ONLY = frozenset("ihn ihm ihnen uns mir mich jemanden".split())

OPENINGS = {
    "wann": "when", "wo": "where", "warum": "why", "weshalb": "why", "wieso": "why", "wohin": "where",
    "woher": "where", "wie": "how", "was": "what", "wer": "who", "wen": "who", "wem": "who",
    "wessen": "whose",
}  # fmt: skip
STRANDED = {
    "wohin": "to", "woher": "from", "wem": "to",
}  # fmt: skip
WITH_WHAT = {
    "wogegen": "against", "womit": "with", "wofür": "for", "woran": "of", "worauf": "on", "woraus": "of",
    "wovon": "of", "wodurch": "by", "wozu": "for", "worüber": "about", "worin": "in", "wobei": "at",
    "wonach": "after", "worunter": "from", "worum": "about", "wovor": "before",
}  # fmt: skip
"""Openings that hold a preposition: the preposition goes to the end of the English question."""
WHICH = frozenset("welche welcher welches welchen welchem".split())


def _form(english: str, role: str, past: bool, plural: bool) -> Verb:
    return Verb(english, past, plural, role)


HELPERS: dict[str, Verb] = {
    "ist": _form("be", "be", False, False), "sind": _form("be", "be", False, True),
    "war": _form("be", "be", True, False), "waren": _form("be", "be", True, True),
    "bin": _form("be", "be", False, False), "sei": _form("be", "be", False, False),
    "wäre": _form("be", "be", False, False), "wären": _form("be", "be", False, True),
    "hat": _form("have", "have", False, False), "haben": _form("have", "have", False, True),
    "hatte": _form("have", "have", True, False), "hatten": _form("have", "have", True, True),
    "habe": _form("have", "have", False, True), "hätte": _form("have", "have", False, False),
    "wird": _form("be", "become", False, False), "werden": _form("be", "become", False, True),
    "wurde": _form("be", "become", True, False), "wurden": _form("be", "become", True, True),
    "würde": _form("be", "become", False, False), "würden": _form("be", "become", False, True),
}  # fmt: skip
"""The finite forms of "sein", "haben" and "werden"."""
MODALS = {
    **dict.fromkeys("muss müssen muß".split(), "must"),
    **dict.fromkeys("darf dürfen".split(), "may"),
    **dict.fromkeys("kann können".split(), "can"),
    **dict.fromkeys("konnte konnten könnte könnten".split(), "could"),
    **dict.fromkeys("soll sollen sollte sollten".split(), "should"),
    **dict.fromkeys("durfte durften dürfte dürften".split(), "could"),
    **dict.fromkeys("müsste müssten".split(), "must"),
    **dict.fromkeys("musste mussten".split(), "had to"),
    **dict.fromkeys("will wollen".split(), "want to"),
    **dict.fromkeys("wollte wollten".split(), "wanted to"),
    **dict.fromkeys("möchte möchten".split(), "want to"),
    **dict.fromkeys("braucht brauchen".split(), "need"),
}
PLURAL_MODALS = frozenset(
    "müssen dürfen können sollen wollen möchten konnten könnten sollten durften mussten wollten "
    "brauchen".split()
)
LINKS = {
    "dass": "that", "daß": "that", "ob": "whether", "wenn": "if", "falls": "if", "sofern": "if",
    "weil": "because",
    "da": "because", "bevor": "before", "ehe": "before", "nachdem": "after", "sobald": "as soon as",
    "solange": "as long as", "damit": "so that", "obwohl": "although", "seitdem": "since",
    "soweit": "as far as",
    "wonach": "under which", "als": "when",
}  # fmt: skip
TITLES = {
    "frau": "Mrs", "herr": "Mr", "herrn": "Mr", "fr.": "Mrs", "hr.": "Mr", "dr": "Dr", "dr.": "Dr",
    "prof": "Prof", "prof.": "Professor", "professor": "Professor", "doktor": "Dr", "fräulein": "Miss",
    "familie": "family", "schwester": "Sister", "pfleger": "Nurse", "firma": "", "fa": "", "mrs": "Mrs",
    "mr": "Mr",
    "ms": "Ms", "rechtsanwalt": "Mr", "rechtsanwältin": "Mrs",
}  # fmt: skip
NUMBERS = {
    word: number
    for number, word in zip(
        "two three four five six seven eight nine ten eleven twelve".split(),
        "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf".split(),
        strict=True,
    )
}
MONTHS = dict(
    zip(
        "januar februar märz april mai juni juli august september oktober november dezember jänner".split(),
        "January February March April May June July August September October November December "
        "January".split(),
        strict=True,
    )
)
"""English months by the German ones."""
WEEKDAYS = dict(
    zip(
        "montag dienstag mittwoch donnerstag freitag samstag sonntag sonnabend".split(),
        "Monday Tuesday Wednesday Thursday Friday Saturday Sunday Saturday".split(),
        strict=True,
    )
)
SURNAMES = frozenset(
    "müller schmidt schneider fischer weber meyer wagner becker schulz hoffmann koch richter klein "
    "wolf schröder "
    "neumann schwarz zimmermann braun krüger hofmann lange werner krause lehmann köhler kaiser fuchs "
    "vogel jung "
    "hahn schubert winkler berger baum berg stein sommer winter herbst könig bauer groß lang roth "
    "weiß schwarze "
    "arzt kraft engel horn busch vogt sauer arnold pfeiffer voß franke beck bergmann schuster ernst "
    "jäger kunz "
    "kurz lorenz graf haas schreiber dietrich ziegler kuhn kühn pohl engel horn bergmann maier mayer "
    "huber".split()
)
"""Surnames that are words as well."""
