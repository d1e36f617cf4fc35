"""The embedding models, which turn text into vectors.

In: texts. Out: one normalised vector for each text, and the identity of the model that computed it.
"""
