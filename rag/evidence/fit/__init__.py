"""Decide whether a sentence can be the answer at all: whose it is, of which date, clause and kind.

In: a question as it was understood, a sentence with its annotation, and the profile of its document. Out: a
`Fit`, whose misfits keep a sentence from being stated as the answer, however well it scores.
"""
