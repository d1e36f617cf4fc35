"""Say the verbs of a French clause, helping ones and the main one, as one English verb."""

from __future__ import annotations

from vault.text.languages.english.clause import Clause
from vault.text.languages.english.forms import participle_of
from vault.text.languages.parts.chunks import Chunk, Kind, Verb

_MODALS_WITH_DO = {"had to": ("have to", True), "want to": ("want to", False), "wanted to": ("want to", True)}


def put_verb(clause: Clause, verb: Verb, chunks: list[Chunk]) -> Verb:
    """Set the verb of the clause; return the verb that carries the meaning."""
    participle = next((c.verbs[0] for c in chunks if c.kind is Kind.PARTICIPLE and c.verbs), None)
    infinitives = [c for c in chunks if c.kind is Kind.INFINITIVE and c.foreign not in ("être", "avoir")]
    been = any(c.foreign == "été" for c in chunks)
    to_be = any(c.foreign == "être" for c in chunks)
    match verb.role:
        case "be" if participle is not None:
            clause.main, clause.passive = participle.english, not participle.goes
            clause.past = clause.past or participle.goes
        case "will be":
            clause.modal, clause.main = "will", participle.english if participle else "be"
            clause.passive = participle is not None
        case "have" if been:
            clause.main, clause.passive, clause.past = (
                participle.english if participle else "be",
                bool(participle),
                True,
            )
        case "have" if participle is not None:
            clause.main, clause.past = participle.english, True
        case "will have":
            clause.modal, clause.main = "will", "have"
        case "will":
            clause.modal, clause.main = "will", verb.english
            return verb
        case "modal" if not infinitives and participle is None and verb.english in ("must", "had to"):
            clause.main, clause.past = "owe", verb.english == "had to"
        case "modal":
            carried = participle if to_be and participle else infinitives[0].verbs[0] if infinitives else None
            clause.main = carried.english if carried else "be" if to_be else "have"
            clause.passive = to_be and participle is not None
            if verb.english in _MODALS_WITH_DO:
                helper, clause.past = _MODALS_WITH_DO[verb.english]
                inner = f"be {participle_of(clause.main)}" if clause.passive else clause.main
                clause.main, clause.passive = f"{helper} {inner}", False
            else:
                clause.modal = verb.english
            return carried or verb
        case _:
            clause.main = verb.english
            return verb
    return participle or verb
