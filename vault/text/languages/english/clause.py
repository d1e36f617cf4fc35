"""Put a clause together in English: as a question, or as a statement after "if" and the like."""

from __future__ import annotations

from dataclasses import dataclass, field

from vault.text.languages.english.forms import be, participle_of, past_of, third_person_of


@dataclass(slots=True)
class Clause:
    """The parts of a clause, in English."""

    opening: str = ""
    """What is asked, with capitals as it comes: "which medicines"; "" for yes or no."""
    opening_is_subject: bool = False
    subject: str = ""
    plural: bool = False
    """Whether the subject is a plural."""
    modal: str = ""
    main: str = ""
    """The verb in its base form; "be" or "be born" where it is "to be"."""
    past: bool = False
    passive: bool = False
    negation: str = ""
    """"not", "no longer" or "never"."""
    middle: list[str] = field(default_factory=list)
    """Adverbs that stand beside the verb: "still"."""
    complements: list[str] = field(default_factory=list)
    """What follows the verb, in order."""
    stranded: str = ""
    """A preposition that belongs to the opening and stands at the end: "What is she allergic to"."""

    def question(self) -> str:
        """Return the clause as a question, without its mark."""
        if (self.opening, self.main) == ("how", "be called"):
            self.opening, self.main, self.subject = "what", "be", f"the name of {self.subject}"
        helper, verb = self._verbs()
        after = [verb, *self.complements, self.stranded]
        if self.opening_is_subject:
            if helper == "do":
                if self.negation == "not":
                    return _joined(self.opening, self._do(), "not", *self.middle, *after)
                after[0] = self._finite()
                return _joined(self.opening, *self._negated(), *self.middle, *after)
            return _joined(self.opening, helper, *self._negated(), *self.middle, *after)
        helper = self._do() if helper == "do" else helper
        return _joined(self.opening, helper, self.subject, *self._negated(), *self.middle, *after)

    def statement(self) -> str:
        """Return the clause in the order of a statement: "the tenant does not pay"."""
        helper, verb = self._verbs()
        after = [verb, *self.complements, self.stranded]
        if helper == "do":
            if self.negation == "not":
                return _joined(self.subject, self._do(), "not", *self.middle, *after)
            after[0] = self._finite()
            return _joined(self.subject, *self._negated(), *self.middle, *after)
        return _joined(self.subject, helper, *self._negated(), *self.middle, *after)

    def _negated(self) -> list[str]:
        return [self.negation] if self.negation else []

    def _do(self) -> str:
        return "did" if self.past else "do" if self.plural else "does"

    def _finite(self) -> str:
        if self.past:
            return past_of(self.main)
        return self.main if self.plural else third_person_of(self.main)

    def _verbs(self) -> tuple[str, str]:
        """Return the finite helper ("do" where a form of it is needed) and the rest of the verb."""
        is_be, _, complement = self.main.partition(" ")
        if is_be != "be":
            complement = ""
        if self.passive:
            verb = participle_of(self.main) if is_be != "be" else complement
            if self.modal:
                return self.modal, f"be {verb}"
            return be(self.past, self.plural), verb
        if self.modal:
            return self.modal, self.main
        if is_be == "be":
            return be(self.past, self.plural), complement
        return "do", self.main


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)
