"""The answer in words: quoted, or written by a language model and checked sentence by sentence.

In: a question with its passages. Out: statements, each with a verdict and citations.
"""
