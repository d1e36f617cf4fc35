"""Match a question with one grid: which rows, which columns, and whether every word is accounted for.

In: an `Asked` and a `Grid`. Out: a `Plan`, or None where the grid cannot hold the answer.
"""
