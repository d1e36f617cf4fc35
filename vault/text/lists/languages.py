"""Small words that tell in which language a text is."""

from __future__ import annotations

SMALL_WORDS = {
    "de": frozenset(
        "der die das den dem des ein eine einer eines einen und oder ist sind war waren wird wurde "
        "wurden hat haben "
        "hatte wann wer was wie wo warum welche welcher welches welchen wieviel wie viele wogegen "
        "womit bis seit von "
        "vom zum zur mit ohne für gegen bei nach vor über unter auf aus im am an nicht noch schon "
        "auch muss müssen "
        "darf kann soll sich ihr ihre sein seine frau herr jetzt derzeit nimmt bekommt beträgt".split()
    ),
    "fr": frozenset(
        "le la les un une des du de et ou est sont était étaient sera a ont avait quand qui que "
        "quoi quel quelle "
        "quels quelles comment combien pourquoi où jusqu jusque depuis avec sans pour contre chez "
        "après avant sur "
        "sous dans en au aux ne pas plus encore déjà aussi doit doivent peut elle il ils elles son "
        "sa ses leur "
        "mme madame monsieur prend date maintenant actuellement".split()
    ),
    "en": frozenset(
        "the a an and or is are was were will would has have had when who what how where why which "
        "whose until since "
        "of from to with without for against at after before over under on by in not still also "
        "must may can should "
        "does do did her his their its mrs mr ms now currently it she he they any".split()
    ),
}
"""By language, in lower case. A word may be in two of them: "was" is a verb in English, "what" in German."""
