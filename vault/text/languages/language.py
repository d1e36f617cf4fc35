"""Tell the language of a question by its small words."""

from __future__ import annotations

import re

from vault.text.words import words

_SMALL_WORDS = {
    "de": frozenset(
        "der die das den dem des ein eine einer eines einen einem und oder ist sind war waren wird wurde "
        "wurden werden worden hat haben hatte hatten wann wer was wie wo warum weshalb wieso wohin woher "
        "wessen wem wen welche welcher welches welchen welchem wieviel wieviele viele wogegen womit wofür "
        "woran worauf woraus wovon wodurch wozu worüber bis seit von vom zum zur mit ohne für gegen bei "
        "beim nach vor über unter auf aus im am an ab um durch wegen während nicht kein keine keinen noch "
        "schon auch nur mehr muss müssen darf dürfen kann können soll sollen will sich ihr ihre ihren "
        "ihrem sein seine seinen sie er es wir ich man jetzt derzeit aktuell zuletzt nimmt nahm bekommt "
        "bekam erhält erhielt beträgt gibt steht gilt heißt lautet bedeutet lebt allein allergisch endet "
        "beginnt braucht kostet dauert wog liegt lag bitte alle zwischen wenn ob dass zu so in dieser "
        "diese dieses".split()
    ),
    "fr": frozenset(
        "le la les l un une des du de d et ou est sont était étaient a ont avait sera seront été quand "
        "qui que qu quoi quel quelle quels quelles comment combien pourquoi où jusqu jusque depuis avec "
        "sans pour contre chez après avant sur sous dans en au aux par entre pendant selon ne n pas plus "
        "encore déjà aussi toujours doit doivent peut peuvent elle il ils elles on nous vous je son sa "
        "ses leur leurs ce cet cette ces c s prend prenait prennent date maintenant actuellement dernier "
        "dernière tous toutes y t si lors à fait faut signifie habite commence finit coûte reçoit".split()
    ),
    "en": frozenset(
        "the a an and or is are was were will would has have had been be when who whom what how where why "
        "which whose until since from to with without for against at after before over under on by in "
        "into of as if than then that this these those there not no still also only must may can could "
        "should shall does do did his her its their our your my he she it they we i you him them me mrs "
        "mr ms now currently latest last any all every each many much most more long often about between "
        "during please list show compare out up off so am man plus date son chat pour".split()
    ),
}
_CLEAR = {
    "en": frozenset(
        "the what which who whose when where why how does did is are were has have been of and with "
        "from to his she "
        "he they their this".split()
    ),
    "de": frozenset(
        "der dem den des wann wer wie wogegen womit wofür woran worauf wovon wozu warum weshalb wieso "
        "wohin woher wessen wem welche welcher welches welchen welchem wieviel wieviele und ist sind wird "
        "wurde wurden nicht noch für über gegen bei nach vor seit bis vom zum zur im muss müssen darf "
        "soll keine bedeutet heißt lautet".split()
    ),
    "fr": frozenset(
        "quand quel quelle quels quelles combien pourquoi comment où jusqu depuis sont était doit doivent "
        "peut qui quoi est après avant pendant avec sans chez selon aux lors à signifie".split()
    ),
}
"""Words that neither English nor a name has; one is enough where no English small word stands."""
_POSSESSIVE = re.compile(r"(?<=\w)['’]s\b")
_NAME = re.compile(
    r"\b(?:(?:frau|herrn?|mme|mlle|madame|monsieur|mrs?|ms|dr|m)\b\.?|(?-i:[A-Z])[\w-]+)?\s*"
    r"\b(?:(?:von|van|zu|de|du|d)\b['’]?\s*)(?:(?:der|den|dem|la|les?)\s+)?(?=(?-i:[A-ZÀ-Ý]))",
    re.I,
)
"""The small words of "Herr von der Tann" and "Mme de La Tour" tell no language."""
_TITLES = {
    "de": frozenset(("frau", "herr", "herrn")),
    "fr": frozenset(("mme", "mlle", "madame", "monsieur", "m")),
}
"""Forms of address: beside one, a single small word is enough too."""
_LEAST = 2
"""Small words that another language must have otherwise, and more than English has."""


def language_of(question: str) -> str:
    """Return "de", "fr" or "en"; "en" where the small words do not tell clearly.

    >>> language_of("Wogegen ist Frau Hale allergisch?"), language_of("Is Herr von der Tann allergic?")
    ('de', 'en')
    """
    asked = set(words(_NAME.sub(" ", _POSSESSIVE.sub(" ", question))))
    if len(_CLEAR["en"] & asked) >= _LEAST:
        return "en"
    counts = {language: len(small & asked) for language, small in _SMALL_WORDS.items()}
    best = max(("de", "fr"), key=lambda language: counts[language])
    if counts[best] >= _LEAST and counts[best] > counts["en"]:
        return best
    clear = any(word in _CLEAR[best] for word in asked) or any(
        word in _TITLES[best] for word in words(question)
    )
    return best if clear and counts[best] > counts["en"] else "en"
