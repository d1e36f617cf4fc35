"""The word lists of the verifier, one module per subject. Data only.

In: nothing. Out: sets and tables of lower-case words that the other rooms of the verifier look up.
Where a list could be longer, a missing word makes the verifier refuse more statements, never fewer.
"""
