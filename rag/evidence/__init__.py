"""The sentences that bear on a question, and whether they answer it.

In: a question and passages. Out: sentences with their places, best first, and the outcome.
"""
