"""What is indexed for a sentence beside its words: what it is about, and its normal forms."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vault.annotations import AnnotatedSentence, Profile
from vault.normal_forms import date_forms, quantity_forms, reference_forms
from vault.text.readable import readable


class IndexedForms:
    """Makes the indexed columns of the sentences of one document."""

    def __init__(self, profile: Profile) -> None:
        self._subject = readable(profile.subject)
        self._kind = profile.kind
        self._long_forms = {short.lower(): long for short, long in profile.definitions}
        shorts = sorted(map(re.escape, self._long_forms), key=len, reverse=True)
        self._short = re.compile(rf"(?<!\w)(?:{'|'.join(shorts)})(?!\w)", re.IGNORECASE) if shorts else None

    def about(self, sentence: AnnotatedSentence) -> str:
        """Return what the sentence is about: headings, column names, its subject and its document's."""
        parts = [readable(sentence.heading), *(cell.column for cell in sentence.cells), sentence.subject]
        if self._subject != sentence.subject:
            parts.append(self._subject)
        return " ".join(filter(None, [*parts, self._kind]))

    def forms(self, sentence: AnnotatedSentence) -> str:
        """Return the normal forms of its dates, quantities and references, and its abbreviations in full."""
        return " ".join(
            [
                *date_forms(sentence.dates),
                *quantity_forms(sentence.quantities),
                *reference_forms(sentence.references),
                *self._expanded(sentence.text),
            ]
        )

    def _expanded(self, text: str) -> Iterator[str]:
        if self._short is not None:
            for short in dict.fromkeys(match.group().lower() for match in self._short.finditer(text)):
                yield self._long_forms[short]
