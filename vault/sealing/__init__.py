"""Content that only the holder of a key can read, and nobody can change unnoticed.

In: a key, and bytes or a file. Out: the sealed bytes or file, and the plain bytes again.
"""
