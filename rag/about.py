"""Whose and which document a cited place is in, so that nobody mistakes one for another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from vault.annotations import AnnotatedSentence, Profile


@dataclass(frozen=True, slots=True)
class About:
    """Whose and which document a place is in."""

    subject: str = ""
    """The patient, matter or party that the place is about, else that its document is about; or empty."""
    kind: str = ""
    """In lower case: "discharge summary", "lease" … or empty."""
    date: date | None = None
    """When the document was written, signed or sent."""
    clause: str = ""
    """The numbered clause that the place belongs to, such as "4.2(b)", or empty."""

    def as_json(self) -> dict[str, object]:
        """Return it as JSON values; programs may rely on this shape."""
        return {
            "subject": self.subject,
            "kind": self.kind,
            "date": self.date and self.date.isoformat(),
            "clause": self.clause,
        }


def about_of(profile: Profile | None, sentence: AnnotatedSentence | None) -> About | None:
    """Return what is known of a place, from the profile of its document and the sentence there."""
    profile = profile or Profile("")
    own = sentence.subject if sentence else ""
    clause = sentence.clause if sentence else ""
    about = About(own or profile.subject, profile.kind, profile.date, clause)
    return about if about != About() else None
