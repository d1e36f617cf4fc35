"""The language models of a vault: added, tried, chosen, run one request at a time.

In: a GGUF file, or the address of a server of one's own. Out: text, piece by piece.
"""
