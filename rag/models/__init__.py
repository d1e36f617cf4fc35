"""The language models of a vault: they are added, tried, chosen, and run one request at a time.

In: a GGUF file, or the address of a model server. Out: text, piece by piece.
"""
