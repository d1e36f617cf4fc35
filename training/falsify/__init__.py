"""Make false statements from true ones, and true ones in other words, one module for each kind of change.

In: a sentence of a document. Out: edits of it, each wrong in one way.
"""
