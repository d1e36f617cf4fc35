"""Divide a document into the pieces that are annotated.

In: pages. Out: its sentences, list items, table rows and fields of forms, in order, as pieces.
"""
