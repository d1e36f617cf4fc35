"""The guards: rules that deny support if a statement and a passage say different things in the same words.

In: the tokens of a statement and of a passage. Out: the first denial, with the name of its guard, or none.
"""
