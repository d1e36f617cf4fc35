"""The passages that bear on a question, and every place where a word stands.

In: a question and the collections that the user may search. Out: passages, best first.
"""
