"""Decide by rules, without a language model, whether sentences of a passage carry a statement.

In: a statement and the sentences that it may rest on. Out: a verdict, with the sentences that carry the
statement or the guard that denied support.

Rooms, each of which imports only those before it: `lexicon` (word lists), `text` (tokens), `quantities`,
`clauses` (who does what, and what is denied), `guards`.
"""
