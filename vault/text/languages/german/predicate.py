"""Say the verbs of a German clause, helping ones and the main one, as one English verb."""

from __future__ import annotations

from vault.text.languages.english.clause import Clause
from vault.text.languages.english.forms import participle_of
from vault.text.languages.parts.chunks import Chunk, Kind, Verb

_MODALS_WITH_DO = {
    "had to": ("have to", True),
    "want to": ("want to", False),
    "wanted to": ("want to", True),
    "need": ("need to", False),
}


def put_verb(clause: Clause, verb: Verb, chunks: list[Chunk]) -> Verb:
    """Set the verb of the clause; return the verb that carries the meaning."""
    participle = next((c.verbs[0] for c in chunks if c.kind is Kind.PARTICIPLE and c.verbs), None)
    infinitive = next(
        (c for c in chunks if c.kind is Kind.INFINITIVE and c.foreign not in ("werden", "haben", "sein")),
        None,
    )
    helpers = [c.foreign for c in chunks if c.kind is Kind.INFINITIVE]
    passive = any(c.foreign == "worden" for c in chunks) or "werden" in helpers
    carried = participle or (infinitive.verbs[0] if infinitive else None)
    match verb.role:
        case "be" if participle is not None:
            clause.main = participle.english
            clause.passive = not participle.goes
            clause.past = clause.past or participle.goes or passive
        case "be" | "have" if infinitive is not None and infinitive.foreign == "zu" and participle is None:
            clause.modal, clause.main = "must", infinitive.verbs[0].english
            clause.passive = verb.role == "be"
        case "have" if participle is not None:
            clause.main, clause.past = participle.english, True
        case "become" if participle is not None:
            clause.main, clause.passive = participle.english, True
        case "become" if carried is not None:
            clause.main, clause.modal, clause.past = carried.english, "will", False
        case "modal":
            clause.main = carried.english if carried else "be" if "sein" in helpers else "have"
            done = "sein" in helpers and participle is not None and not participle.goes
            clause.passive = done or (passive and participle is not None)
            if verb.english in _MODALS_WITH_DO:
                helper, clause.past = _MODALS_WITH_DO[verb.english]
                inner = f"be {participle_of(clause.main)}" if clause.passive else clause.main
                clause.main, clause.passive = f"{helper} {inner}", False
            else:
                clause.modal = verb.english
        case _:
            clause.main = verb.english
            return verb
    return carried or verb
