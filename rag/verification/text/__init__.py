"""Cut text into tokens that can be compared.

In: a statement or a sentence. Out: its tokens, each with the key that words are compared by.
"""
