"""Everything that touches llama-cpp-python.

In: the path of a GGUF file and messages. Out: text, piece by piece.
"""
