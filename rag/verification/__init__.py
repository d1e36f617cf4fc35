"""Does a passage carry a statement? Decided by rules, guard by guard, without a language model.

In: a statement and a passage. Out: a verdict.
"""
