"""The models that turn text into vectors, and nothing else.

In: texts. Out: one normalised vector for each, and the identity of the model that made them.
"""
